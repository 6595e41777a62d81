"""满意率 and 参评率: by the day of the evaluation, and by the last day of a window that nobody used."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.models import PetitionCase, Verdict
from cases.states import State
from cases.vocabulary import Channel
from cases.watch.sweep import sweep
from supervision.figures.counting import value_of
from supervision.figures.figure import Period
from supervision.figures.rates import RATES
from supervision.figures.reaches import told_to
from tests.office import MONDAY, Office, case_in, moment
from tests.supervision.figures.said import evaluated

LONG_AFTER = date(2025, 12, 31)
MARCH, APRIL, MAY = (Period.of_month(date(2025, month, 1), on=LONG_AFTER) for month in (3, 4, 5))
GOOD, FAIR, BAD = Verdict
AFTER = MONDAY + timedelta(days=31)  # the windows of what was answered on 3 March ended on 2 April
NOTHING = dict.fromkeys(("satisfied-office", "satisfied-unit", "evaluated-office", "evaluated-unit"), (0, 0))


def figures(office: Office, month: Period, mode: str = "legal", *, who: str = "head") -> dict[str, tuple[int, int]]:
    reach, period = told_to(getattr(office, who)), replace(month, mode=mode)
    found = {slug: value_of(RATES[slug], reach, period) for slug in NOTHING}
    return {slug: (value.good, value.counted) for slug, value in found.items()}


def test_satisfied_and_fairly_satisfied_are_good_for_each_object_by_itself(office: Office) -> None:
    for of_office, of_unit in ((GOOD, GOOD), (FAIR, BAD), (BAD, BAD)):
        evaluated(case_in(office, State.CLOSED), office.clerk, of_office, of_unit)
    found = figures(office, MARCH)
    assert (found["satisfied-office"], found["satisfied-unit"]) == ((2, 3), (1, 3))
    assert (found["evaluated-office"], found["evaluated-unit"]) == ((3, 3), (3, 3))


def test_who_was_not_evaluated_counts_when_the_window_has_ended(office: Office) -> None:
    evaluated(case_in(office, State.CLOSED), office.clerk, of_unit=GOOD)
    case_in(office, State.CLOSED)
    running = figures(office, MARCH)
    assert (running["evaluated-office"], running["evaluated-unit"]) == ((0, 0), (1, 1))
    sweep(at=AFTER)
    assert figures(office, MARCH)["evaluated-unit"] == (1, 1)
    april = figures(office, APRIL)
    assert (april["evaluated-office"], april["evaluated-unit"]) == ((0, 2), (0, 1))
    assert (april["satisfied-office"], april["satisfied-unit"]) == ((0, 0), (0, 0))


@pytest.mark.parametrize(("day", "month"), [(moment(2025, 3, 31), MARCH), (moment(2025, 4, 1), APRIL)])
def test_the_day_of_the_evaluation_says_the_month_and_the_matter_counts_once(
    office: Office, day: datetime, month: Period
) -> None:
    evaluated(case_in(office, State.CLOSED), office.clerk, GOOD, GOOD, at=day)
    sweep(at=AFTER)
    other = APRIL if month is MARCH else MARCH
    assert figures(office, month) == dict.fromkeys(NOTHING, (1, 1))
    assert figures(office, other) == NOTHING


def test_the_last_day_of_a_window_is_the_legal_or_the_strict_one(office: Office) -> None:
    # Tue 1 April + 30 = Thu 1 May, Labour Day: legal Tue 6 May; 31 March + 30 = Wed 30 April.
    case_in(office, State.CLOSED, at=moment(2025, 3, 29))  # strict Mon 28 April
    case_in(office, State.CLOSED, at=moment(2025, 4, 1))
    case_in(office, State.CLOSED, at=moment(2025, 3, 5))  # strict Fri 4 April, Qingming: legal Mon 7 April
    sweep(at=moment(2025, 5, 5))
    assert figures(office, APRIL)["evaluated-unit"] == (0, 2)
    assert figures(office, MAY, "strict")["evaluated-unit"] == (0, 0)  # the legal day has not passed yet
    sweep(at=moment(2025, 5, 7))
    assert [figures(office, MAY, mode)["evaluated-unit"] for mode in ("strict", "legal")] == [(0, 1), (0, 1)]


def test_an_answer_of_the_office_itself_says_nothing_of_a_unit(office: Office) -> None:
    case_in(office, State.ANSWERED)
    sweep(at=AFTER)
    found = figures(office, APRIL)
    assert (found["evaluated-office"], found["evaluated-unit"]) == ((0, 1), (0, 0))


@pytest.mark.parametrize("changes", [{"is_sealed": True}, {"channel": Channel.PHONE}, {"kind": "litigation"}])
def test_what_the_other_rates_leave_out_is_left_out_here(office: Office, changes: dict[str, object]) -> None:
    case = case_in(office, State.CLOSED)
    evaluated(case, office.clerk, GOOD, GOOD)
    PetitionCase.objects.filter(pk=case.pk).update(**changes)
    assert figures(office, MARCH) == NOTHING


def test_the_rates_are_those_of_what_the_post_sees(office: Office) -> None:
    evaluated(case_in(office, State.CLOSED), office.clerk, GOOD, BAD)
    unit, other = (figures(office, MARCH, who=who)["satisfied-unit"] for who in ("unit_head", "water_head"))
    assert (unit, other) == ((0, 1), (0, 0))
