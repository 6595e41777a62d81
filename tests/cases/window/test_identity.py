"""Numbers of papers and telephones: what is read from them, and each fault in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.errors import Refusal
from cases.vocabulary import IdKind, Sex
from cases.window.identity import Identity, read_credit_code, read_id_number, read_phone, read_resident_id

TODAY = date(2026, 11, 23)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def numbered(region: str, born_on: date, order: int) -> str:
    """A resident ID with the check digit of GB 11643, computed here by itself."""
    body = f"{region}{born_on:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(1, 999), st.sampled_from(["371602", "371681", "110105"]))
def test_every_right_number_is_read_for_birth_and_sex(born_on: date, order: int, region: str) -> None:
    number = numbered(region, born_on, order)
    read = read_resident_id(number.lower(), on=TODAY)
    assert (read.number, read.born_on, read.sex) == (number, born_on, Sex.MALE if order % 2 else Sex.FEMALE)


@given(st.integers(0, 17), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(place: int, shift: int) -> None:
    number = numbered("371602", date(1980, 5, 17), 124)
    digit = "X" if number[place] == "X" else str((int(number[place]) + shift) % 10)
    wrong = number[:place] + (str(shift) if digit == "X" else digit) + number[place + 1 :]
    if wrong != number:
        with pytest.raises(Refusal):
            read_resident_id(wrong, on=TODAY)


def test_the_home_region_is_named() -> None:
    assert read_resident_id(numbered("371602", date(1980, 5, 17), 1), on=TODAY).region == "山东省滨州市滨城区"


def test_a_withdrawn_county_code_of_an_old_number_is_still_a_place() -> None:
    assert read_resident_id(numbered("372330", date(1955, 5, 17), 2), on=TODAY).region == "山东省滨州地区邹平县"


def test_a_number_of_the_first_generation_is_read_as_eighteen_digits() -> None:
    number = numbered("371602", date(1955, 5, 17), 2)
    assert read_resident_id(number[:6] + number[8:17], on=TODAY).number == number


@pytest.mark.parametrize(("day", "age"), [(16, 45), (17, 46), (18, 46)])
def test_age_is_counted_in_full_years(day: int, age: int) -> None:
    person = Identity("", date(1980, 5, 17), Sex.MALE, "", "")
    assert person.age(date(2026, 5, day)) == age


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("12345", "18位"),
        ("37160219800517012A", "18位"),
        (numbered("371602", date(1980, 5, 17), 1)[:-1] + "Z", "18位"),
        (numbered("371602", date(2027, 1, 1), 1), "晚于今天"),
        (numbered("991602", date(1980, 5, 17), 1), "地区代码"),
    ],
)
def test_a_wrong_number_is_refused_with_its_fault(number: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_resident_id(number, on=TODAY)


def test_a_day_that_does_not_exist_is_refused() -> None:
    body = "37160219800230001"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    with pytest.raises(Refusal, match="出生日期不存在"):
        read_resident_id(body + check, on=TODAY)


def test_a_credit_code_is_checked() -> None:
    assert read_credit_code(" 91110000600037341l ".upper()) == "91110000600037341L"
    with pytest.raises(Refusal, match="统一社会信用代码"):
        read_credit_code("911100006000373411")


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86-13800000000", "13800000000"),
        ("0543-3160000", "05433160000"),
        ("", ""),
    ],
)
def test_a_telephone_is_kept_as_digits(text: str, phone: str) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0543-3361234-8", "05433361234转8"),
        ("（0543）3361234－8012", "05433361234转8012"),
        ("+86-0543-3361234-8", "05433361234转8"),
        ("010-12345678-12", "01012345678转12"),
        ("0543-336-1234", "05433361234"),
    ],
)
def test_what_follows_a_whole_fixed_number_behind_a_hyphen_is_its_extension(text: str, phone: str) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize("text", ["12345", "23800000000", "138000000000", "电话"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="联系电话"):
        read_phone(text)


def test_other_papers_are_taken_as_they_are() -> None:
    assert read_id_number(IdKind.PASSPORT, " e1234 5678 ", on=TODAY) == ("E12345678", None)
