"""A head's morning on a phone: three decisions in six taps, each read on its card before it is made."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import PetitionCase
from cases.states import Move, State
from tests.journeys.steps import arrive, sign_in
from tests.office import Office, case_in
from tests.screens import PATIENCE_MS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")
PHONE: ViewportSize = {"width": 390, "height": 844}


def decide(page: Page, case: PetitionCase, move: Move) -> int:
    """Open the move from its card and make it; gives the taps."""
    page.get_by_role("link", name=f"{move.label}：{case.number}", exact=True).tap()
    sheet = page.locator("#sheet")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name=str(move.label), exact=True).tap()
    expect(page.get_by_text(f"已办理“{move.label}”")).to_be_visible()
    arrive(page, "/")
    return 2


def test_three_decisions_in_six_taps_on_a_phone(city: Office, browser: Browser, live_server: LiveServer) -> None:
    asked_at = timezone.now() - timedelta(days=3)
    first, second = (case_in(city, State.EXTENSION_ASKED, at=asked_at) for _ in range(2))
    opinion = case_in(city, State.CHECKED, at=asked_at)
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE, has_touch=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    sign_in(page, city.unit_head.user.username)
    expect(page.get_by_role("heading", name="需要我决定")).to_be_visible()
    reason = first.events.get(kind=Move.ASK_EXTENSION).detail["reason"]
    its_own = page.get_by_role("link", name=f"{Move.APPROVE_EXTENSION.label}：{first.number}", exact=True)
    expect(page.locator(".card-decide", has=its_own)).to_contain_text(reason)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/home-phone.png", full_page=True)

    taps = (
        decide(page, first, Move.APPROVE_EXTENSION)
        + decide(page, second, Move.APPROVE_EXTENSION)
        + decide(page, opinion, Move.SIGN)
    )

    assert taps == 6
    states = PetitionCase.objects.in_bulk([first.pk, second.pk, opinion.pk])
    assert states[opinion.pk].state == State.ISSUED
    assert [states[case.pk].deadlines.filter(extended_by__gt=0).exists() for case in (first, second)] == [True, True]
    expect(page.get_by_role("heading", name="需要我决定")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
