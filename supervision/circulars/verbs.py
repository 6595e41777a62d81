"""The verbs of 通报. Each is one transaction with its event in the chain of the circular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal, Stale
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records import counters, events
from supervision.circulars import permissions as circulars
from supervision.circulars.figures import Period, figures_of, is_same
from supervision.circulars.notices import CIRCULAR
from supervision.circulars.permissions import CircularAct
from supervision.models import Circular, CircularEvent, CircularStage

LONGEST = 366


@dataclass(frozen=True, slots=True)
class Text:
    """What the drafter writes and chooses; the figures are reckoned."""

    title: str
    since: date
    until: date
    demands: str
    good: str = ""
    problems: str = ""


@transaction.atomic
def draft(text: Text, *, by: Post, at: datetime) -> Circular:
    """拟制通报, with the figures of its period. Raises NotPermitted; Refusal for a period that cannot be told of."""
    circulars.refuse_drafter(by)
    found = Circular(office=by.unit, area=by.unit.area, drafted_by=by.user, drafted_at=at)
    _write(found, text, by=by, at=at)
    found.save(force_insert=True)
    _note(found, "drafted", by=by, at=at, last=events.NEW_CHAIN)
    return found


@transaction.atomic
def revise(seen: Circular, text: Text, *, by: Post, at: datetime) -> Circular:
    """Change what it says, with the figures anew. Raises NotPermitted, Stale, Refusal."""
    found = _begin(seen, circulars.REVISE, by)
    _write(found, text, by=by, at=at)
    return _store(found, "revised", by=by, at=at)


@transaction.atomic
def recompute(seen: Circular, *, by: Post, at: datetime) -> Circular:
    """重新汇总: reckon its figures anew. Raises NotPermitted, Stale."""
    found = _begin(seen, circulars.RECOMPUTE, by)
    found.figures = _figures(found, at)
    return _store(found, "recomputed", by=by, at=at)


@transaction.atomic
def discard(seen: Circular, *, by: Post, at: datetime) -> Circular:
    """作废 of a draft. Raises NotPermitted, Stale."""
    found = _begin(seen, circulars.DISCARD, by)
    found.stage = CircularStage.DISCARDED
    return _store(found, "discarded", by=by, at=at)


@transaction.atomic
def sign(seen: Circular, *, by: Post, at: datetime) -> Circular:
    """签发: numbered without gaps, hashed, unchangeable from here on, and told to the heads of the units named.

    Raises NotPermitted to who wrote in it; Stale; Refusal when the figures are no longer those of the draft, for a
    matter may have been sealed since, and when the office has no mark for its numbers.
    """
    found = _begin(seen, circulars.SIGN, by)
    if not is_same(found.figures, _figures(found, at)):
        raise Refusal("汇总以后数据有变化，请先“重新汇总”，核对后再签发。")
    if not found.office.letter_mark:
        raise Refusal(f"{found.office.name}没有设置发文代字，不能编号，请联系系统管理员。")
    on = timezone.localdate(at)
    found.stage, found.signed_by, found.issued_on, found.year = CircularStage.ISSUED, by.user, on, on.year
    found.serial = counters.take(f"circular:{found.office_id}:{on.year}")
    found.number = f"{found.office.letter_mark}通报〔{on.year}〕{found.serial}号"
    found.sha256 = found.content_sha256()
    _store(found, "signed", by=by, at=at, number=found.number, sha256=found.sha256)
    tell(CIRCULAR, found.pk, at=at)
    return found


def _begin(seen: Circular, act: CircularAct, by: Post) -> Circular:
    """The row, locked for the act."""
    found = Circular.objects.select_for_update(of=("self",)).select_related("office", "area").get(pk=seen.pk)
    if found.version != seen.version:
        raise Stale("这份通报刚刚已由他人办理，请刷新后核对。")
    circulars.refuse(by, act, found)
    return found


def _write(found: Circular, text: Text, *, by: Post, at: datetime) -> None:
    if text.until < text.since:
        raise Refusal("统计截止日不能早于起始日。", field="until")
    if text.until > timezone.localdate(at):
        raise Refusal("统计截止日不能晚于今天。", field="until")
    if (text.until - text.since).days >= LONGEST:
        raise Refusal("一份通报的统计期最长一年。", field="since")
    found.title, found.since, found.until = text.title, text.since, text.until
    found.good, found.problems, found.demands = text.good, text.problems, text.demands
    found.hands = sorted({*found.hands, by.user_id})
    found.figures = _figures(found, at)


def _figures(found: Circular, at: datetime) -> dict[str, Any]:
    return figures_of(found.area, Period(found.since, found.until, timezone.localdate(at)))


def _store(found: Circular, kind: str, *, by: Post, at: datetime, **detail: Any) -> Circular:
    found.version += 1
    found.save(force_update=True)
    _note(found, kind, by=by, at=at, **detail)
    return found


def _note(
    found: Circular, kind: str, *, by: Post, at: datetime, last: events.Link | None = None, **detail: Any
) -> None:
    said: Mapping[str, Any] = {"title": found.title, "since": found.since, "until": found.until} | detail
    events.append(CircularEvent, found, kind=kind, by=by, happened_at=at, detail=said, last=last)
