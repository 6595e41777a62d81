"""Numbers of matters as they are read on a list."""

import re

_SHORT = re.compile(r"(?<=-)(Z-)?\d{4}-\d+$")


def short_number(number: str) -> str:
    """Leave of a number out what all of one office have in common."""
    short = _SHORT.search(number)
    return short[0] if short else number
