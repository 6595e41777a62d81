"""Every move of the table as the small city makes it: by whom, with what sent, and the roads that lead to every state.

What is sent is that of the demo, with the units and persons of the small city; pages, API and verbs are given the same
through the move's own form.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.made_up.demo import words
from cases.made_up.demo.themes.theme import ESTATE, Theme
from cases.procedure.delivery_entry import PROOFS
from cases.states import TRANSITIONS, Move, State
from cases.vocabulary import Answer, Kind, LegalWay, Purpose

Sent = dict[str, Any]

# The attribute of Office that makes the move on its road.
WHO: dict[Move, str] = {
    Move.ASK_DATA: "clerk",
    Move.GO_ON: "clerk",
    Move.CORRECT: "clerk",
    Move.AMEND: "head",
    Move.CORRECT_ARRIVAL: "clerk",
    Move.DETACH: "registrar",
    Move.SUPPLEMENT: "clerk",
    Move.VOID: "head",
    Move.RESTORE: "head",
    Move.UNSEAL: "head",
    Move.TAKE_BACK: "registrar",
    Move.REPORT_URGENT: "registrar",
    Move.TELL_URGENT: "registrar",
    Move.TAKE_BACK_URGENT: "head",
    Move.UNTELL_URGENT: "head",
    Move.CORRECT_DELIVERY: "unit_head",
    Move.TRIAGE: "registrar",
    Move.REFER: "registrar",
    Move.ASSIGN: "head",
    Move.TAKE_UP: "housing_registrar",
    Move.ANSWER_DIRECTLY: "registrar",
    Move.FILE: "head",
    Move.DECLINE: "head",
    Move.REFUSE_AGAIN: "head",
    Move.ROUTE: "head",
    Move.CHANGE_WAY: "unit_head",
    Move.LEAD_OUT: "unit_head",
    # The unit does not see it any more; a head who is named does.
    Move.TO_DISCIPLINE: "head",
    Move.TAKE_AS_DUTY: "unit_head",
    Move.MERGE: "registrar",
    Move.SPLIT: "registrar",
    Move.PASS_DOWN: "unit_head",
    Move.AGREE_OBJECTION: "registrar",
    Move.RECLAIM: "unit_head",
    Move.RETRIEVE: "unit_head",
    Move.REFUSE_OBJECTION: "registrar",
    Move.DISPUTE: "unit_head",
    Move.DECIDE_JURISDICTION: "leader",
    Move.REPLY: "unit_head",
    Move.FEED_BACK: "water_handler",
    Move.GRANT_RECUSAL: "unit_head",
    Move.REFUSE_RECUSAL: "unit_head",
    Move.ASK_HEARING: "clerk",
    Move.REFUSE_HEARING: "unit_head",
    Move.CALL_HEARING: "unit_head",
    Move.CANCEL_HEARING: "unit_head",
    Move.APPROVE_EXTENSION: "unit_head",
    Move.AGREE_EXTENSION: "unit_head",
    Move.CONFIRM_EXTENSION: "head",
    Move.DENY_EXTENSION: "head",
    Move.REFUSE_EXTENSION: "unit_head",
    Move.CHECK: "colleague",
    Move.RETURN_DRAFT: "colleague",
    Move.SIGN: "unit_head",
    Move.RESOLVE: "unit_head",
    Move.CONFIRM_DELIVERY: "head",
    Move.ASK_REVIEW: "clerk",
    Move.CORRECT_REQUEST: "reviewer",
    Move.ACCEPT_REVIEW: "reviewer",
    Move.DECLINE_REVIEW: "reviewer",
    Move.WITHDRAW_REVIEW: "reviewer",
    Move.WITHDRAW_RECHECK: "rechecker",
    Move.DRAFT_REVIEW: "reviewer",
    Move.RETURN_REVIEW: "review_head",
    Move.SIGN_REVIEW: "review_head",
    Move.DELIVER_REVIEW: "reviewer",
    Move.ASK_RECHECK: "clerk",
    Move.ACCEPT_RECHECK: "rechecker",
    Move.DECLINE_RECHECK: "rechecker",
    Move.CALL_RECHECK_HEARING: "rechecker",
    Move.CONCLUDE_RECHECK_HEARING: "rechecker",
    Move.CANCEL_RECHECK_HEARING: "rechecker",
    Move.DRAFT_RECHECK: "rechecker",
    Move.RETURN_RECHECK: "recheck_head",
    Move.SIGN_RECHECK: "recheck_head",
    Move.DELIVER_RECHECK: "rechecker",
    Move.ORDER_REDO: "reviewer",
    Move.PUBLISH: "head",
    Move.ASK_END: "clerk",
    Move.REFUSE_END: "head",
    Move.WITHDRAW: "head",
    Move.SUCCEED: "registrar",
    Move.END: "head",
    Move.CONFIRM_END: "head",
    Move.REOPEN: "head",
    Move.ARCHIVE: "registrar",
}
HANDLER = "handler"

# The matter of the small city, in the words that its moves are sent with.
GARAGE = Theme(
    topic="030504",
    unit="bzzj",
    spot=ESTATE,
    title="地下车库漏水无人维修",
    content="小区地下车库漏水，物业以维修资金不足为由未修。",
    requests=("明确维修责任单位和期限", "公开维修资金使用情况"),
    facts="经查，车库顶板防水层老化。",
    basis="《住宅专项维修资金管理办法》",
    answers=((Answer.EXPLAIN, "督促物业公司限期维修。"), (Answer.EXPLAIN, "督促物业公司限期维修。")),
)
_ANSWERS = [{"order": order, "result": "explain", "text": text} for order, (_, text) in enumerate(GARAGE.answers, 1)]
_TO_HOUSING: Sent = {"to_unit": "bzzj"}
_RECEIVED: Sent = {"recipient": "刘某"}
_REVIEWED_BY: Sent = {"review_body": "bzfc"}
# Units, persons and matters of the small city, and what its roads want otherwise than the demo.
_OURS: dict[Move, Sent] = {
    Move.REFER: _TO_HOUSING,
    Move.TO_DISCIPLINE: {"to_unit": "bzjw"},
    Move.CORRECT_ARRIVAL: {"arrival": "BZXF-2025-000002"},
    Move.DETACH: {"arrival": "BZXF-2025-000002", "region": "371602"},
    Move.ASSIGN: _TO_HOUSING | {"days": 45},
    Move.DECIDE_JURISDICTION: _TO_HOUSING,
    Move.REFUSE_AGAIN: {"earlier": "BZXF-2025-000001"},
    Move.MERGE: {"into": "BZXF-2025-000001"},
    Move.PASS_DOWN: {"to_unit": "bzzj-zj"},
    Move.DISPUTE: {"other_unit": "bzsl"},
    Move.ANSWER_SIMPLE: _REVIEWED_BY,
    Move.DRAFT: _REVIEWED_BY,
    Move.INVESTIGATE: {"note": "到现场查看"},
    Move.CALL_IN: {"to_unit": "bzsl"},
    Move.RELEASE: {"unit": "bzsl"},
    Move.ASK_RECUSAL: {"person": "colleague"},
    Move.GRANT_RECUSAL: {"successor": "handler"},
    Move.DELIVER: _RECEIVED,
    Move.DELIVER_REVIEW: _RECEIVED,
    Move.DELIVER_RECHECK: _RECEIVED,
    Move.ORDER_REDO: _RECEIVED,
    Move.DRAFT_REVIEW: {"above": "370000-fc"},
    Move.ASK_RECHECK: {"body": "370000-fc"},
    Move.SUCCEED: {"name": "刘小某"},
}


def sent(move: Move, on: date) -> Sent:
    """Send the input of the move on a day; valid wherever the road has led there."""
    return words.sent(move, GARAGE, on) | _OURS.get(move, {})


STRAIGHT_ROAD = (
    Move.TRIAGE,
    Move.REFER,
    Move.SIGN_FOR,
    Move.ACCEPT,
    Move.INVESTIGATE,
    Move.DRAFT,
    Move.CHECK,
    Move.SIGN,
    Move.DELIVER,
    Move.CLOSE,
)
# Beside what is sent: another attribute of Office than usual makes the move.
BY = "by"
# A bend of the road: the move, and what is sent otherwise than usual.
Bend = Move | tuple[Move, Sent]
_ADVICE: Bend = (Move.TRIAGE, {"kind": Kind.ADVICE.value, "legal_way": LegalWay.ADVICE.value})
_SIMPLE: Bend = (Move.TRIAGE, {"simple": "clear"})
_DUTY: Bend = (Move.TRIAGE, {"legal_way": LegalWay.STATUTORY_DUTY.value})
_ROUTED: Bend = (Move.TRIAGE, {"legal_way": LegalWay.ADMINISTRATIVE.value})
# Handed over, and entered without its proof.
UNPROVEN: Bend = (
    Move.DELIVER, {**{paper.field: None for paper in PROOFS}, "no_proof": "信访人签收后带走了送达回证"},
)  # fmt: skip
SUPPORT: Bend = (Move.DRAFT, {"answers": [answer | {"result": "support"} for answer in _ANSWERS]})
_REVOKE: Bend = (Move.DRAFT_REVIEW, {"result": "revoke", "decision": "撤销，重新处理。", "redo_days": 30})

_TO_UNIT = STRAIGHT_ROAD[:3]
_AT_WORK = STRAIGHT_ROAD[:5]
_DELIVERED = STRAIGHT_ROAD[:9]
_REVIEWING = (*_DELIVERED, Move.ASK_REVIEW, Move.ACCEPT_REVIEW)
_REVIEWED = (*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW)
_RECHECKING = (*_REVIEWED, Move.ASK_RECHECK, Move.ACCEPT_RECHECK)
_ENDED = (*_RECHECKING, Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK)

# MERGED and NOT_AGAIN need another matter beside: `tests.office.case_in` makes it.
ROADS: dict[State, tuple[Bend, ...]] = {
    State.REGISTERED: (),
    State.AWAITING_DATA: (Move.ASK_DATA,),
    State.TRIAGED: STRAIGHT_ROAD[:1],
    State.REFERRED: STRAIGHT_ROAD[:2],
    State.ASSIGNED: (Move.TRIAGE, Move.ASSIGN),
    State.OBJECTED: (*STRAIGHT_ROAD[:2], Move.OBJECT),
    State.DISPUTED: (*STRAIGHT_ROAD[:2], Move.DISPUTE),
    State.SIGNED_FOR: _TO_UNIT,
    State.ACCEPTED: STRAIGHT_ROAD[:4],
    State.UNDERTAKEN: (_ADVICE, Move.REFER, Move.SIGN_FOR, Move.UNDERTAKE),
    State.SIMPLE: (_SIMPLE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT_SIMPLE),
    State.HANDLING: _AT_WORK,
    State.MEDIATING: (*_AT_WORK, Move.MEDIATE),
    State.HEARING: (*_AT_WORK, Move.CALL_HEARING),
    State.CONFERRING: (*_AT_WORK, Move.CONFER),
    State.EXTENSION_ASKED: (*_AT_WORK, Move.ASK_EXTENSION),
    State.EXTENSION_REFERRED: (
        Move.TRIAGE,
        Move.ASSIGN,
        Move.SIGN_FOR,
        Move.ACCEPT,
        Move.INVESTIGATE,
        Move.ASK_EXTENSION,
        Move.AGREE_EXTENSION,
    ),
    State.DRAFTED: STRAIGHT_ROAD[:6],
    State.CHECKED: STRAIGHT_ROAD[:7],
    State.ISSUED: STRAIGHT_ROAD[:8],
    State.DELIVERED: _DELIVERED,
    State.EXECUTING: (*_AT_WORK, SUPPORT, Move.CHECK, Move.SIGN, Move.DELIVER, Move.ORDER_EXECUTION),
    State.REVIEW_ASKED: (*_DELIVERED, Move.ASK_REVIEW),
    State.REVIEWING: _REVIEWING,
    State.REVIEW_DRAFTED: (*_REVIEWING, Move.DRAFT_REVIEW),
    State.REVIEW_ISSUED: (*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW),
    State.REVIEW_DELIVERED: _REVIEWED,
    State.REDO_ORDERED: (*_REVIEWING, _REVOKE, Move.SIGN_REVIEW, Move.ORDER_REDO),
    State.RECHECK_ASKED: (*_REVIEWED, Move.ASK_RECHECK),
    State.RECHECKING: _RECHECKING,
    State.RECHECK_HEARING: (*_RECHECKING, Move.CALL_RECHECK_HEARING),
    State.RECHECK_DRAFTED: (*_RECHECKING, Move.DRAFT_RECHECK),
    State.RECHECK_ISSUED: (*_RECHECKING, Move.DRAFT_RECHECK, Move.SIGN_RECHECK),
    State.CLOSED: STRAIGHT_ROAD,
    State.RESOLVED: (*_DELIVERED, Move.RESOLVE),
    State.ANSWERED: (_ADVICE, Move.ANSWER_DIRECTLY),
    State.FILED: (Move.FILE,),
    State.DECLINED: (Move.TRIAGE, Move.DECLINE),
    State.NOT_AGAIN: (Move.TRIAGE, Move.REFUSE_AGAIN),
    State.ROUTED: (_ROUTED, Move.ROUTE),
    State.WITHDRAWN: (Move.TRIAGE, Move.WITHDRAW),
    State.MERGED: (Move.TRIAGE, Move.MERGE),
    State.VOIDED: (Move.VOID,),
    State.ENDED: _ENDED,
    State.END_CONFIRMED: (*_ENDED, Move.CONFIRM_END),
    State.ARCHIVED: (*_ENDED, Move.ARCHIVE),
}

_HELPED: tuple[Bend, ...] = (*_TO_UNIT, Move.CALL_IN)
_RECUSING: tuple[Bend, ...] = (*_TO_UNIT, Move.ASK_RECUSAL)
_HEARD: tuple[Bend, ...] = (
    *_RECHECKING,
    Move.CALL_RECHECK_HEARING,
    Move.CONCLUDE_RECHECK_HEARING,
    Move.DRAFT_RECHECK,
    Move.SIGN_RECHECK,
    Move.DELIVER_RECHECK,
)
# Moves that not every matter in one of their states may make: the road to one that may.
_PROPER: dict[Move, tuple[Bend, ...]] = {
    Move.ROUTE: (_ROUTED,),
    Move.ANSWER_DIRECTLY: (_ADVICE,),
    Move.REFUSE_END: (Move.ASK_END,),
    Move.UNDERTAKE: ROADS[State.UNDERTAKEN][:-1],
    Move.TAKE_AS_CLAIM: (_DUTY, Move.REFER, Move.SIGN_FOR, Move.UNDERTAKE),
    Move.ACCEPT_SIMPLE: ROADS[State.SIMPLE][:-1],
    Move.FEED_BACK: _HELPED,
    Move.RELEASE: _HELPED,
    Move.GRANT_RECUSAL: _RECUSING,
    Move.REFUSE_RECUSAL: _RECUSING,
    Move.REFUSE_HEARING: (*_AT_WORK, Move.ASK_HEARING),
    Move.RETRIEVE: (*STRAIGHT_ROAD[:2], Move.PASS_DOWN),
    Move.RECLAIM: (*STRAIGHT_ROAD[:2], Move.PASS_DOWN, (Move.OBJECT, {BY: "county_housing"})),
    Move.AGREE_EXTENSION: ROADS[State.EXTENSION_REFERRED][:-1],
    Move.ORDER_EXECUTION: ROADS[State.EXECUTING][:-1],
    Move.ASK_REVIEW: _DELIVERED,
    Move.ASK_RECHECK: _REVIEWED,
    Move.CONFIRM_DELIVERY: _DELIVERED,
    Move.CORRECT_DELIVERY: _DELIVERED,
    Move.PROVE_DELIVERY: (*STRAIGHT_ROAD[:8], UNPROVEN),
    Move.DELIVER_OTHER: _DELIVERED,
    Move.ORDER_REDO: ROADS[State.REDO_ORDERED][:-1],
    Move.PUBLISH: _HEARD,
    Move.CONFIRM_END: (Move.END,),
    Move.TELL_URGENT: (Move.REPORT_URGENT,),
    Move.UNTELL_URGENT: (Move.REPORT_URGENT,),
    Move.TAKE_BACK_URGENT: (Move.REPORT_URGENT,),
}


def _shortest(move: Move) -> tuple[Bend, ...]:
    order = list(State)
    sources = TRANSITIONS[move].sources
    return min((ROADS[state] for state in sorted(sources, key=order.index)), key=len)


# After this road the move can be made; the shortest one that leads there.
ROAD_TO: dict[Move, tuple[Bend, ...]] = {
    move: _PROPER.get(move) or _shortest(move) for move in Move if TRANSITIONS[move].sources and move is not Move.REPEAT
}
# The matter that some moves are made for, where an ordinary one does not do.
TAKEN_IN_AS: dict[Move, Sent] = {Move.UNSEAL: {"purpose": Purpose.EXPOSE}, Move.FILE: {"purpose": Purpose.OTHER}}
# The petitioner has come once more before these.
# Moves of a matter that several persons have signed.
SIGNED_BY_OTHERS = frozenset({Move.DELIVER_OTHER})
COMES_AGAIN = frozenset({Move.CORRECT_ARRIVAL, Move.DETACH})
# The last step of the road to these was done so many days ago, and is entered only now.
ENTERED_LATE: dict[Move, int] = {Move.CONFIRM_DELIVERY: 7, Move.CORRECT_DELIVERY: 1, Move.CORRECT_REQUEST: 1}
# Who came for nothing but this has no claim that would have to be answered by an opinion.
_CAME_FOR: dict[Move, Purpose] = {Move.FILE: Purpose.OTHER}


def came_for(road: Iterable[Bend]) -> Sent:
    """Say what the petitioner came for where the road is none of a claim."""
    for bend in road:
        if bend == _ADVICE:
            return {"purpose": Purpose.ADVISE}
        if not isinstance(bend, tuple) and bend in _CAME_FOR:
            return {"purpose": _CAME_FOR[bend]}
    return {}


# Who takes the matter in and triages it, when that is not the bureau.
TAKEN_IN_BY: dict[Move, str] = {Move.TAKE_UP: "housing_registrar"}
