"""The office's entries: what they may be, and that they count at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.statute.calendar import YEARLY, DayKind
from binzhou_xinfang.statute.models import Holiday, current_calendar
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


def off(day: date, name: str = "元旦") -> Holiday:
    return Holiday.objects.create(day=day, kind=DayKind.OFF, name=name, source="国办发明电〔2026〕1号")


def test_without_entries_the_built_in_calendar_is_in_force() -> None:
    assert current_calendar().name_of(date(2025, 10, 1)) == "国庆节"


def test_an_entry_counts_at_once() -> None:
    assert current_calendar().is_workday(NEW_YEAR)
    off(NEW_YEAR)
    assert current_calendar().name_of(NEW_YEAR) == "元旦"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE statute_holiday SET kind = 'work'",
        "UPDATE statute_holiday SET day = '2027-01-04'",
        "DELETE FROM statute_holiday",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE statute_holiday",
    ],
)
def test_a_change_past_the_models_counts_at_once_too(statement: str) -> None:
    off(NEW_YEAR)
    assert not current_calendar().is_workday(NEW_YEAR)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert current_calendar().is_workday(NEW_YEAR)


def test_a_change_of_the_name_alone_is_seen() -> None:
    off(NEW_YEAR)
    assert current_calendar().name_of(NEW_YEAR) == "元旦"
    Holiday.objects.update(name="新年")
    assert current_calendar().name_of(NEW_YEAR) == "新年"


def test_a_change_that_is_rolled_back_is_forgotten() -> None:
    def enter_and_fail() -> None:
        off(NEW_YEAR)
        assert not current_calendar().is_workday(NEW_YEAR)
        raise ValidationError("")

    with pytest.raises(ValidationError), transaction.atomic():
        enter_and_fail()
    assert current_calendar().is_workday(NEW_YEAR)


def test_the_calendar_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    off(NEW_YEAR)
    with django_assert_num_queries(1):
        assert not current_calendar().is_workday(NEW_YEAR)


def test_a_due_day_is_provisional_until_the_notice_is_entered() -> None:
    start = date(2026, 12, 17)

    def found() -> tuple[date, date, bool]:
        due = reckon(Rule.TRIAGE, start, calendar=current_calendar())
        return due.strict, due.legal, due.provisional

    assert found() == (NEW_YEAR, NEW_YEAR, True)
    off(NEW_YEAR)
    assert found() == (NEW_YEAR, date(2027, 1, 4), True)
    for number, name in enumerate(YEARLY[1:], start=1):
        off(date(2027, 5, number), name)
    assert found() == (NEW_YEAR, date(2027, 1, 4), False)
    Holiday.objects.create(day=date(2027, 1, 3), kind=DayKind.WORK)
    assert found() == (NEW_YEAR, date(2027, 1, 3), False)


def test_the_built_in_calendar_can_be_corrected() -> None:
    Holiday.objects.create(day=date(2025, 10, 8), kind=DayKind.WORK)
    assert reckon(Rule.TRIAGE, date(2025, 9, 16), calendar=current_calendar()).legal == date(2025, 10, 8)


def test_a_day_off_needs_a_name_and_a_day_at_work_none() -> None:
    with pytest.raises(ValidationError, match="请填写节日名称"):
        Holiday(day=NEW_YEAR, kind=DayKind.OFF, name=" ").full_clean()
    Holiday(day=NEW_YEAR, kind=DayKind.WORK).full_clean()


@pytest.mark.parametrize(
    ("kind", "name", "constraint"),
    [(DayKind.OFF, "", "day_off_has_a_name"), ("half", "元旦", "holiday_kind_known")],
)
def test_the_database_refuses_what_must_never_be(kind: str, name: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Holiday.objects.create(day=NEW_YEAR, kind=kind, name=name)


def test_a_day_is_entered_once() -> None:
    off(NEW_YEAR)
    with pytest.raises(IntegrityError):
        off(NEW_YEAR)


def test_an_entry_is_called_by_day_and_arrangement() -> None:
    assert str(off(NEW_YEAR)) == "2027-01-01(周五) 元旦放假"
