"""Numbers of persons in a text, and what only looks like one: sums, contracts, numbers of papers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.records.personal_numbers import Nature, personal_numbers, tells_an_id


def test_a_signed_text_keeps_its_sums_and_contracts() -> None:
    # shared/cases/32_letter_masks.json
    facts = (
        "经查属实，合同编号15912345678，补偿款13800000000元。电话１３８０５４３１２３４，身份证371602 19800101 1235。"
    )
    assert mask_numbers(facts) == (
        "经查属实，合同编号15912345678，补偿款13800000000元。电话138****1234，身份证3716**********1235。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "合同编号：15912345678",
        "合同编号HT-2026-15912345678、15912345679均已履行",
        "滨建合字第15912345678号",
        "滨建合字〔2026〕15912345678号",
        "发票号码为15912345678",
        "订单号15912345678",
        "HT15912345678",
        "文号2026-15912345678",
        "共计15912345678.50元",
        "15912345678万元",
        "利息15912345678.50。",
        "占地15912345678平方米",
        "补偿款15912345678",
        "￥15912345678",
        "经度138.05431234",
        "编码123456789012345678",
        "合同号371602198001011234",  # the check digit is 5
        "案号2026030200012",
        "办公室0543-1234567",
        "对公账号3700160000000123456",
    ],
)
def test_what_belongs_to_nobody_stands_as_written(text: str) -> None:
    assert mask_numbers(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人13805431234元旦后再来", "联系人138****1234元旦后再来"),
        ("手机13805431234元", "手机138****1234元"),
        ("股东13805431234股东", "股东138****1234股东"),
        ("1.13805431234", "1.138****1234"),
        ("（编号A-1）13805431234", "（编号A-1）138****1234"),
        ("合同编号15912345678，电话13805431234", "合同编号15912345678，电话138****1234"),
        ("138 0543 1234、138.0543.1234", "138****1234、138****1234"),
        ("+86 13805431234", "86138****1234"),
        ("Tel:13805431234 wx13805431234", "Tel:138****1234 wx138****1234"),
        ("13\u200b80543\u200b1234", "138****1234"),
        ("工资13805431234", "工资138****1234"),
        ("身份证号371602199001011234", "身份证号3716**********1234"),  # mistyped, and still somebody's
        ("身份证：371602900101123", "身份证：3716*******1123"),
        ("３７１６０２１９８００１０１１２３５", "3716**********1235"),
        ("合同编号371602198001011235", "合同编号3716**********1235"),  # an ID by its day of birth and check digit
        ("卡号6222021602001234567", "卡号6222***********4567"),
    ],
)
def test_what_tells_who_somebody_is_is_hidden(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def test_an_id_is_told_from_a_long_number() -> None:
    assert tells_an_id("当事人371602198001011235。")
    assert not tells_an_id("合同编号371602198001011234，电话13805431234。")


digits = st.text("0123456789", min_size=1, max_size=12)
words = st.text("张某李四反映车库漏水，。；请依法处理", max_size=6)
spaces = st.sampled_from(["", " ", "-", "\u3000", "\u200b", "\u00a0"])


@st.composite
def phones(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a mobile number, and how it is written."""
    number = "1" + draw(st.sampled_from("3456789")) + draw(st.text("0123456789", min_size=9, max_size=9))
    space = draw(spaces)
    return number, wide(draw, space.join([number[:3], number[3:7], number[7:]]))


@st.composite
def ids(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a resident ID number with its check digit, and how it is written."""
    born = draw(st.dates(date(1920, 1, 1), date(2099, 12, 31)))
    body = f"{draw(st.integers(110000, 659999))}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    number = body + ric.calc_check_digit(f"{body}0")
    space = draw(spaces)
    return number, wide(draw, space.join([number[:6], number[6:14], number[14:]]))


def wide(draw: st.DrawFn, text: str) -> str:
    return text.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")) if draw(st.booleans()) else text


@given(words, phones(), words)
def test_no_telephone_stays_readable(before: str, phone: tuple[str, str], behind: str) -> None:
    number, written = phone
    assert mask_numbers(before + written + behind) == f"{before}{number[:3]}****{number[7:]}{behind}"
    assert [found.nature for found in personal_numbers(before + written + behind)] == [Nature.PHONE]


@given(words, ids(), words)
def test_no_resident_id_stays_readable(before: str, person: tuple[str, str], behind: str) -> None:
    number, written = person
    masked = mask_numbers(before + written + behind)
    assert masked == f"{before}{number[:4]}{'*' * 10}{number[-4:]}{behind}"


@given(words, digits, st.sampled_from(["元", "万元", ".50元", "平方米", "亩", "公里", "美元", "吨"]), words)
def test_no_sum_is_touched(before: str, sum_: str, unit: str, behind: str) -> None:
    text = f"{before}{sum_}{unit}，{behind}"
    assert mask_numbers(text) == text


@given(st.sampled_from(["合同编号", "协议编号：", "文号", "订单号为", "发票号码", "案号（", "流水号"]), digits, words)
def test_no_number_of_a_paper_is_touched(label: str, number: str, behind: str) -> None:
    text = f"{label}{number}{behind}"
    assert mask_numbers(text) == text


@given(st.text("0123456789", min_size=14, max_size=17))
def test_a_bank_card_is_a_card_by_its_check_digit(body: str) -> None:
    number = f"62{body[:-1]}"
    number += luhn.calc_check_digit(number)
    assert mask_numbers(f"转入{number}。") == f"转入{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}。"


@given(st.text(max_size=60))
def test_numbers_found_lie_in_the_text_one_after_another(text: str) -> None:
    last = 0
    for number in personal_numbers(text):
        assert last <= number.start < number.end <= len(text)
        last = number.end
