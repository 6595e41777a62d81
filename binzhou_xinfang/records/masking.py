"""Masks of names, numbers and addresses for those who need not see them in full."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from binzhou_xinfang.records.personal_numbers import Nature, personal_numbers
from binzhou_xinfang.statute.models import settled
from binzhou_xinfang.statute.parameters import Key

STAR = "*"
# Written in the place of a name that was not told.
NAMELESS = "匿名"
HIDDEN = 7
# A county's name is short and has no word of a street or an estate in it: 滨城区, 邹平市, but not 渤海小区.
COUNTY = re.compile(
    r"^(?:[^\s省区市县]{2,6}?(?:省|自治区))?"
    r"(?:[^\s省区市县路街道镇乡村]{2,5}?(?:市|自治州|盟))?"
    r"(?:[^\s省区市县路街道镇乡村]{1,5}?(?<![小社园校厂矿院库片辖])(?:自治县|县|区|市|旗)(?!场|民|委|政))?"
)


def _keep(text: str, head: int, tail: int) -> str:
    return text[:head] + STAR * (len(text) - head - tail) + (text[-tail:] if tail else "")


def mask_name(name: str) -> str:
    """刘芳 → 刘*, 刘小芳 → 刘*芳; a name of one character is hidden. How many characters stay says the office.
    匿名 is no name."""
    name, shown = name.strip(), settled()
    if name == NAMELESS:
        return name
    if len(name) > 2:
        return _keep(name, shown.number(Key.SHOWN_NAME_HEAD), shown.number(Key.SHOWN_NAME_TAIL))
    return _keep(name, min(shown.number(Key.SHOWN_NAME_HEAD), len(name) - 1), 0) if name else ""


def mask_id_number(number: str) -> str:
    """Keep the first and last characters (four without a setting) of a number of 15 or more, nothing of a shorter one.

    Whatever is set, seven stay hidden.
    """
    number, shown = number.strip(), settled()
    tail = shown.number(Key.SHOWN_ID_TAIL)
    head = min(shown.number(Key.SHOWN_ID_HEAD), len(number) - tail - HIDDEN)
    return _keep(number, head, tail) if len(number) >= 15 else STAR * len(number)


def mask_phone(phone: str) -> str:
    """Mask as 138****5678 without a setting; of a landline at most three last digits stay, of something shorter
    nothing."""
    phone, shown = phone.strip(), settled()
    tail = shown.number(Key.SHOWN_PHONE_TAIL)
    if len(phone) >= 11 and phone.isdigit():
        before = len(phone) - 11  # 86
        return _keep(phone, before + shown.number(Key.SHOWN_PHONE_HEAD), tail)
    return _keep(phone, 0, min(tail, 3)) if len(phone) >= 7 else STAR * len(phone)


def mask_address(address: str) -> str:
    """Keep province, city and county and hide the rest: 山东省滨州市滨城区****."""
    address = "".join(address.split())
    match = COUNTY.match(address)
    return (match.group() if match else "") + STAR * 4 if address else ""


def mask_numbers(text: str) -> str:
    """Mask what tells in free text who somebody is, or where: resident IDs, passes, telephones, bank cards, plates,
    doors. The rest stands as written (`personal_numbers`)."""
    parts, last = [], 0
    for number in personal_numbers(text):
        parts += [text[last : number.start], _MASKS.get(number.nature, mask_id_number)(number.digits)]
        last = number.end
    return "".join([*parts, text[last:]]) if parts else text


def masked_deeply(value: Any) -> Any:
    """Mask every text in lists and mappings, as JSON brings them; the names of a mapping stay."""
    if isinstance(value, str):
        return mask_numbers(value)
    if isinstance(value, Mapping):
        return {name: masked_deeply(entry) for name, entry in value.items()}
    return [masked_deeply(entry) for entry in value] if isinstance(value, list | tuple) else value


def _mask_plate(plate: str) -> str:
    return plate[:2] + STAR * 5


def _mask_door(door: str) -> str:
    return STAR * 4


_MASKS: dict[Nature, Callable[[str], str]] = {
    Nature.PHONE: mask_phone,
    Nature.LANDLINE: mask_phone,
    Nature.PLATE: _mask_plate,
    Nature.DOOR: _mask_door,
}
