"""Measures of a page in Chromium: what a person would see cut off, run over or slipped away."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from playwright.sync_api import Browser, Page, Route

from tests.sights.crawl import Sight

HOST = "http://desk.test"
AXE = Path(settings.NODE_MODULES, "axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]


@dataclass(frozen=True)
class Size:
    """A screen: its width and height in CSS pixels, and how many of the glass make one of them."""

    name: str
    width: int
    height: int
    scale: float = 1


SIZES = (Size("1366×768", 1366, 768), Size("1366×768 at 125 %", 1093, 614, 1.25), Size("390×844", 390, 844, 3))

FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8").partition("\n")[2]

SHOW_SHEET = """(html) => {
  document.querySelector("main").replaceChildren();
  document.getElementById("sheet-body").innerHTML = html;
  const named = document.querySelector("#sheet-body [data-sheet-title]");
  document.getElementById("sheet-title").textContent = named.textContent;
  window.tabler.Offcanvas.getOrCreateInstance(document.getElementById("sheet")).show();
}"""


class Screen:
    """A browser window of one size that is given pages as they were rendered, without a server."""

    def __init__(self, browser: Browser, size: Size) -> None:
        self.size = size
        self.context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": size.width, "height": size.height},
            device_scale_factor=size.scale,
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.html = ""
        self.page.route("**/*", self._answer)

    def open(self, sight: Sight) -> None:
        self.html = sight.html
        self.page.goto(f"{HOST}{sight.url}")
        self.page.evaluate("document.fonts.ready")

    def open_sheet(self, sight: Sight) -> None:
        """Open the page with its form in the side sheet as well, as a click on a list would."""
        self.open(sight)
        self.page.evaluate(SHOW_SHEET, sight.sheet)
        self.page.locator("#sheet.show").wait_for()

    def faults(self) -> list[str]:
        found: list[str] = self.page.evaluate(FAULTS)
        return found

    def axe(self) -> Iterator[str]:
        """Read the open page by axe-core; a line for each rule and place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        answer: dict[str, Any] = self.page.evaluate(
            f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})"
        )
        for rule in answer["violations"]:
            for node in rule["nodes"][:3]:
                yield f"{rule['id']}: {node['target']} {node['html'][:120]}"

    def close(self) -> None:
        self.context.close()

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("?")[0]
        if route.request.is_navigation_request():
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        elif path.startswith(settings.STATIC_URL) and (file := find(path.removeprefix(settings.STATIC_URL))):
            route.fulfill(path=file)
        else:
            route.fulfill(status=204, body="")
