"""The steps onward of a life from where it stands."""

from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.process.telling import flow, onward
from tests.process.slips import SlipState, slips


def test_the_steps_onward_are_those_of_the_chart_that_lead_away() -> None:
    for life in (*LIVES.values(), slips):
        for state in life.states:
            told = onward(life, state)
            here = str(state.label)
            assert set(told) == {(step, to) for source, step, to in flow(life) if source == here != to}
            assert len(told) == len(set(told))


def test_a_slip_that_is_at_its_end_goes_nowhere() -> None:
    assert [state for state in SlipState if not onward(slips, state)] != []
