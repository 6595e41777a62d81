"""The reckoning against counting day by day, over calendars that no notice would dare to print."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS, DayUnit, Rule
from binzhou_xinfang.statute.reckoning import reckon
from tests.statute.oracle import ONE_DAY, days_after, next_workday, nth_day

FIRST, LAST = date(2024, 6, 1), date(2028, 6, 1)
DAYS = st.dates(FIRST, LAST)
NEAR = st.dates(date(2025, 12, 1), date(2026, 3, 31))
MARKS = st.sampled_from([DayMark(DayKind.OFF, "节日"), DayMark(DayKind.WORK)])
CALENDARS = st.dictionaries(DAYS, MARKS, max_size=60).map(WorkCalendar)
SPANS = st.lists(st.tuples(NEAR, NEAR).map(lambda pair: (min(pair), max(pair))), max_size=4).map(tuple)
FIXED = [period for period in PERIODS.values() if period.is_fixed]
NATURAL = st.sampled_from([period.rule for period in FIXED if period.unit is DayUnit.NATURAL])
WORKING = st.sampled_from(
    [period.rule for period in FIXED if period.unit is DayUnit.WORKING and not period.counts_back]
)
FORWARD = st.sampled_from([period.rule for period in FIXED if not period.counts_back])


def length(rule: Rule) -> int:
    fixed = PERIODS[rule].length
    assert fixed is not None
    return fixed


@given(rule=NATURAL, start=DAYS, calendar=CALENDARS)
def test_natural_days_end_n_days_after_the_start_and_roll_to_a_workday(
    rule: Rule, start: date, calendar: WorkCalendar
) -> None:
    found = reckon(rule, start, calendar=calendar)
    assert found.strict == start + timedelta(days=length(rule))
    assert found.legal == next_workday(found.strict, is_workday=calendar.is_workday)


@given(rule=WORKING, start=DAYS, calendar=CALENDARS)
def test_working_days_end_on_the_nth_workday(rule: Rule, start: date, calendar: WorkCalendar) -> None:
    found = reckon(rule, start, calendar=calendar)
    assert found.strict == found.legal == nth_day(start, length(rule), counts=calendar.is_workday)


@given(start=DAYS, extend=st.integers(0, 30), calendar=CALENDARS)
def test_an_extension_moves_the_strict_day_by_its_days(start: date, extend: int, calendar: WorkCalendar) -> None:
    found = reckon(Rule.HANDLING, start, calendar=calendar, extend=extend)
    assert found.strict == start + timedelta(days=60 + extend)
    assert found.legal == next_workday(found.strict, is_workday=calendar.is_workday)


@given(start=NEAR, spans=SPANS)
def test_a_suspension_leaves_out_its_days_and_no_other(start: date, spans: tuple[tuple[date, date], ...]) -> None:
    found = reckon(Rule.RECHECK, start, calendar=WorkCalendar(), excluded=spans)
    out = days_after(spans)
    assert found.strict == nth_day(start, 30, counts=lambda day: day not in out)


@given(hearing=DAYS, calendar=CALENDARS)
def test_ten_workdays_after_the_latest_delivery_comes_the_hearing(hearing: date, calendar: WorkCalendar) -> None:
    delivery = reckon(Rule.HEARING_NOTICE, hearing, calendar=calendar)
    assert delivery.strict == delivery.legal == nth_day(hearing, 10, counts=calendar.is_workday, step=-ONE_DAY)
    back = reckon(Rule.SIMPLE_HANDLING, delivery.strict, calendar=calendar)
    assert back.strict == next_workday(hearing, is_workday=calendar.is_workday)


@given(rule=FORWARD, start=NEAR, rest=st.sets(NEAR, max_size=10))
def test_another_rest_day_never_makes_a_due_day_earlier(rule: Rule, start: date, rest: set[date]) -> None:
    plain = reckon(rule, start, calendar=WorkCalendar())
    rested = reckon(rule, start, calendar=WorkCalendar(dict.fromkeys(rest, DayMark(DayKind.OFF, "节日"))))
    assert rested.strict >= plain.strict
    assert rested.legal >= plain.legal


@given(hearing=NEAR, rest=st.sets(NEAR, max_size=10))
def test_another_rest_day_never_makes_a_notice_due_later(hearing: date, rest: set[date]) -> None:
    rested = WorkCalendar(dict.fromkeys(rest, DayMark(DayKind.OFF, "节日")))
    plain = reckon(Rule.HEARING_NOTICE, hearing, calendar=WorkCalendar())
    assert reckon(Rule.HEARING_NOTICE, hearing, calendar=rested).strict <= plain.strict


@given(rule=FORWARD, start=DAYS, calendar=CALENDARS)
def test_a_later_start_never_makes_a_due_day_earlier(rule: Rule, start: date, calendar: WorkCalendar) -> None:
    first, second = (reckon(rule, day, calendar=calendar) for day in (start, start + ONE_DAY))
    assert (first.strict <= second.strict, first.legal <= second.legal) == (True, True)


@given(rule=st.sampled_from([period.rule for period in FIXED]), start=DAYS, calendar=CALENDARS)
def test_a_due_day_is_provisional_when_a_day_on_its_way_is(rule: Rule, start: date, calendar: WorkCalendar) -> None:
    found = reckon(rule, start, calendar=calendar)
    if PERIODS[rule].counts_back:
        way = [found.strict + n * ONE_DAY for n in range((start - found.strict).days)]
    else:
        way = [start + n * ONE_DAY for n in range(1, (found.legal - start).days + 1)]
    assert found.provisional == any(calendar.is_provisional(day) for day in way)
