"""Numbers and query codes of arrivals."""

import secrets
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.records import counters
from binzhou_xinfang.statute.models import settled
from binzhou_xinfang.statute.number_patterns import SEQUENCE, YEAR, write
from binzhou_xinfang.statute.parameters import Key

# Without 0 O 1 I L: read aloud over the telephone, typed on an old one.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


# 检举控告 are counted by themselves: a gap in the others' numbers would tell that there is one (第三十条第三款).
SEALED_MARK = "-Z"


def take_number(unit: Unit, at: datetime, *, is_sealed: bool) -> str:
    """Take the next 信访件编号: gapless per unit and year, ordinary ones and 检举控告 each for themselves."""
    on = timezone.localdate(at)
    return number_of(unit, on, counters.take(series(unit, on.year, is_sealed=is_sealed)), is_sealed=is_sealed)


def series(unit: Unit, year: int, *, is_sealed: bool = False) -> str:
    """Name the counter of one unit and year."""
    return f"petition/{unit.code}/{year}" + ("/sealed" if is_sealed else "")


def number_of(unit: Unit, on: date, serial: int, *, is_sealed: bool = False) -> str:
    """Write the number of this place in the series of the year on a day."""
    values = {"code": unit.code.upper() + (SEALED_MARK if is_sealed else ""), YEAR: on.year, SEQUENCE: f"{serial:06d}"}
    return write(str(settled(on).value(Key.CASE_NUMBER)), values)


def query_code(number: int | None = None) -> str:
    """Compute a code of ten letters that cannot be guessed (about 49 bits); the same for the same secret `number`."""
    rest, code = secrets.randbits(128) if number is None else number, ""
    while len(code) < 10:
        rest, place = divmod(rest, len(_CODE_LETTERS))
        code += _CODE_LETTERS[place]
    return code
