"""Rules that every template and every script of the house keeps."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
SCRIPTS = sorted(Path(settings.BASE_DIR, "static/js").glob("*.js"))
STYLES = sorted(Path(settings.BASE_DIR, "static/css").glob("*.css"))
FORBIDDEN = {
    "a script within the page": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style within the page": re.compile(r"<style|\sstyle\s*=", re.I),
    "a handler within a tag": re.compile(r"<[^>]*\son[a-z]+\s*=|hx-on|hx-vals\s*=\s*['\"]js:|javascript:", re.I),
    "the address of another host": re.compile(r"https?://|src=[\"']//", re.I),
    "a comparison of states": re.compile(r"{%\s*(?:el)?if\b[^%]*\bstate\b[^%]*(?:==|!=|\bin\b)", re.I),
}
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_template_holds(rule: str) -> None:
    assert [name_of(path) for path in TEMPLATES if FORBIDDEN[rule].search(path.read_text())] == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("a script within the page", "<script>go()</script>"),
        ("a style within the page", '<p style="color:red">'),
        ("a handler within a tag", '<a class="x" onclick="go()">'),
        ("the address of another host", '<img src="//cdn.example/x.png">'),
        ("a comparison of states", '{% if case.state == "accepted" %}'),
    ],
)
def test_the_search_finds(rule: str, source: str) -> None:
    assert FORBIDDEN[rule].search(source)


def test_a_script_does_one_thing_in_80_lines_at_most() -> None:
    assert [name_of(path) for path in SCRIPTS if len(path.read_text().splitlines()) > 80] == []


def test_scripts_and_styles_name_no_other_host() -> None:
    found = [path for path in SCRIPTS + STYLES if FORBIDDEN["the address of another host"].search(path.read_text())]
    assert [name_of(path) for path in found] == []


def test_a_template_stays_within_150_lines() -> None:
    assert [name_of(path) for path in TEMPLATES if len(path.read_text().splitlines()) > 150] == []


def test_every_script_is_named_by_a_page() -> None:
    pages = "".join(path.read_text() for path in TEMPLATES)
    assert [path.name for path in SCRIPTS if f"js/{path.name}" not in pages] == []


def test_htmx_runs_nothing_from_a_page_and_keeps_no_page() -> None:
    config = json.loads(render_to_string("parts/htmx_config.json"))
    assert {name: value for name, value in config.items() if name != "responseHandling"} == {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "historyRestoreAsHxRequest": False,
    }


@pytest.mark.parametrize("page", ERROR_PAGES)
def test_an_error_page_needs_no_request_and_offers_a_way_on(page: str) -> None:
    html = render_to_string(page)
    assert "回到首页" in html
    assert "data-sentence" in html
