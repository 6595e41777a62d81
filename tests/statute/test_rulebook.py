"""Rules in force on a day: the boundary of a change, and that no clock moves which began before it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.overlay import SHANDONG, Norm, Overlay, overlay_of
from binzhou_xinfang.statute.parameters import PARAMETERS, Column, Key, period_key
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import ReckoningError, reckon
from binzhou_xinfang.statute.rulebook import Entry, Rulebook
from binzhou_xinfang.statute.rules import Audience, ExtensionBase, PauseMode, Rung
from binzhou_xinfang.statute.setting_types import Value

CALENDAR = WorkCalendar()
CHANGE = date(2026, 3, 1)
LENGTH = period_key(Rule.HANDLING, Column.LENGTH)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def entry(key: str, value: Value, since: date = CHANGE) -> Entry:
    return Entry(key, since, value)


def test_without_settings_the_law_is_in_force() -> None:
    assert dict(Rulebook().on(CHANGE).periods) == dict(PERIODS)


def test_a_change_counts_for_clocks_that_start_on_its_day_and_not_for_those_of_the_day_before() -> None:
    book = Rulebook([entry(LENGTH, 50)])
    starts = [CHANGE - timedelta(days=1), CHANGE, CHANGE + timedelta(days=1)]
    assert [book.period(Rule.HANDLING, start).length for start in starts] == [60, 50, 50]


def test_of_one_day_the_last_written_counts() -> None:
    book = Rulebook([entry(LENGTH, 50), entry(LENGTH, 60)])
    assert book.period(Rule.HANDLING, CHANGE).length == 60


def test_a_later_day_holds_against_what_is_written_afterwards_for_an_earlier_one() -> None:
    book = Rulebook([entry(LENGTH, 50), entry(LENGTH, 55, date(2026, 2, 1))])
    found = [book.period(Rule.HANDLING, day).length for day in (date(2026, 1, 31), date(2026, 2, 1), CHANGE)]
    assert found == [60, 55, 50]
    assert [one.value for one in book.to_come(LENGTH, date(2026, 2, 1))] == [50]


def test_every_column_of_a_period_comes_from_the_settings() -> None:
    columns = {Column.LENGTH: 40, Column.EXTENSION: 10, Column.LADDER: ("1:head",), Column.ROLLS: False}
    entries = [entry(period_key(Rule.HANDLING, column), value) for column, value in columns.items()]
    book = Rulebook([*entries, entry(Key.EXTENSION_BASE, "rolled"), entry(Key.HEARING_EXCLUSION, "both-days")])
    period = book.period(Rule.HANDLING, CHANGE)
    assert (period.length, period.max_extension, period.rolls) == (40, 10, False)
    assert period.ladder == (Rung(1, (Audience.HEAD,)),)
    assert (period.extension_base, period.pause) == (ExtensionBase.ROLLED, PauseMode.BOTH_DAYS)
    assert period.set_from == CHANGE


def test_a_shorter_extension_is_the_cap() -> None:
    period = Rulebook([entry(period_key(Rule.HANDLING, Column.EXTENSION), 10)]).period(Rule.HANDLING, CHANGE)
    reckon(Rule.HANDLING, CHANGE, calendar=CALENDAR, period=period, extend=10)
    with pytest.raises(ReckoningError, match="0至10"):
        reckon(Rule.HANDLING, CHANGE, calendar=CALENDAR, period=period, extend=11)


def test_an_end_that_does_not_roll_is_late_the_next_day() -> None:
    start, key = date(2025, 9, 16), period_key(Rule.TRIAGE, Column.ROLLS)
    period = Rulebook([entry(key, False, start)]).period(Rule.TRIAGE, start)
    found = reckon(Rule.TRIAGE, start, calendar=CALENDAR, period=period)
    assert found.strict == found.legal == date(2025, 10, 1)
    assert found.steps[-1].text == "最后一日10月1日(周三)是休息日，按本局设定不顺延。"


# Reference §9, example 19 and its other option.
@pytest.mark.parametrize(
    ("base", "strict", "which"), [("unrolled", 2, "未顺延的10月3日"), ("rolled", 8, "顺延后的10月9日")]
)
def test_an_extension_counts_on_from_the_day_that_is_set(base: str, strict: int, which: str) -> None:
    start = date(2025, 8, 4)
    period = Rulebook([entry(Key.EXTENSION_BASE, base, start)]).period(Rule.HANDLING, start)
    found = reckon(Rule.HANDLING, start, calendar=CALENDAR, period=period, extend=30)
    assert found.strict == date(2025, 11, strict)
    assert any(which in step.text for step in found.steps)


# Reference §9, example 33: 17 days; both days 18; the hearing day alone 1.
@pytest.mark.parametrize(
    ("mode", "due", "said"),
    [
        ("to-conclusion", date(2026, 3, 3), "1月26日至2月12日为听证所需时间，首日不计，扣除17日"),
        ("both-days", date(2026, 3, 4), "1月26日至2月12日为听证所需时间，首尾两日均计，扣除18日"),
        ("hearing-day", date(2026, 2, 15), "1月26日至2月12日为听证所需时间，只计听证一日，扣除1日"),
    ],
)
def test_hearing_time_is_taken_out_as_set(mode: str, due: date, said: str) -> None:
    start, span = date(2026, 1, 15), (date(2026, 1, 26), date(2026, 2, 12))
    period = Rulebook([entry(Key.HEARING_EXCLUSION, mode, start)]).period(Rule.RECHECK, start)
    found = reckon(Rule.RECHECK, start, calendar=CALENDAR, period=period, excluded=(span,))
    assert found.strict == due
    assert any(said in step.text for step in found.steps)


def test_the_steps_say_when_a_length_is_the_offices_own() -> None:
    period = Rulebook([entry(LENGTH, 50)]).period(Rule.HANDLING, CHANGE)
    steps = reckon(Rule.HANDLING, CHANGE, calendar=CALENDAR, period=period).steps
    assert "（本局自2026年3月1日起设定为50日，规定为60日）" in steps[1].text


def test_the_steps_say_nothing_of_a_setting_that_is_the_laws_again() -> None:
    period = Rulebook([entry(LENGTH, 60)]).period(Rule.HANDLING, CHANGE)
    assert "本局" not in reckon(Rule.HANDLING, CHANGE, calendar=CALENDAR, period=period).steps[1].text


def test_shandongs_rows_are_in_force_until_the_switch_is_off() -> None:
    book, rows = Rulebook([entry(Key.SHANDONG, False)]), [*Rule, *Norm]
    before, after = book.on(CHANGE - timedelta(days=1)), book.on(CHANGE)
    assert [row for row in rows if not before.is_in_force(row)] == []
    assert {row for row in rows if not after.is_in_force(row)} == set(SHANDONG)


def test_the_rows_of_the_overlay_are_shandongs() -> None:
    assert {row for row in [*Rule, *Norm] if overlay_of(row) is Overlay.SHANDONG} == {
        Rule.REVIEW_ACCEPTANCE, Rule.RECHECK_ACCEPTANCE, Rule.PROPOSAL_FEEDBACK, Rule.HEARING_NOTICE,
        Norm.ASSIGNED_EXTENSION, Norm.NO_REVIEW_IN_TIME, Norm.REDO_DIFFERS,
    }  # fmt: skip
    assert all(SHANDONG[rule] == PERIODS[rule].article for rule in SHANDONG if isinstance(rule, Rule))


@pytest.mark.parametrize(("setting", "day"), [("receipt", 3), ("registration", 5)])
def test_the_office_says_from_which_day_its_15_days_count(setting: str, day: int) -> None:
    regime = Rulebook([entry(Key.TRIAGE_START, setting, date(2025, 1, 1))]).on(date(2025, 3, 3))
    assert regime.triage_start(date(2025, 3, 3), registered_on=date(2025, 3, 5)) == date(2025, 3, day)


SETTINGS = st.sampled_from(
    [(row.key, row.default) for row in PARAMETERS.values() if row.reckons] + [(LENGTH, 1), (LENGTH, 45)]
    + [(Key.EXTENSION_BASE.value, "rolled"), (Key.HEARING_EXCLUSION.value, "both-days")]
    + [(period_key(Rule.HANDLING, Column.ROLLS), False), (period_key(Rule.HANDLING, Column.EXTENSION), 3)]
)  # fmt: skip


@given(written=st.lists(st.tuples(SETTINGS, DAYS)), later=st.lists(st.tuples(SETTINGS, DAYS)), today=DAYS, start=DAYS)
def test_no_clock_that_has_started_moves_by_what_is_written_later(
    written: list[tuple[tuple[str, Value], date]],
    later: list[tuple[tuple[str, Value], date]],
    today: date,
    start: date,
) -> None:
    """Whatever is written on `today` counts from a later day, as `change_settings` demands."""
    before = [Entry(key, since, value) for (key, value), since in written]
    after = [Entry(key, max(since, today + timedelta(days=1)), value) for (key, value), since in later]
    started_on = min(start, today)
    for rule in Rule:
        old, new = Rulebook(before).period(rule, started_on), Rulebook(before + after).period(rule, started_on)
        assert old == new


@given(since=DAYS, start=DAYS, length=st.integers(1, 60))
def test_the_length_is_the_offices_exactly_from_its_day_on(since: date, start: date, length: int) -> None:
    found = Rulebook([entry(LENGTH, length, since)]).period(Rule.HANDLING, start).length
    assert found == (length if start >= since else 60)
