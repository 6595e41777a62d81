"""The small scripts, each in a real browser on a page of a few lines; no server, no database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from tests.screens import screen

HOST = "http://face.test"
SCRIPTS = Path(settings.BASE_DIR, "static/js")
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
FORM = (
    '<form method="post" action="/window/" data-draft="visit" data-main><input name="name">'
    '<input name="secret" type="password"><input type="radio" name="sex" value="f">'
    '<button data-primary name="go" value="1">保存</button></form>'
)
SHEET = (
    '<form hx-post="/accept/" method="post" hx-target="#sheet-body">'
    '<div data-refusals></div><div data-field="name"><input name="name" value="张三"></div><button>提交</button></form>'
)


class Desk:
    """A browser page whose answers the test lays out, and that tells what the page has posted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._sent: list[str] = []
        self.answers: dict[str, tuple[int, str]] = {}
        self.slow: list[str] = []  # requests that get no answer while the test looks
        page.route("**/*", self._answer)

    def open(self, body: str, *scripts: str, user: str = "7", path: str = "/window/") -> Page:
        names = "".join(f'<script defer src="/js/{name}.js"></script>' for name in scripts)
        config = render_to_string("parts/htmx_config.json")
        head = f"<meta charset='utf-8'><meta name='htmx-config' content='{config}'>{names}"
        self.answers[f"GET {path}"] = (200, f'<!doctype html><head>{head}</head><body data-user="{user}">{body}</body>')
        self.page.goto(HOST + path)
        return self.page

    def posts(self) -> list[str]:
        """Return what the page has posted; the first of it may still be on its way when the test asks."""
        for _ in range(450):
            self.page.wait_for_timeout(20)
            if self._sent:
                break
        self.page.wait_for_timeout(200)  # a second one that follows would be told too
        return self._sent

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == "/js/htmx.js":
            route.fulfill(path=HTMX)
        elif path.startswith("/js/"):
            route.fulfill(path=SCRIPTS / path.removeprefix("/js/"), content_type="text/javascript")
        else:
            if route.request.method == "POST":
                self._sent.append(f"{path} {route.request.post_data}")
            if f"{route.request.method} {path}" in self.slow:
                return
            status, body = self.answers.get(f"{route.request.method} {path}", (204, ""))
            if status:
                route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")
            else:
                route.abort()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = screen(browser)
    yield Desk(context.new_page())
    context.close()


def test_what_was_typed_is_there_again_after_the_page_is_loaded_anew(desk: Desk) -> None:
    page = desk.open(FORM, "draft")
    page.fill("[name=name]", "张三")
    page.fill("[name=secret]", "秘密")
    page.check("[name=sex]")
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("张三")
    expect(page.locator("[name=sex]")).to_be_checked()
    expect(page.locator("[name=secret]")).to_have_value("")


def test_a_restored_draft_can_be_cleared(desk: Desk) -> None:
    page = desk.open(FORM, "draft")
    page.fill("[name=name]", "张三")
    page.reload()
    page.click("text=清除")
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("")


def test_a_form_that_came_back_with_errors_shows_what_the_server_says(desk: Desk) -> None:
    desk.open(FORM, "draft").fill("[name=name]", "张三")
    page = desk.open(FORM.replace("data-draft=", "data-draft-bound data-draft="), "draft")
    expect(page.locator("[name=name]")).to_have_value("")


@pytest.mark.parametrize(("path", "kept"), [("%2Fwindow%2F", ""), ("%2Felsewhere%2F", "张三")])
def test_a_draft_goes_when_the_server_has_taken_this_form(desk: Desk, path: str, kept: str) -> None:
    page = desk.open(FORM, "draft")
    page.fill("[name=name]", "张三")
    page.context.add_cookies([{"name": "draft_done", "value": path, "url": HOST}])
    page.reload()
    expect(page.locator("[name=name]")).to_have_value(kept)
    assert page.context.cookies() == []


def test_the_next_clerk_at_the_desk_does_not_see_the_draft(desk: Desk) -> None:
    desk.open(FORM, "draft", user="7").fill("[name=name]", "张三")
    page = desk.open(FORM, "draft", user="8")
    expect(page.locator("[name=name]")).to_have_value("")


def test_signing_out_leaves_nothing_behind(desk: Desk) -> None:
    page = desk.open(f'{FORM}<form method="post" action="/out/" data-sign-out><button>退出</button></form>', "draft")
    page.fill("[name=name]", "张三")
    page.click("text=退出")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_double_click_sends_once_and_shows_that_it_waits(desk: Desk) -> None:
    page = desk.open(FORM, "once")
    page.evaluate("for (const n of [1, 2, 3]) document.querySelector('button').click()")
    expect(page.locator("button")).to_have_class("is-waiting")
    assert desk.posts() == ["/window/ name=&secret=&go=1"]


