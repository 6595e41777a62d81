"""Numbers of persons in free text: resident IDs, mobile telephones, bank cards, and what `personal_signs` knows. Sums
and numbers of papers are none.

A number is told by what it is. A resident ID has a day of birth and, of eighteen digits, the right check digit; a bank
card begins as banks begin theirs and has its own. Both are found however they are spaced. Eleven digits of a mobile
telephone can also be a contract or a sum: there the words before and the unit behind decide, and where nothing decides,
it is taken for a telephone. The account of an organ or a firm has no mark of its own and stands as written.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise

from stdnum import luhn
from stdnum.cn import ric

from binzhou_xinfang.records.personal_signs import (
    BETWEEN,
    FILLER,
    LABELLED,
    PROVINCES,
    UNSEEN,
    Nature,
    Number,
    before,
    signs,
)

__all__ = ["Nature", "Number", "personal_numbers", "tells_an_id"]

# Every sign keeps its place, so that what is found here is cut out of the text as written.
_WIDE = str.maketrans({wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), ord("＋"))})
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_ID = re.compile(rf"(?<!\d)[1-9](?:{BETWEEN}\d){{16}}{BETWEEN}[\dXx](?!\d)")
# Of the first generation: a province, and a day of birth of this or the last century without it.
_OLD_ID = re.compile(
    rf"(?<![\dA-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|8[12])(?:{BETWEEN}\d){{4}}{BETWEEN}"
    rf"\d{BETWEEN}\d{BETWEEN}(?:0{BETWEEN}[1-9]|1{BETWEEN}[0-2]){BETWEEN}"
    rf"(?:0{BETWEEN}[1-9]|[12]{BETWEEN}\d|3{BETWEEN}[01])(?:{BETWEEN}\d){{3}}(?![\dA-Za-z])"
)
# UnionPay and its elder numbers, Visa, Mastercard, JCB.
_CARD = re.compile(
    rf"(?<!\d)(?:6{BETWEEN}[02]|4{BETWEEN}\d|5{BETWEEN}[1-5]|3{BETWEEN}5|9{BETWEEN}5{BETWEEN}5)"
    rf"(?:{BETWEEN}\d){{13,17}}(?!\d)"
)
_MOBILE = re.compile(rf"(?<!\d)(?:\+?(?:00)?86{BETWEEN})?(1{BETWEEN}[3-9](?:{BETWEEN}\d){{9}})(?!\d)")
_BORN = slice(6, 14)
# Groups in which eleven digits are written as a telephone; others are figures that stand beside each other.
_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (5, 6)}
_DOT, _DOTTED = re.compile(r"[.．]"), (3, 4, 4)
_OF_A_PERSON = re.compile(rf"(?:身份证件?|身份号|证件)(?:编?号码?)?{FILLER}$")
_OF_A_CARD = re.compile(rf"(?:银行卡|储蓄卡|借记卡|信用卡|卡)(?:号码?)?{FILLER}$")
_LABELLED_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_LABELLED_ID = re.compile(r"(?<!\d)\d{14,17}[\dXx](?![\dA-Za-z])")
_TELEPHONE = re.compile(
    rf"(?:电话|手机|电联|联系方式|来电|致电|拨打|短信|微信|支付宝)(?:编?号码?)?[一二三四五1-5]?{FILLER}$"
)
_LATIN_TELEPHONE = re.compile(
    r"(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|wx|vx|wechat|weixin|alipay|zfb|qq)[-_.:： ]*$", re.IGNORECASE
)
_CODE = re.compile(
    r"(?:[A-Za-z][A-Za-z\d]+[-－_/]?|(?<!\d)(?:19|20)\d{2}[-－/]|[〔\[【(（](?:19|20)\d{2}[〕\]】)）]|第)$"
)
# 元旦, 元某 and 股东 are no unit.
_UNIT = re.compile(
    r"(?:\.\d+)?\s?[余多整]?\s?[百千万亿]*(?:元(?![旦宵月帅首勋氏某])|圆|角|块钱|[美港日欧]元|港币|人民币|平方|平米|㎡|[mM][²2³3]"
    r"|立方|亩|公顷|公里|千米|[kK][mMgG]|吨|公斤|千克|千瓦时|股(?![东民权])|[%％])"
)
_CENTS = re.compile(r"\.\d{2}(?![\d.月日年、])")
# Nothing of a person is shorter, or stands without one of these words; a plate may have a single digit.
_HINT = re.compile(rf"\d(?:\D{{0,2}}\d){{4}}|[室户村庄屯寨营住址]|单元|[{PROVINCES}]\s?[A-Za-zＡ-Ｚ]")


def personal_numbers(text: str) -> list[Number]:
    """Find the numbers of persons in the order of their places; none lies within another."""
    if not _HINT.search(text):
        return []
    plain = _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit.group())), text).translate(_WIDE)
    found: list[Number] = []
    for new in chain(_ids(plain), _cards(plain), _phones(plain), signs(plain)):
        if not any(_overlap(new, known) for known in found):
            found.append(new)
    return sorted(found, key=lambda number: number.start)


def tells_an_id(text: str) -> bool:
    """Check if somebody's resident ID number stands in the text."""
    return any(number.nature is Nature.ID for number in personal_numbers(text))


