"""The way of one matter so far, told by its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.models import CaseEvent
from cases.states import Move, State

_MOVES = frozenset(Move.values)
_STATES = frozenset(State.values)


@dataclass(frozen=True, slots=True)
class Step:
    """One move that was made. `state` is where it led; `until` is later than `on` when it was made `times` in a row."""

    seq: int
    move: str
    label: str
    state: State | None
    on: date
    until: date
    unit: str
    person: str
    times: int = 1

    @property
    def who(self) -> str:
        return f"{self.unit} {self.person}".strip() or "系统"


def steps_of(events: Iterable[CaseEvent]) -> list[Step]:
    """List one step for each move among the events, the oldest first. Reads `event.unit`."""
    ordered = sorted((event for event in events if event.kind in _MOVES), key=lambda event: event.seq)
    return [_step(event) for event in ordered]


def _step(event: CaseEvent) -> Step:
    reached = event.detail.get("to")
    on = timezone.localdate(event.happened_at)
    return Step(
        seq=event.seq,
        move=event.kind,
        label=str(Move(event.kind).label),
        state=State(reached) if reached in _STATES else None,
        on=on,
        until=on,
        unit=event.unit.short_name_on(on) if event.unit else "",
        person=event.actor_name,
    )


def folded(steps: Iterable[Step]) -> list[Step]:
    """Fold a move that was made several times in a row without leading on into one step."""
    folds: list[Step] = []
    for step in steps:
        last = folds[-1] if folds else None
        if last and (last.move, last.state, last.unit) == (step.move, step.state, step.unit):
            folds[-1] = Step(
                last.seq, last.move, last.label, last.state, last.on, step.on, last.unit, step.person, last.times + 1
            )
        else:
            folds.append(step)
    return folds
