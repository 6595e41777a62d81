"""The law of access, written down by hand from reference §1.7 and §8: the code is measured against it.

Nothing here is computed from the tables of the code, so that a wrong entry there fails.
"""

from collections.abc import Mapping

from binzhou_xinfang.accounts.roles import Role
from cases.states import Move
from tests.access.world import Matter, Place, Seat

_DESKS = frozenset({Place.OFFICE, Place.HOUSING})
# The county's own units and the city's: an area's head and leaders see all ordinary matters of the area.
_AREA = frozenset(Place) - {Place.STRANGER}
_NOWHERE: frozenset[Place] = frozenset()

ORDINARY_IS_SEEN_AT: Mapping[Role, frozenset[Place]] = {
    Role.WINDOW_CLERK: frozenset({Place.OFFICE}),  # what the window registered
    Role.REGISTRAR: _DESKS,
    Role.OFFICE_HEAD: _AREA,
    Role.UNIT_HANDLER: _DESKS,
    Role.UNIT_HEAD: _DESKS,
    # What lies on the own desk; else a file comes with a request for a review.
    Role.REVIEWER: frozenset({Place.HOUSING}),
    Role.INSPECTOR: _NOWHERE,  # nothing has lapsed
    Role.LEADER: _AREA,
    Role.DISCIPLINE: _DESKS,
    Role.COUNSELLOR: _NOWHERE,
    Role.ADMINISTRATOR: _NOWHERE,
    Role.SECURITY: _NOWHERE,
    Role.AUDITOR: _NOWHERE,
}


def sees(seat: Seat, matter: Matter) -> bool:
    """第三十条第三款: after the hand-over a report is seen by 纪检监察 that holds it and the office's named person."""
    if matter.case.is_sealed:
        is_channel = (seat.role, seat.place) == (Role.DISCIPLINE, Place.DISCIPLINE)
        return is_channel or (seat.is_named and seat.place is Place.OFFICE)
    if seat.is_recused:  # 第二十八条第三款
        return False
    if seat.has_task:
        return True
    return seat.role is not None and seat.place in ORDINARY_IS_SEEN_AT[seat.role]


CLERKS = frozenset({Role.WINDOW_CLERK, Role.REGISTRAR, Role.OFFICE_HEAD})
HANDLERS = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.DISCIPLINE})
_TRIAGE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD})
# 第三十二条、第三十四条: the opinion is signed, and an extension decided on, by the head of the unit.
_HEADS = frozenset({Role.UNIT_HEAD, Role.DISCIPLINE})

# 听证 is prepared by the units that handle, and by the body of review; the petition office keeps the pool.
PREPARE_HEARINGS = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REVIEWER})
KEEP_POOL = _TRIAGE
BOOK = PREPARE_HEARINGS | CLERKS | {Role.COUNSELLOR}
KEEP_PLACES = _TRIAGE | {Role.UNIT_HEAD, Role.REVIEWER}
KEEP_POINTS = _TRIAGE | {Role.UNIT_HEAD}
REFER = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD})
MEDIATE = REFER | _TRIAGE | {Role.COUNSELLOR}
READ_POINTS = BOOK | {Role.LEADER, Role.INSPECTOR, Role.DISCIPLINE}
READ_POOL = PREPARE_HEARINGS | KEEP_POOL | {Role.LEADER, Role.INSPECTOR}

_OFFICE_HEAD = frozenset({Role.OFFICE_HEAD})
# A hand-over is ordered by who heads: the petition office for the bodies of its area, each head for the own people.
HAND_OVER = _HEADS | _OFFICE_HEAD
_REVIEWERS = frozenset({Role.REVIEWER})
_BOTH = CLERKS | HANDLERS

