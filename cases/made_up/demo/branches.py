"""The matters of the demo that leave the straight road: every branch of the law, at every place on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from binzhou_xinfang.statute.calendar import WorkCalendar
from cases.made_up.demo.words import Sent
from cases.states import Move
from cases.vocabulary import Kind, LegalWay

# A move, and what is sent otherwise than usual; LATE_BY: so many days after it was done it is entered.
LATE_BY = "late_by"
Bend = Move | tuple[Move, Sent]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way off the straight road. `ago`: for each of its matters, the days since the last move.

    `way`: the legal way that its themes must go; `earlier`: the road of a matter of the same person about the same,
    which some moves name; `in_county`: it goes to the county's petition office and from there to the township.
    """

    road: tuple[Bend, ...]
    ago: tuple[int, ...]
    way: LegalWay = LegalWay.PETITION
    earlier: tuple[Bend, ...] | None = None
    in_county: bool = False


# What happens between one move and the next takes this many days; where nothing is said, two.
_GAPS: Mapping[Move, int] = {
    Move.TRIAGE: 1,
    Move.REFER: 1,
    Move.SIGN_FOR: 1,
    Move.REPORT_URGENT: 0,
    Move.TELL_URGENT: 0,
    Move.TAKE_BACK_URGENT: 0,
    Move.CONCLUDE_HEARING: 25,
    Move.CONCLUDE_RECHECK_HEARING: 25,
    Move.CANCEL_RECHECK_HEARING: 20,
    Move.REACH_AGREEMENT: 6,
    Move.REACH_SETTLEMENT: 6,
    Move.FEED_BACK: 5,
    Move.ASK_REVIEW: 8,
    Move.ASK_RECHECK: 9,
    Move.DRAFT_REVIEW: 12,
    Move.DRAFT_RECHECK: 9,
    Move.FINISH_EXECUTION: 18,
    Move.ARCHIVE: 20,
    Move.REOPEN: 30,
    Move.PUBLISH: 4,
}
_USUAL_GAP = 2

_TO_UNIT: tuple[Bend, ...] = (Move.TRIAGE, Move.REFER, Move.SIGN_FOR)
_AT_WORK: tuple[Bend, ...] = (*_TO_UNIT, Move.ACCEPT, Move.INVESTIGATE)
_ANSWERED: tuple[Bend, ...] = (Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER)
_DELIVERED = (*_AT_WORK, *_ANSWERED)
_ASSIGNED: tuple[Bend, ...] = (Move.TRIAGE, Move.ASSIGN, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE)
_EXPLAIN: Bend = (Move.DRAFT, {"result": "explain"})
_ASKED = (*_AT_WORK, _EXPLAIN, Move.CHECK, Move.SIGN, Move.DELIVER, Move.ASK_REVIEW)
_REVIEWING = (*_ASKED, Move.ACCEPT_REVIEW)
_REVIEWED = (*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW)
_RECHECKING = (*_REVIEWED, Move.ASK_RECHECK, Move.ACCEPT_RECHECK)
_UPHELD: tuple[Bend, ...] = (
    Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW, Move.ASK_RECHECK,
    Move.ACCEPT_RECHECK,
)  # fmt: skip
_RECHECKED: tuple[Bend, ...] = (Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK)
_HEARD = (*_RECHECKING, Move.CALL_RECHECK_HEARING, Move.CONCLUDE_RECHECK_HEARING, *_RECHECKED)
_REVOKE: Bend = (
    Move.DRAFT_REVIEW,
    {"result": "revoke", "decision": "原处理意见遗漏诉求，予以撤销，责令三十日内重新处理。", "redo_days": 30},
)
_REDO = (*_REVIEWING, _REVOKE, Move.SIGN_REVIEW, Move.ORDER_REDO)
_SUPPORT: Bend = (Move.DRAFT, {"result": "support"})
_REJECT: Bend = (Move.DRAFT, {"result": "reject"})
_UNPROVEN: Bend = (Move.DELIVER, {"paper_delivery_receipt": None, "no_proof": "信访人签收后带走了送达回证"})
_EXECUTING = (*_AT_WORK, _SUPPORT, Move.CHECK, Move.SIGN, Move.DELIVER, Move.ORDER_EXECUTION)
_ADVICE: Bend = (Move.TRIAGE, {"kind": Kind.ADVICE.value, "legal_way": LegalWay.ADVICE.value})
_SIMPLE: Bend = (Move.TRIAGE, {"simple": "clear"})
_TO_COURT: Bend = (Move.TRIAGE, {"legal_way": LegalWay.JUSTICE.value})
_UNDERTAKEN: tuple[Bend, ...] = (Move.REFER, Move.SIGN_FOR, Move.UNDERTAKE)
_TAKEN_SIMPLY: tuple[Bend, ...] = (_SIMPLE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT_SIMPLE)
_CLOSED = (*_EXECUTING, Move.FINISH_EXECUTION, Move.CLOSE)

