"""Two people at one matter, in a real browser: they see each other, and nothing that one has typed is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from binzhou_xinfang.accounts.models import Post
from cases.models import CaseEvent, PetitionCase
from cases.procedure import perform
from cases.states import Move, State
from tests.journeys.steps import PASSWORD, arrive, open_sheet, sign_in
from tests.office import Office, case_in
from tests.screens import screen
from tests.underway import underway

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TYPED = "走访了三户居民，顶板漏水属实。"


@pytest.fixture
def second(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A screen on which the server may say no, which the browser's console calls an error: 401, 422."""
    context = screen(browser, live_server.url)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def case(city: Office) -> PetitionCase:
    return case_in(city, State.HANDLING, at=timezone.now() - timedelta(days=3))


def somebody_investigates(case: PetitionCase, by: Post) -> None:
    now = PetitionCase.objects.get(pk=case.pk)
    perform(Move.INVESTIGATE, now, by=by, at=timezone.now(), note="他人先记录")


def end_the_session() -> None:
    """Do what the store does by itself when nobody has worked for half an hour."""
    underway.wait_for_none()
    for session in Session.objects.all():
        cache.delete(f"django.contrib.sessions.cached_db{session.session_key}")
    Session.objects.all().delete()


def type_into(place: Locator | Page) -> None:
    place.locator("[name=note]").fill(TYPED)


def sign_in_again(page: Page) -> None:
    page.get_by_label("用户名").fill("handler")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def test_each_sees_the_other_and_the_form_the_other_fills_in(
    page: Page, second: Page, city: Office, case: PetitionCase
) -> None:
    sign_in(page, "handler")
    page.goto(case.get_absolute_url())
    expect(page.locator("[data-presence]")).to_be_empty()
    sign_in(second, "colleague")
    with page.expect_response("**/presence/"):
        second.goto(case.get_absolute_url())
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(second.locator(".case-head .presence")).to_contain_text("孙承办（市住房和城乡建设局）正在查看")
    open_sheet(page, "记录调查")
    expect(page.locator("#sheet-body .presence")).to_contain_text("周审核（市住房和城乡建设局）正在查看")
    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(second.locator(".case-head .presence")).to_contain_text("正在填写“记录调查”")


def test_a_stale_side_sheet_is_refused_and_keeps_what_was_typed(second: Page, city: Office, case: PetitionCase) -> None:
    sign_in(second, "handler")
    second.goto(case.get_absolute_url())
    sheet = open_sheet(second, "记录调查")
    type_into(sheet)
    somebody_investigates(case, city.colleague)
    with second.expect_response(lambda answer: answer.status == 422):
        sheet.get_by_role("button", name="记录调查", exact=True).click()
    expect(sheet.locator(".refusal")).to_contain_text("该事项刚刚已由他人“记录调查”")
    expect(sheet.locator("[name=note]")).to_have_value(TYPED)
    assert TYPED not in [event.detail.get("note") for event in CaseEvent.objects.filter(case=case)]
    sheet.get_by_role("button", name="记录调查", exact=True).click()
    expect(second.locator("#course")).to_contain_text(TYPED)


def test_a_stale_page_is_refused_and_keeps_what_was_typed(second: Page, city: Office, case: PetitionCase) -> None:
    sign_in(second, "handler")
    second.goto(f"{case.get_absolute_url()}moves/investigate/")
    type_into(second)
    somebody_investigates(case, city.colleague)
    with second.expect_response(lambda answer: answer.status == 422):
        second.locator("[data-primary]").click()
    expect(second.locator(".refusal")).to_contain_text("该事项刚刚已由他人“记录调查”")
    expect(second.locator("[name=note]")).to_have_value(TYPED)


def test_a_sheet_sent_after_the_session_has_ended_is_there_after_signing_in_again(
    second: Page, city: Office, case: PetitionCase
) -> None:
    sign_in(second, "handler")
    second.goto(case.get_absolute_url())
    sheet = open_sheet(second, "记录调查")
    type_into(sheet)
    end_the_session()
    sheet.get_by_role("button", name="记录调查", exact=True).click()
    arrive(second, "/accounts/sign-in/")
    sign_in_again(second)
    arrive(second, case.get_absolute_url())
    expect(open_sheet(second, "记录调查").locator("[name=note]")).to_have_value(TYPED)


def test_a_page_sent_after_the_session_has_ended_is_there_after_signing_in_again(
    second: Page, city: Office, case: PetitionCase
) -> None:
    place = f"{case.get_absolute_url()}moves/investigate/"
    sign_in(second, "handler")
    second.goto(place)
    type_into(second)
    end_the_session()
    second.locator("[data-primary]").click()
    arrive(second, "/accounts/sign-in/")
    sign_in_again(second)
    arrive(second, place)
    expect(second.locator("[name=note]")).to_have_value(TYPED)


def test_the_asking_after_the_session_has_ended_takes_nobody_away_from_his_form(
    second: Page, city: Office, case: PetitionCase
) -> None:
    sign_in(second, "handler")
    second.goto(case.get_absolute_url())
    sheet = open_sheet(second, "记录调查")
    type_into(sheet)
    end_the_session()
    # The answer to the asking of the sheet itself may still be on its way: it is the one with the refusal that counts.
    with second.expect_response(lambda answer: answer.url.endswith("/presence/") and answer.status == 401):
        second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(sheet.locator("[name=note]")).to_have_value(TYPED)


def test_a_colleague_takes_the_matter_over(page: Page, city: Office, case: PetitionCase) -> None:
    sign_in(page, "colleague")
    page.goto(case.get_absolute_url())
    sheet = open_sheet(page, "接手办理")
    sheet.locator("[name=reason]").fill("原承办人休假")
    sheet.get_by_role("button", name="接手办理", exact=True).click()
    expect(page.locator(".beside")).to_contain_text("原承办人：孙承办；理由：原承办人休假")
    expect(page.locator(".beside")).not_to_contain_text("接手办理")