def _overlap(one: Number, other: Number) -> bool:
    return one.start < other.end and other.start < one.end


def _digits(text: str) -> str:
    return re.sub(r"[^\dXx]", "", text).upper()


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Go through all places where the pattern fits, also those that lie within another."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)


def _ids(text: str) -> Iterator[Number]:
    for match in _matches(_ID, text):
        number = _digits(match.group())
        if len(number) == 18 and _is_born(number) and ric.calc_check_digit(number) == number[-1]:
            yield Number(Nature.ID, match.start(), match.end(), number)
    for match in _matches(_OLD_ID, text):
        if len(number := _digits(match.group())) == 15 and not LABELLED.search(before(text, match)):
            yield Number(Nature.ID, match.start(), match.end(), number)
    # Mistyped: the word before says what it is.
    for match in _LABELLED_ID.finditer(text):
        if _OF_A_PERSON.search(before(text, match)):
            yield Number(Nature.ID, match.start(), match.end(), _digits(match.group()))


def _is_born(number: str) -> bool:
    if number[_BORN][:2] not in ("18", "19", "20"):
        return False
    try:
        date.fromisoformat(number[_BORN])
    except ValueError:
        return False
    return True


def _cards(text: str) -> Iterator[Number]:
    for match in _matches(_CARD, text):
        number = _digits(match.group())
        if luhn.is_valid(number) and not LABELLED.search(before(text, match)):
            yield Number(Nature.CARD, match.start(), match.end(), number)
    for match in _LABELLED_CARD.finditer(text):
        if _OF_A_CARD.search(before(text, match)):
            yield Number(Nature.CARD, match.start(), match.end(), match.group())


def _phones(text: str) -> Iterator[Number]:
    for match in _matches(_MOBILE, text):
        is_said = _TELEPHONE.search(before(text, match))
        if (is_said or _is_grouped(match.group(1))) and _is_phone(text, match):
            yield Number(Nature.PHONE, match.start(), match.end(), _digits(match.group()))


def _is_grouped(number: str) -> bool:
    """Tell a telephone from figures beside each other: by known groups, or few of one kind of gap, or digit by
    digit."""
    groups, gaps = _groups(number), set(re.sub(rf"[\d{UNSEEN}]", "", number))
    if _DOT.search(number):
        return groups == _DOTTED
    return groups in _GROUPS or (len(gaps) == 1 and (len(groups) <= 5 or set(groups) == {1}))


def _groups(number: str) -> tuple[int, ...]:
    seen = re.sub(f"[{UNSEEN}]", "", number)
    cuts = [-1, *(place for place, sign in enumerate(seen) if not sign.isdigit()), len(seen)]
    return tuple(after - before - 1 for before, after in pairwise(cuts) if after - before > 1)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    said, behind = before(text, match), text[match.end() :]
    if _TELEPHONE.search(said) or _LATIN_TELEPHONE.search(said):
        return True
    is_paper = LABELLED.search(said) or _CODE.search(said)
    return not (is_paper or _UNIT.match(behind) or _CENTS.match(behind))
