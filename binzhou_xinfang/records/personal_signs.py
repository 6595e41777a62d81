"""Signs by which somebody is found, beside the numbers of `personal_numbers`: landlines, passes and passports, plates
of cars, and addresses down to the door. A text comes here with its digits in one width, each sign at its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BETWEEN = rf"[\s{UNSEEN}\u2010-\u2015\-－_.．·•]{{0,2}}"
FILLER = rf"[\s{UNSEEN}为是系即约达共计有:：=＝(（“\"「『【\[]{{0,4}}"
_LOOKED_BACK = 80

PAPER = (
    "(?:合同|协议|文|案|编|字|单|票|证|序|批|件|卷|档|户|表|图|型|货|款|税|工|学|车架|发动机|流水|订单|运单|快递|发票|凭证"
    "|收据|登记|备案|许可|项目|工程|房产|产权|不动产|资产|设备|申请|受理)(?:编?号码?)|代码|编码|条码|流水"
)
SUM = (
    "金额|数额|总额|款额|余额|差额|价款|价格|货款|欠款|贷款|借款|工程款|补偿款|赔偿款|补偿金|赔偿金|征收款|本金|利息|人民币"
    "|RMB|CNY|[¥￥$€]|合计|总计|面积"
)
# What of the number itself stands before the digits, and a number listed before: 合同编号HT-2026-…、….
_OWN = r"(?:[A-Za-z\d字第〔〕\[\]\-－_/]|[(（](?:19|20)\d{2}[)）])*"
LABELLED = re.compile(rf"(?:{PAPER}|{SUM}){FILLER}{_OWN}(?:(?<=\d{{8}})号?(?:、|和|及|与|至){_OWN})*$", re.IGNORECASE)


class Nature(Enum):
    """Kinds of signs that tell who somebody is, or where."""

    ID = "id"
    CARD = "card"
    PHONE = "phone"
    LANDLINE = "landline"
    PASS = "pass"  # noqa: S105  a document
    PLATE = "plate"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class Number:
    """A sign of a person in a text, from `start` to `end`; `digits` is the number itself."""

    nature: Nature
    start: int
    end: int
    digits: str


def before(text: str, match: re.Match[str]) -> str:
    """Cut out what stands before the find, as far as a label can be."""
    return text[max(0, match.start() - _LOOKED_BACK) : match.start()]


# 0543-1234567, (0543) 1234567, 010 12345678转801; without its area where a word says that it is a telephone.
_LANDLINE = re.compile(
    rf"(?<![\d.])(?:\+?86{BETWEEN})?[(（]?(0(?:10|2\d|[3-9]\d{{2}}))[)）]?{BETWEEN}([2-9]\d{{2,3}}{BETWEEN}\d{{4}})(?!\d)"
)
_LOCAL = re.compile(rf"(?<![\d.])([2-9]\d{{2,3}}{BETWEEN}\d{{4}})(?![\d.]|年)")
_TELEPHONE = re.compile(rf"(?:电话|座机|固话|电联|致电|拨打|传真)(?:号码?)?[一二三四五1-5]?{FILLER}$")
# What the public is told to ring up is nobody's own.
_OF_AN_OFFICE = re.compile(
    rf"(?:办公室|窗口|热线|值班室?|总机|前台|服务台|咨询|监督|举报|查询|信访局|委员会|政府|[科股处局院厅])(?:公开)?"
    rf"(?:联系|服务|值班|咨询|监督|举报|办公)?(?:电话|座机)?(?:号码?)?{FILLER}$"
)

_PASS = re.compile(
    r"(?<![A-Za-z\d\-－/〔\[(（])(?:E[A-HJ-NP-Z]\d{7}|[EGPSDK]\d{8}|[DPS]E\d{7}|[HM]\d{8}(?:\d{2})?|C[A-HJ-NP-Z]\d{7}"
    r"|[CWTL]\d{8})(?![A-Za-z\d])",
    re.IGNORECASE,
)
_LABELLED_PASS = re.compile(r"[A-Za-z\u519b\u5b57\u7b2c\u6587\u58eb\u5175\u653f]{0,5}\d{6,12}(?![A-Za-z\d])")
_OF_A_PASS = re.compile(
    rf"(?:护照|通行证|台胞证|回乡证|军官证|士兵证|文职干部证|警官证|居留证|居留许可|永居证|驾驶证|社保卡|证件)(?:编?号码?)?{FILLER}$"
)
_OF_A_PAPER = re.compile(rf"(?:合同|协议|发票|订单|运单|单号|型号|图号|编号|文号|字号){FILLER}$")

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PLATE = re.compile(
    rf"[{PROVINCES}]\s?[A-HJ-Za-hj-zＡ-ＨＪ-Ｚ][\s·•．.\-－]?"
    r"(?=[A-HJ-NP-Za-hj-np-z\dＡ-Ｚ]{0,5}\d)[A-HJ-NP-Za-hj-np-z\dＡ-Ｚ]{4,5}(?:[A-HJ-NP-Za-hj-np-z\dＡ-Ｚ]|[挂学警港澳])"
    r"(?![A-Za-z\d])"
)

_N = r"(?:[0-9]{1,4}|[一二三四五六七八九十百零〇○]{1,5})"
_S = rf"[\s{UNSEEN},，、]{{0,2}}"
_HOUSE = rf"(?:{_N}(?:[\-－—]{_N})?(?:号楼|号院|栋|幢|座|楼|排|号)(?:[附内]{_N}号)?)"
_UNIT = rf"(?:(?:{_N}|[甲乙丙丁东中西A-Fa-f])(?:单元|门洞|门))"
_FLAT = (
    rf"(?:{_N}(?:层|楼){_S})?(?:[东中西]户|[A-Za-z]?{_N}[\-－—]?[0-9]{{0,4}}(?:室|号房|房|号)|[A-Za-z]?[0-9]{{3,4}})"
)
# A building alone is a place; with a flat in it, or a number in a village, it is somebody's door.
_DOOR = re.compile(
    rf"(?:{_HOUSE}{_S})*{_UNIT}{_S}(?:{_FLAT}|{_N}户)(?![0-9]|[户元万亿米人名个次年月日])"
    rf"|(?:{_HOUSE}{_S})+{_FLAT}(?![0-9]|[户元万亿米人名个次年月日])"
    rf"|(?<=[区园苑庭城寓楼邸湾府居院])[0-9]{{1,3}}[\-－—][0-9]{{1,2}}[\-－—][0-9]{{3,4}}(?:室|户|号)?(?![0-9\-－—])"
    rf"|[0-9]{{1,3}}[\-－—](?:[0-9]{{1,2}}[\-－—])?[0-9]{{3,4}}(?:室|户)"
    rf"|(?<=[村庄屯寨营]){_N}号(?![楼线院机])(?:[附内]{_N}号)?"
)
_LIVES = re.compile(r"(?:[家现]住|住在|居住[在于地]?|住址|住所|户籍地?|所在地|地址)[^\d，。；\n]{0,30}$")
_STREET = re.compile(rf"(?<=[路街巷道弄里]){_N}号(?![楼线院])(?:[附内]{_N}号)?")


def signs(text: str) -> Iterator[Number]:
    """Find them all, kind by kind; finds may lie in each other."""
    yield from _passes(text)
    yield from _doors(text)
    yield from _landlines(text)
    for match in _PLATE.finditer(text):
        yield Number(Nature.PLATE, match.start(), match.end(), match.group())


def _landlines(text: str) -> Iterator[Number]:
    for match in _LANDLINE.finditer(text):
        said = before(text, match)
        if not (LABELLED.search(said) or _OF_AN_OFFICE.search(said)):
            yield Number(Nature.LANDLINE, match.start(), match.end(), f"{match.group(1)}-{_digits(match.group(2))}")
    for match in _LOCAL.finditer(text):
        said = before(text, match)
        if _TELEPHONE.search(said) and not _OF_AN_OFFICE.search(said):
            yield Number(Nature.LANDLINE, match.start(), match.end(), _digits(match.group(1)))


def _passes(text: str) -> Iterator[Number]:
    for match in _PASS.finditer(text):
        said = before(text, match)
        if not (LABELLED.search(said) or _OF_A_PAPER.search(said)):
            yield Number(Nature.PASS, match.start(), match.end(), match.group())
    for match in _LABELLED_PASS.finditer(text):
        if _OF_A_PASS.search(before(text, match)):
            yield Number(Nature.PASS, match.start(), match.end(), match.group())


def _doors(text: str) -> Iterator[Number]:
    for match in _DOOR.finditer(text):
        yield Number(Nature.DOOR, match.start(), match.end(), match.group())
    for match in _STREET.finditer(text):
        if _LIVES.search(before(text, match)):
            yield Number(Nature.DOOR, match.start(), match.end(), match.group())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
