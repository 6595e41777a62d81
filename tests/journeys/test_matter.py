"""The page of a matter in a real browser: side sheets that answer while one types, and what they leave behind."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.statute.models import current_calendar
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from binzhou_xinfang.statute.wording import say_day
from cases.models import CaseAttachment, CaseEvent
from cases.states import Move, State
from tests.journeys.steps import open_sheet, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_sheet_reckons_the_typed_days_before_anything_is_sent(page: Page, city: Office) -> None:
    case = case_in(city, State.TRIAGED, at=timezone.now())
    sign_in(page, "head")
    page.goto(case.get_absolute_url())
    sheet = open_sheet(page, "交办")
    sheet.locator("[name=days]").fill("31")
    sheet.locator("[name=note]").click()
    today = timezone.localdate()
    due = reckon(Rule.ASSIGNMENT, today, calendar=current_calendar(), days=31).legal
    expect(sheet.locator("#consequences")).to_contain_text(f"交办期限开始，至{say_day(due, today)}")
    assert list(CaseEvent.objects.filter(case=case, kind=Move.ASSIGN)) == []


def test_what_was_typed_into_a_sheet_is_there_when_it_is_opened_again(page: Page, city: Office) -> None:
    case = case_in(city, State.ACCEPTED, at=timezone.now())
    sign_in(page, "handler")
    page.goto(case.get_absolute_url())
    open_sheet(page, "记录调查").locator("[name=note]").fill("走访了三户居民")
    page.goto(case.get_absolute_url())
    expect(open_sheet(page, "记录调查").locator("[name=note]")).to_have_value("走访了三户居民")


def test_a_due_day_tells_how_it_was_found(page: Page, city: Office) -> None:
    case = case_in(city, State.ACCEPTED, at=timezone.now() - timedelta(days=3))
    sign_in(page, "handler")
    page.goto(case.get_absolute_url())
    page.locator(".case-now a").click()
    expect(page.locator("#sheet-title")).to_have_text("60日办理期限")
    expect(page.locator("#sheet-body .reckoning li").first).to_contain_text("受理，当日不计入")


def test_a_scan_is_added_to_the_file(page: Page, city: Office, tmp_path: Path) -> None:
    case = case_in(city, State.HANDLING, at=timezone.now())
    scan = tmp_path / "调查笔录.txt"
    scan.write_text("到现场查看，顶板漏水。", encoding="utf-8")
    sign_in(page, "handler")
    page.goto(case.get_absolute_url())
    sheet = open_sheet(page, "上传附件")
    sheet.locator("[name=file]").set_input_files(scan)
    sheet.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#attachments")).to_contain_text("调查笔录.txt")
    assert [kept.name for kept in CaseAttachment.objects.filter(case=case)] == ["调查笔录.txt"]


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_of_the_page_is_cut_off(page: Page, city: Office, width: int) -> None:
    case = case_in(city, State.CLOSED, at=timezone.now())
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "handler")
    page.goto(case.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") == width
