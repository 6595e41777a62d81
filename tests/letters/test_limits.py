"""Numbers of the law in letters: each is read from the table of periods or of settings, none is typed."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from binzhou_xinfang.letters import wording
from binzhou_xinfang.letters.checks import EXAMPLE_OF_ISSUER
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.ending import REOPENING_NOTICE
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE
from binzhou_xinfang.letters.kinds.review import REVIEW_OPINION
from binzhou_xinfang.letters.limits import Limits, limits_by_law, limits_on
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import PERIODS, Rule
from tests.cases.settings_made import set_from
from tests.letters.conftest import Issue

LETTERS = Path(settings.BASE_DIR) / "templates" / "letters"
# 30日, 十个工作日, 三天, 不超过5人: a number that the law or the office sets. A day of the calendar is no such number.
TYPED = re.compile(
    r"(?<![年月\d一二三四五六七八九十])(?:\d+|[二两三四五六七八九十]+)(?:个?工作日|个?自然日|日|天|人|名)(?!期|起|常)"
)
# The code that words letters: whatever it says of a limit comes from the tables too.
WRITERS = (
    "cases/facts", "cases/procedure", "cases/papers", "cases/drafts", "cases/handover", "cases/serving",
    "supervision/causes", "supervision/circulars",
)  # fmt: skip


def typed_in(text: str) -> list[str]:
    return [found.group() for found in TYPED.finditer(text)]


@pytest.mark.parametrize("kind", LetterKind)
def test_no_wording_has_a_number_of_the_law_typed_in(kind: LetterKind) -> None:
    said = re.sub(r"{{.*?}}|{%.*?%}", "", (LETTERS / f"{kind.value}.txt").read_text())
    assert typed_in(said) == []


def strings_of(path: Path) -> Iterator[str]:
    """List the texts of a module but its docstrings."""
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@pytest.mark.parametrize("folder", WRITERS)
def test_no_code_that_words_letters_has_one_typed_in(folder: str) -> None:
    found = {
        (str(path.relative_to(settings.BASE_DIR)), text)
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py")
        for text in strings_of(path)
        if typed_in(text)
    }
    assert found == set()


def test_the_search_finds_what_it_is_for() -> None:
    assert typed_in("自收到之日起30日内") == ["30日"]
    assert typed_in("应当在十个工作日内") == ["十个工作日"]
    assert typed_in("代表不超过5人") == ["5人"]
    assert typed_in("2026年3月6日起，第三款") == []


def test_a_limit_is_named_by_its_clock_or_its_setting() -> None:
    law = limits_by_law()
    assert (law["review_request"], law["objection"], law["representatives"]) == ("30日", "5个工作日", "5人")
    assert {rule.value.replace("-", "_") for rule in Rule if PERIODS[rule].length} <= set(law)
    with pytest.raises(KeyError):
        law["assignment"]


@pytest.mark.django_db
def test_a_letter_says_the_limit_that_is_in_force_on_its_day(issue: Issue) -> None:
    for key, value in (
        ("review-request.length", 45), ("recheck-request.length", 40), (Key.REPRESENTATIVES, 3), (Key.AGENTS, 1),
    ):  # fmt: skip
        set_from(key, value, date(2026, 4, 1))
    before, after = issue(OPINION, on=date(2026, 3, 31)), issue(OPINION, on=date(2026, 4, 1))
    assert "之日起30日内，向" in "".join(before.paragraphs)
    assert "之日起45日内，向" in "".join(after.paragraphs)
    review = issue(REVIEW_OPINION, on=date(2026, 4, 1), redo_unit="", redo_days="", redo_basis="")
    assert "之日起40日内，以书面形式" in "".join(review.paragraphs)
    heard = "".join(issue(HEARING_NOTICE, on=date(2026, 4, 1)).paragraphs)
    assert ("代表人数不超过3人" in heard, "代理人不超过1人" in heard) == (True, True)
    assert limits_on(date(2026, 4, 1))["review_request"] == "45日"


@pytest.mark.django_db
def test_a_letter_that_names_no_limit_reads_no_settings(issue: Issue) -> None:
    def nothing() -> None:
        raise AssertionError

    limits = Limits(nothing)  # type: ignore[arg-type]
    values = {"addressee": "刘某", "channel": "来访", "matter": "漏水", "reason": "新的鉴定", "basis": "第二十八条"} | {
        "former_answer": ""
    }
    days = {"received_on": date(2026, 3, 2), "triage_due_on": date(2026, 3, 21)}
    letter = wording.write(REOPENING_NOTICE, {**EXAMPLE_OF_ISSUER, **values, **days, "limit": limits})
    assert "3月21日" in "".join(letter.paragraphs)


@pytest.mark.django_db
def test_a_body_without_an_address_is_named_without_one(issue: Issue) -> None:
    told = "".join(issue(OPINION, review_address="").paragraphs)
    assert "向滨州市人民政府请求复查" in told
    assert "地址" not in told
