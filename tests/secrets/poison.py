"""Numbers that tell who somebody is, each given once, and the search for them in whatever the house answers."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import count

from stdnum import luhn
from stdnum.cn import ric

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# What may stand between the digits of a number that is written in groups.
_GAPS = re.compile(r"[\s\u200b\-－—–_.·]")
_TAGS = re.compile(r"<[^>]*>")
# Whatever a number consists of; two that stand beside each other are one run.
_RUNS = re.compile(r"[\dA-Z鲁号楼单元室]{7,}")


@dataclass(frozen=True)
class Sign:
    """One number: its kind, as it is written into a text, and its own digits and letters."""

    kind: str
    written: str
    plain: str


@dataclass
class Poison:
    """Maker of texts with numbers in them; `given` are all that were made, `fields` where they stand."""

    given: list[Sign] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def text(self, base: str, *, longest: int | None, where: str, without: frozenset[str] = frozenset()) -> str:
        """The text with as many numbers behind it as it has room for; the kinds take turns."""
        start = next(self._numbers)
        self.fields.append(where)
        for place in range(len(KINDS)):
            sign = KINDS[(start + place) % len(KINDS)](next(self._numbers))
            longer = f"{base}，{sign.written}" if base else sign.written
            if sign.kind not in without and (longest is None or len(longer) <= longest):
                base = longer
                self.given.append(sign)
        return base


def _mobile(number: int) -> Sign:
    digits = f"138{number:04}{(number * 7919) % 10000:04}"
    forms = [digits, f"{digits[:3]} {digits[3:7]} {digits[7:]}", " ".join(digits), digits.translate(_WIDE)]
    return Sign("mobile", f"手机{forms[number % 4]}", digits)


def _landline(number: int) -> Sign:
    return Sign("landline", f"座机0543-3{number:06}", f"05433{number:06}")


def _id(number: int) -> Sign:
    body = f"37160219{50 + number % 50}0{1 + number % 9}1{number % 9}{number % 1000:03}"
    digits = body + ric.calc_check_digit(f"{body}0")
    written = f"{digits[:6]} {digits[6:14]} {digits[14:]}" if number % 2 else digits.translate(_WIDE)
    return Sign("id", f"身份证{written}", digits)


def _old_id(number: int) -> Sign:
    digits = f"371602{50 + number % 50}0{1 + number % 9}1{number % 9}{number % 1000:03}"
    return Sign("old id", f"证件号{digits}", digits)


def _passport(number: int) -> Sign:
    return Sign("passport", f"护照E{70000000 + number}", f"E{70000000 + number}")


def _pass(number: int) -> Sign:
    return Sign("pass", f"通行证C{40000000 + number}", f"C{40000000 + number}")


def _card(number: int) -> Sign:
    body = f"6222021602{number:08}"
    digits = body + luhn.calc_check_digit(body)
    written = f"{digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:16]} {digits[16:]}"
    return Sign("card", f"转入{written}", digits)


def _plate(number: int) -> Sign:
    letters = f"{chr(65 + number % 8)}{number % 10000:04}"
    return Sign("plate", f"车牌鲁M{letters}", f"鲁M{letters}")


def _door(number: int) -> Sign:
    door = f"{number % 90 + 10}号楼{number % 9 + 1}单元{1000 + number}室"
    return Sign("door", f"住{door}", door)


KINDS = (_mobile, _id, _landline, _card, _door, _plate, _old_id, _passport, _pass)


def found_in(said: str, given: Iterable[Sign]) -> list[Sign]:
    """The numbers that can be read in a text, in whatever width and groups."""
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", unescape(_TAGS.sub("\n", said)) + "\n" + unescape(said)))
    known = {sign.plain: sign for sign in given}
    lengths = sorted({len(sign) for sign in known})
    found = {
        run[at : at + length]: None
        for run in _RUNS.findall(plain)
        for length in lengths
        for at in range(len(run) - length + 1)
        if run[at : at + length] in known
    }
    return [known[sign] for sign in found]


def texts_of(content: bytes) -> Iterator[str]:
    """Every text of an answer; archives and the documents in them are opened."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name))
    else:
        yield content.decode(errors="replace")