BRANCHES: tuple[Branch, ...] = (
    # 甄别
    Branch((Move.ASK_DATA,), (2, 6)),
    Branch((Move.ASK_DATA, Move.GO_ON), (1,)),
    Branch((Move.CORRECT, Move.TRIAGE), (2,)),
    Branch((Move.VOID,), (6,)),
    Branch((Move.REPORT_URGENT, Move.TELL_URGENT, Move.TRIAGE), (1,)),
    Branch((Move.REPORT_URGENT, Move.TAKE_BACK_URGENT), (2,)),
    Branch((_ADVICE, Move.ANSWER_DIRECTLY), (3, 15), way=LegalWay.ADVICE),
    Branch((Move.FILE,), (4, 20), way=LegalWay.ADVICE),
    Branch((Move.TRIAGE, Move.DECLINE), (5, 18)),
    Branch((Move.TRIAGE, Move.REFUSE_AGAIN), (7,), earlier=(*_RECHECKING, *_RECHECKED)),
    Branch((_TO_COURT, Move.ROUTE), (6, 25)),
    Branch((*_TO_UNIT, Move.CHANGE_WAY), (9,)),
    Branch((*_AT_WORK, Move.LEAD_OUT), (11,)),
    Branch((*_AT_WORK, Move.TAKE_AS_DUTY), (6,)),
    Branch((*_AT_WORK, Move.TAKE_AS_DUTY, Move.TAKE_AS_CLAIM), (3,)),
    Branch((Move.TRIAGE, Move.MERGE), (2, 9), earlier=(Move.TRIAGE,)),
    Branch((Move.TRIAGE, Move.MERGE, Move.SPLIT), (1,), earlier=(Move.TRIAGE,)),
    Branch((*_TO_UNIT[:2], Move.TAKE_BACK), (1,)),
    Branch((*_TO_UNIT, Move.PASS_DOWN), (1, 4), in_county=True),
    Branch((*_TO_UNIT, Move.PASS_DOWN, Move.RETRIEVE), (1,), in_county=True),
    Branch((*_TO_UNIT, Move.PASS_DOWN, Move.SIGN_FOR, Move.ACCEPT), (6,), in_county=True),
    Branch((*_TO_UNIT, Move.TO_DISCIPLINE), (2,)),
    Branch((*_TO_UNIT[:2], Move.DISPUTE), (1, 3)),
    Branch((*_TO_UNIT[:2], Move.DISPUTE, Move.DECIDE_JURISDICTION), (2,)),
    # 简易办理、依职责办理
    Branch(_TAKEN_SIMPLY, (1, 3)),
    Branch((*_TAKEN_SIMPLY, Move.FALL_BACK), (4,)),
    Branch((*_TAKEN_SIMPLY, Move.ANSWER_SIMPLE), (3, 12)),
    Branch((_ADVICE, *_UNDERTAKEN), (5,), way=LegalWay.ADVICE),
    Branch((_ADVICE, *_UNDERTAKEN, Move.STUDY, Move.REPLY), (10,), way=LegalWay.ADVICE),
    # 办理
    Branch((*_AT_WORK, Move.CALL_IN), (4, 8)),
    Branch((*_AT_WORK, Move.CALL_IN, Move.FEED_BACK), (3,)),
    Branch((*_TO_UNIT, Move.ASK_RECUSAL), (1,)),
    Branch((*_TO_UNIT, Move.ASK_RECUSAL, Move.REFUSE_RECUSAL, Move.ACCEPT), (2,)),
    Branch((*_AT_WORK, Move.MEDIATE), (3, 9)),
    Branch((*_AT_WORK, Move.MEDIATE, Move.REACH_AGREEMENT), (6,)),
    Branch((*_AT_WORK, Move.MEDIATE, Move.REACH_SETTLEMENT), (5,)),
    Branch((*_AT_WORK, Move.MEDIATE, Move.FAIL_MEDIATION), (4,)),
    Branch((*_AT_WORK, Move.ASK_HEARING), (1,)),
    Branch((*_AT_WORK, Move.ASK_HEARING, Move.REFUSE_HEARING), (3,)),
    Branch((*_AT_WORK, Move.CALL_HEARING), (4, 12)),
    Branch((*_AT_WORK, Move.CALL_HEARING, Move.CONCLUDE_HEARING), (3,)),
    Branch((*_AT_WORK, Move.CONFER), (3,)),
    Branch((*_AT_WORK, Move.CONFER, Move.CONCLUDE_CONFERENCE), (5,)),
    Branch((*_ASSIGNED, Move.ASK_EXTENSION, Move.AGREE_EXTENSION), (1, 2)),
    Branch((*_ASSIGNED, Move.ASK_EXTENSION, Move.AGREE_EXTENSION, Move.DENY_EXTENSION), (4,)),
    # Entered afterwards: the office has to say whether the day is believed.
    Branch((*_AT_WORK, _EXPLAIN, Move.CHECK, Move.SIGN, (Move.DELIVER, {LATE_BY: 9})), (1, 2)),
    Branch((*_AT_WORK, *_ANSWERED[:3], Move.SEND), (4,)),
    Branch((*_AT_WORK, *_ANSWERED[:3], _UNPROVEN, Move.PROVE_DELIVERY), (3,)),
    Branch(_EXECUTING, (5, 12)),
    Branch((*_EXECUTING, Move.FINISH_EXECUTION, Move.RESOLVE), (8,)),
    # 复查、复核
    Branch((*_DELIVERED, Move.ASK_REVIEW), (0, 2)),
    Branch(_REVIEWING, (3, 11)),
    Branch((*_DELIVERED, Move.ASK_REVIEW, Move.DECLINE_REVIEW), (4,)),
    Branch((*_REVIEWING, Move.DRAFT_REVIEW), (1,)),
    Branch((*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW), (1,)),
    Branch(_REVIEWED, (6, 15)),
    Branch(_REDO, (5,)),
    Branch((*_REDO, Move.RESTART), (4,)),
    Branch((*_REVIEWED, Move.ASK_RECHECK), (1,)),
    Branch(_RECHECKING, (4,)),
    Branch((*_RECHECKING, Move.CALL_RECHECK_HEARING), (6,)),
    Branch((*_RECHECKING, Move.CALL_RECHECK_HEARING, Move.CANCEL_RECHECK_HEARING), (2,)),
    Branch((*_RECHECKING, Move.DRAFT_RECHECK), (1,)),
    Branch((*_RECHECKING, *_RECHECKED[:2]), (1,)),
    Branch((*_RECHECKING, *_RECHECKED), (9,)),
    Branch((*_HEARD, Move.PUBLISH), (10,)),
    # Upheld by both bodies above, and still to be done by the unit.
    Branch((*_EXECUTING, *_UPHELD, *_RECHECKED), (3,)),
    Branch((*_RECHECKING, *_RECHECKED, Move.CONFIRM_END), (12,)),
    # 撤回、变更、终结、归档
    Branch((*_AT_WORK, Move.ASK_END, Move.WITHDRAW), (3, 14)),
    Branch((*_AT_WORK, Move.ASK_END), (1,)),
    Branch((*_AT_WORK, Move.SUCCEED), (5,)),
    Branch((*_AT_WORK, Move.AMEND, Move.SUPPLEMENT), (2,)),
    Branch((*_DELIVERED, Move.END), (7,)),
    Branch((*_CLOSED, Move.REOPEN), (3,)),
    Branch((*_CLOSED, Move.ARCHIVE), (2, 30)),
    Branch((*_AT_WORK, _REJECT, Move.CHECK, Move.SIGN, Move.DELIVER), (10,)),
)


