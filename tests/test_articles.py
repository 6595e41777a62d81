"""Every article with a duty has its tests, and the page that says so is that of the table."""

import ast
from functools import cache

import pytest

from tests.articles import HELD, PAGE, ROOT, Held, page

# Of the reference, §1: articles that put no duty on an office, or none that a system could keep.
NO_DUTY = {1, 2, 3, 4, 6, 42, 47, 48, 49, 50}
NUMERALS = "一二三四五六七八九"


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def numbers(text: str) -> list[int]:
    """Read the numbers of the articles that a row names: 第四十三条至第四十五条 → 43, 44, 45."""
    said = [_number(part.split("条")[0]) for part in text.split("第") if "条" in part]
    return list(range(said[0], said[-1] + 1)) if "条至第" in text else said


def _number(word: str) -> int:
    tens, _, ones = word.rpartition("十")
    high = (NUMERALS.index(tens) + 1 if tens else 1) if "十" in word else 0
    return high * 10 + (NUMERALS.index(ones) + 1 if ones else 0)


def test_numbers_of_articles_are_read() -> None:
    assert [numbers(text) for text in ("第五条第三项", "第十条", "第二十二条第二款", "第四十三条至第四十五条")] == [
        [5], [10], [22], [43, 44, 45],
    ]  # fmt: skip


def test_no_article_with_a_duty_is_missing() -> None:
    held = {number for row in HELD for number in numbers(row.article)}
    assert sorted(set(range(1, 51)) - NO_DUTY - held) == []


@pytest.mark.parametrize("row", HELD, ids=lambda row: f"{row.article} {row.duty[:8]}")
def test_the_tests_of_an_article_exist(row: Held) -> None:
    assert row.tests
    assert [test for test in row.tests if test.split("::")[1] not in names_in(test.split("::")[0])] == []


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text() == page()
