"""访调对接 in the demo, by the verbs of the office: points of several kinds, and mediations in every stage."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.process.taking import take
from cases.engine import MATTER
from cases.made_up.demo.cast import BUREAU, CITY, COUNTIES, PHONE, TOWNSHIP
from cases.made_up.demo.scans import scan
from cases.models import PetitionCase
from cases.states import Move, State
from cases.web.procedure.forms.table import MOVE_FORMS
from hearings.mediation import points, referring, results, sessions
from hearings.models import Mediation, MediationPoint, PointKind, Speciality
from hearings.pool.experts import list_expert

_MEDIATORS = ("高守信", "纪和平", "滕惠民")
# Kind, name, place, address, hours, field, whether the bureau's counsellor sits there.
_POINTS = (
    (PointKind.BRAND, "老高调解室", CITY, "渤海街道某社区二楼", "工作日8:30至17:30", Speciality.HOUSING, True),
    (PointKind.BRAND, "枣乡情驿站", COUNTIES[0], "某镇冬枣市场东侧", "周一、周三、周五", Speciality.FARMING, True),
    (PointKind.COMMITTEE, "北镇街道人民调解委员会", TOWNSHIP, "北镇街道办事处一楼", "工作日", Speciality.CIVIL, False),
    (PointKind.ONE_STOP, "滨州市矛盾纠纷调解中心", CITY, "市民服务中心三楼", "工作日8:30至17:30", Speciality.LAW, True),
    (
        PointKind.ADMINISTRATIVE,
        "市住房城乡建设局行政调解室",
        CITY,
        "市住房城乡建设局四楼",
        "每周二",
        Speciality.HOUSING,
        False,
    ),
)
_AGREED: dict[str, Any] = {
    "findings": "房屋渗水，维修责任不清", "disputes": "维修费用由谁承担",
    "liability": "对方承担维修责任，信访人予以配合",
    "terms": ["对方于六十日内修复渗水部位", "信访人提供施工便利"],
    "performance": "自行组织施工",
    "performance_time": "签订之日起六十日内",
}  # fmt: skip


def play(now: datetime) -> None:
    """Play points and mediations, as one of the demo's steps."""
    keeper, mediator = _post(BUREAU, Role.REGISTRAR), _post(BUREAU, Role.COUNSELLOR)
    places = [_open(number, keeper, mediator, now) for number in range(len(_POINTS))]
    for (stage, place), case in zip(_STAGES, _matters(now), strict=False):
        by = _holder(case)
        made = referring.refer(
            case=case.number, point=places[place].code, by=by, at=now,
            dispute=f"{case.title}，双方对责任和费用有争议，均愿意协商解决。",
        )  # fmt: skip
        stage(made, by, mediator, now)


