"""Every provision with a duty has its tests, by paragraph and item, and the page that says so is that of the table."""

import ast
from functools import cache

import pytest

from tests.articles import HELD, PAGE, ROOT, Held, page
from tests.provisions import WITHOUT, Provision, is_named, leaves, provisions_in, say


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第二十七条", {(27, 0, 0)}),
        ("第五条第三项", {(5, 0, 3)}),
        ("第二十二条第一款第三项", {(22, 1, 3)}),
        ("第二十三条第一款、第二款", {(23, 1, 0), (23, 2, 0)}),
        ("第三十一条第一项至第三项", {(31, 0, 1), (31, 0, 2), (31, 0, 3)}),
        ("第十四条第一款第五项、第七项", {(14, 1, 5), (14, 1, 7)}),
        ("第二十六条第六项、第四十七条第一款", {(26, 0, 6), (47, 1, 0)}),
        ("第十六条第二款至第四款", {(16, 2, 0), (16, 3, 0), (16, 4, 0)}),
        ("第一条至第四条、第六条", {(1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0), (6, 0, 0)}),
    ],
)
def test_what_a_row_names_is_read(text: str, found: set[Provision]) -> None:
    assert provisions_in(text) == found


def test_no_provision_with_a_duty_is_missing() -> None:
    held = {one for row in HELD for one in provisions_in(row.article)}
    without = {one for text in WITHOUT for one in provisions_in(text)}
    assert [say(leaf) for leaf in leaves() if not is_named(leaf, held | without)] == []
    assert [say(leaf) for leaf in leaves() if is_named(leaf, held) and is_named(leaf, without)] == []


def test_no_article_is_left_out() -> None:
    named = {one[0] for text in (*WITHOUT, *(row.article for row in HELD)) for one in provisions_in(text)}
    assert sorted(set(range(1, 51)) - named) == []


@pytest.mark.parametrize("row", HELD, ids=lambda row: f"{row.article} {row.duty[:8]}")
def test_the_tests_of_an_article_exist(row: Held) -> None:
    assert row.tests
    assert [test for test in row.tests if test.split("::")[1] not in names_in(test.split("::")[0])] == []


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text() == page()
