"""Patterns of numbers, made of named fields and fixed characters.

{mark}{word}〔{year}〕{seq}号 writes 滨信告〔2026〕12号.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from binzhou_xinfang.statute.setting_types import Value

YEAR, SEQUENCE = "year", "seq"
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Pattern:
    """A pattern with each of `fields` (name → what it stands for) exactly once, which makes its numbers unique.

    `example`: a value of each field. `fixed`: which other characters may stand in it, as a regular expression of one,
    and `fixed_words`: the same in words. No digit is among them, and fields of digits (`counted`) do not touch: nobody
    could tell where the one ends, and two places of a series could be written alike.
    """

    fields: Mapping[str, str]
    example: Mapping[str, str]
    counted: frozenset[str]
    fixed: str
    fixed_words: str
    most_fixed: int = 12

    def read(self, raw: object) -> str:
        text = raw.strip() if isinstance(raw, str) else ""
        parts = _FIELD.split(text)
        names, fixed = parts[1::2], parts[::2]
        if sorted(names) != sorted(self.fields):
            listed = "、".join(f"{{{name}}}（{label}）" for name, label in self.fields.items())
            raise ValueError(f"应当含有下列各项，每项一次，没有其他项：{listed}。")
        if not re.fullmatch(f"(?:{self.fixed})*", "".join(fixed)) or len("".join(fixed)) > self.most_fixed:
            raise ValueError(f"各项之外只能用{self.fixed_words}，最多{self.most_fixed}个，不能用数字。")
        for before, between, after in zip(names, fixed[1:], names[1:], strict=False):
            if not between and {before, after} <= self.counted:
                raise ValueError(f"{self.fields[before]}与{self.fields[after]}之间应当有分隔。")
        return text

    def say(self, value: Value) -> str:
        return f"{value}，例如{write(str(value), self.example)}"


def write(pattern: str, values: Mapping[str, object]) -> str:
    """Write the number of this pattern with these values."""
    return _FIELD.sub(lambda match: str(values[match.group(1)]), pattern)
