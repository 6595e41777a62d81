"""Keepers: in whose hands a matter lies in each open state, and the posts that such a unit has at least.

The start-up check (`cases.checks`) finds a state that a keeper could not leave: nobody there in a role that moves on.
"""

from collections.abc import Mapping

from django.db.models import TextChoices

from binzhou_xinfang.accounts.models import UnitKind
from binzhou_xinfang.accounts.roles import CLERKS, LEADERS, OFFICE_HEADS, REVIEWERS, TRIAGERS, Role
from cases.states.vocabulary import State


class Keeper(TextChoices):
    """The parts of a unit in a matter that has it on its desk."""

    TAKER = "taker", "登记机构"
    RECEIVER = "receiver", "收到转送、交办的单位"
    WORKER = "worker", "承办单位"
    PASSER = "passer", "转办单位"
    DECIDER = "decider", "决定管辖的机关"
    ASSIGNER = "assigner", "交办机关"
    REVIEWER = "reviewer", "复查复核机关"


_WORKERS = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD})
# Kinds of bodies that receive a matter and answer it, each with the posts without which it does nothing. A body of
# review decides on opinions alone, and a place has no desk: neither receives a matter to handle.
_BODIES: Mapping[UnitKind, frozenset[Role]] = {
    # A petition office passes down (第二十二条第二项).
    UnitKind.PETITION_OFFICE: TRIAGERS,
    UnitKind.DEPARTMENT: _WORKERS,
    UnitKind.VERTICAL: _WORKERS,
    UnitKind.TOWNSHIP: _WORKERS,
    UnitKind.JUDICIAL: _WORKERS,
    UnitKind.ORGANISATION: _WORKERS,
    UnitKind.DISCIPLINE: frozenset({Role.DISCIPLINE}),
}
STAFF: Mapping[Keeper, Mapping[UnitKind, frozenset[Role]]] = {
    # Whoever takes matters in has a window, and somebody who sorts (第十四条第二款).
    Keeper.TAKER: {kind: roles | (CLERKS if kind == UnitKind.PETITION_OFFICE else TRIAGERS - OFFICE_HEADS)
                   for kind, roles in _BODIES.items()},
    Keeper.RECEIVER: _BODIES,
    # What a petition office handles by itself, it handles by people of its own.
    Keeper.WORKER: {**_BODIES, UnitKind.PETITION_OFFICE: _WORKERS},
    Keeper.PASSER: _BODIES,
    # 第二十四条第一款: the common superior, or the joint conference at the petition office of the place.
    Keeper.DECIDER: {UnitKind.AREA: LEADERS, UnitKind.PETITION_OFFICE: OFFICE_HEADS},
    # 第二十三条第一款: a body assigns in its own line too, by the head of its petition section.
    Keeper.ASSIGNER: dict.fromkeys(_BODIES, OFFICE_HEADS),
    # 第三十五条、第三十六条: the body above, of whatever kind; its reviewers decide.
    Keeper.REVIEWER: {kind: REVIEWERS for kind in UnitKind if kind != UnitKind.AREA},
}  # fmt: skip

_KEPT: Mapping[Keeper, tuple[State, ...]] = {
    Keeper.TAKER: (State.REGISTERED, State.AWAITING_DATA, State.TRIAGED),
    Keeper.RECEIVER: (State.REFERRED, State.ASSIGNED, State.SIGNED_FOR),
    Keeper.WORKER: (
        State.ACCEPTED, State.UNDERTAKEN, State.SIMPLE, State.HANDLING, State.MEDIATING, State.HEARING,
        State.CONFERRING, State.EXTENSION_ASKED, State.DRAFTED, State.CHECKED, State.ISSUED, State.DELIVERED,
        State.EXECUTING, State.REVIEW_DELIVERED, State.REDO_ORDERED,
    ),
    Keeper.PASSER: (State.OBJECTED,),
    Keeper.DECIDER: (State.DISPUTED,),
    Keeper.ASSIGNER: (State.EXTENSION_REFERRED,),
    Keeper.REVIEWER: (
        State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.REVIEW_ISSUED, State.RECHECK_ASKED,
        State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED,
    ),
}  # fmt: skip
KEEPERS: Mapping[State, Keeper] = {state: keeper for keeper, states in _KEPT.items() for state in states}
# The states in which a body above decides on what the responsible unit did, or asked for.
ABOVE: Mapping[State, Keeper] = {
    state: keeper for state, keeper in KEEPERS.items() if keeper in (Keeper.DECIDER, Keeper.ASSIGNER, Keeper.REVIEWER)
}


def may_keep(state: State, kind: str) -> bool:
    """Check that a unit of this kind can have an open matter on its desk in this state."""
    return kind in STAFF[KEEPERS[state]]
