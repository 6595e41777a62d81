"""Outcome of a move in the row of the matter and in its event: said once, for the engine and for made-up volume."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from binzhou_xinfang.accounts.models import Post
from cases.marks import drop_marks
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.states import CLOSED_STATES, EVENTS, Move, State, remembered

# The same written by the same person once more within this time was sent again, for want of an answer.
SENT_AGAIN = timedelta(minutes=2)


def advance(case: PetitionCase, move: Move, came_from: str, *, on: date, at: datetime) -> list[str]:
    """Set what goes with the new state of the row, which has it already and is not saved; gives the marks that were
    dropped with the old one.

    `came_from`: the state before, "" for a new matter; `on`: the legal day of the act.
    """
    target = State(case.state)
    case.previous_state = _remembered(case, move, came_from, target)
    if target not in CLOSED_STATES:
        case.closed_on = None
    elif came_from not in CLOSED_STATES:
        case.closed_on = on
    if target != came_from:
        case.is_sent = False
    # What is added to a closed file leaves it as it ended.
    if not (target in CLOSED_STATES and came_from == target):
        case.last_move, case.last_move_at = move.value, at
    case.version += 1 if came_from else 0
    return drop_marks(case)


def arrive(case: PetitionCase, move: Move, target: State, *, on: date, at: datetime, is_new: bool = False) -> str:
    """Set the state of a made-up row, which no verb takes there, with all that goes with it; returns the one before."""
    came_from = "" if is_new else str(case.state)
    case.state = target.value
    advance(case, move, came_from, on=on, at=at)
    return came_from


def _remembered(case: PetitionCase, move: Move, came_from: str, target: State) -> str:
    if not came_from:
        return ""
    before = State(case.previous_state) if case.previous_state else None
    state = remembered(move, State(came_from), target, before)
    return state.value if state else ""


def detail_of(
    act: Mapping[str, Any],
    came_from: str,
    target: State,
    clocks: Sequence[Deadline],
    letters: Sequence[str],
    dropped: Sequence[str] = (),
) -> dict[str, Any]:
    """Compose what the event holds: the act's own detail, the way of the state, clocks started, letters issued, marks
    dropped."""
    detail = {**act, "from": came_from, "to": target.value}
    if clocks:
        detail["clocks"] = [{"rule": clock.rule, "legal": clock.legal_on.isoformat()} for clock in clocks]
    if letters:
        detail["letters"] = list(letters)
    if dropped:
        detail["dropped"] = list(dropped)
    return detail


def told_units(case: PetitionCase, by: Post | None) -> dict[str, list[int]]:
    """Name the units that have the matter, but for the actor's own, for an event that tells them."""
    own = by.unit_id if by else None
    units = {case.holder_id, case.responsible_id, *case.co_handlers} - {None, own}
    return {"units": sorted(units)} if units and case.is_open else {}


def told_takers(case: PetitionCase, by: Post | None) -> dict[str, list[int]]:
    """Name who took the matter in and who assigned it, but for the actor's own unit, for an event that tells them how
    the unit has ended or turned it by its own word (第二十二条第一款第三项)."""
    takers: set[int] = {case.registered_unit_id, case.assigner_id or case.registered_unit_id}
    units = takers - {by.unit_id if by else 0}
    return {"units": sorted(units)} if units else {}


def changed_hands(case: PetitionCase, by: Post | None) -> dict[str, list[int | None]]:
    """Name the handler before and after the act, for an event that tells the two; who acts knows it."""
    hands = [case.was_assignee, case.assignee_id]
    others = set(hands) - {None, by.user_id if by else None}
    return {"hands": hands} if others and 0 not in hands and hands[0] != hands[1] else {}


def last_act(case: PetitionCase) -> str:
    """Name what was done to the matter last, be it no move (承接移交, 接手办理)."""
    kind = CaseEvent.objects.filter(case=case).order_by("-seq").values_list("kind", flat=True)[0]
    return EVENTS[kind].label
