"""Texts as people type and paste them: what is dropped, what is kept, and what counts as the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.typed import cleaned, cleaned_deeply, key, spelled

# Text of any planes, with what people paste without seeing it.
UNSEEN = "\u200b\u200e\u202d\u202c\ufeff\u00ad\u2060\u3164\x07\x00"
TEXT = st.text(alphabet=st.characters() | st.sampled_from(UNSEEN + "\r\n\u2028\u3000·•－—．"))


@pytest.mark.parametrize("text", ["\u200b" * 6, "\u3000 \t\r\n", "\ufeff\u2060", "\u3164", "\x00", ""])
def test_what_nobody_sees_is_empty(text: str) -> None:
    assert (cleaned(text), spelled(text), key(text)) == ("", "", "")


@pytest.mark.parametrize(
    "text", ["阿卜杜拉·买买提", "𠮷野家", "㐂喜", "请求：一是……", "第一行\n第二行", "A－B（丙）", "邊󠄂"]
)
def test_what_is_written_is_kept_as_written(text: str) -> None:
    assert cleaned(text) == text


def test_line_ends_become_one_kind() -> None:
    assert cleaned("一\r\n二\r三\u2028四\x0b五") == "一\n二\n三\n四\n五"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("３７１６０２１９８００１０１００３Ｘ", "37160219800101003X"),
        ("37160219800101003x", "37160219800101003X"),
        ("\u202d13805430011\u202c", "13805430011"),
        ("0543－3361234", "0543-3361234"),
        ("0543—3361234", "0543-3361234"),
        (" e 1234 5678\u200b", "E12345678"),
        ("３７１６００‐ＸＦ–２０２６−０００３８２", "371600-XF-2026-000382"),
    ],
)
def test_a_number_has_one_spelling(text: str, number: str) -> None:
    assert spelled(text) == number


@pytest.mark.parametrize(
    "other", ["阿卜杜拉•买买提", "阿卜杜拉．买买提", "阿卜杜拉‧买买提", "阿卜杜拉・买买提", "阿卜杜拉. 买买提"]
)
def test_a_name_with_a_dot_is_one_name(other: str) -> None:
    assert key(other) == key("阿卜杜拉·买买提")


def test_names_with_a_blank_or_capitals_are_one_name() -> None:
    assert key("Maria  Müller") == key("ＭＡＲＩＡ\u3000müller") == key("maria\u200bmüller")


def test_two_names_stay_two() -> None:
    assert len({key(name) for name in ("王一", "王二", "王·一", "王-一")}) == 4


@given(TEXT)
def test_cleaning_leaves_nothing_unseen_and_changes_nothing_twice(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert [c for c in once if unicodedata.category(c) in ("Cf", "Cc", "Cs") and c not in "\n\t"] == []


@given(TEXT)
def test_keys_and_spellings_are_their_own(text: str) -> None:
    assert (key(key(text)), spelled(spelled(text))) == (key(text), spelled(text))


@given(TEXT)
def test_a_text_is_compared_as_what_is_left_of_it(text: str) -> None:
    assert (key(cleaned(text)), spelled(cleaned(text))) == (key(text), spelled(text))


def test_json_is_cleaned_to_the_bottom() -> None:
    given = {"a\u200b": [{"b": "c\u200b"}, 1, None, True], "d": "\ufeff"}
    assert cleaned_deeply(given) == {"a\u200b": [{"b": "c"}, 1, None, True], "d": ""}
