"""回访帮扶 (第三十七条第三款): the day of the next visit, from the end of the road on, and its reminder."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import HANDLERS, TRIAGERS
from binzhou_xinfang.notices.outbox import Note, Topic, tell
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.turns import find_or_make
from cases.models import AfterCare, PetitionCase
from cases.queries import visible_to
from cases.states import Move

# 复查复核 is over, or the matter is ended.
_ENDS = (Move.DELIVER_RECHECK, Move.END, Move.CONFIRM_END)


def follow_end(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Set the day of the first visit when the road of a matter is over; a later end changes nothing."""
    if move in _ENDS:
        unit = case.responsible or case.registered_unit
        about = {"unit": unit, "due_on": first_day(timezone.localdate(at))}
        find_or_make(AfterCare.objects.all(), case=case, defaults=about)


def first_day(on: date) -> date:
    """Reckon the day by which the office looks after the petitioner again."""
    return on + timedelta(days=current_rulebook().on(on).number(Key.AFTER_CARE_DAYS))


def plan(case: PetitionCase, unit: Unit, due_on: date | None) -> None:
    """Set the day of the next visit; None: none is needed."""
    AfterCare.objects.update_or_create(case=case, defaults={"unit": unit, "due_on": due_on, "reminded_at": None})


_due = Prepared(lambda on: AfterCare.objects.filter(reminded_at=None, due_on__lte=on).order_by().values_list("pk"))


def remind(*, at: datetime) -> int:
    """Remind of every visit whose day has come, once; returns how many."""
    keys = [key for (key,) in _due(timezone.localdate(at))]
    for key in keys:
        # Only who changes the row tells: two rounds at one moment remind once; one that is killed, none.
        with transaction.atomic():
            if AfterCare.objects.filter(pk=key, reminded_at=None).update(reminded_at=at):
                tell(AFTER_CARE, _subject(key), at=at)
    return len(keys)


def _subject(key: int) -> int:
    """Number the reminder: the same matter is reminded of again at its next day."""
    due_on = AfterCare.objects.values_list("due_on", flat=True).get(pk=key)
    return key * _DAYS + (due_on or date.min).toordinal()


_DAYS = 10_000_000


def write_visits(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the people of the unit that a visit is due."""
    by_key = {subject // _DAYS: subject for subject in subjects}
    for row in AfterCare.objects.filter(pk__in=by_key, due_on__isnull=False).select_related("case").order_by("pk"):
        held = Post.objects.held(timezone.localdate()).filter(unit=row.unit_id, role__in=HANDLERS | TRIAGERS)
        for post in held.select_related("user", "unit__parent").order_by("pk"):
            if row.due_on is not None and visible_to(post).filter(pk=row.case_id).exists():
                words = f"回访帮扶应在{say_day(row.due_on, timezone.localdate())}进行（第三十七条第三款）"
                title, url = f"{row.case.number} {words}", row.case.get_absolute_url()
                text = f"【滨州信访】{row.case.number}：{words}。"
                yield Note(by_key[row.pk], post.user, title, text, url, matter=row.case_id)


AFTER_CARE = Topic("after-care", write_visits)