def _post(unit: str, role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").filter(unit__code=unit, role=role).earliest("pk")


def _holder(case: PetitionCase) -> Post:
    held = Post.objects.select_related("user", "unit__parent").filter(unit=case.holder_id, user__is_active=True)
    return held.filter(role=Role.UNIT_HANDLER).exclude(user__in=case.recused).earliest("pk")


def _open(number: int, keeper: Post, mediator: Post, now: datetime) -> MediationPoint:
    kind, name, region, address, hours, field, is_manned = _POINTS[number]
    today, people = timezone.localdate(now), []
    if is_manned:
        people = [list_expert(
            name=_MEDIATORS[number % 3], kind="mediator", specialities=[field.value],
            region=Unit.objects.get(code=region), organisation=name, title="人民调解员", former=[], interests=[],
            relatives=[], phone=PHONE, term_from=today, term_to=today + timedelta(days=700), by=keeper, at=now,
        )]  # fmt: skip
    return points.open_point(
        name=name, kind=kind.value, region=Unit.objects.get(code=region), address=address, hours=hours, phone=PHONE,
        specialities=[field.value], unit=mediator.unit if is_manned else None,
        mediators=[one.code for one in people], by=keeper, at=now,
    )  # fmt: skip


def _matters(now: datetime) -> list[PetitionCase]:
    """Take those that are being mediated, and as many others as there are stages, mediated from now on."""
    ours = PetitionCase.objects.filter(is_sealed=False, holder__path__startswith=Unit.objects.get(code=CITY).path)
    handled = ours.filter(holder__posts__role=Role.UNIT_HANDLER, holder__posts__user__is_active=True).distinct()
    there = list(handled.filter(state=State.MEDIATING).order_by("pk")[: len(_STAGES)])
    others = handled.filter(state=State.HANDLING).order_by("-pk")[: len(_STAGES) - len(there)]
    return [*there, *(_mediated(case, now) for case in others)]


def _mediated(case: PetitionCase, now: datetime) -> PetitionCase:
    said = {"other_party": "相关责任单位", "mediator": "人民调解委员会", "both_consent": True}
    given = said | {"consented_on": timezone.localdate(now), "paper_other_proof": scan("双方同意调解的笔录")}
    by = _holder(case)
    form = MOVE_FORMS[Move.MEDIATE](given, case=case, post=by)
    form.full_clean()
    return take(MATTER, Move.MEDIATE, case, by=by, at=now, **form.cleaned_data)


Stage = Callable[[Mediation, Post, Post, datetime], None]


def _waits(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    """Leave it with the point, which has not answered."""


def _accept(made: Mediation, mediator: Post, now: datetime) -> Mediation:
    code = made.point.mediators.earliest("pk").code
    return referring.accept(made, mediator=code, accepted_on=timezone.localdate(now), by=mediator, at=now)


def _meets(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    made = _accept(made, mediator, now)
    made = sessions.hold(
        made, session="", held_on=timezone.localdate(now), where="", came=["信访人", "对方当事人代表"], excused=[],
        absent=[], said="双方陈述了主张，同意先核实维修费用，再次协商。", by=mediator, at=now,
    )  # fmt: skip
    start = timezone.localtime(now).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=6)
    sessions.plan(
        made, starts_at=start, ends_at=start + timedelta(hours=2), place="", where="老高调解室", by=mediator, at=now
    )


def _declines(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    referring.decline(
        made, reason="标的较大，建议通过诉讼解决。", declined_on=timezone.localdate(now), by=mediator, at=now
    )


def _agrees(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    today = timezone.localdate(now)
    made = results.tell_agreement(_accept(made, mediator, now), **_AGREED, signed_on=today, by=mediator, at=now)
    _write_down(made, Move.REACH_AGREEMENT, by, now)
    made.refresh_from_db()
    results.apply(made, court="滨城区人民法院", applied_on=today, by=by, at=now)


def _confirmed(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    _agrees(made, by, mediator, now)
    made.refresh_from_db()
    results.decide(made, decision="confirmed", decided_on=timezone.localdate(now), by=by, at=now)


def _fails(made: Mediation, by: Post, mediator: Post, now: datetime) -> None:
    made = results.tell_failure(
        _accept(made, mediator, now),
        note="双方对金额分歧较大。",
        failed_on=timezone.localdate(now),
        by=mediator,
        at=now,
    )
    _write_down(made, Move.FAIL_MEDIATION, by, now)


def _write_down(made: Mediation, move: Move, by: Post, now: datetime) -> None:
    """Let the handler send the form of the matter as it is proposed."""
    case = PetitionCase.objects.get(pk=made.case_id)
    form = MOVE_FORMS[move](dict(MOVE_FORMS[move](case=case, post=by).initial), case=case, post=by)
    if form.is_valid():
        take(MATTER, move, case, by=by, at=now, **form.cleaned_data)


# What becomes of each, and at which point.
_STAGES: tuple[tuple[Stage, int], ...] = (
    (_meets, 0), (_waits, 1), (_declines, 3), (_confirmed, 0), (_agrees, 3), (_fails, 1),
)  # fmt: skip
