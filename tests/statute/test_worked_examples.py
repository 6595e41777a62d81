"""The 40 worked examples of the reference (§9), each also checked by counting on fingers over the notices it quotes.

No row contradicts its own rule: the table below is the reference's, to the day. Rows 34 and 37 name two rules and are
two lines each. Row 32 gives a second answer for "10 clear days", row 33 one for counting both end days, row 19 one for
extending from the rolled day: they are the readings not taken, and are asserted as such at the end.
"""

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS, DayUnit, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, reckon
from tests.statute.oracle import ONE_DAY, days, days_after, next_workday, nth_day

# "Off periods used" of §9, and the Spring Festival of 2024, which rows 16 and 31 rest on.
OFF = set[date]().union(
    days("2023-12-30", "2024-01-01"),
    days("2024-02-10", "2024-02-17"),
    days("2025-01-01"),
    days("2025-01-28", "2025-02-04"),
    days("2025-04-04", "2025-04-06"),
    days("2025-05-01", "2025-05-05"),
    days("2025-05-31", "2025-06-02"),
    days("2025-10-01", "2025-10-08"),
    days("2026-01-01", "2026-01-03"),
    days("2026-02-15", "2026-02-23"),
    days("2026-04-04", "2026-04-06"),
    days("2026-05-01", "2026-05-05"),
    days("2026-06-19", "2026-06-21"),
    days("2026-09-25", "2026-09-27"),
    days("2026-10-01", "2026-10-07"),
)
MAKE_UP = set[date]().union(
    *(days(f"2023-{day}") for day in ("01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08")),
    *(days(f"2024-{day}") for day in ("02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12")),
    *(days(f"2025-{day}") for day in ("01-26", "02-08", "04-27", "09-28", "10-11")),
    *(days(f"2026-{day}") for day in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")),
)


class Example(NamedTuple):
    """One line of the table; `pause` is notice and conclusion of a hearing."""

    row: int
    rule: str
    start: str
    extend: int
    pause: str
    strict: str
    legal: str

    def excluded(self) -> tuple[tuple[date, date], ...]:
        if not self.pause:
            return ()
        notice, conclusion = map(date.fromisoformat, self.pause.split())
        return ((notice, conclusion),)


EXAMPLES = [
    Example(1, "triage", "2024-03-04", 0, "", "2024-03-19", "2024-03-19"),
    Example(2, "triage", "2023-03-24", 0, "", "2023-04-08", "2023-04-10"),
    Example(3, "triage", "2023-04-08", 0, "", "2023-04-23", "2023-04-23"),
    Example(4, "triage", "2025-01-14", 0, "", "2025-01-29", "2025-02-05"),
    Example(5, "triage", "2025-09-16", 0, "", "2025-10-01", "2025-10-09"),
    Example(6, "triage", "2025-09-26", 0, "", "2025-10-11", "2025-10-11"),
    Example(7, "triage", "2026-02-02", 0, "", "2026-02-17", "2026-02-24"),
    Example(8, "triage", "2026-02-13", 0, "", "2026-02-28", "2026-02-28"),
    Example(9, "notice", "2026-09-17", 0, "", "2026-10-02", "2026-10-08"),
    Example(10, "objection", "2024-03-04", 0, "", "2024-03-11", "2024-03-11"),
    Example(11, "objection", "2025-01-24", 0, "", "2025-02-07", "2025-02-07"),
    Example(12, "objection", "2025-09-29", 0, "", "2025-10-13", "2025-10-13"),
    Example(13, "objection", "2025-09-28", 0, "", "2025-10-11", "2025-10-11"),
    Example(14, "objection", "2026-02-13", 0, "", "2026-02-27", "2026-02-27"),
    Example(15, "handling", "2023-10-01", 0, "", "2023-11-30", "2023-11-30"),
    Example(16, "handling", "2024-01-01", 0, "", "2024-03-01", "2024-03-01"),
    Example(17, "handling", "2024-12-05", 0, "", "2025-02-03", "2025-02-05"),
    Example(18, "handling", "2025-08-04", 0, "", "2025-10-03", "2025-10-09"),
    Example(19, "handling", "2025-08-04", 30, "", "2025-11-02", "2025-11-03"),
    Example(20, "handling", "2025-11-24", 15, "", "2026-02-07", "2026-02-09"),
    Example(21, "handling", "2025-11-20", 30, "", "2026-02-18", "2026-02-24"),
    Example(22, "review-request", "2025-09-02", 0, "", "2025-10-02", "2025-10-09"),
    Example(23, "review", "2025-01-02", 0, "", "2025-02-01", "2025-02-05"),
    Example(24, "review-acceptance", "2025-09-30", 0, "", "2025-10-11", "2025-10-11"),
    Example(25, "recheck-request", "2026-01-19", 0, "", "2026-02-18", "2026-02-24"),
    Example(26, "simple-acceptance", "2025-04-30", 0, "", "2025-05-08", "2025-05-08"),
    Example(27, "simple-handling", "2025-09-26", 0, "", "2025-10-16", "2025-10-16"),
    Example(28, "simple-handling", "2026-02-06", 0, "", "2026-02-27", "2026-02-27"),
    Example(29, "simple-relay", "2026-02-14", 0, "", "2026-02-24", "2026-02-24"),
    Example(30, "proposal-feedback", "2026-01-20", 0, "", "2026-02-19", "2026-02-24"),
    Example(31, "judicial-confirmation", "2024-01-15", 0, "", "2024-02-14", "2024-02-18"),
    Example(32, "hearing-notice", "2025-10-22", 0, "", "2025-10-09", "2025-10-09"),
    Example(33, "recheck", "2026-01-15", 0, "2026-01-26 2026-02-12", "2026-03-03", "2026-03-03"),
    Example(34, "notice", "2025-08-20", 0, "", "2025-09-04", "2025-09-04"),
    Example(34, "objection", "2025-08-20", 0, "", "2025-08-27", "2025-08-27"),
    Example(35, "handling", "2025-08-28", 0, "", "2025-10-27", "2025-10-27"),
    Example(36, "review-request", "2025-10-28", 0, "", "2025-11-27", "2025-11-27"),
    Example(37, "review", "2025-11-21", 0, "", "2025-12-21", "2025-12-22"),
    Example(37, "review-acceptance", "2025-11-21", 0, "", "2025-11-26", "2025-11-26"),
    Example(38, "recheck-request", "2025-12-19", 0, "", "2026-01-18", "2026-01-19"),
    Example(39, "objection", "2025-09-30", 0, "", "2025-10-14", "2025-10-14"),
    Example(40, "triage", "2026-12-21", 0, "", "2027-01-05", "2027-01-05"),
]


def by_hand(rule: Rule, start: date, extend: int, excluded: set[date]) -> tuple[date, date]:
    """Strict and legal day by counting, over the notices as §9 quotes them and nothing else."""

    def is_workday(day: date) -> bool:
        return day in MAKE_UP or (day.weekday() < 5 and day not in OFF)

    period = PERIODS[rule]
    assert period.length is not None
    step = -ONE_DAY if period.counts_back else ONE_DAY
    if period.unit is DayUnit.WORKING:
        day = nth_day(start, period.length, counts=is_workday, step=step)
        return day, day
    strict = nth_day(start, period.length + extend, counts=lambda day: day not in excluded)
    return strict, next_workday(strict, is_workday=is_workday)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"row-{example.row}-{example.rule}")
