"""The verbs of 通报. Each is one transaction with its event in the chain of the circular."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from binzhou_xinfang.records import counters
from supervision.circulars.figures import Reckoned, is_same, reckon
from supervision.circulars.life import circulars
from supervision.circulars.notices import CIRCULAR
from supervision.circulars.permissions import DRAFTERS, SIGNERS, WORKERS, refuse_drafter
from supervision.circulars.steps import CircularStep, Desk, Hand
from supervision.figures.figure import Period
from supervision.models import Circular, CircularStage

LONGEST = 366


@dataclass(frozen=True, slots=True)
class Text:
    """Text that the drafter writes, and the period; the figures are reckoned."""

    title: str
    since: date
    until: date
    demands: str
    good: str = ""
    problems: str = ""


_DRAFTED = frozenset({CircularStage.DRAFTED})
_DRAFTERS, _SIGNERS, _WORKERS = ((Seat(roles, (Desk.OFFICE,)),) for roles in (DRAFTERS, SIGNERS, WORKERS))


@beginning(
    circulars,
    Step(
        key=CircularStep.DRAFT,
        targets=(CircularStage.DRAFTED,),
        who=_DRAFTERS,
        fills=Hand.WRITER,
        event="drafted",
    ),
)
def draft(text: Text, *, by: Post, at: datetime) -> tuple[Circular, Effect]:
    """拟制通报, with the figures of its period. Raises Refusal for a period that cannot be told of."""
    refuse_drafter(by)
    circular = Circular(office=by.unit, area=by.unit.area, drafted_by=by.user, drafted_at=at)
    _write(circular, text, by=by, at=at)
    return circular, Effect()


@verb(
    circulars,
    Step(
        key=CircularStep.REVISE,
        sources=_DRAFTED,
        targets=(CircularStage.DRAFTED,),
        who=_DRAFTERS,
        fills=Hand.WRITER,
        event="revised",
    ),
)
def revise(circular: Circular, text: Text, *, by: Post, at: datetime) -> Effect:
    """Change what it says, with the figures anew."""
    _write(circular, text, by=by, at=at)
    return Effect()


@verb(
    circulars,
    Step(
        key=CircularStep.RECOMPUTE,
        sources=_DRAFTED,
        targets=(CircularStage.DRAFTED,),
        who=_WORKERS,
        event="recomputed",
    ),
)
def recompute(circular: Circular, *, by: Post, at: datetime) -> Effect:
    """重新汇总: reckon its figures anew."""
    _reckon(circular, at)
    return Effect()


@verb(
    circulars,
    Step(
        key=CircularStep.DISCARD,
        sources=_DRAFTED,
        targets=(CircularStage.DISCARDED,),
        who=_WORKERS,
        event="discarded",
        onward=False,
    ),
)
def discard(circular: Circular, *, by: Post, at: datetime) -> Effect:
    """作废 of a draft."""
    return Effect()


@verb(
    circulars,
    Step(
        key=CircularStep.SIGN,
        sources=_DRAFTED,
        targets=(CircularStage.ISSUED,),
        who=_SIGNERS,
        others_than=(Hand.WRITER,),
        article="第三十九条",
        event="signed",
        says="编定文号，不再改动，通知所涉单位负责人",
    ),
)
def sign(circular: Circular, *, by: Post, at: datetime) -> Effect:
    """签发: numbered without gaps, hashed, unchangeable from here on, and told to the heads of the units named.

    Raises Refusal when the figures are no longer those of the draft, for a matter may have been sealed since, and when
    the office has no mark for its numbers.
    """
    refuse_changed(circular, at)
    if not circular.office.letter_mark:
        raise Refusal(f"{circular.office.name}没有设置发文代字，不能编号，请联系系统管理员。")
    on = timezone.localdate(at)
    circular.signed_by, circular.issued_on, circular.year = by.user, on, on.year
    circular.serial = counters.take(f"circular:{circular.office_id}:{on.year}")
    circular.number = f"{circular.office.letter_mark}通报〔{on.year}〕{circular.serial}号"
    circular.sha256 = circular.content_sha256()
    tell(CIRCULAR, circular.pk, at=at)
    return Effect({"number": circular.number, "sha256": circular.sha256})


def refuse_changed(circular: Circular, at: datetime) -> None:
    """Raise Refusal when its figures, or what they count, are no longer those of the moment."""
    if not is_same(Reckoned(circular.figures, circular.items), _reckoned(circular, at)):
        raise Refusal("汇总以后数据有变化，请先“重新汇总”，核对后再签发。")


def _write(circular: Circular, text: Text, *, by: Post, at: datetime) -> None:
    if text.until < text.since:
        raise Refusal("统计截止日不能早于起始日。", field="until")
    if text.until > timezone.localdate(at):
        raise Refusal("统计截止日不能晚于今天。", field="until")
    if (text.until - text.since).days >= LONGEST:
        raise Refusal("一份通报的统计期最长一年。", field="since")
    circular.title, circular.since, circular.until = text.title, text.since, text.until
    circular.good, circular.problems, circular.demands = text.good, text.problems, text.demands
    circular.hands = sorted({*circular.hands, by.user_id})
    _reckon(circular, at)


def _reckon(circular: Circular, at: datetime) -> None:
    reckoned = _reckoned(circular, at)
    circular.figures, circular.items = reckoned.figures, reckoned.items


def _reckoned(circular: Circular, at: datetime) -> Reckoned:
    return reckon(circular.area, Period(circular.since, circular.until, timezone.localdate(at)))
