"""Notices of the alerts: readers and words. No name of a petitioner leaves the house."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import ANSWERABLE, LEADERS, TRIAGERS, Role
from binzhou_xinfang.notices.outbox import Note, Topic
from binzhou_xinfang.statute.rules import Audience, Rung
from binzhou_xinfang.statute.wording import say_day
from cases.models import Alert, Deadline
from cases.queries import visible_to

# Who is meant where the matter has no handler yet: everybody at the desk who could take it up.
_HANDLERS = frozenset({Role.UNIT_HANDLER, Role.REGISTRAR, Role.REVIEWER, Role.DISCIPLINE})
# From here on it is urgent enough for the telephone.
URGENT_DAYS = -1


def write_alerts(subjects: Sequence[int]) -> Iterator[Note]:
    """Write the notes of these alerts for those who may see the matter; one of the writers of notices.

    When the watch has slept, several rungs of a clock come at once, and perhaps not in one batch: each person is told
    of the latest that is meant for him, so every rung of these clocks is looked at, whoever writes it and when.
    """
    alerts = _with_their_clocks(subjects)
    wanted = {alert.pk: _audience_of(alert) for alert in alerts}
    posts = _posts({unit for groups in wanted.values() for unit, _ in groups})
    meant = [
        (alert, post)
        for alert in alerts
        if alert.deadline.is_urging
        for post in _people(alert, wanted[alert.pk], posts)
    ]
    latest = {(alert.deadline_id, post.user_id): alert.pk for alert, post in meant}
    own = frozenset(subjects)
    told = [
        (alert, post)
        for alert, post in meant
        if alert.pk in own and latest[alert.deadline_id, post.user_id] == alert.pk
    ]
    seen = _seen(told)
    for alert, post in told:
        if alert.deadline.case_id in seen[post.pk]:
            yield _note(alert, post, is_supervised=any(roles is TRIAGERS for _, roles in wanted[alert.pk]))


def _with_their_clocks(subjects: Sequence[int]) -> list[Alert]:
    """List these alerts and all others of the same clocks, the rung that was reached last at the end."""
    offices = ("deadline__case__assigner", "deadline__case__sender", "deadline__case__registered_unit__parent")
    related = ("deadline__case", "deadline__unit", *offices)
    clocks = Alert.objects.filter(pk__in=subjects).values("deadline")
    return list(Alert.objects.filter(deadline__in=clocks).select_related(*related).order_by("reached_at", "pk"))


def _audience_of(alert: Alert) -> list[tuple[int, frozenset[Role]]]:
    """List the units with the roles there that are meant."""
    clock, case = alert.deadline, alert.deadline.case
    unit = clock.unit_id or case.holder_id
    office = _office_over(clock)
    readers: list[tuple[int, frozenset[Role]]] = []
    for audience in alert.rung.audience:
        if audience is Audience.HANDLER:
            readers.append((unit, _HANDLERS))
        elif audience is Audience.HEAD:
            readers.append((unit, ANSWERABLE))
        elif audience is Audience.OFFICE:
            readers += [(office.pk, TRIAGERS)] if office else []
        else:
            readers.append((_place_of(clock).pk, LEADERS))
    return readers


def _office_over(clock: Deadline) -> Unit | None:
    """Find the office that is told of it: who passed the matter on or took it in; where that owes it itself, the one
    over it, None where none is registered. A query for these alone."""
    case = clock.case
    office: Unit = case.assigner or case.sender or case.registered_unit
    owes = clock.unit or case.holder
    return office_above(owes) if office.pk == owes.pk else office


def _place_of(clock: Deadline) -> Unit:
    """Find the place whose leaders are told: the one that owes it itself, else that of who took the matter in."""
    if clock.unit and clock.unit.kind == UnitKind.AREA:
        return clock.unit
    return clock.case.registered_unit.area or clock.case.registered_unit


def _posts(units: set[int]) -> Mapping[int, list[Post]]:
    posts: dict[int, list[Post]] = defaultdict(list)
    held = Post.objects.held(timezone.localdate()).filter(unit__in=units)
    for post in held.select_related("user", "unit"):
        posts[post.unit_id].append(post)
    return posts


def _people(
    alert: Alert, groups: Iterable[tuple[int, frozenset[Role]]], posts: Mapping[int, list[Post]]
) -> Iterator[Post]:
    """List each person once; where the matter has its handler at the desk, the other handlers are left in peace."""
    known: set[int] = set()
    assignee = alert.deadline.case.assignee_id
    for unit, roles in groups:
        here = [post for post in posts.get(unit, ()) if post.role in roles]
        if roles is _HANDLERS and any(post.user_id == assignee for post in here):
            here = [post for post in here if post.user_id == assignee]
        for post in here:
            if post.user_id not in known:
                known.add(post.user_id)
                yield post


def _seen(meant: Iterable[tuple[Alert, Post]]) -> Mapping[int, set[int]]:
    """Map each of the posts to the matters that exist for it: a sealed one is not told of to others."""
    cases: dict[Post, set[int]] = defaultdict(set)
    for alert, post in meant:
        cases[post].add(alert.deadline.case_id)
    return {
        post.pk: set(visible_to(post).filter(pk__in=keys).values_list("pk", flat=True)) for post, keys in cases.items()
    }


def _note(alert: Alert, post: Post, *, is_supervised: bool) -> Note:
    """Word it; `is_supervised`: there is an office over it that could write the letter."""
    clock, today = alert.deadline, timezone.localdate()
    words, rule, case = _words(clock, alert.rung if is_supervised else None), clock.get_rule_display(), clock.case
    title = f"{case.number} {rule}{words}"
    # On its last day the sentence says already that it ends today.
    left = f"，{words}" if clock.legal_on != today else ""
    text = f"【滨州信访】{case.number}的{rule}{say_day(clock.legal_on, today)}届满{left}（{clock.article}）。"
    is_urgent = alert.days >= URGENT_DAYS
    return Note(alert.pk, post.user, title, text, case.get_absolute_url(), is_urgent=is_urgent, matter=case.pk)


def _words(clock: Deadline, rung: Rung | None) -> str:
    """Word the clock as it stands today, which is later than the rung when the watch has slept."""
    left = (clock.legal_on - timezone.localdate()).days
    if left < 0:
        follows = f"，{rung.consequence.label}" if rung and rung.consequence and rung.days > 0 else ""
        return f"已逾期{-left}天{follows}"
    return f"还剩{left}天" if left else "今天届满"


ALERT = Topic("alert", write_alerts)
