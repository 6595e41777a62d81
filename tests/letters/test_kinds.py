"""A kind of letter is declared once and whole; what is missing stops the start or is named by the checks."""

import copy
import pickle
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from binzhou_xinfang.letters.checks import check_kinds, faults_of
from binzhou_xinfang.letters.fields import LetterKindField
from binzhou_xinfang.letters.kinds import FACTS, ByHand, Fact, LetterKind, Reader, Voice, Writer, examples_of
from binzhou_xinfang.letters.kinds import kind as declaring
from binzhou_xinfang.letters.kinds.facts import add_facts
from binzhou_xinfang.letters.kinds.handling import OPINION

WHOLE: dict[str, Any] = {
    "code": "D99",
    "word": "试",
    "owner": ByHand(Writer.OFFICE, Reader.PETITIONER),
    "required": ("addressee", "matter"),
    "voice": Voice.ORGAN,
}


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "_register", dict(declaring._register))


@pytest.fixture
def wording(settings: Any, tmp_path: Path) -> Path:
    """Stand in for the folder of delivered wordings."""
    folder = tmp_path / "templates" / "letters"
    folder.mkdir(parents=True)
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    return folder


def test_a_kind_is_the_text_that_tables_keep() -> None:
    assert LetterKind("opinion") is OPINION == "opinion"
    assert {OPINION: 1}["opinion"] == 1
    assert f"{OPINION} {OPINION.label}" == "opinion 信访处理意见书"
    assert copy.deepcopy(OPINION) is pickle.loads(pickle.dumps(OPINION)) is OPINION  # noqa: S301  our own bytes
    with pytest.raises(ValueError, match="not a declared kind"):
        LetterKind("love-letter")


def test_kinds_stand_in_the_order_of_the_register() -> None:
    codes = [kind.code for kind in LetterKind]
    assert codes == sorted(codes)
    assert LetterKind.choices == [(kind.value, kind.label) for kind in LetterKind]
    assert "opinion" in LetterKind
    assert "love-letter" not in LetterKind


def test_a_new_kind_needs_no_migration() -> None:
    before = LetterKindField("文种").deconstruct()
    declaring.declare("trial", "试用函", **WHOLE)
    assert ("trial", "试用函") in LetterKindField("文种").flatchoices
    assert LetterKindField("文种").deconstruct() == before
    assert "choices" not in before[3]


@pytest.mark.parametrize("missing", WHOLE)
def test_a_kind_without_mark_owner_or_facts_does_not_start(missing: str) -> None:
    with pytest.raises((TypeError, ValueError), match=missing):
        declaring.declare("trial", "试用函", **{name: value for name, value in WHOLE.items() if name != missing})


@pytest.mark.parametrize("voice", list(Voice), ids=lambda voice: voice.name)
def test_only_what_an_office_sends_or_keeps_has_a_word_for_its_number(voice: Voice) -> None:
    word = "" if voice.is_numbered else "试"
    with pytest.raises(ValueError, match="a word of the number"):
        declaring.declare("trial", "试用书", **WHOLE | {"word": word, "voice": voice})


def test_a_paper_of_the_petitioner_or_the_parties_has_no_number_head_or_seal() -> None:
    theirs = {kind.label for kind in LetterKind if kind.voice in (Voice.PETITIONER, Voice.PARTIES)}
    assert theirs == {
        "复查申请书", "复核申请书", "听证申请书", "息诉罢访承诺书", "调解协议书", "和解协议书",
    }  # fmt: skip
    assert not any(kind.word or kind.voice.has_head or kind.voice.masks for kind in LetterKind if kind.label in theirs)


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"word": "意"}, "the word 意"),
        ({"required": ("addressee", "nonsense")}, "nonsense"),
        ({"optional": ("nonsense",)}, "nonsense"),
        ({"examples": {"nonsense": "x"}}, "nonsense"),
    ],
)
def test_a_kind_with_a_taken_word_or_an_unknown_fact_does_not_start(changed: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        declaring.declare("trial", "试用函", **WHOLE | changed)


def test_a_value_is_declared_once() -> None:
    with pytest.raises(ValueError, match="opinion"):
        declaring.declare("opinion", "试用函", **WHOLE)


@pytest.mark.parametrize(
    ("name", "fact"),
    [("matter", Fact("事由", "x")), ("tried_on", Fact("试用日期", "今天")), ("tried", Fact("试用", date(2026, 3, 2)))],
)
def test_a_fact_is_declared_once_and_a_day_is_named_as_one(name: str, fact: Fact) -> None:
    with pytest.raises(ValueError, match=name):
        add_facts(**{name: fact})
    assert FACTS.get(name) is not fact


def test_all_declared_kinds_are_whole() -> None:
    assert check_kinds(None) == []


def test_a_kind_without_wording_is_named(wording: Path) -> None:
    assert list(faults_of(declaring.declare("trial", "试用函", **WHOLE))) == ["没有文书模板 trial.txt"]


@pytest.mark.parametrize(
    ("text", "changed", "fault"),
    [
        ("试用函\n{{ matter }}", {}, None),
        ("试用函\n{{ matter }} {{ reason }}", {}, "模板使用了没有声明的要素：['reason']"),
        ("试用函\n没有要素", {}, "模板没有写出声明的要素：['matter']"),
        ("试用函\n{{ matter }", {}, "文书模板有误"),
        ("试用函\n{{ matter|nonsense }}", {}, "文书模板有误"),
        ("试用函\n{{ matter.nothing.more }}", {}, "示例不能成文"),
        ("试用函\n{{ matter }}", {"examples": {"matter": ""}}, "没有示例：['matter']"),
        ("试用函\n{{ answers }}", {"required": ("addressee", "answers")}, "手工拟制的文书不能填写表格：['answers']"),
        ("试用函\n{{ matter }}", {"required": ()}, "缺少名称、编号或者要素"),
    ],
)
def test_a_fault_of_a_kind_is_named(wording: Path, text: str, changed: dict[str, Any], fault: str | None) -> None:
    (wording / "trial.txt").write_text(text)
    faults = list(faults_of(declaring.declare("trial", "试用函", **WHOLE | changed)))
    assert (faults[0][: len(fault)] == fault) if fault else (faults == [])


def test_every_fact_of_a_kind_has_an_example() -> None:
    assert [(kind, name) for kind in LetterKind for name in kind.required if not examples_of(kind)[name]] == []


def test_nobody_is_named_as_the_contact_without_a_telephone(settings: Any) -> None:
    lines = [
        line
        for path in Path(settings.BASE_DIR, "templates", "letters").glob("*.txt")
        for line in path.read_text().splitlines()
        if "联系人" in line
    ]
    assert lines
    assert {line for line in lines if line != "联系人：{{ contact }}，电话：{{ contact_phone }}。"} == set()


def test_no_wording_signs_for_anybody(settings: Any) -> None:
    signed = re.compile(r"（(签名|盖章)[^）]*）：\{\{ (?!issuer)")
    folder = Path(settings.BASE_DIR, "templates", "letters")
    assert [path.name for path in folder.glob("*.txt") if signed.search(path.read_text())] == []
