"""A clock follows the rule of the day on which it started, to its end; thresholds are read where they are used."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import Holiday, current_calendar, current_rulebook, parameter, periods_on
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from binzhou_xinfang.statute.parameters import Column, Key, period_key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import ReckoningError
from cases.clocks.making import new_clock
from cases.clocks.moving import extend_clock, reckoning_of
from cases.clocks.turning import rules_in_force
from cases.keeping.recalculation import recalculate, shifts
from cases.models import PetitionCase, Petitioner
from cases.procedure import perform
from cases.procedure.preview import consequences
from cases.states import Move, State
from cases.vocabulary import PartyRole
from cases.watch.sweep import sweep
from cases.web.procedure.forms import MOVE_FORMS
from cases.web.window.registration_form import RegistrationForm
from cases.window.registration import Party
from cases.window.registration import register as register_arrival
from cases.worklists.filters import CaseFilters
from tests.cases.settings_made import set_from
from tests.office import MONDAY, Office, arrival, case_in, matter, moment, register

TODAY = MONDAY.date()
TOMORROW = TODAY + timedelta(days=1)
TRIAGE = period_key(Rule.TRIAGE, Column.LENGTH)
HANDLING = period_key(Rule.HANDLING, Column.LENGTH)


def arrived(office: Office, **changes: Any) -> PetitionCase:
    """A matter registered today; `changes` go to the arrival."""
    return register_arrival(
        arrival(changes.pop("arrived_on", TODAY), **changes), matter(office), by=office.clerk, at=MONDAY
    ).case


def due(case: PetitionCase, rule: Rule) -> date:
    return case.deadlines.get(rule=rule).strict_on


@pytest.mark.parametrize(("since", "days"), [(TODAY - timedelta(days=1), 10), (TODAY, 10), (TOMORROW, 15)])
def test_a_clock_that_starts_before_the_day_of_a_change_has_the_old_length(
    office: Office, since: date, days: int
) -> None:
    set_from(TRIAGE, 10, since)
    assert due(register(office).case, Rule.TRIAGE) == TODAY + timedelta(days=days)


def test_an_arrival_that_is_registered_later_has_the_length_of_its_receipt(office: Office) -> None:
    set_from(TRIAGE, 10, TODAY)
    case = arrived(office, arrived_on=TODAY - timedelta(days=1))
    assert due(case, Rule.TRIAGE) == TODAY - timedelta(days=1) + timedelta(days=15)


def test_a_change_moves_no_running_clock_when_the_calendar_is_corrected(office: Office) -> None:
    case = register(office).case
    set_from(TRIAGE, 5, TOMORROW)
    assert list(shifts(current_calendar())) == []
    Holiday.objects.create(day=date(2025, 3, 18), kind="off", name="测试节")
    recalculate(by=office.head, at=MONDAY)
    clock = case.deadlines.get()
    assert (clock.strict_on, clock.legal_on) == (date(2025, 3, 18), date(2025, 3, 19))


def test_a_clock_that_was_met_is_explained_as_it_ran(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    set_from(TRIAGE, 5, TOMORROW)
    clock = case.deadlines.get(rule=Rule.TRIAGE)
    assert reckoning_of(clock).strict == clock.strict_on


def test_an_extension_goes_by_the_rule_under_which_the_clock_started(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    clock = case.deadlines.get(rule=Rule.HANDLING)
    set_from(HANDLING, 20, clock.started_on + timedelta(days=1))
    set_from(period_key(Rule.HANDLING, Column.EXTENSION), 5, clock.started_on + timedelta(days=1))
    assert extend_clock(clock, days=30, at=MONDAY).strict_on == clock.started_on + timedelta(days=90)


def test_a_shorter_extension_is_the_cap_of_clocks_that_start_under_it(office: Office) -> None:
    set_from(period_key(Rule.HANDLING, Column.EXTENSION), 5, TODAY)
    clock = case_in(office, State.HANDLING).deadlines.get(rule=Rule.HANDLING)
    with pytest.raises(ReckoningError, match="0至5"):
        extend_clock(clock, days=6, at=MONDAY)


def test_a_correction_of_the_calendar_keeps_the_hearing_time_out(office: Office) -> None:
    clock = new_clock(register(office).case, Rule.RECHECK, on=TODAY, unit=None)
    clock.excluded = [["2025-03-10", "2025-03-20"]]
    clock.strict_on, clock.legal_on = date(2025, 4, 12), date(2025, 4, 14)
    clock.save()
    assert list(shifts(current_calendar())) == []


def test_no_more_is_asked_for_than_the_rule_of_the_clock_allows(office: Office) -> None:
    set_from(period_key(Rule.HANDLING, Column.EXTENSION), 5, TODAY)
    case = case_in(office, State.HANDLING)
    at = moment(2025, 3, 20)
    with pytest.raises(Refusal, match="不得超过5日"):
        perform(Move.ASK_EXTENSION, case, days=6, reason="案情复杂", by=office.handler, at=at)


@pytest.mark.parametrize(
    ("state", "years"),
    [(State.CLOSED, "30"), (State.ENDED, "permanent"), (State.END_CONFIRMED, "permanent"), (State.FILED, "10")],
)
def test_the_archive_proposes_how_long_the_office_keeps_such_a_file(office: Office, state: State, years: str) -> None:
    form = MOVE_FORMS[Move.ARCHIVE](case=case_in(office, state), post=office.registrar)
    assert form.initial["retention"] == years


def test_the_office_sets_how_long_it_keeps_a_file(office: Office) -> None:
    set_from(Key.RETENTION_ORDINARY, "10", date(2025, 1, 1))
    form = MOVE_FORMS[Move.ARCHIVE](case=case_in(office, State.CLOSED), post=office.registrar)
    assert form.initial["retention"] == "10"


def test_what_a_move_will_do_is_foretold_by_the_rule_in_force(office: Office) -> None:
    case = case_in(office, State.SIGNED_FOR)
    set_from(HANDLING, 31, TODAY)
    assert any("4月3日" in said for said in consequences(case, Move.ACCEPT, by=office.handler, on=TODAY))


def test_a_ladder_that_is_set_holds_for_clocks_that_run_already(office: Office) -> None:
    case = register(office).case  # due on 18 March, by the law's own setting warned of three days before
    sweep(at=moment(2025, 3, 4))
    set_from(period_key(Rule.TRIAGE, Column.LADDER), ["-8:handler", "1:head"], date(2025, 3, 5))
    assert [sweep(at=moment(2025, 3, day)).alerts for day in (9, 10, 15, 18, 19)] == [0, 1, 0, 0, 1]
    assert list(case.deadlines.get().alerts.values_list("days", "audience")) == [(-8, "handler"), (1, "head")]


def test_a_rung_that_is_added_behind_the_day_that_has_come_is_not_made_up_for(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 16))
    set_from(period_key(Rule.TRIAGE, Column.LADDER), ["-9:head", "1:head"], date(2025, 3, 16))
    sweep(at=moment(2025, 3, 16, 12))
    assert list(case.deadlines.get().alerts.values_list("days", flat=True)) == [-3]


def test_the_office_may_count_its_15_days_from_the_registration(office: Office) -> None:
    set_from(Key.TRIAGE_START, "registration", date(2025, 1, 1))
    case = arrived(office, arrived_on=date(2025, 2, 27))
    assert case.deadlines.get().started_on == TODAY


def test_the_overlay_is_switched_off_from_a_day_on(office: Office) -> None:
    set_from(Key.SHANDONG, False, TOMORROW)
    book = current_rulebook()
    kept = [rule for rule in Rule if rule not in SHANDONG]
    assert rules_in_force(Rule, TODAY, book) == list(Rule)
    assert rules_in_force(Rule, TOMORROW, book) == kept
    assert not book.on(TOMORROW).is_in_force(Norm.ASSIGNED_EXTENSION)


def test_the_periods_of_a_day_cost_one_query(office: Office, django_assert_num_queries: Any) -> None:
    set_from(TRIAGE, 10, TODAY)
    with django_assert_num_queries(1):
        assert periods_on(TODAY)[Rule.TRIAGE].length == 10
    assert parameter(Key.GROUP_SIZE, on=TODAY) == 5


def test_how_many_representatives_may_speak_is_set_by_the_office(office: Office) -> None:
    set_from(Key.REPRESENTATIVES, 2, TODAY)
    speakers = [Party(Petitioner(name=f"代表{n}"), PartyRole.REPRESENTATIVE) for n in range(3)]
    with pytest.raises(Refusal, match="不得超过2人"):
        arrived(office, companions=speakers)


@pytest.mark.parametrize(("size", "wanted"), [(3, True), (4, False)])
def test_from_how_many_people_representatives_are_wanted_is_set_by_the_office(
    office: Office, size: int, wanted: bool
) -> None:
    set_from(Key.GROUP_SIZE, size, date(2025, 1, 1))
    form = RegistrationForm({"channel": "visit", "people": "3"}, post=office.clerk)
    assert ("companions" in form.errors) is wanted


def test_a_visit_is_of_a_group_by_the_size_set_for_the_day_it_was_registered(office: Office) -> None:
    before = arrived(office, petition={"people": 4})
    set_from(Key.GROUP_SIZE, 4, TODAY)
    after = arrived(office, petition={"people": 4})
    assert (before.is_group, after.is_group) == (False, True)
    asked = CaseFilters(QueryDict("flag=group"), states=list(State))
    assert asked.is_valid()
    assert list(asked.narrow(PetitionCase.objects.all(), TODAY)) == [after]
