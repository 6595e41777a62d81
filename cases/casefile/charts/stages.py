"""The stages of the procedure, each a lane of the wall chart: 受理、告知、办理、答复、复查、复核、办结."""

from collections.abc import Mapping
from functools import cache

from cases.states import State

# The states stand in the order of the road (`State`): a stage begins at its first state and goes on to the next stage.
# By value, so that a stage whose states the table does not know yet is simply not there.
_BEGINS: Mapping[str, str] = {
    "registered": "受理",
    "signed-for": "告知",
    "accepted": "办理",
    "drafted": "答复",
    "review-asked": "复查",
    "recheck-asked": "复核",
    "closed": "办结",
}


@cache
def stages() -> Mapping[str, tuple[State, ...]]:
    """List each stage with its states, both in the order of the road."""
    by_stage: dict[str, list[State]] = {}
    stage = ""
    for state in State:
        stage = _BEGINS.get(state.value, stage)
        by_stage.setdefault(stage, []).append(state)
    return {name: tuple(states) for name, states in by_stage.items()}


def stage_of(state: State) -> str:
    """Name the stage that a state belongs to."""
    return next(name for name, states in stages().items() if state in states)
