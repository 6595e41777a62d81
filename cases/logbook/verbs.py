"""Writing an entry of a book, and putting one right. Each is one transaction with its event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen
from binzhou_xinfang.typed import shortened
from cases.engine import note, refuse_future
from cases.logbook.after_care import plan
from cases.logbook.books import BOOKS, may_write
from cases.models import LogEntry, PetitionCase
from cases.outcome import SENT_AGAIN
from cases.queries import visible_to
from cases.states import EVENTS
from cases.vocabulary_beside import Book

# What was written stands in the entry; the course tells that it is there.
_BOOK = EventField("", chosen(Book))
WRITTEN = EVENTS.declare("logged", "登记专项记录", {"book": _BOOK, "entry": KEPT})
CORRECTED = EVENTS.declare(
    "log-corrected", "更正专项记录", {"book": _BOOK, "entry": KEPT, "reason": EventField("理由：")}
)
# Days that lie ahead by their nature.
_AHEAD = frozenset({"next_on"})


def refuse_writer(post: Post, book: Book, case: PetitionCase) -> None:
    """Raise NotPermitted for a post that writes nothing in this book; Refusal for a matter that it is not meant for."""
    if not may_write(post, book, case) or not visible_to(post).filter(pk=case.pk).exists():
        raise NotPermitted(f"您当前的岗位不能为该事项登记{book.label}。")
    if hindrance := BOOKS[book].fits(case):
        raise Refusal(hindrance)


@transaction.atomic
def write_entry(seen: PetitionCase, *, book: Book, data: Mapping[str, Any], by: Post, at: datetime) -> LogEntry:
    """登记 an entry. `data`: what the book asks for. Raises NotPermitted; Refusal for what cannot be, at its field."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    refuse_writer(by, book, case)
    _refuse_twice(case, book, data, by=by, at=at)
    entry = _write(case, book, data, by=by, at=at)
    note(case, WRITTEN, by=by, at=at, detail={"book": book.value, "entry": entry.pk})
    return entry


@transaction.atomic
def correct_entry(seen: LogEntry, *, data: Mapping[str, Any], reason: str, by: Post, at: datetime) -> LogEntry:
    """更正 an entry by another: both stay, with the reason. Raises as `write_entry`, and Refusal for one that was put
    right before or was written by another unit."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    entry, book = LogEntry.objects.get(pk=seen.pk), Book(seen.book)
    refuse_writer(by, book, case)
    if entry.unit_id != by.unit_id:
        raise NotPermitted("由登记该记录的单位更正。")
    if LogEntry.objects.filter(corrects=entry).exists():
        raise Refusal("该记录已经更正过，请更正最后一次的记录。")
    if not reason.strip():
        raise Refusal("请写明更正理由。", field="reason")
    made = _write(case, book, data, by=by, at=at, corrects=entry, reason=shortened(reason.strip(), 500))
    note(case, CORRECTED, by=by, at=at, detail={"book": book.value, "entry": made.pk, "reason": made.reason})
    return made


def _refuse_twice(case: PetitionCase, book: Book, data: Mapping[str, Any], *, by: Post, at: datetime) -> None:
    """Raise Refusal for what the same person has just written: no answer came, and it was sent again."""
    just = LogEntry.objects.filter(case=case, book=book.value, by_user=by.user, at__gt=at - SENT_AGAIN, at__lte=at)
    if any(entry.data == _plain(data) for entry in just):
        raise Refusal(f"刚才已经登记过相同的{book.label}，没有重复登记，请刷新页面查看。")


def _write(
    case: PetitionCase,
    book: Book,
    data: Mapping[str, Any],
    *,
    by: Post,
    at: datetime,
    corrects: LogEntry | None = None,
    reason: str = "",
) -> LogEntry:
    _refuse_data(book, data, at=at)
    entry = LogEntry.objects.create(
        case=case, book=book.value, data=_plain(data), unit=by.unit, by_user=by.user, post_label=by.label, at=at,
        corrects=corrects, reason=reason,
    )  # fmt: skip
    if book is Book.AFTER_CARE:
        plan(case, by.unit, data.get("next_on"))
    return entry


def _refuse_data(book: Book, data: Mapping[str, Any], *, at: datetime) -> None:
    for name, value in data.items():
        if isinstance(value, date) and name not in _AHEAD:
            refuse_future(value, at=at, field=name)
        if isinstance(value, date) and name in _AHEAD and value <= timezone.localdate(at):
            raise Refusal("请填写今天以后的日期。", field=name)
    for field, sentence in BOOKS[book].faults(data):
        raise Refusal(sentence, field=field)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Keep days as ISO text; what was left empty is not kept."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [], False)}
