"""Issued letters of which nobody has written down how they reached their reader: who is told, and when."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import ANSWERABLE, CLERKS, HANDLERS, REVIEWERS, TRIAGERS
from binzhou_xinfang.notices.outbox import Note, Topic, tell
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.ladders import LAPSE, RISEN
from binzhou_xinfang.statute.wording import say_day
from cases.models import LetterDue, PetitionCase
from cases.queries import visible_to

_SERVERS = CLERKS | HANDLERS | REVIEWERS

_waiting = Prepared(
    lambda late, risen: (
        LetterDue.objects.filter(met_on=None, risen_at=None)
        .filter(Q(reminded_at=None, due_on__lte=late) | Q(due_on__lte=risen))
        .order_by("pk")
        .values_list("pk", "due_on")
    )
)


def watch_letters(*, at: datetime) -> int:
    """Tell the unit of each letter whose day has passed, and its head and the office over it when that was of no use;
    each once. Returns how many. One query when nothing waits."""
    today, told = timezone.localdate(at), 0
    late, risen = today - timedelta(days=LAPSE), today - timedelta(days=RISEN)
    for key, due_on in list(_waiting(late, risen)):
        # Only who changes the row tells: two rounds at one moment tell once.
        with transaction.atomic():
            if _is_first(key, "reminded_at", at):
                tell(UNDELIVERED, key, at=at)
                told += 1
            if due_on <= risen and _is_first(key, "risen_at", at):
                tell(STILL, key, at=at)
                told += 1
    return told


def _is_first(key: int, column: str, at: datetime) -> bool:
    """Mark the row as told: of two rounds at one moment one alone has changed it."""
    return bool(LetterDue.objects.filter(pk=key, met_on=None, **{column: None}).update(**{column: at}))


def meet(link_id: int, *, on: date) -> None:
    """Say that the delivery of the letter was written down on the day; a later record changes nothing."""
    LetterDue.objects.filter(link=link_id, met_on=None).update(met_on=on)


def write_late(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who serves it at the unit: the handler of the matter alone, where it is his unit's."""
    for due in _dues(subjects):
        unit, case = due.unit.going_on(timezone.localdate()), due.link.case
        posts = _posts(unit, _SERVERS, case)
        own = [post for post in posts if post.user_id == case.assignee_id]
        yield from (_note(due, case, post) for post in own or posts)


def write_still(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the head of the unit, and the petition office over it."""
    for due in _dues(subjects):
        unit, case = due.unit.going_on(timezone.localdate()), due.link.case
        office = _office_over(unit, case)
        told = [*_posts(unit, ANSWERABLE, case), *(_posts(office, TRIAGERS, case) if office else [])]
        yield from (_note(due, case, post) for post in {post.user_id: post for post in told}.values())


def _office_over(unit: Unit, case: PetitionCase) -> Unit | None:
    """Find who took the matter in, where that is a petition office and another body; else the office over the unit."""
    taker = case.registered_unit
    return taker if taker.kind == UnitKind.PETITION_OFFICE and taker.pk != unit.pk else office_above(unit)


def _dues(subjects: Sequence[int]) -> Iterator[LetterDue]:
    """Read those that are owed still."""
    related = ("unit", "link__letter", "link__case__registered_unit")
    yield from LetterDue.objects.filter(pk__in=subjects, met_on=None).select_related(*related).order_by("pk")


def _posts(unit: Unit, roles: frozenset[str], case: PetitionCase) -> list[Post]:
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=roles).select_related("user", "unit")
    return [post for post in held.order_by("pk") if visible_to(post).filter(pk=case.pk).exists()]


def _note(due: LetterDue, case: PetitionCase, post: Post) -> Note:
    today = timezone.localdate()
    words = (
        f"{due.link.label}最迟应于{say_day(due.due_on, today)}送达，已逾期{(today - due.due_on).days}日，尚未登记送达"
    )
    text = f"【滨州信访】{case.number}：{words}。"
    return Note(due.pk, post.user, f"{case.number} {words}", text, f"{case.get_absolute_url()}#serving", matter=case.pk)


UNDELIVERED = Topic("letter-undelivered", write_late)
STILL = Topic("letter-still-undelivered", write_still)
