"""Entering a notice: one day, or a break as a whole."""

from datetime import date

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from binzhou_xinfang.statute.admin import HolidayAdmin, HolidayForm
from binzhou_xinfang.statute.calendar import DayKind
from binzhou_xinfang.statute.models import Holiday

pytestmark = pytest.mark.django_db


def form(first: str, last: str = "", *, kind: DayKind = DayKind.OFF, name: str = "春节") -> HolidayForm:
    return HolidayForm({"day": first, "last_day": last, "kind": kind, "name": name, "source": "国办发明电〔2026〕1号"})


def save(filled: HolidayForm, rf: RequestFactory) -> None:
    request = rf.post("/")
    request.user = get_user_model().objects.create(username="administrator")
    assert filled.is_valid(), filled.errors
    HolidayAdmin(Holiday, site).save_model(request, filled.save(commit=False), filled, change=False)


def entered() -> list[tuple[date, str, str, str]]:
    return list(Holiday.objects.values_list("day", "kind", "name", "source"))


def test_the_calendar_is_kept_in_the_administration() -> None:
    assert isinstance(site.get_model_admin(Holiday), HolidayAdmin)
    assert HolidayAdmin(Holiday, site).check() == []


def test_one_day_is_entered_alone(rf: RequestFactory) -> None:
    save(form("2027-02-06"), rf)
    assert entered() == [(date(2027, 2, 6), "off", "春节", "国办发明电〔2026〕1号")]


def test_a_break_is_entered_with_all_its_days_and_each_is_logged(rf: RequestFactory) -> None:
    save(form("2027-02-06", "2027-02-08"), rf)
    assert entered() == [(date(2027, 2, number), "off", "春节", "国办发明电〔2026〕1号") for number in (6, 7, 8)]
    assert LogEntry.objects.count() == 2  # the first day is logged by the page itself


@pytest.mark.parametrize("last", ["2027-02-05", "2027-02-21"])
def test_a_break_runs_forward_and_is_not_longer_than_fifteen_days(last: str) -> None:
    assert form("2027-02-06", last).errors == {"last_day": ["最后一天不能早于第一天，一次最多录入15天。"]}
    assert form("2027-02-06", "2027-02-20").errors == {}


def test_a_break_over_a_day_entered_before_is_refused() -> None:
    Holiday.objects.create(day=date(2027, 2, 8), kind=DayKind.OFF, name="春节")
    assert form("2027-02-06", "2027-02-08").errors == {"last_day": ["2月8日(周一)已经录入，请先修改或者删除。"]}
    assert form("2027-02-06", "2027-02-07").errors == {}


def test_a_day_off_without_a_name_is_refused_at_its_field() -> None:
    assert form("2027-02-06", name="").errors == {"name": ["放假的日子请填写节日名称。"]}


def test_a_day_that_exists_is_changed_alone(rf: RequestFactory) -> None:
    holiday = Holiday.objects.create(day=date(2027, 2, 8), kind=DayKind.OFF, name="春节")
    page = HolidayAdmin(Holiday, site)
    assert page.get_fields(rf.get("/")) == ("day", "last_day", "kind", "name", "source")
    assert page.get_fields(rf.get("/"), holiday) == ["day", "kind", "name", "source"]
    assert page.weekday(holiday) == "周一"