ASKING = '<output hx-get="/preview/" hx-trigger="change from:closest form" hx-target="this">…</output>'
ASKING_SHEET = f'<div id="sheet-body">{SHEET.replace("<button>", f"{ASKING}<button>")}</div>'


def test_a_form_that_is_sent_gives_up_its_preview(desk: Desk) -> None:
    page = desk.open(ASKING_SHEET, "htmx", "once")
    desk.slow = ["GET /preview/", "POST /accept/"]
    with page.expect_event("requestfailed", timeout=9000) as given_up:
        page.locator("[name=name]").fill("李四")
        page.click("button")
    assert given_up.value.url == f"{HOST}/preview/"


def test_the_answer_to_a_preview_does_not_free_a_form_on_its_way(desk: Desk) -> None:
    page = desk.open(ASKING_SHEET, "htmx", "once")
    desk.slow = ["POST /accept/"]
    page.click("button")
    page.locator("[name=name]").fill("李四")
    page.locator("[name=name]").dispatch_event("change")
    page.wait_for_timeout(200)
    expect(page.locator("form")).to_have_attribute("data-sent", "yes")


DAY = (
    '<form method="post" action="/window/"><span data-day="date"><input type="text" name="day"></span>'
    "<button>交</button></form>"
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("20261130", "2026-11-30"),
        ("2026.1.5", "2026-01-05"),
        ("２０２６年１月５日", "2026-01-05"),
        ("2026/11/30 9:05", "2026-11-30 09:05"),
        ("2026-02-30", "2026-02-30"),
        ("昨天", "昨天"),
        ("", ""),
    ],
)
def test_a_day_typed_in_short_is_written_out(desk: Desk, typed: str, written: str) -> None:
    page = desk.open(DAY, "day")
    page.fill("[name=day]", typed)
    page.locator("[name=day]").blur()
    expect(page.locator("[name=day]")).to_have_value(written)


def test_month_and_day_alone_are_of_this_year(desk: Desk) -> None:
    page = desk.open(DAY, "day")
    page.fill("[name=day]", "3月5日")
    page.keyboard.press("Enter")
    year = page.evaluate("new Date().getFullYear()")
    assert desk.posts() == [f"/window/ day={year}-03-05"]


def test_a_day_picked_from_the_calendar_stands_in_the_field(desk: Desk) -> None:
    page = desk.open(DAY, "day")
    page.locator(".day-native").evaluate(
        "(field) => { field.value = '2026-11-30'; field.dispatchEvent(new Event('change')) }"
    )
    expect(page.locator("[name=day]")).to_have_value("2026-11-30")


def test_slash_goes_to_the_search_but_not_out_of_a_text(desk: Desk) -> None:
    page = desk.open('<input data-search><textarea></textarea><dialog id="keys">键</dialog>', "keys")
    page.focus("textarea")
    page.keyboard.type("a/b?")
    expect(page.locator("textarea")).to_have_value("a/b?")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()


def test_question_mark_shows_the_keys_and_escape_hides_them(desk: Desk) -> None:
    page = desk.open('<dialog id="keys">键盘</dialog>', "keys")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


def test_ctrl_enter_sends_the_form_by_its_first_button(desk: Desk) -> None:
    page = desk.open(FORM, "keys")
    with page.expect_response("**/window/"):
        page.keyboard.press("Control+Enter")
    assert desk.posts() == ["/window/ name=&secret=&go=1"]


def test_a_menu_closes_by_a_click_elsewhere(desk: Desk) -> None:
    page = desk.open("<details data-pop open><summary>岗位</summary>内容</details><p>别处</p>", "keys")
    page.click("text=别处")
    expect(page.locator("details")).not_to_have_attribute("open", "")


def test_a_list_is_walked_ticked_and_opened_by_keys(desk: Desk) -> None:
    row = '<tr data-row><td><input type="checkbox"></td><td><a data-open href="/{}/">{}</a></td></tr>'
    page = desk.open(f"<table data-list>{''.join(row.format(n, n) for n in (1, 2, 3))}</table>", "list-keys")
    desk.answers["GET /2/"] = (200, "第二条")
    for key in ["j", "j", "j", "j", "k", "x"]:
        page.keyboard.press(key)
    assert page.locator("input").evaluate_all("boxes => boxes.map((box) => box.checked)") == [False, True, False]
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{HOST}/2/")


