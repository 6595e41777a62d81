"""Papers at the counter in a real browser: the numbered receipt after registration, the request for a hearing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.letters.models import Letter
from cases.states import State
from tests.journeys.steps import open_sheet, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_clerk_prints_the_numbered_papers(page: Page, city: Office) -> None:
    case = case_in(city, State.HANDLING, at=timezone.now() - timedelta(days=3))
    sign_in(page, "clerk")

    page.goto(reverse("cases:receipt", args=[case.petitions.get().number]))
    open_sheet(page, "接收回执").get_by_role("button", name="出具", exact=True).click()
    expect(page.locator("article.letter")).to_contain_text("查询码")
    # What stands beside the letter makes no empty sheet after it.
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1

    page.goto(case.get_absolute_url())
    sheet = open_sheet(page, "登记表、回执、申请书")
    expect(sheet).to_contain_text("不重复出具")
    sheet.get_by_role("link", name="听证申请书").click()
    page.get_by_label("申请听证的事实和理由").fill("维修责任认定不清\n维修资金使用没有公开")
    page.get_by_role("button", name="出具", exact=True).click()
    expect(page.locator("article.letter")).to_contain_text("（二）维修资金使用没有公开。")

    page.goto(case.get_absolute_url())
    open_sheet(page, "登记表、回执、申请书").get_by_role("link", name="信访登记表").click()
    page.get_by_role("button", name="出具", exact=True).click()
    expect(page.locator("article.letter")).to_contain_text("其他登记内容")
    page.goto(case.get_absolute_url())
    expect(page.locator("#course")).to_contain_text("出具文书")
    assert Letter.objects.filter(kind__in=("registration-form", "receipt", "hearing-request")).count() == 3
