"""The check list of the reference (§9) and what a rule does not allow."""

from datetime import date

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.calendar import YEARLY, DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, ReckoningError, reckon

CALENDAR = WorkCalendar()


def due(
    rule: Rule, start: date, *, days: int | None = None, extend: int = 0, excluded: tuple[tuple[date, date], ...] = ()
) -> tuple[date, date]:
    found = reckon(rule, start, calendar=CALENDAR, days=days, extend=extend, excluded=excluded)
    return found.strict, found.legal


def given(rule: Rule) -> int | None:
    """The days that a person gives, for a clock whose length is a person's."""
    return None if PERIODS[rule].length else 20


def test_1_a_last_day_on_a_rest_saturday_rolls_to_monday() -> None:
    assert due(Rule.TRIAGE, date(2025, 10, 10)) == (date(2025, 10, 25), date(2025, 10, 27))


def test_2_a_last_day_on_a_make_up_weekend_stays() -> None:
    assert due(Rule.TRIAGE, date(2025, 9, 26)) == (date(2025, 10, 11),) * 2
    assert due(Rule.TRIAGE, date(2025, 9, 13)) == (date(2025, 9, 28),) * 2


@pytest.mark.parametrize(
    ("start", "strict", "legal"),
    [
        (date(2025, 9, 15), date(2025, 9, 30), date(2025, 9, 30)),  # the day before the break
        (date(2025, 9, 16), date(2025, 10, 1), date(2025, 10, 9)),  # its first day
        (date(2025, 9, 23), date(2025, 10, 8), date(2025, 10, 9)),  # its last day
        (date(2025, 9, 24), date(2025, 10, 9), date(2025, 10, 9)),  # the day after
    ],
)
def test_3_a_last_day_inside_a_break_rolls_to_its_end(start: date, strict: date, legal: date) -> None:
    assert due(Rule.TRIAGE, start) == (strict, legal)


def test_4_a_roll_may_end_on_a_make_up_sunday() -> None:
    assert due(Rule.JUDICIAL_CONFIRMATION, date(2024, 1, 15)) == (date(2024, 2, 14), date(2024, 2, 18))


def test_5_a_start_on_a_holiday_is_not_put_off() -> None:
    assert due(Rule.HANDLING, date(2025, 10, 1)) == (date(2025, 11, 30), date(2025, 12, 1))
    assert due(Rule.OBJECTION, date(2025, 10, 1)) == (date(2025, 10, 14),) * 2


def test_6_a_leap_day_counts() -> None:
    assert due(Rule.TRIAGE, date(2024, 2, 14)) == (date(2024, 2, 29),) * 2
    assert due(Rule.HANDLING, date(2024, 1, 1)) == (date(2024, 3, 1),) * 2
    assert due(Rule.TRIAGE, date(2024, 2, 29)) == (date(2024, 3, 15),) * 2


def test_7_a_period_runs_over_new_year() -> None:
    assert due(Rule.RECHECK_REQUEST, date(2025, 12, 19)) == (date(2026, 1, 18), date(2026, 1, 19))
    assert due(Rule.OBJECTION, date(2025, 12, 31)) == (date(2026, 1, 8),) * 2


def test_8_a_year_without_a_calendar_has_weekends_only_and_is_provisional() -> None:
    found = reckon(Rule.TRIAGE, date(2026, 12, 18), calendar=CALENDAR)
    assert (found.strict, found.legal, found.provisional) == (date(2027, 1, 2), date(2027, 1, 4), True)


def test_8_a_published_year_ends_the_doubt() -> None:
    new_year = {date(2027, 1, number): DayMark(DayKind.OFF, "元旦") for number in (1, 2, 3, 4)}
    others = {date(2027, 2, number): DayMark(DayKind.OFF, name) for number, name in enumerate(YEARLY[1:], start=5)}
    found = reckon(Rule.TRIAGE, date(2026, 12, 18), calendar=WorkCalendar(new_year | others))
    assert (found.strict, found.legal, found.provisional) == (date(2027, 1, 2), date(2027, 1, 5), False)


def test_8_one_day_of_a_year_does_not_end_the_doubt() -> None:
    new_year = {date(2027, 1, 1): DayMark(DayKind.OFF, "元旦")}
    found = reckon(Rule.HANDLING, date(2026, 12, 10), calendar=WorkCalendar(new_year))
    assert (found.legal, found.provisional) == (date(2027, 2, 8), True)


