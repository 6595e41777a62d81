"""People called to something urgent: all at once and at any hour; when nobody of them reads, who stands above."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models.functions import Length
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import HEADS, LEADERS, OFFICE_HEADS, Role
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.turns import find_or_make
from cases.models import PetitionCase, UrgentCall, UrgentReport
from cases.procedure.urgent.notices import CALL
from cases.procedure.urgent.roster import on_duty
from cases.queries import visible_to
from cases.vocabulary_beside import Called

Desk = tuple[Called, Unit]
# Who answers at such a desk.
ROLES: Mapping[Called, frozenset[Role]] = {
    Called.HEAD: HEADS | OFFICE_HEADS,
    Called.DUTY: OFFICE_HEADS,
    Called.LEADER: LEADERS,
}


def call_first(report: UrgentReport, *, at: datetime) -> None:
    """Call everybody at the first desks, all at once (第二十五条)."""
    for desk in first_desks(report.case, at):
        call(report, desk, at=at)


def first_desks(case: PetitionCase, at: datetime) -> list[Desk]:
    """List the desks that are called first: the leader, who is on duty or heads the petition office, and the head of
    the unit with who is on duty there."""
    area = case.registered_unit.area
    desks: list[Desk] = [(Called.HEAD, case.holder), (Called.LEADER, area)]
    office = _office_at(area)
    if office is not None:
        desks.insert(1, _duty_desk(office, at))
    if case.holder != office and on_duty(case.holder, at):
        desks.append((Called.ROSTER, case.holder))
    return desks


def to_be_called(case: PetitionCase, at: datetime) -> list[str]:
    """Name the people whom a report would call now, each once."""
    found = (_nearest(case, desk, at, ()) for desk in first_desks(case, at))
    return list(dict.fromkeys(f"{post.user.name}（{post.label}）" for _, posts in found for post in posts))


def _duty_desk(office: Unit, at: datetime) -> Desk:
    """Choose those on the roster at this hour; without any, the head of the office."""
    return (Called.ROSTER if on_duty(office, at) else Called.DUTY, office)


def call(report: UrgentReport, desk: Desk | None, *, at: datetime, besides: Collection[int] = ()) -> list[UrgentCall]:
    """Call everybody at the desk for whom the matter exists; where nobody sits, or only those `besides` who have not
    read, the desk above. Who was called to the report before is not called again. Returns the calls of that desk."""
    found, posts = _nearest(report.case, desk, at, besides)
    return _write(report, found[0], posts, at=at) if found is not None else []


def _nearest(
    case: PetitionCase, desk: Desk | None, at: datetime, besides: Collection[int]
) -> tuple[Desk | None, list[Post]]:
    while desk is not None:
        posts = list(_there(case, *desk, at))
        if any(post.user_id not in besides for post in posts):
            return desk, posts
        desk = above(desk)
    return None, []


def _there(case: PetitionCase, called: Called, unit: Unit, at: datetime) -> Iterator[Post]:
    for post in on_duty(unit, at) if called is Called.ROSTER else _held(unit, ROLES[called]):
        if visible_to(post).filter(pk=case.pk).exists():
            yield post


def _held(unit: Unit, roles: Collection[Role]) -> Iterable[Post]:
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=roles)
    return held.select_related("user", "unit__parent").order_by("pk")


def _write(report: UrgentReport, called: Called, posts: Iterable[Post], *, at: datetime) -> list[UrgentCall]:
    calls = []
    for post in posts:
        about = {"unit": post.unit, "called": called.value, "post_label": post.label, "called_at": at}
        made, is_new = find_or_make(UrgentCall.objects.all(), report=report, user=post.user, defaults=about)
        if is_new:
            tell(CALL, made.pk, at=at)
        calls.append(made)
    return calls


def _office_at(area: Unit | None) -> Unit | None:
    """Find the petition office of the place, or of the nearest above it."""
    if area is None:
        return None
    codes = area.path.strip("/").split("/")
    offices = Unit.objects.filter(kind=UnitKind.PETITION_OFFICE, valid_to=None, parent__code__in=codes)
    return offices.order_by(Length("parent__path").desc(), "pk").first()


def _above_head(unit: Unit) -> Desk | None:
    """Of a unit the head of the body above it, of the uppermost in its place the petition office."""
    if unit.kind == UnitKind.PETITION_OFFICE:
        return _above_duty(unit)
    if unit.parent is not None and unit.parent.kind != UnitKind.AREA:
        return Called.HEAD, unit.parent
    office = _office_at(unit.area)
    return (Called.DUTY, office) if office is not None else None


def _above_duty(unit: Unit) -> Desk | None:
    office = _office_at(unit.area.parent)
    return (Called.DUTY, office) if office is not None and office != unit else (Called.LEADER, unit.area)


def _above_leader(unit: Unit) -> Desk | None:
    return (Called.LEADER, unit.parent) if unit.parent is not None else None


def _above_roster(unit: Unit) -> Desk | None:
    return Called.DUTY if unit.kind == UnitKind.PETITION_OFFICE else Called.HEAD, unit


# To whom it goes next when nobody at the desk has read.
ABOVE: Mapping[Called, Callable[[Unit], Desk | None]] = {
    Called.HEAD: _above_head,
    Called.DUTY: _above_duty,
    Called.LEADER: _above_leader,
    Called.ROSTER: _above_roster,
}


def above(desk: Desk) -> Desk | None:
    """Find the desk above; None at the top of the house."""
    called, unit = desk
    return ABOVE[called](unit)


def read_calls(case: PetitionCase, user_id: int, *, at: datetime) -> None:
    """Take the receipt of who has opened the matter."""
    UrgentCall.objects.filter(report__case=case, user=user_id, read_at=None).update(read_at=at)


def unread_calls(post: Post) -> list[UrgentCall]:
    """List the open matters that the person was called to and has not opened, as far as the post sees them, the latest
    first."""
    calls = UrgentCall.objects.filter(
        user=post.user_id, read_at=None, report__taken_back_at=None, report__case__closed_on=None
    )
    seen = calls.filter(report__case__in=visible_to(post).values("pk"))
    return list(seen.select_related("report__case").order_by("-pk"))


def unread_desks(report: UrgentReport, *, before: datetime) -> list[tuple[Desk, Collection[UrgentCall]]]:
    """List the desks at which nobody has read though all were called before the moment, and nobody above was called."""
    groups: dict[tuple[str, int], list[UrgentCall]] = {}
    for one in report.calls.select_related("unit__parent"):
        groups.setdefault((one.called, one.unit_id), []).append(one)
    return [
        ((Called(calls[0].called), calls[0].unit), calls)
        for calls in groups.values()
        if all(one.read_at is None and one.climbed_at is None and one.called_at <= before for one in calls)
    ]
