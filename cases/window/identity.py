"""Checks of resident IDs and credit codes; the sex, birth date, age and home region that they tell."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from binzhou_xinfang.errors import Refusal
from cases.vocabulary import IdKind, Sex

# The oldest people with a resident ID were born after this.
FIRST_BIRTH_YEAR = 1900


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
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))


def read_resident_id(text: str, *, on: date) -> Identity:
    """Read an 18-digit (or old 15-digit) resident ID number. Raises Refusal with the fault in the clerk's words."""
    number = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{15}", number):
        number = _eighteen(number)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise Refusal("居民身份证号码应为18位，末位可以是X。", field="id_number")
    if number[-1] != ric.calc_check_digit(number):
        raise Refusal("居民身份证号码的校验码不对，请核对是否输错。", field="id_number")
    try:
        born_on = ric.get_birth_date(number)
    except ValidationError as fault:
        raise Refusal("居民身份证号码的出生日期不存在，请核对是否输错。", field="id_number") from fault
    if born_on.year < FIRST_BIRTH_YEAR:
        raise Refusal(f"居民身份证号码的出生年份早于{FIRST_BIRTH_YEAR}年，请核对是否输错。", field="id_number")
    if born_on > on:
        raise Refusal("居民身份证号码的出生日期晚于今天，请核对是否输错。", field="id_number")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(number, born_on, sex, number[:6], region_of(number[:6]))


def region_of(code: str) -> str:
    """Find the place of a six-digit code, by its latest name: 山东省滨州市滨城区. Raises Refusal for an unknown
    province.

    A county code that was withdrawn before the holder's birth is not refused: numbers were given out years after birth.
    """
    places = {key: value for _, facts in numdb.get("cn/loc").info(code) for key, value in facts.items()}
    if "province" not in places:
        raise Refusal("居民身份证号码的地区代码不存在，请核对是否输错。", field="id_number")
    county = re.sub(r"\[[^\]]*\]", "", places.get("county", "").split(",")[-1])
    return f"{places['province']}{places.get('prefecture', '')}{county}"


def _eighteen(number: str) -> str:
    """Write the 18-digit form of a first-generation number: born in the twentieth century, check digit added."""
    longer = f"{number[:6]}19{number[6:]}"
    return longer + str(ric.calc_check_digit(f"{longer}0"))


def read_credit_code(text: str) -> str:
    """Read a 统一社会信用代码 and normalise it. Raises Refusal when it is none."""
    try:
        return str(uscc.validate(text.upper()))
    except ValidationError as fault:
        raise Refusal("统一社会信用代码无效，应为18位，请核对是否输错。", field="id_number") from fault


def read_phone(text: str) -> str:
    """Read a mobile or fixed number as digits, or empty. Raises Refusal for what cannot be dialled."""
    digits = re.sub(r"[\s()（）-]", "", text)
    digits = re.sub(r"^(\+?86)(?=1\d{10}$)", "", digits)
    if digits and not re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|\d{7,8}|400\d{7}", digits):
        raise Refusal("联系电话应为11位手机号码，或带区号的固定电话。", field="phone")
    return digits


def read_id_number(kind: str, text: str, *, on: date) -> tuple[str, Identity | None]:
    """Read the normalised number of any kind of paper, and what a resident ID says beside it."""
    if not text.strip():
        return "", None
    if kind == IdKind.RESIDENT:
        identity = read_resident_id(text, on=on)
        return identity.number, identity
    if kind == IdKind.CREDIT_CODE:
        return read_credit_code(text), None
    return re.sub(r"\s", "", text).upper(), None