def test_8_somebody_s_word_that_the_notice_was_entered_whole_ends_the_doubt() -> None:
    new_year = {date(2027, 1, 1): DayMark(DayKind.OFF, "元旦")}
    found = reckon(Rule.HANDLING, date(2026, 12, 10), calendar=WorkCalendar(new_year, whole={2027}))
    assert (found.legal, found.provisional) == (date(2027, 2, 8), False)


@pytest.mark.parametrize(
    ("rule", "start", "provisional"),
    [
        (Rule.TRIAGE, date(2026, 12, 16), False),  # ends on 12-31
        (Rule.TRIAGE, date(2026, 12, 17), True),  # ends on 01-01
        (Rule.OBJECTION, date(2026, 12, 24), False),
        (Rule.OBJECTION, date(2026, 12, 25), True),
        (Rule.HEARING_NOTICE, date(2027, 1, 1), False),  # counts back from 12-31
        (Rule.HEARING_NOTICE, date(2027, 1, 2), True),
    ],
)
def test_8_only_what_touches_the_unpublished_year_is_provisional(rule: Rule, start: date, provisional: bool) -> None:
    assert reckon(rule, start, calendar=CALENDAR).provisional is provisional


def test_8_a_roll_into_the_unpublished_year_is_provisional() -> None:
    shut = WorkCalendar({date(2026, 12, 31): DayMark(DayKind.OFF, "元旦")})
    found = reckon(Rule.TRIAGE, date(2026, 12, 16), calendar=shut)
    assert (found.strict, found.legal, found.provisional) == (date(2026, 12, 31), date(2027, 1, 1), True)


def test_9_an_extension_is_counted_from_the_unrolled_day() -> None:
    assert due(Rule.HANDLING, date(2025, 8, 4)) == (date(2025, 10, 3), date(2025, 10, 9))
    assert due(Rule.HANDLING, date(2025, 8, 4), extend=1) == (date(2025, 10, 4), date(2025, 10, 9))
    assert due(Rule.HANDLING, date(2025, 8, 4), extend=30) == (date(2025, 11, 2), date(2025, 11, 3))


@pytest.mark.parametrize(
    ("first", "strict"),
    [
        (date(2026, 2, 12), date(2026, 2, 14)),  # 0 days
        (date(2026, 1, 26), date(2026, 3, 3)),  # 17
        (date(2026, 1, 25), date(2026, 3, 4)),  # 18
    ],
)
def test_10_a_hearing_takes_out_the_days_between_notice_and_conclusion(first: date, strict: date) -> None:
    found = reckon(Rule.RECHECK, date(2026, 1, 15), calendar=CALENDAR, excluded=((first, date(2026, 2, 12)),))
    assert found.strict == strict


def test_10_two_hearings_that_overlap_are_counted_once() -> None:
    one = ((date(2026, 1, 20), date(2026, 1, 30)),)
    two = ((date(2026, 1, 25), date(2026, 1, 30)), (date(2026, 1, 20), date(2026, 1, 27)))
    assert due(Rule.RECHECK, date(2026, 1, 15), excluded=two) == due(Rule.RECHECK, date(2026, 1, 15), excluded=one)


def test_10_only_the_time_in_which_the_clock_ran_is_taken_out() -> None:
    before = ((date(2026, 1, 10), date(2026, 1, 17)),)
    after = ((date(2026, 2, 14), date(2026, 2, 28)),)
    assert due(Rule.RECHECK, date(2026, 1, 15), excluded=before)[0] == date(2026, 2, 16)
    assert due(Rule.RECHECK, date(2026, 1, 15), excluded=after)[0] == date(2026, 2, 14)


def test_10_a_second_hearing_in_the_time_won_by_the_first_counts_too() -> None:
    spans = ((date(2026, 2, 10), date(2026, 2, 20)), (date(2026, 2, 22), date(2026, 2, 25)))
    assert due(Rule.RECHECK, date(2026, 1, 15), excluded=spans)[0] == date(2026, 2, 27)


def test_11_workdays_are_counted_across_two_breaks() -> None:
    # 中秋 09-25…27, 国庆 10-01…07; counted are 09-24, 28, 29, 30, 10-08, 09, Sat 10 (make-up), 12, 13, 14
    assert due(Rule.SIMPLE_HANDLING, date(2026, 9, 23)) == (date(2026, 10, 14),) * 2


