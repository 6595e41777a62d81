"""抽取听证员 as a life: the pool is frozen and a seed promised, then drawn; who withdraws is followed by the next."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.models import PetitionCase
from cases.queries import visible_to
from hearings.models import Draw, DrawEvent, DrawState, Expert, ExpertKind, ExpertState, Member, Reason
from hearings.permissions import PREPARE
from hearings.pool import drawing
from hearings.pool.conflicts import Sides, Wanted, reasons_for, sides_of
from hearings.pool.experts import pool_of


class DrawStep(TextChoices):
    """Steps of a draw, in the order of the buttons."""

    COMMIT = "commit", "封存候选名单"
    DRAW = "draw", "公开抽取"
    REPLACE = "replace", "递补"
    DISCARD = "discard", "作废"


class Desk(TextChoices):
    ORGANISER = "unit", "组织单位"


class DrawLife(Life[Draw]):
    """A draw is read by whoever sees the matter; of 检举控告, of which no hearing is held, by nobody."""

    def lock(self, seen: Draw) -> Draw:
        return Draw.objects.select_for_update(of=("self",)).select_related("case", "unit", "region").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[Draw]":
        return visible_draws(post)

    def admits(self, post: Post, obj: Draw) -> bool:
        return not obj.case.is_sealed and post.user_id not in obj.case.recused

    def this(self, obj: Draw) -> str:
        return "这次抽取"


def visible_draws(post: Post) -> "QuerySet[Draw]":
    """Select the draws of the matters that exist for the post."""
    matters = visible_to(post).filter(is_sealed=False).order_by().values("pk")
    return Draw.objects.filter(case__in=matters).select_related("case", "unit", "region")


_OWED: OwedIn[Draw] = {
    DrawState.COMMITTED: debts(nothing="在听证日以前抽取；听证通知的期限由信访事项计算"),
    DrawState.DRAWN: debts(nothing="已经抽取"),
    DrawState.DISCARDED: debts(nothing="已经作废"),
}
draws = DrawLife(
    "draw", "听证员抽取", Draw, DrawState, final={DrawState.DRAWN, DrawState.DISCARDED}, chain=DrawEvent,
    kinds=DrawEvent.kinds, owed=_OWED,
    marks={
        "specialities": "专业领域", "party_units": "其他当事单位", "pool": "候选名单", "left_out": "未列入候选的专家",
        "ranking": "排序", "needs_certificate": "抽取的条件",
    },
)  # fmt: skip
_ORGANISERS = (Seat(PREPARE, (Desk.ORGANISER,)),)
_COMMITTED, _DRAWN = frozenset({DrawState.COMMITTED}), frozenset({DrawState.DRAWN})


@beginning(
    draws, Step(key=DrawStep.COMMIT, targets=(DrawState.COMMITTED,), who=_ORGANISERS, article="第三十一条第六项")
)
def commit(
    *, case: str, hearing_on: date, number: int, specialities: list[str], region: Unit | None, needs_certificate: bool,
    parties: list[str], party_units: list[str], by: Post, at: datetime,
) -> tuple[Draw, Effect]:  # fmt: skip
    """封存候选名单: the pool is settled, and the hash of a seed made known that nobody has seen."""
    matter = _matter_of(case, by)
    _refuse_number(number, hearing_on, at)
    years = current_rulebook().on(timezone.localdate(at)).number(Key.FORMER_UNIT_YEARS)
    wanted = Wanted(hearing_on, frozenset(specialities), region, needs_certificate, years)
    looked_at = _looked_at(by.unit.area, wanted, sides_of(matter, parties, party_units))
    pool = sorted(code for code, reasons in looked_at.items() if not reasons)
    if len(pool) < number:
        raise Refusal(too_few(number, len(pool), looked_at.values()), field="number")
    seed = drawing.new_seed()
    draw = Draw(
        case=matter, unit=by.unit, number=number, hearing_on=hearing_on, specialities=specialities, region=region,
        needs_certificate=needs_certificate, parties=parties, party_units=party_units, pool=pool,
        left_out=[[code, [one.value for one in reasons]] for code, reasons in sorted(looked_at.items()) if reasons],
        pool_sha256=drawing.sha256(*pool), seed=seed, seed_sha256=drawing.sha256(seed), committed_at=at,
    )  # fmt: skip
    told = {
        name: getattr(draw, name) for name in ("hearing_on", "number", "specialities", "pool_sha256", "seed_sha256")
    }
    return draw, Effect(
        {**told, "region": region.name if region else "", "size": len(pool), "pool": pool, "left_out": draw.left_out}
    )


@verb(draws, Step(key=DrawStep.DRAW, sources=_COMMITTED, targets=(DrawState.DRAWN,), who=_ORGANISERS))
def draw(drawn: Draw, *, word: str, by: Post, at: datetime) -> Effect:
    """公开抽取: the seed is told and the order reckoned from it, from the pool as it was frozen, and from the word of
    those who are there."""
    if drawing.sha256(*drawn.pool) != drawn.pool_sha256 or drawing.sha256(drawn.seed) != drawn.seed_sha256:
        raise Refusal("候选名单或者种子与封存时公布的校验值不符，不能抽取，请作废，并报告安全审计员核查。")
    drawn.word, drawn.drawn_at = word, at
    drawn.ranking = [code for _, code in drawing.ranked(drawn.pool, seed=drawn.seed, word=word)]
    people = by_code(drawn.ranking)
    chosen = [people[code] for code in drawn.ranking[: drawn.number]]
    Member.objects.bulk_create(Member(draw=drawn, expert=one, place=place) for place, one in enumerate(chosen, start=1))
    return Effect({"word": word, "seed": drawn.seed, "members": [str(one) for one in chosen], "ranking": drawn.ranking})


@verb(draws, Step(key=DrawStep.REPLACE, sources=_DRAWN, who=_ORGANISERS))
def replace(drawn: Draw, *, member: str, reason: str, by: Post, at: datetime) -> Effect:
    """递补: a member withdraws, or is recused (第二十八条), and the next of the same ranking follows."""
    seats = list(drawn.members.select_related("expert"))
    leaving = next((one for one in seats if one.expert.code == member and one.withdrawn_at is None), None)
    if leaving is None:
        raise Refusal("此人不是这次抽取的在任听证员，请核对。", field="member")
    place = max(one.place for one in seats) + 1
    if place > len(drawn.ranking):
        raise Refusal(
            "这次抽取的候选人员已经全部递补，没有可以递补的。请作废这次抽取，增加专家或者放宽条件以后重新封存、抽取。"
        )
    following = by_code([drawn.ranking[place - 1]])[drawn.ranking[place - 1]]
    leaving.withdrawn_at, leaving.reason = at, reason
    leaving.save(update_fields=["withdrawn_at", "reason"])
    Member.objects.create(draw=drawn, expert=following, place=place, replaces=leaving)
    return Effect({"leaves": str(leaving.expert), "reason": reason, "follows": str(following)})


@verb(
    draws,
    Step(
        key=DrawStep.DISCARD, sources=_COMMITTED | _DRAWN, targets=(DrawState.DISCARDED,), who=_ORGANISERS, onward=False
    ),
)
def discard(drawn: Draw, *, reason: str, by: Post, at: datetime) -> Effect:
    """作废, with the reason: the next draw has another pool and another seed, and this one stays to be seen."""
    return Effect({"reason": reason})


def by_code(codes: Iterable[str]) -> dict[str, Expert]:
    """Read the experts of these codes."""
    found = Expert.objects.filter(pk__in=[int(code.removeprefix("ZJ")) for code in codes])
    return {expert.code: expert for expert in found}


def too_few(number: int, size: int, looked_at: Iterable[list[Reason]]) -> str:
    """Word how many are missing, and of how many each reason keeps the draw."""
    counted = Counter(reason for reasons in looked_at for reason in reasons)
    why = "、".join(f"{reason.label}{counted[reason]}人" for reason in Reason if counted[reason])
    left = f"未列入候选的：{why}（一人可有几项）。" if why else ""
    return (
        f"需要{number}人，专家库中符合条件的只有{size}人，还缺{number - size}人。{left}"
        "请增加专家、放宽条件，或者由信访部门聘请其他人员以后再抽取。"
    )


def _looked_at(area: Unit, wanted: Wanted, sides: Sides) -> dict[str, list[Reason]]:
    """Ask of each listed expert why he is not drawn. Two queries."""
    listed = pool_of(area).filter(state=ExpertState.LISTED).exclude(kind=ExpertKind.MEDIATOR).select_related("region")
    return {one.code: reasons_for(one, wanted, sides) for one in listed.prefetch_related("certificates")}


def _matter_of(number: str, by: Post) -> PetitionCase:
    """Find and lock the matter that the unit has in hand."""
    seen = visible_to(by).filter(number=number, is_sealed=False).values("pk").first() if "\x00" not in number else None
    if seen is None:
        raise Refusal("没有这个编号的信访事项，请核对。", field="case")
    matter = PetitionCase.objects.select_for_update().get(pk=seen["pk"])
    if not matter.is_open or matter.holder_id != by.unit_id:
        raise Refusal("听证由正在办理的单位组织，这个事项现在不由本单位办理。", field="case")
    if Draw.objects.filter(case=matter, state=DrawState.COMMITTED).exists():
        raise Refusal("这个事项已有封存的候选名单待抽取，请先抽取或者作废。", field="case")
    return matter


def _refuse_number(number: int, hearing_on: date, at: datetime) -> None:
    least = current_rulebook().on(timezone.localdate(at)).number(Key.HEARING_MEMBERS)
    if number < least or number % 2 == 0:
        raise Refusal(f"听证员人数应为单数，不少于{least}人。", field="number")
    if hearing_on <= timezone.localdate(at):
        raise Refusal("拟定听证日期应在今天以后。", field="hearing_on")
