"""An ordinary visit by keyboard, its key actions counted: 25 beyond the text, 15 of somebody who returns."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Petition
from tests.journeys.steps import arrive, sign_in
from tests.office import Office, register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ID_NUMBER = "371602198005170014"
STORY = "小区地下车库漏水，物业以维修资金不足为由未修，多次反映无果。"


class Hands:
    """Hands on the keyboard: text is free, every other key counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def at(self, label: str) -> None:
        """Check that the focus has come to the field of this label."""
        expect(self.page.get_by_label(re.compile(f"^{label}")).first).to_be_focused()

    def pick(self, words: str) -> None:
        """Type and take the first row that is found."""
        self.type(words)
        expect(self.page.locator(".pick-list [role=option]:visible").first).to_be_visible()
        self.press("Enter")


def tell_the_matter(hands: Hands) -> None:
    """From the story to the receipt, as every visit ends."""
    hands.at("投诉内容")
    hands.type(STORY)
    hands.press("Tab")
    hands.at("主要诉求")
    hands.type("明确维修责任单位和期限")
    hands.press("Tab", "Enter")
    hands.at("问题发生地点")
    hands.press("Enter")
    hands.at("被反映人或单位")
    hands.press("Enter", "Enter")
    hands.at("内容分类")
    hands.pick("物业")
    hands.press("Control+Enter")
    arrive(hands.page, "/petitions/[^/]+/receipt/")


def test_an_ordinary_visit_takes_25_keys_and_a_return_15(page: Page, city: Office) -> None:
    sign_in(page, "clerk")
    page.goto("/register/")
    hands = Hands(page)
    hands.at("证件号码")
    hands.type(ID_NUMBER)
    expect(page.get_by_label("性别")).to_have_value("male")
    hands.press("Enter")
    hands.at("姓名")
    hands.type("刘建国")
    hands.press("Enter")
    hands.at("手机号码")
    hands.type("13805430001")
    hands.press("Enter")
    hands.at("住址所在地")
    # The address itself names the place.
    hands.press("Enter")
    hands.at("详细住址")
    hands.type("滨城区黄河五路1号")
    hands.press("Enter")
    hands.at("涉及人数")
    hands.press("Enter")
    expect(page.locator("[name=region]")).to_have_value("371602")
    tell_the_matter(hands)
    assert hands.keys <= 25

    page.goto("/register/")
    again = Hands(page)
    again.at("证件号码")
    again.type(ID_NUMBER)
    expect(page.get_by_role("button", name="带入上次登记")).to_be_visible()
    again.press("F4")
    expect(page.get_by_label("姓名（名称）")).to_have_value("刘建国")
    expect(page.locator("[name=region]")).to_have_value("371602")
    tell_the_matter(again)
    assert again.keys <= 15
    first, second = Petition.objects.order_by("pk").select_related("lead")
    assert (second.lead.name, second.lead.phone, second.lead.address) == (
        first.lead.name,
        first.lead.phone,
        first.lead.address,
    )


def test_rows_of_people_are_added_and_taken_away(page: Page, city: Office) -> None:
    sign_in(page, "clerk")
    page.goto("/register/")
    page.get_by_role("button", name="添加一人").click()
    row = page.locator("[data-row-of]")
    row.get_by_label("姓名").fill("王建军")
    page.reload()
    # The draft brings the row back.
    expect(row.get_by_label("姓名")).to_have_value("王建军")
    row.get_by_label("去掉这一人").click()
    expect(row).to_have_count(0)


def test_back_to_a_list_leads_to_the_row_that_was_opened(page: Page, city: Office) -> None:
    numbers = [register(city, at=timezone.now() - timedelta(days=day)).case.number for day in range(30)]
    sign_in(page, "registrar")
    page.goto("/work/desk/")
    row = page.locator(f'[data-row="{numbers[2]}"]')
    row.get_by_role("link").nth(1).click()
    arrive(page, f"/cases/{numbers[2]}/")
    page.go_back()
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()
    # From there the keys go on.
    page.keyboard.press("x")
    expect(page.locator("[data-together]")).to_contain_text("已选 1 件")


def test_thirteen_matters_stand_on_one_screen(page: Page, city: Office) -> None:
    for day in range(14):
        register(city, at=timezone.now() - timedelta(days=day), title="小区地下车库漏水，物业长期不修" * 4)
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, "registrar")
    page.goto("/work/desk/")
    bottom = page.locator("[data-row]").nth(12).evaluate("row => row.getBoundingClientRect().bottom")
    move = page.locator("[data-row] .last").first.evaluate("cell => cell.getBoundingClientRect().right")
    assert (bottom <= 768, move <= 1366) == (True, True), (bottom, move)


def place_of(page: Page, selector: str) -> dict[str, float]:
    """Measure the rectangle of the first that is found."""
    place: dict[str, float] = page.locator(selector).first.evaluate("one => one.getBoundingClientRect().toJSON()")
    return place


def test_a_registration_stands_on_one_screen(page: Page, city: Office) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, "clerk")
    page.goto("/register/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 768
    bar, last = place_of(page, ".bar"), place_of(page, "#register > :last-child")
    assert (last["bottom"] <= bar["top"], round(bar["bottom"])) == (True, 768)


@pytest.mark.parametrize("height", [768, 614])
def test_a_list_to_pick_from_is_not_hidden_by_the_bar(page: Page, city: Office, height: int) -> None:
    page.set_viewport_size({"width": 1366, "height": height})
    sign_in(page, "clerk")
    page.goto("/register/")
    box = page.get_by_role("combobox", name="内容分类")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pick-list:visible")).to_be_visible()
    offered, bar = place_of(page, ".pick-list:visible"), place_of(page, ".bar")
    assert (offered["top"] >= 48, offered["bottom"] <= bar["top"]) == (True, True)
