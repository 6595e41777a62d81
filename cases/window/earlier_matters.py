"""Earlier matters of the person at the window, and which of them is probably the one of today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.rulebook import Regime
from cases.by_number import with_number
from cases.merged import master_of, masters_of
from cases.models import Companion, Petition, PetitionCase, Petitioner
from cases.people import Known, arrivals_of_person
from cases.queries import visible_to

_TOO_SHORT = 6


@dataclass(frozen=True, slots=True)
class TypedMatter:
    """The matter as typed in so far; codes and text, each may be empty."""

    content: str = ""
    topic: str = ""
    region: str = ""


@dataclass(slots=True)
class Earlier:
    """A matter of the person, with the latest arrival. `who`: the person as registered then; `part`: the part played
    there beside the lead; `is_visible`: the post may open it."""

    case: PetitionCase
    latest: Petition
    who: Petitioner
    part: str
    is_visible: bool
    times: int = 1
    reasons: list[str] = field(default_factory=list)
    wanted: int = 2

    @property
    def can_be_joined(self) -> bool:
        return self.case.is_open

    @property
    def can_be_followed(self) -> bool:
        """True if new facts may be registered as a new matter that is linked to this one."""
        return self.is_visible and not self.case.is_open

    @property
    def is_likely(self) -> bool:
        """True for an open matter that agrees with today's in as many things as the office wants."""
        return self.can_be_joined and len(self.reasons) >= self.wanted


def earlier_matters(post: Post, known: Known, *, typed: TypedMatter, on: date) -> list[Earlier]:
    """List the person's matters of whatever unit, those most like today's first, then the newest. 检举控告 are left
    out; what was merged is the matter that it was merged into, under its number."""
    arrivals = list(arrivals_of_person(known).select_related("case__topic", "case__region", "lead__address_region"))
    beside = _beside(arrivals, known)
    masters = masters_of(petition.case for petition in arrivals)
    by_case: dict[int, Earlier] = {}
    for petition in arrivals:
        case = masters[petition.case_id]
        if case.pk in by_case:
            by_case[case.pk].times += 1
        else:
            who, part = beside.get(petition.pk, (petition.lead, ""))
            by_case[case.pk] = Earlier(case, petition, who, part, is_visible=False)
    visible = set(visible_to(post).filter(pk__in=by_case).values_list("pk", flat=True)) if by_case else set()
    if by_case:
        _compare(by_case.values(), typed, current_rulebook().on(on))
    for pk, matter in by_case.items():
        matter.is_visible = pk in visible
    return sorted(by_case.values(), key=lambda matter: (not matter.is_likely, -matter.latest.pk))


def _beside(arrivals: Sequence[Petition], known: Known) -> dict[int, tuple[Petitioner, str]]:
    """Map the arrivals at which the person came beside the lead to the person's row and part."""
    if not arrivals:
        return {}
    came = Companion.objects.filter(petition__in=arrivals, petitioner__in=known.people())
    rows = came.select_related("petitioner__address_region")
    return {one.petition_id: (one.petitioner, one.get_role_display()) for one in rows}


def _compare(matters: Iterable[Earlier], typed: TypedMatter, regime: Regime) -> None:
    alike, wanted = regime.number(Key.ALIKE) / 100, regime.number(Key.ALIKE_IN)
    for matter in matters:
        matter.reasons, matter.wanted = likeness(matter.case, matter.latest.content, typed, alike=alike), wanted


def likeness(case: PetitionCase, content: str, typed: TypedMatter, *, alike: float) -> list[str]:
    """List the ways in which an earlier matter agrees with what is typed today.

    `alike`: the part of the shorter text's pairs of characters from which on two texts tell the same story.
    """
    reasons = []
    if typed.topic and typed.topic == case.topic_id:
        reasons.append("分类相同")
    if typed.region and typed.region == case.region.code:
        reasons.append("属地相同")
    if max(overlap(typed.content, content), overlap(typed.content, case.title)) >= alike:
        reasons.append("内容相近")
    return reasons


def overlap(one: str, other: str) -> float:
    """Compute the part of the shorter text's pairs of neighbouring characters that the other text has too; 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    shorter = min(len(pairs), len(others))
    return len(pairs & others) / shorter if shorter >= _TOO_SHORT else 0.0


def _pairs(text: str) -> set[str]:
    plain = [character for character in text if character.isalnum()]
    return {first + second for first, second in pairwise(plain)}


def joinable(post: Post, number: str, *, id_number: str, phone: str) -> PetitionCase | None:
    """Find the matter that this person's arrival may join by a number of it: one the post sees, or the person's own;
    of a merged one the matter in which it goes on."""
    case = with_number(post, number)
    if case is None:
        same_person = arrivals_of_person(Known(id_number=id_number, phone=phone))
        case = next((petition.case for petition in same_person if petition.case.number == number), None)
    return master_of(case) if case else None


def case_to_join(post: Post, number: str, *, id_number: str, phone: str) -> PetitionCase:
    """Find as `joinable`. Raises Refusal when there is no such matter, or when it is closed."""
    case = joinable(post, number, id_number=id_number, phone=phone)
    if case is None:
        raise Refusal("没有找到这个编号的事项，也不是此人以往反映的事项，请核对编号。", field="case")
    if not case.is_open:
        raise Refusal("该事项已经办结，不能并入。有新的事实、理由或者请求的，请按新事项登记并与它关联。", field="case")
    return case


def case_to_follow(post: Post, number: str) -> PetitionCase:
    """Find the ended matter with this number, to which a new one with new facts is linked. Raises Refusal.

    检举控告 are left out: the new matter is read by others.
    """
    case = with_number(post, number, ordinary=True)
    if case is None:
        raise Refusal("没有找到这个编号的事项，请核对编号。", field="follows")
    master = master_of(case)
    if master.is_open:
        raise Refusal("该事项或者它所并入的事项尚未办结，请并入在办的事项，不要另行登记。", field="follows")
    return master if visible_to(post).filter(pk=master.pk).exists() else case
