"""The figures of a 通报: by unit, over days that both count, never of what is sealed."""

from datetime import date, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Unit
from cases.models import PetitionCase
from cases.states import State
from cases.vocabulary import Purpose
from cases.watch.sweep import sweep
from cases.window.registration import register_repeat
from supervision.causes import verbs
from supervision.circulars.figures import COLUMNS, reckon
from supervision.figures.figure import Period
from supervision.models import Level, Measure
from tests.factories import UnitFactory
from tests.office import Office, arrival, case_in, moment
from tests.supervision.causes.late import LATE, issued, opened
from tests.supervision.circulars.circulated import AT, HOUSING, LEGAL, MAY, told


@pytest.mark.parametrize(
    ("since", "until", "on", "counted"),
    [
        (LEGAL, LEGAL, AT.date(), True),
        (LEGAL - timedelta(days=9), LEGAL - timedelta(days=1), AT.date(), False),
        (LEGAL + timedelta(days=1), LEGAL + timedelta(days=9), AT.date(), False),
        (LEGAL, LEGAL, LEGAL, False),
        (LEGAL, LEGAL, LEGAL + timedelta(days=1), True),
    ],
    ids=["on the day", "the period ends before", "the period begins after", "still in time", "the day after"],
)
def test_a_late_duty_counts_in_the_period_of_its_last_day(
    office: Office, since: date, until: date, on: date, counted: bool
) -> None:
    case_in(office, State.HANDLING)
    assert told(office, Period(since, until, on)) == ({HOUSING: {"late": 1}} if counted else {})


@pytest.mark.parametrize(("day", "is_late"), [(6, False), (7, True)])
def test_a_duty_counts_that_was_done_too_late(office: Office, day: int, is_late: bool) -> None:
    case = case_in(office, State.HANDLING)
    case.deadlines.running().filter(legal_on=LEGAL).update(met_on=date(2025, 5, day))
    assert told(office) == ({HOUSING: {"late": 1}} if is_late else {})


def test_a_clock_that_was_cancelled_in_time_or_stands_still_counts_nowhere(office: Office) -> None:
    first, second = case_in(office, State.HANDLING), case_in(office, State.HANDLING)
    first.deadlines.running().update(cancelled_on=LEGAL)
    second.deadlines.running().update(suspended_on=LEGAL)
    assert told(office) == {}


def test_what_is_sealed_is_never_counted(office: Office) -> None:
    found = issued(office)
    PetitionCase.objects.filter(pk=found.case_id).update(is_sealed=True, purpose=Purpose.EXPOSE)
    assert told(office) == {}


def test_letters_and_answers_that_are_late_have_their_columns(office: Office) -> None:
    issued(office)  # on 7 May, to be answered by 21 May
    assert told(office) == {HOUSING: {"late": 1, "letters": 1, "unanswered": 1}}


def test_an_answer_in_time_is_no_arrear(office: Office) -> None:
    verbs.answer(issued(office), text="已整改", by=office.unit_head, at=moment(2025, 5, 21))
    assert told(office) == {HOUSING: {"late": 1, "letters": 1}}


def on_board(office: Office) -> None:
    opened(office)
    sweep(at=LATE + timedelta(days=10))
    talk = verbs.bring_up(
        case_in(office, State.HANDLING, at=moment(2025, 5, 12)), measure=Measure.LISTING, unit=office.housing,
        problem="久拖不决", article="第三十九条", by=office.registrar, at=moment(2025, 5, 13),
    )  # fmt: skip
    verbs.list_on_board(
        talk, level=Level.CITY, text="久拖不决", demands=["限期办结"], due_on=date(2025, 7, 1), by=office.head,
        at=moment(2025, 5, 13),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "listed"),
    [((2025, 5, 13), (2025, 5, 13), 1), ((2025, 5, 1), (2025, 5, 12), 0), ((2025, 6, 1), (2025, 6, 2), 1)],
    ids=["the day it is listed", "before", "while it stands there"],
)
def test_a_matter_counts_as_long_as_it_stands_on_the_board(
    office: Office, since: tuple[int, int, int], until: tuple[int, int, int], listed: int
) -> None:
    on_board(office)
    counts = told(office, Period(date(*since), date(*until), AT.date())).get(HOUSING, {})
    assert counts.get("listed", 0) == listed


@pytest.mark.parametrize(("day", "number"), [(30, 0), (31, 1)])
def test_a_repeated_petition_counts_on_the_day_it_is_registered(office: Office, day: int, number: int) -> None:
    case = case_in(office, State.HANDLING, at=moment(2025, 5, 12))
    register_repeat(arrival(date(2025, 5, 31)), case, by=office.clerk, at=moment(2025, 5, 31, 23))
    found = told(office, Period(date(2025, 5, 20), date(2025, 5, day), AT.date()))
    assert found.get(HOUSING, {}).get("repeats", 0) == number


def test_units_of_another_area_are_not_told_of(office: Office) -> None:
    case_in(office, State.HANDLING)
    assert reckon(office.county, MAY).figures["rows"] == []


def test_a_dissolved_unit_has_its_figures_at_the_one_that_follows(office: Office) -> None:
    case_in(office, State.HANDLING)
    Unit.objects.filter(pk=office.housing.pk).update(moved_to=office.water, valid_to=date(2025, 5, 20))
    assert told(office) == {"市水利局": {"late": 1}}


def test_the_worst_unit_stands_first_and_the_total_last(office: Office) -> None:
    for unit in (office.housing, office.housing, office.water):
        case = case_in(office, State.HANDLING)
        case.deadlines.running().update(unit=unit)
    figures = reckon(office.city, MAY).figures
    assert [row["name"] for row in figures["rows"]] == [HOUSING, "市水利局"]
    assert figures["total"] == [3, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("number", [1, 50])
def test_the_figures_cost_the_same_for_one_unit_and_fifty(
    office: Office, number: int, django_assert_num_queries: Any
) -> None:
    case = case_in(office, State.HANDLING)
    clock = case.deadlines.get(legal_on=LEGAL)
    for _ in range(number - 1):
        clock.pk, clock.unit = None, UnitFactory(parent=office.city)
        clock.save(force_insert=True)
    with django_assert_num_queries(2 * len(COLUMNS) + 3):
        assert len(reckon(office.city, MAY).figures["rows"]) == number