@pytest.mark.parametrize(
    ("field", "place"), [("name", ".field-refusal"), ("", "[data-refusals]"), ("gone", "[data-refusals]")]
)
def test_a_refusal_stands_at_its_place_and_the_form_stays(desk: Desk, field: str, place: str) -> None:
    page = desk.open(f'<div id="notice"></div><div id="sheet-body">{SHEET}</div>', "htmx", "refusal")
    desk.answers["POST /accept/"] = (409, f'<div data-refusal="{field}"><span data-sentence>已登记。</span></div>')
    page.fill("[name=name]", "李四")
    page.click("button")
    expect(page.locator(place)).to_have_text("已登记。")
    expect(page.locator("[name=name]")).to_have_value("李四")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((500, "<!doctype html><h1>错</h1><p data-sentence>系统出现错误。</p>"), "系统出现错误。"),
        ((502, "bad gateway"), "未能办理，请刷新页面后再试。"),
        ((0, ""), "网络不通，未能提交。填写的内容还在，请稍后再试。"),
    ],
)
def test_a_failure_is_said_on_top_of_the_page_and_the_form_stays(
    desk: Desk, answer: tuple[int, str], sentence: str
) -> None:
    page = desk.open(f'<div id="notice"></div><div id="sheet-body">{SHEET}</div>', "htmx", "refusal")
    desk.answers["POST /accept/"] = answer
    page.click("button")
    expect(page.locator("#notice")).to_have_text(sentence)
    expect(page.locator("[name=name]")).to_have_value("张三")


def test_a_move_opens_in_the_sheet_under_its_own_title(desk: Desk) -> None:
    panel = "window.tabler = {Offcanvas: {getOrCreateInstance: (e) => ({show: () => e.classList.add('show')})}}"
    sheet = '<div id="sheet"><h2 id="sheet-title"></h2><div id="sheet-body"></div></div>'
    desk.answers["GET /accept/"] = (200, f"{SHEET}<i data-sheet-title>告知受理</i>")
    page = desk.open(f'<script>{panel}</script><a href="/accept/" data-sheet>受理</a>{sheet}', "htmx", "sheet")
    page.click("text=受理")
    expect(page.locator("#sheet.show #sheet-title")).to_have_text("告知受理")
    expect(page.locator("[name=name]")).to_be_focused()


@pytest.mark.parametrize(
    ("script", "button", "attribute", "values"),
    [
        ("theme", "data-theme-toggle", "data-bs-theme", ["light", "dark", "dark"]),
        ("type-size", "data-type-toggle", "data-type", ["normal", "large", "large"]),
        ("menu", "data-menu-toggle", "data-menu", [None, "narrow", "narrow"]),
    ],
)
def test_a_choice_of_look_stays_on_this_device(
    desk: Desk, script: str, button: str, attribute: str, values: list[str | None]
) -> None:
    page = desk.open(
        f'<nav id="menu"></nav><button {button}>换</button>', script, *(["theme"] if script == "menu" else [])
    )
    look: Callable[[], str | None] = lambda: page.locator("html").get_attribute(attribute)  # noqa: E731
    found = [look()]
    page.click("button")
    found.append(look())
    page.reload()
    assert [*found, look()] == values


def test_a_number_is_copied_and_the_button_says_so(desk: Desk) -> None:
    page = desk.open(
        '<b id="number"> XF20261009 </b><button data-copy="#number">复制</button><textarea></textarea>', "copy"
    )
    page.click("button")
    expect(page.locator("button")).to_have_text("已复制")
    page.focus("textarea")
    page.keyboard.press("Control+V")
    assert page.locator("textarea").input_value().strip() == "XF20261009"


def test_printing_is_one_click(desk: Desk) -> None:
    page = desk.open(
        "<script>window.print = () => document.title = '打印了'</script><button data-print>打印</button>", "print"
    )
    page.click("button")
    expect(page).to_have_title("打印了")


def test_back_goes_to_the_page_before(desk: Desk) -> None:
    desk.open("<p>前页</p>", path="/before/")
    page = desk.open('<a href="/home/" data-back>返回</a>', "back", path="/after/")
    page.click("text=返回")
    expect(page).to_have_url(f"{HOST}/before/")


def test_a_draft_is_there_again_when_its_sheet_opens(desk: Desk) -> None:
    page = desk.open('<div id="sheet-body"></div>', "htmx", "draft")
    desk.answers["GET /accept/"] = (200, FORM)
    load = "htmx.ajax('GET', '/accept/', {target: '#sheet-body'})"
    page.evaluate(load)
    page.fill("[name=name]", "张三")
    page.evaluate("document.querySelector('form').remove()")
    page.evaluate(load)
    expect(page.locator("[name=name]")).to_have_value("张三")
    expect(page.locator(".draft-note")).to_have_count(1)