def test_a_worked_example_of_the_reference(example: Example) -> None:
    rule, start, excluded = Rule(example.rule), date.fromisoformat(example.start), example.excluded()
    found = reckon(rule, start, calendar=WorkCalendar(), extend=example.extend, excluded=excluded)
    assert (found.strict.isoformat(), found.legal.isoformat()) == (example.strict, example.legal)
    assert found.provisional == (example.row == 40)
    assert (found.strict, found.legal) == by_hand(rule, start, example.extend, days_after(excluded))


def test_every_row_of_the_reference_is_in_the_table() -> None:
    assert {example.row for example in EXAMPLES} == set(range(1, 41))


def test_the_notices_quoted_by_the_reference_are_those_of_the_built_in_calendar() -> None:
    calendar = WorkCalendar()
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    every_day = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert {day for day in every_day if calendar.festival_of(day)} == {day for day in OFF if day >= first}
    assert {day for day in every_day if calendar.is_make_up(day)} == {day for day in MAKE_UP if day >= first}


def _handled(start: date, extend: int = 0) -> Reckoning:
    return reckon(Rule.HANDLING, start, calendar=WorkCalendar(), extend=extend)


def test_row_19_is_not_extended_from_the_rolled_day() -> None:
    rolled = _handled(date(2025, 8, 4)).legal
    assert rolled + timedelta(days=30) == date(2025, 11, 8)
    assert _handled(date(2025, 8, 4), extend=30).legal == date(2025, 11, 3)


def test_row_32_asks_for_ten_working_days_and_not_for_ten_clear_ones() -> None:
    calendar = WorkCalendar()
    clear = nth_day(date(2025, 10, 22), 11, counts=calendar.is_workday, step=-ONE_DAY)
    assert clear == date(2025, 9, 30)
    assert reckon(Rule.HEARING_NOTICE, date(2025, 10, 22), calendar=calendar).strict == date(2025, 10, 9)


def test_row_33_counts_the_difference_and_not_both_end_days() -> None:
    def recheck(first: date) -> date:
        return reckon(
            Rule.RECHECK, date(2026, 1, 15), calendar=WorkCalendar(), excluded=((first, date(2026, 2, 12)),)
        ).strict

    assert recheck(date(2026, 1, 26)) == date(2026, 3, 3)
    assert recheck(date(2026, 1, 25)) == date(2026, 3, 4)


def test_row_36_counts_from_the_delivery_and_not_from_the_issue() -> None:
    issued, delivered = date(2025, 10, 24), date(2025, 10, 28)
    found = [reckon(Rule.REVIEW_REQUEST, day, calendar=WorkCalendar()).strict for day in (issued, delivered)]
    assert found == [date(2025, 11, 23), date(2025, 11, 27)]
