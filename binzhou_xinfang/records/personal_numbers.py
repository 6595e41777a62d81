"""Numbers of persons in free text: resident IDs, mobile telephones, bank cards. Sums and numbers of papers are none.

A number is told by what it is. A resident ID has a day of birth and the right check digit, a bank card begins with 62
and has its own; both are found however they are spaced. Eleven digits of a mobile telephone can also be a contract or a
sum: there the words before and the unit behind decide, and where nothing decides, it is taken for a telephone. The
account of an organ or a firm has no mark of its own and stands as written.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain, pairwise

from stdnum import luhn
from stdnum.cn import ric

# Every sign keeps its place, so that what is found here is cut out of the text as written.
_WIDE = str.maketrans("Ｘｘ＋", "XX+")
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BETWEEN = rf"[\s{_UNSEEN}\u2010-\u2015\-－_.．·•]{{0,2}}"
_ID = re.compile(rf"(?<!\d)[1-9](?:{_BETWEEN}\d){{16}}{_BETWEEN}[\dXx](?!\d)")
_CARD = re.compile(rf"(?<!\d)6{_BETWEEN}2(?:{_BETWEEN}\d){{14,17}}(?!\d)")
_MOBILE = re.compile(rf"(?<!\d)(?:\+?(?:00)?86{_BETWEEN})?(1{_BETWEEN}[3-9](?:{_BETWEEN}\d){{9}})(?!\d)")
_BORN = slice(6, 14)
# Groups in which eleven digits are written as a telephone; others are figures that stand beside each other.
_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (5, 6)}
_DOT, _DOTTED = re.compile(r"[.．]"), (3, 4, 4)
_FILLER = rf"[\s{_UNSEEN}为是系即约达共计有:：=＝(（“\"「『【\[]{{0,4}}"
_OF_A_PERSON = re.compile(rf"(?:身份证件?|身份号|证件)(?:编?号码?)?{_FILLER}$")
_OF_A_CARD = re.compile(rf"(?:银行卡|储蓄卡|借记卡|信用卡|卡)(?:号码?)?{_FILLER}$")
_LABELLED_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_LABELLED_ID = re.compile(r"(?<!\d)\d{14,17}[\dXx](?![\dA-Za-z])")
_TELEPHONE = re.compile(
    rf"(?:电话|手机|电联|联系方式|来电|致电|拨打|短信|微信|支付宝)(?:编?号码?)?[一二三四五1-5]?{_FILLER}$"
)
_LATIN_TELEPHONE = re.compile(
    r"(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|wx|vx|wechat|weixin|alipay|zfb|qq)[-_.:： ]*$", re.IGNORECASE
)
_PAPER = (
    "(?:合同|协议|文|案|编|字|单|票|证|序|批|件|卷|档|户|表|图|型|货|款|税|工|学|车架|发动机|流水|订单|运单|快递|发票|凭证"
    "|收据|登记|备案|许可|项目|工程|房产|产权|不动产|资产|设备|申请|受理)(?:编?号码?)|代码|编码|条码|流水"
)
_SUM = (
    "金额|数额|总额|款额|余额|差额|价款|价格|货款|欠款|贷款|借款|工程款|补偿款|赔偿款|补偿金|赔偿金|征收款|本金|利息|人民币"
    "|RMB|CNY|[¥￥$€]|合计|总计|面积"
)
# What of the number itself stands before the eleven digits, and a number listed before: 合同编号HT-2026-…、….
_OWN = r"(?:[A-Za-z\d字第〔〕\[\]\-－_/]|[(（](?:19|20)\d{2}[)）])*"
_LABELLED = re.compile(
    rf"(?:{_PAPER}|{_SUM}){_FILLER}{_OWN}(?:(?<=\d{{8}})号?(?:、|和|及|与|至){_OWN})*$", re.IGNORECASE
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
_LOOKED_BACK = 80


class Nature(Enum):
    """Kinds of numbers that tell who somebody is."""

    ID = "id"
    CARD = "card"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a person in a text, from `start` to `end`; `digits` is the number itself."""

    nature: Nature
    start: int
    end: int
    digits: str


def personal_numbers(text: str) -> list[Number]:
    """Find the numbers of persons in the order of their places; none lies within another."""
    plain = _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit.group())), text).translate(_WIDE)
    found: list[Number] = []
    for new in chain(_ids(plain), _cards(plain), _phones(plain)):
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
    # Mistyped or of the first generation: the word before says what it is.
    for match in _LABELLED_ID.finditer(text):
        if _OF_A_PERSON.search(_before(text, match)):
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
        if luhn.is_valid(number) and not _LABELLED.search(_before(text, match)):
            yield Number(Nature.CARD, match.start(), match.end(), number)
    for match in _LABELLED_CARD.finditer(text):
        if _OF_A_CARD.search(_before(text, match)):
            yield Number(Nature.CARD, match.start(), match.end(), match.group())


def _phones(text: str) -> Iterator[Number]:
    for match in _matches(_MOBILE, text):
        groups = _groups(match.group(1))
        is_grouped = groups in _GROUPS and (groups == _DOTTED or not _DOT.search(match.group(1)))
        if is_grouped and _is_phone(text, match):
            yield Number(Nature.PHONE, match.start(), match.end(), _digits(match.group()))


def _groups(number: str) -> tuple[int, ...]:
    seen = re.sub(f"[{_UNSEEN}]", "", number)
    cuts = [-1, *(place for place, sign in enumerate(seen) if not sign.isdigit()), len(seen)]
    return tuple(after - before - 1 for before, after in pairwise(cuts) if after - before > 1)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    before, behind = _before(text, match), text[match.end() :]
    if _TELEPHONE.search(before) or _LATIN_TELEPHONE.search(before):
        return True
    is_paper = _LABELLED.search(before) or _CODE.search(before)
    return not (is_paper or _UNIT.match(behind) or _CENTS.match(behind))


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _LOOKED_BACK) : match.start()]