# Who makes a move, and at whose desk: that which holds the matter, that which registered and passed it on, or both.
# 督查, 系统管理员, 安全审计员 and 调解咨询 make none; 领导 decides on jurisdiction alone.
_AT_HOLDER: Mapping[Move, frozenset[Role]] = {
    Move.ASK_DATA: CLERKS,
    Move.GO_ON: CLERKS,
    Move.TRIAGE: _TRIAGE,
    Move.REFER: _TRIAGE,
    Move.ASSIGN: _OFFICE_HEAD,
    Move.TAKE_UP: _TRIAGE,
    Move.ANSWER_DIRECTLY: CLERKS,
    Move.DECLINE: _OFFICE_HEAD | _HEADS,
    Move.REFUSE_AGAIN: _OFFICE_HEAD | _HEADS,
    Move.ROUTE: _OFFICE_HEAD | _HEADS,
    Move.CHANGE_WAY: _HEADS,
    Move.LEAD_OUT: _OFFICE_HEAD | _HEADS,
    # It ends the claim to an opinion: a head's; what gives one back is any handler's.
    Move.TAKE_AS_DUTY: _HEADS,
    Move.TAKE_AS_CLAIM: HANDLERS,
    Move.MERGE: _TRIAGE,
    Move.SPLIT: _TRIAGE,
    Move.SIGN_FOR: HANDLERS | _TRIAGE,
    Move.PASS_DOWN: _TRIAGE | _HEADS,
    Move.OBJECT: HANDLERS | _TRIAGE,
    Move.AGREE_OBJECTION: _TRIAGE | _HEADS,
    Move.RECLAIM: _TRIAGE | _HEADS,
    Move.REFUSE_OBJECTION: _TRIAGE | _HEADS,
    Move.DISPUTE: _TRIAGE | _HEADS,
    # 第二十四条: the common superior, or the joint conference whose office sits at the petition office.
    Move.DECIDE_JURISDICTION: frozenset({Role.LEADER, Role.OFFICE_HEAD}),
    Move.ACCEPT: HANDLERS,
    Move.UNDERTAKE: HANDLERS,
    Move.ACCEPT_SIMPLE: HANDLERS,
    Move.FALL_BACK: HANDLERS,
    Move.ANSWER_SIMPLE: HANDLERS,
    Move.STUDY: HANDLERS,
    Move.REPLY: _HEADS,
    Move.INVESTIGATE: HANDLERS,
    Move.ASK_RECUSAL: HANDLERS | _REVIEWERS,
    Move.MEDIATE: HANDLERS,
    Move.REACH_AGREEMENT: HANDLERS,
    Move.REACH_SETTLEMENT: HANDLERS,
    Move.FAIL_MEDIATION: HANDLERS,
    Move.REFUSE_HEARING: _HEADS | _REVIEWERS,
    Move.CALL_HEARING: _HEADS,
    Move.CONCLUDE_HEARING: HANDLERS,
    Move.CANCEL_HEARING: _HEADS,
    Move.CONFER: HANDLERS,
    Move.CONCLUDE_CONFERENCE: HANDLERS,
    Move.ASK_EXTENSION: HANDLERS,
    Move.APPROVE_EXTENSION: _HEADS,
    Move.AGREE_EXTENSION: _HEADS,
    Move.CONFIRM_EXTENSION: _OFFICE_HEAD,
    Move.DENY_EXTENSION: _OFFICE_HEAD,
    Move.REFUSE_EXTENSION: _HEADS,
    Move.WITHDRAW_EXTENSION: HANDLERS,
    Move.DRAFT: HANDLERS,
    Move.CHECK: HANDLERS,
    Move.RETURN_DRAFT: HANDLERS,
    Move.SIGN: _HEADS,
    Move.SEND: HANDLERS | _REVIEWERS,
    Move.DELIVER: HANDLERS,
    Move.CORRECT_DELIVERY: _HEADS | _REVIEWERS,
    Move.ORDER_EXECUTION: HANDLERS,
    Move.FINISH_EXECUTION: HANDLERS,
    Move.CLOSE: HANDLERS,
    Move.RESOLVE: _HEADS,
    Move.CORRECT_REQUEST: _REVIEWERS,
    Move.ACCEPT_REVIEW: _REVIEWERS,
    Move.DECLINE_REVIEW: _REVIEWERS,
    Move.WITHDRAW_REVIEW: _REVIEWERS,
    Move.WITHDRAW_RECHECK: _REVIEWERS,
    Move.DRAFT_REVIEW: _REVIEWERS,
    Move.RETURN_REVIEW: _REVIEWERS,
    Move.SIGN_REVIEW: _REVIEWERS,
    Move.DELIVER_REVIEW: _REVIEWERS,
    Move.ACCEPT_RECHECK: _REVIEWERS,
    Move.DECLINE_RECHECK: _REVIEWERS,
    Move.CALL_RECHECK_HEARING: _REVIEWERS,
    Move.CONCLUDE_RECHECK_HEARING: _REVIEWERS,
    Move.CANCEL_RECHECK_HEARING: _REVIEWERS,
    Move.DRAFT_RECHECK: _REVIEWERS,
    Move.RETURN_RECHECK: _REVIEWERS,
    Move.SIGN_RECHECK: _REVIEWERS,
    Move.DELIVER_RECHECK: _REVIEWERS,
    Move.ORDER_REDO: _REVIEWERS,
    Move.RESTART: HANDLERS,
}
_AT_OFFICE: Mapping[Move, frozenset[Role]] = {
    # A slip at the window: until it is passed on by who registers there, later with the head's word.
    Move.CORRECT: CLERKS,
    Move.AMEND: _OFFICE_HEAD | _HEADS,
    Move.CORRECT_ARRIVAL: CLERKS | _HEADS,
    Move.DETACH: _TRIAGE,
    Move.VOID: _OFFICE_HEAD | _HEADS,
    Move.RESTORE: _OFFICE_HEAD | _HEADS,
    Move.UNSEAL: CLERKS,
    # The office is also the one that passed both on.
    Move.TAKE_BACK: _TRIAGE,
    Move.RETRIEVE: _TRIAGE | _HEADS,
    Move.PUBLISH: _OFFICE_HEAD,
    # 终结、撤回 end a right: the office that took it in decides; of what a unit took in and handles, the office above.
    Move.FILE: _OFFICE_HEAD,
    Move.REFUSE_END: _OFFICE_HEAD | _HEADS,
    Move.WITHDRAW: _OFFICE_HEAD | _HEADS,
    Move.SUCCEED: CLERKS | _OFFICE_HEAD | _HEADS,
    Move.END: _OFFICE_HEAD | _HEADS,
    Move.CONFIRM_END: _OFFICE_HEAD,
    Move.REOPEN: _OFFICE_HEAD,
    Move.CONFIRM_DELIVERY: _OFFICE_HEAD,
    Move.ARCHIVE: _TRIAGE,
}
_AT_EITHER: Mapping[Move, frozenset[Role]] = {
    Move.REPORT_URGENT: _BOTH,
    Move.SUPPLEMENT: _BOTH,
    # Whoever finds it to be a report; the office where the unit is the one complained of.
    Move.TO_DISCIPLINE: _OFFICE_HEAD | _HEADS,
    Move.CALL_IN: HANDLERS | _TRIAGE,
    Move.RELEASE: HANDLERS | _TRIAGE,
    Move.ASK_REVIEW: _BOTH,
    Move.ASK_RECHECK: _BOTH,
    Move.ASK_END: _BOTH,
    # Of a head the office decides, for there may be no other: the act itself refuses it of anybody else.
    Move.GRANT_RECUSAL: _HEADS | _REVIEWERS | _OFFICE_HEAD,
    Move.REFUSE_RECUSAL: _HEADS | _REVIEWERS | _OFFICE_HEAD,
    Move.DELIVER_OTHER: _BOTH | _REVIEWERS,
    Move.PROVE_DELIVERY: _BOTH | _REVIEWERS,
    Move.ASK_HEARING: _BOTH | _REVIEWERS,
}
# Only a unit that was called in gives its part; nobody was.
_AT_HELPER: Mapping[Move, frozenset[Role]] = {Move.FEED_BACK: HANDLERS}
# Only who made a report of 重大紧急, and who is over him, completes it or takes it back (第二十五条); nobody made one.
_AT_REPORTER: Mapping[Move, frozenset[Role]] = {
    Move.TELL_URGENT: _BOTH,
    Move.UNTELL_URGENT: _OFFICE_HEAD | _HEADS,
    Move.TAKE_BACK_URGENT: _OFFICE_HEAD | _HEADS,
}

