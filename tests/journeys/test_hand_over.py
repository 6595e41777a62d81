"""机构撤并移交 in the browser: previewed, confirmed, followed to the matter; no page wider than its screen."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import HandOver
from cases.states import State
from tests.journeys.steps import arrive, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}


def shot(page: Page, name: str) -> None:
    """No page is wider than its screen, at the desk and on a telephone; with SHOTS set, each is kept as a picture."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, size)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # width and height


def test_a_body_is_merged_and_its_matters_go_on(page: Page, city: Office) -> None:
    now = timezone.now()
    cases = [case_in(city, state, at=now) for state in (State.HANDLING, State.REFERRED, State.DRAFTED)]
    sign_in(page, "head")
    page.goto("/hand-overs/")
    shot(page, "hand-overs")
    page.get_by_role("link", name="机构撤并移交").click()
    arrive(page, "/hand-overs/unit/")
    page.get_by_label("情形").select_option(label="机构合并")
    page.get_by_role("combobox", name="移交单位").fill("bzzj")
    page.get_by_label("最后一日").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    page.get_by_label("依据").fill("滨编发〔2026〕12号")
    page.get_by_role("combobox", name="承接单位").first.fill("bzsl")
    shot(page, "hand-over-form")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", name="将要移交")).to_be_visible()
    expect(page.get_by_text(cases[0].number)).to_be_visible()
    shot(page, "hand-over-preview")
    page.get_by_role("button", name="确认移交").click()
    act = HandOver.objects.get()
    arrive(page, f"/hand-overs/{act.pk}/")
    expect(page.get_by_text("已完成")).to_be_visible()
    shot(page, "hand-over-done")
    page.get_by_role("link", name=cases[0].number).click()
    expect(page.get_by_text("市水利局").first).to_be_visible()
    shot(page, "hand-over-matter")
    page.goto(f"/hand-overs/{act.pk}/correct/")
    shot(page, "hand-over-correct")
    sign_in(page, "administrator")
    page.goto("/operations/")
    expect(page.get_by_text("没有。每件在办事项")).to_be_visible()
    shot(page, "operations")