def move_of(bend: Bend) -> Move:
    """Name the move of a bend."""
    return bend[0] if isinstance(bend, tuple) else bend


def moments_of(
    road: tuple[Bend, ...], ago: int, *, now: datetime, calendar: WorkCalendar, minute: int = 0
) -> list[datetime]:
    """Find a moment for the registration and for each bend: the last on the working day `ago` days before `now`, or the
    last one before it. `minute`: minutes from nine to the first act of a day."""
    days = [_workday(timezone.localdate(now) - timedelta(days=ago), calendar)]
    for bend in reversed(road):
        late = bend[1].get(LATE_BY, 0) if isinstance(bend, tuple) else 0
        gap = timedelta(days=_GAPS.get(move_of(bend), _USUAL_GAP) + late)
        days.append(_workday(days[-1] - gap, calendar))
    days.reverse()
    return list(_hours(days, time(9 + minute // 60, minute % 60), now))


def _workday(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def _hours(days: list[date], begins: time, now: datetime) -> Iterator[datetime]:
    """Find working hours on the days, each move after the one before; on the day of `now` all before it."""
    first = datetime.combine(days[0], begins, timezone.get_default_timezone())
    minutes = timedelta(minutes=10)
    last_of_all = now - minutes * len(days)
    at = min(first, last_of_all)
    yield at
    for place, day in enumerate(days[1:], start=1):
        hour = datetime.combine(day, begins, timezone.get_default_timezone()) + place * 17 % 90 * timedelta(minutes=1)
        at = max(hour, at + minutes)
        yield min(at, last_of_all + minutes * place)