MOVERS: Mapping[Move, frozenset[Role]] = {**_AT_HOLDER, **_AT_OFFICE, **_AT_EITHER, **_AT_HELPER, **_AT_REPORTER}


def makes(seat: Seat, move: Move, matter: Matter) -> bool:
    """Check that somebody for whom the matter exists may make the move."""
    desks = {
        **dict.fromkeys(_AT_HOLDER, (matter.holder,)),
        **dict.fromkeys(_AT_OFFICE, (Place.OFFICE,)),
        **dict.fromkeys(_AT_EITHER, (matter.holder, Place.OFFICE)),
    }
    if move is Move.UNSEAL and not seat.is_named:  # 第三十条第三款
        return False
    return seat.role in MOVERS[move] and seat.place in desks.get(move, ())


SEE_IDENTITY = CLERKS | HANDLERS | {Role.REVIEWER, Role.INSPECTOR, Role.LEADER}
SEE_STATISTICS = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.INSPECTOR, Role.LEADER})
KEEP_CALENDAR = frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR})
KEEP_TEMPLATES = frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR})
# 案卷 leave the house by those who may export.
EXPORT = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.INSPECTOR, Role.LEADER})
READ_SETTINGS = KEEP_CALENDAR
SUPERVISES = frozenset(
    {
        Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR, Role.LEADER, Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REVIEWER,
        Role.DISCIPLINE,
    }
)  # fmt: skip
# The petition office supervises (第四十条第一款); the review office's people are reviewers.
SUPERVISE_BY_HAND = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR})
KEEP_SYSTEM = frozenset({Role.ADMINISTRATOR})
READ_HOUSE = frozenset({Role.ADMINISTRATOR, Role.SECURITY})
# Powers are given by another hand than the one that asks.
DECIDE_GRANTS = frozenset({Role.SECURITY})
KEEP_LISTS = frozenset({Role.OFFICE_HEAD, Role.ADMINISTRATOR})
READ_AUDIT = frozenset({Role.AUDITOR})
WORK_AT_A_DESK = HANDLERS | {Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER}
