"""Steps of a person in the browser, in a few words each."""

import re
from functools import cache

from django.contrib.auth.hashers import make_password
from playwright.sync_api import Locator, Page, expect

from binzhou_xinfang.accounts.models import User
from tests.underway import underway

PASSWORD = "walk-the-road-1"


@cache
def _kept() -> str:
    """Compute it once: a password that is written anew would end the session of another screen."""
    return make_password(PASSWORD)


def sign_in(page: Page, username: str) -> None:
    """Come as somebody else: the one before has left."""
    User.objects.filter(username=username).update(password=_kept())
    # An answer that is still on its way would bring back the cookies of the one before.
    page.goto("about:blank")
    underway.wait_for_none()
    page.context.clear_cookies()
    page.goto("/accounts/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, "/")


def arrive(page: Page, path: str) -> None:
    """Wait until the page of this path has come, whatever was given up on the way to it."""
    expect(page).to_have_url(re.compile(rf"^\w+://[^/]+{path}(\?.*)?$"))
    page.wait_for_load_state()


def type_pick(page: Page, label: str, words: str) -> None:
    """Type into a box that finds rows, and take the first one found with the keyboard."""
    box = page.get_by_role("combobox", name=label)
    box.press_sequentially(words)
    expect(page.locator(".pick-list [role=option]:visible").first).to_be_visible()
    page.keyboard.press("Enter")
    # The rows seen may have been those of the first letters: the answer to all of them is taken when it comes.
    expect(box).not_to_have_value(words)


def open_sheet(page: Page, label: str) -> Locator:
    """Open the side sheet of a move, and wait until it has come to rest and taken the focus."""
    page.get_by_role("link", name=label, exact=True).click()
    expect(page.locator(".offcanvas.show:not(.showing)")).to_be_visible()
    return page.locator("#sheet-body")


def make_move(page: Page, number: str, label: str, fields: dict[str, str] | None = None, **picks: str) -> None:
    """Open the matter, open the sheet of a move, fill it, press its button, and see the page come back."""
    page.goto(f"/cases/{number}/")
    sheet = open_sheet(page, label)
    expect(sheet.get_by_role("button", name=label, exact=True)).to_be_visible()
    for name, value in (fields or {}).items():
        box = sheet.locator(f"[name={name}]")
        kind = box.evaluate("box => box.tagName === 'SELECT' ? 'select' : box.type")
        if kind == "checkbox":
            box.check()
        else:
            (box.select_option if kind == "select" else box.fill)(value)
    for name, words in picks.items():
        type_pick(page, name, words)
    sheet.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".messages, .alert-success").first).to_contain_text(label)
