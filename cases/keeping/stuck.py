"""Matters that nobody can move on: at which unit, in which state, and which post is missing there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.process.ahead import Ahead
from cases.engine import MATTER
from cases.models import PetitionCase
from cases.states import State

# All that decides on who could go on; matters alike in it are asked about once.
_ALIKE = (
    "state", "holder_id", "registered_unit_id", "drafter_id", "recused", "passers", "needs_assigner", "legal_way",
    "is_simple", "review_result", "owes_execution", "is_recusal_asked", "is_hearing_asked", "last_answer",
)  # fmt: skip


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
    rows = PetitionCase.objects.filter(closed_on=None, is_sealed=False).values(*_ALIKE).annotate(number=Count("pk"))
    alike = [(PetitionCase(**{name: row[name] for name in _ALIKE}), row["number"]) for row in rows.order_by()]
    ahead = Ahead(MATTER, [case for case, _ in alike], on)
    found: dict[tuple[int, State, str, str], int] = {}
    for case, number in alike:
        if stuck := ahead.stuck(case):
            key = (case.holder_id, State(case.state), stuck.roles, stuck.steps)
            found[key] = found.get(key, 0) + number
    units = Unit.objects.in_bulk({unit for unit, *_ in found})
    piles = [Pile(units[unit], state, number, *words) for (unit, state, *words), number in found.items()]
    return sorted(piles, key=lambda pile: (-pile.number, pile.unit.path, pile.state))
