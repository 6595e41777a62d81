"""Letters say in one way: articles with paragraph and item, a telephone, nothing opened or stopped twice."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from binzhou_xinfang.letters.kinds import FACTS, LetterKind, OfTheYear, examples_of
from binzhou_xinfang.letters.wording import smoothed
from binzhou_xinfang.statute.periods import PERIODS
from cases.states import TRANSITIONS
from tests.letters.conftest import Issue
from tests.provisions import SHAPE, provisions_in, say

# A whole article is named where it lists what an office owes in any of its paragraphs.
_WHOLE = frozenset({"第二十二条", "第二十五条", "第四十条"})
_NAMED = re.compile(r"《信访工作条例》((?:[、至]?(?:第[一二三四五六七八九十]+[条款项])+)+)")


def loose(text: str) -> list[str]:
    """Name the provisions that are cited without the paragraph, or the item, that an article of several has."""
    found = []
    for article, paragraph, item in (one for named in _NAMED.findall(text) for one in provisions_in(named)):
        shape = SHAPE.get(article, (0,))
        lacks_paragraph = len(shape) > 1 and not paragraph
        if lacks_paragraph or (len(shape) == 1 and shape[0] and not item):
            found.append(say((article, paragraph, item)))
    return found


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted((settings.BASE_DIR / "templates" / "letters").glob("*.txt")):
        yield path.name, path.read_text()
    for kind in LetterKind:
        yield kind.value, str(examples_of(kind))
    for move, row in TRANSITIONS.items():
        for name, ground in row.grounds.items():
            yield f"{move.value} {name}", ground.article


def test_every_letter_names_paragraph_and_item() -> None:
    assert [(where, found) for where, text in texts() if (found := loose(text))] == []


def test_every_clock_that_is_urged_names_its_paragraph() -> None:
    found = {rule.value: loose(period.article) for rule, period in PERIODS.items()}
    assert {rule: one for rule, one in found.items() if set(one) - _WHOLE} == {}


@pytest.mark.parametrize(
    "kind", [kind for kind in LetterKind if kind.voice.has_head and not isinstance(kind.owner, OfTheYear)]
)
def test_who_sends_a_letter_can_be_called(issue: Issue, kind: LetterKind) -> None:
    lines = issue(kind).paragraphs
    # The handler's own number, or that of the office; on a line of its own.
    assert [
        line for line in lines if re.match(r"(咨询|联系)电话：0543-1234567。$|(承办人|联系人)：.+，电话：.+。$", line)
    ]


@pytest.mark.parametrize("kind", LetterKind)
def test_brackets_and_openings_that_a_clerk_types_are_not_doubled(issue: Issue, kind: LetterKind) -> None:
    typed = {
        name: f"经核查，{FACTS[name].example}（附后）。"
        for name in kind.facts
        if isinstance(FACTS[name].example, str) and not FACTS[name].is_short
    }
    said = "\n".join(issue(kind, **typed).paragraphs)
    assert [
        found
        for found in ("））", "（（", "。。", "。；", "；。", "，。", "经审查，经核查", "经核查，经核查")
        if found in said
    ] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("因职能划转（调整方案（试行）），根据", "因职能划转（调整方案〔试行〕），根据"),
        ("甲（乙）、丙（丁）", "甲（乙）、丙（丁）"),
        ("滨信告〔2026〕1号（附）", "滨信告〔2026〕1号（附）"),
        ("（一）有一半的括号（没有写完", "（一）有一半的括号（没有写完"),
        ("经核查，经核查，属实。", "经核查，属实。"),
        ("经审查，经查：属实", "经审查，属实"),
        ("因因情况复杂，延长", "因情况复杂，延长"),
        ("因由于天气，延长", "因天气，延长"),
        ("因因素较多，延长", "因因素较多，延长"),
        ("补偿。；涉及企业：某公司", "补偿；涉及企业：某公司"),
    ],
)
def test_a_line_is_smoothed(line: str, said: str) -> None:
    assert smoothed(line) == said
