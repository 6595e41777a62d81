"""What may be shown of a name, a number or an address to those who need not see it in full."""

import re

STAR = "*"
RESIDENT_ID = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])", re.ASCII
)
MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)", re.ASCII)
# A county's name is short and has no word of a street or an estate in it: 滨城区, 邹平市, but not 渤海小区.
COUNTY = re.compile(
    r"^(?:[^\s省区市县]{2,6}?(?:省|自治区))?"
    r"(?:[^\s省区市县路街道镇乡村]{2,5}?(?:市|自治州|盟))?"
    r"(?:[^\s省区市县路街道镇乡村]{1,5}?(?<![小社园校厂矿院库片辖])(?:自治县|县|区|市|旗)(?!场|民|委|政))?"
)


def _keep(text: str, head: int, tail: int) -> str:
    return text[:head] + STAR * (len(text) - head - tail) + (text[-tail:] if tail else "")


def mask_name(name: str) -> str:
    """刘芳 → 刘*, 刘小芳 → 刘*芳; a name of one character is hidden."""
    name = name.strip()
    return _keep(name, 1, 1) if len(name) > 2 else _keep(name, min(1, len(name) - 1), 0) if name else ""


def mask_id_number(number: str) -> str:
    """The first and last four characters of a number of 15 or more, nothing of a shorter one."""
    number = number.strip()
    return _keep(number, 4, 4) if len(number) >= 15 else STAR * len(number)


def mask_phone(phone: str) -> str:
    """138****5678; of a landline the last three digits, of something shorter nothing."""
    phone = phone.strip()
    if len(phone) >= 11 and phone.isdigit():
        return _keep(phone, len(phone) - 8, 4)
    return _keep(phone, 0, 3) if len(phone) >= 7 else STAR * len(phone)


def mask_address(address: str) -> str:
    """Province, city and county, the rest hidden: 山东省滨州市滨城区****."""
    address = "".join(address.split())
    found = COUNTY.match(address)
    return (found.group() if found else "") + STAR * 4 if address else ""


def mask_numbers(text: str) -> str:
    """Free text in which every resident ID number and every mobile number is masked."""
    text = RESIDENT_ID.sub(lambda found: mask_id_number(found.group()), text)
    return MOBILE.sub(lambda found: mask_phone(re.sub(r"\D", "", found.group())), text)
