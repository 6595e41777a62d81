"""Matters that nobody can move on: at which unit, in which state, and which post is missing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, JSONField, Value, When

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.process.ahead import Ahead
from cases.engine import MATTER
from cases.models import PetitionCase
from cases.states import ABOVE, State

# All that decides on who could go on; matters alike in it are asked about once.
_ALIKE = (
    "state", "holder_id", "registered_unit_id", "drafter_id", "recused", "passers", "needs_assigner", "legal_way",
    "is_simple", "review_result", "owes_execution", "is_recusal_asked", "is_hearing_asked", "last_answer",
)  # fmt: skip
# Whose hand it was counts where another body decides; asked of every matter it would make each one its own.
_ABOVE = [state.value for state in ABOVE]
_HANDS = {
    "hands": Case(When(state__in=_ABOVE, then=F("hands")), default=Value([], JSONField())),
    "responsible_id": Case(When(state__in=_ABOVE, then=F("responsible_id"))),
    "registrar_id": Case(When(state__in=_ABOVE, then=F("registrar_id"))),
}


@dataclass(frozen=True)
class Pile:
    """Matters of one state on the desk of one unit, where nobody can take the next step."""

    unit: Unit
    state: State
    number: int
    roles: str
    steps: str


def stuck_matters(on: date) -> list[Pile]:
    """List what lies where nobody could go on, the biggest first. 检举控告 are told of on their own pages alone."""
    rows = PetitionCase.objects.filter(closed_on=None, is_sealed=False).annotate(
        **{f"its_{name}": value for name, value in _HANDS.items()}
    )
    rows = rows.values(*_ALIKE, *(f"its_{name}" for name in _HANDS)).annotate(number=Count("pk")).order_by()
    alike = [(_like(row), row["number"]) for row in rows]
    ahead = Ahead(MATTER, [case for case, _ in alike], on)
    found: dict[tuple[int, State, str, str], int] = {}
    for case, number in alike:
        if stuck := ahead.stuck(case):
            roles = f"{stuck.but}的{stuck.roles}" if stuck.but else stuck.roles
            key = (case.holder_id, State(case.state), roles, stuck.steps)
            found[key] = found.get(key, 0) + number
    units = Unit.objects.in_bulk({unit for unit, *_ in found})
    piles = [Pile(units[unit], state, number, *words) for (unit, state, *words), number in found.items()]
    return sorted(piles, key=lambda pile: (-pile.number, pile.unit.path, pile.state))


def _like(row: Mapping[str, Any]) -> PetitionCase:
    own = {name: row[name] for name in _ALIKE}
    return PetitionCase(**own | {name: row[f"its_{name}"] for name in _HANDS})