def test_12_no_other_clock_can_be_extended(subtests: pytest.Subtests) -> None:
    # What moves with another has no length of its own to be extended: its bound is the other's.
    moving = {rule for rule in Rule if PERIODS[rule].moves_with}
    for rule in set(Rule) - {Rule.HANDLING} - moving:
        with subtests.test(rule.value):
            with pytest.raises(ReckoningError) as refused:
                due(rule, date(2025, 3, 3), days=given(rule), extend=1)
            assert (str(refused.value), refused.value.field) == (
                f"{rule.label}依规定不能延长，延长天数只能为0。",
                "extend",
            )


def test_12_no_other_clock_can_be_suspended(subtests: pytest.Subtests) -> None:
    for rule in set(Rule) - {Rule.RECHECK, Rule.EXECUTION}:
        with subtests.test(rule.value):
            with pytest.raises(ReckoningError, match="依规定不能中止") as refused:
                due(rule, date(2025, 3, 3), days=given(rule), excluded=((date(2025, 3, 4), date(2025, 3, 6)),))
            assert refused.value.field == "excluded"


@pytest.mark.parametrize("extend", [-1, 31])
def test_handling_is_extended_by_thirty_days_at_most(extend: int) -> None:
    with pytest.raises(ReckoningError, match="60日办理期限的延长天数应为0至30的整数"):
        due(Rule.HANDLING, date(2025, 3, 3), extend=extend)


def test_a_length_set_by_a_person_is_counted() -> None:
    assert due(Rule.ASSIGNMENT, date(2025, 9, 1), days=30) == (date(2025, 10, 1), date(2025, 10, 9))
    assert due(Rule.REDO, date(2025, 9, 1), days=15) == (date(2025, 9, 16),) * 2
    assert due(Rule.LETTER_FEEDBACK, date(2025, 9, 30), days=5) == (date(2025, 10, 14),) * 2


def test_a_length_of_the_office_has_its_default() -> None:
    assert due(Rule.EVALUATION, date(2025, 11, 3)) == (date(2025, 12, 3),) * 2
    assert due(Rule.EVALUATION, date(2025, 11, 3), days=10) == (date(2025, 11, 13),) * 2


def test_a_length_that_a_person_sets_must_be_given(subtests: pytest.Subtests) -> None:
    by_a_person = {rule for rule in Rule if given(rule)}
    assert Rule.ASSIGNMENT in by_a_person
    for rule in by_a_person:
        with subtests.test(rule.value):
            with pytest.raises(ReckoningError, match="请填写天数") as refused:
                due(rule, date(2025, 3, 3))
            assert refused.value.field == "days"


@pytest.mark.parametrize("days", [-1, 0, 3651])
def test_a_length_that_a_person_sets_is_between_one_day_and_ten_years(days: int) -> None:
    with pytest.raises(ReckoningError, match="天数应为1至3650的整数"):
        due(Rule.ASSIGNMENT, date(2025, 3, 3), days=days)


def test_a_length_of_the_law_cannot_be_set_otherwise() -> None:
    with pytest.raises(ReckoningError, match="15日处理期限的天数由规定确定"):
        due(Rule.TRIAGE, date(2025, 3, 3), days=15)


@pytest.mark.parametrize("start", [date.min, date(1948, 12, 31), date(2200, 1, 1), date.max])
def test_a_start_in_an_absurd_year_is_refused(start: date) -> None:
    with pytest.raises(ReckoningError, match="1949年至2199年") as refused:
        due(Rule.HANDLING, start)
    assert refused.value.field == "start"


@pytest.mark.parametrize("start", [date(1949, 1, 1), date(2199, 12, 31)])
def test_the_first_and_the_last_start_are_reckoned(start: date) -> None:
    assert reckon(Rule.HANDLING, start, calendar=CALENDAR, extend=30).provisional


@pytest.mark.parametrize(
    "span", [(date(2026, 1, 20), date(2026, 1, 19)), (date(2026, 1, 20), date.max)], ids=["backwards", "endless"]
)
def test_an_impossible_suspension_is_refused(span: tuple[date, date]) -> None:
    with pytest.raises(ReckoningError) as refused:
        due(Rule.RECHECK, date(2026, 1, 15), excluded=(span,))
    assert refused.value.field == "excluded"


def test_a_refusal_to_reckon_is_a_refusal_of_the_act() -> None:
    assert issubclass(ReckoningError, Refusal)


def test_a_reckoning_is_equal_to_its_like() -> None:
    found = [reckon(Rule.TRIAGE, date(2025, 3, 3), calendar=WorkCalendar()) for _ in range(2)]
    assert isinstance(found[0], Reckoning)
    assert found[0] == found[1]
