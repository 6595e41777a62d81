"""Patterns of numbers: what may be set, and that no two places of any series are ever written alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.statute.number_patterns import Pattern, write
from binzhou_xinfang.statute.parameters import PARAMETERS, Key

LETTER, CASE = PARAMETERS[Key.LETTER_NUMBER].shape, PARAMETERS[Key.CASE_NUMBER].shape
assert isinstance(LETTER, Pattern)
assert isinstance(CASE, Pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "{mark}{word}〔{year}〕{seq}号",
        "{mark}{word}字[{year}]第{seq}号",
        "〔{year}〕{mark}{word}{seq}号",
        "{seq}（{mark}{word}）{year}",
    ],
)
def test_a_letter_number_may_be_written_in_many_ways(pattern: str) -> None:
    assert LETTER.read(f" {pattern} ") == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("{mark}{word}〔{year}〕号", "每项一次"),
        ("{mark}{word}{seq}号", "每项一次"),
        ("{word}〔{year}〕{seq}号", "每项一次"),
        ("{mark}{word}〔{year}〕{seq}{seq}号", "每项一次"),
        ("{mark}{word}〔{year}〕{seq}{month}号", "没有其他项"),
        ("{mark}{word}〔{year}〕{seq:04}号", "每项一次"),
        ("{mark.__class__}{word}〔{year}〕{seq}号", "每项一次"),
        ("{mark}{word}〔{year}〕{seq}号{", "各项之外只能用"),
        ("{mark}{word}〔{year}〕1{seq}号", "不能用数字"),
        ("{mark}{word}〔{year}〕 {seq}号", "各项之外只能用"),
        ("{mark}{word}〔{year}〕{seq}\n号", "各项之外只能用"),
        ("{mark}{word}〔{year}〕<{seq}>号", "各项之外只能用"),
        ("{mark}{word}{year}{seq}号", "年份与序号之间应当有分隔"),
        ("{mark}{word}{seq}{year}号", "序号与年份之间应当有分隔"),
        ("{mark}{word}〔{year}〕{seq}" + "号" * 12, "最多12个"),
        ("", "每项一次"),
        (None, "每项一次"),
        (7, "每项一次"),
        (["{mark}"], "每项一次"),
    ],
)
def test_another_letter_number_is_refused(pattern: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        LETTER.read(pattern)


@pytest.mark.parametrize("pattern", ["{code}-{year}-{seq}", "{code}-XF-{year}-{seq}", "XF{year}-{seq}-{code}"])
def test_a_matter_may_be_numbered_in_many_ways(pattern: str) -> None:
    assert CASE.read(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("{year}-{seq}", "每项一次"),
        ("{code}{year}-{seq}", "机构代码与年份之间应当有分隔"),
        ("{code}-信访-{year}-{seq}", "大写字母和短横"),
        ("{code}/{year}/{seq}", "大写字母和短横"),
        ("{code}-xf-{year}-{seq}", "大写字母和短横"),
        ("{code}-ABCDEFG-{year}-{seq}", "最多8个"),
    ],
)
def test_a_number_of_a_matter_must_fit_into_its_address(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        CASE.read(pattern)


def test_a_pattern_is_said_with_an_example() -> None:
    assert LETTER.say("{mark}{word}〔{year}〕{seq}号") == "{mark}{word}〔{year}〕{seq}号，例如滨信告〔2026〕12号"
    assert CASE.say("{code}-XF-{year}-{seq}").endswith("例如BZXF-XF-2026-000061")


@st.composite
def taken(draw: st.DrawFn) -> str:
    """A pattern of a letter number that may be set."""
    order = draw(st.permutations(["{mark}", "{word}", "{year}", "{seq}"]))
    fixed = draw(st.lists(st.text("〔〕号第-", max_size=2), min_size=5, max_size=5))
    text = fixed[0] + "".join(field + between for field, between in zip(order, fixed[1:], strict=True))
    return re.sub(r"(\{year\}|\{seq\})(?=\{year\}|\{seq\})", r"\1-", text)


@given(taken(), st.integers(2000, 2099), st.integers(1, 99999), st.integers(2000, 2099), st.integers(1, 99999))
def test_two_places_of_a_series_are_never_written_alike(
    pattern: str, year: int, seq: int, year2: int, seq2: int
) -> None:
    assert LETTER.read(pattern) == pattern
    one, other = ({"mark": "滨信", "word": "告", "year": y, "seq": s} for y, s in ((year, seq), (year2, seq2)))
    assert (write(pattern, one) == write(pattern, other)) == ((year, seq) == (year2, seq2))
