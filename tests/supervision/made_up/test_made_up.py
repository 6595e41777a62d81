"""Made-up volume is supervised like real matters: what still runs late has its 督办件, what has ended has none."""

import pytest

from cases.models import Alert, Deadline
from supervision.models import Stage, SupervisionCase
from tests.cases.made_up.test_synthetic import load_some
from tests.office import Office


@pytest.fixture
def made_up(office: Office) -> None:
    load_some(200)


def test_every_rung_that_calls_for_it_has_its_cause_while_the_clock_runs(made_up: None) -> None:
    running = Deadline.objects.running().filter(suspended_on=None)
    rungs = Alert.objects.exclude(consequence="").filter(deadline__in=running, deadline__case__is_sealed=False)
    clocks = set(rungs.values_list("deadline", flat=True))
    assert clocks
    opened = SupervisionCase.objects.filter(stage=Stage.PENDING)
    assert set(opened.values_list("deadline", flat=True)) <= clocks
    # None goes from an office to itself.
    own = {pk for pk in clocks if not opened.filter(deadline=pk).exists()}
    assert all(clock.unit_id == (clock.case.sender_id or clock.case.registered_unit_id) for clock in _clocks(own))


def _clocks(keys: set[int]) -> list[Deadline]:
    return list(Deadline.objects.filter(pk__in=keys).select_related("case"))


def test_a_cause_is_as_old_as_the_rung_that_called_for_it(made_up: None) -> None:
    opened = SupervisionCase.objects.select_related("deadline")
    assert opened
    for found in opened:
        assert Alert.objects.filter(deadline=found.deadline, recorded_at=found.opened_at).exists()
