"""Every state of the table is reached by real moves, and holds what the table says of it."""

import pytest

from cases.states import CLOSED_STATES, State
from tests.moves import ROADS
from tests.office import Office, case_in


def test_there_is_a_road_to_every_state() -> None:
    assert set(ROADS) == set(State)


@pytest.mark.parametrize("state", State)
def test_the_road_to_a_state_ends_there_with_its_day_if_it_is_closed(office: Office, state: State) -> None:
    case = case_in(office, state)
    assert (case.state, case.closed_on is not None) == (state, state in CLOSED_STATES)
