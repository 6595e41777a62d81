"""Masks: what stays to be seen, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.records.masking import mask_address, mask_id_number, mask_name, mask_numbers, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"), [("", ""), (" ", ""), ("刘", "*"), ("刘芳", "刘*"), ("刘小芳", "刘*芳"), ("欧阳小芳", "欧**芳")]
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("371601199001011234", "3716**********1234"),
        ("371601900101123", "3716*******1123"),
        ("E12345678", "*********"),
        ("1", "*"),
    ],
)
def test_id_numbers(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("", ""),
        ("13812345678", "138****5678"),
        ("8613812345678", "86138****5678"),
        ("0543-1234567", "*********567"),
        ("12345", "*****"),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("", ""),
        ("山东省滨州市滨城区彭李街道1号", "山东省滨州市滨城区****"),
        ("滨州市 惠民县 孙武街道", "滨州市惠民县****"),
        ("邹平市黄山街道", "邹平市****"),
        ("滨城区渤海五路", "滨城区****"),
        ("滨州市渤海十八路小区5号", "滨州市****"),
        ("滨州市黄河路市场3号", "滨州市****"),
        ("滨州市滨城区市立医院", "滨州市滨城区****"),
        ("黄河五路385号", "****"),
        ("5号", "****"),
    ],
)
def test_addresses_keep_the_county(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证37160119900101123X，", "身份证3716**********123X，"),
        ("电话13812345678或138-1234-5678", "电话138****5678或138****5678"),
        ("编码123456789012345678", "编码123456789012345678"),
        ("案号2026030200012", "案号2026030200012"),
        ("办公室0543-1234567", "办公室0543-1234567"),
    ],
)
def test_numbers_of_persons_in_a_text(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@given(st.text(max_size=40))
def test_no_mask_shows_more_than_it_should(text: str) -> None:
    shown = [mask.replace("*", "") for mask in (mask_name(text), mask_phone(text), mask_id_number(text))]
    assert len(shown[0]) <= min(2, max(0, len(text.strip()) - 1))
    assert len(shown[1]) <= max(0, len(text) - 4)
    assert len(shown[2]) <= 8
    assert isinstance(mask_address(text), str)
