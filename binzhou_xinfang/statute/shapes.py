"""What a setting may hold: how it is read from a form or from JSON, and how it is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Value = int | str | bool | tuple[int, ...]
MOST_THRESHOLDS = 5


class Shape(Protocol):
    """One type of setting. `read` raises ValueError with a Chinese sentence that says what is taken."""

    def read(self, raw: object) -> Value: ...

    def say(self, value: Value) -> str: ...


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both allowed. `why`: the sentence that gives the reason of the bounds."""

    low: int
    high: int
    unit: str = ""
    why: str = ""

    def read(self, raw: object) -> int:
        text = str(raw).strip() if isinstance(raw, (int, str)) and not isinstance(raw, bool) else ""
        if not re.fullmatch(r"[0-9]{1,5}", text) or not self.low <= int(text) <= self.high:
            span = f"{self.low}至{self.high}" if self.low != self.high else f"{self.low}"
            raise ValueError(f"应为{span}{self.unit}的整数。{self.why}")
        return int(text)

    def say(self, value: Value) -> str:
        return f"{value}{self.unit}"


@dataclass(frozen=True)
class Switch:
    """Yes or no, under two names."""

    yes: str = "开"
    no: str = "关"

    def read(self, raw: object) -> bool:
        given = (
            {True: True, False: False, "true": True, "false": False}.get(raw) if isinstance(raw, (bool, str)) else None
        )
        if given is None:
            raise ValueError(f"应为true（{self.yes}）或者false（{self.no}）。")
        return given

    def say(self, value: Value) -> str:
        return self.yes if value else self.no


@dataclass(frozen=True)
class OneOf:
    """One word of a list, each with its Chinese name."""

    choices: Mapping[str, str]

    def read(self, raw: object) -> str:
        if not isinstance(raw, str) or raw not in self.choices:
            raise ValueError(
                f"应为其中之一：{'、'.join(f'{word}（{label}）' for word, label in self.choices.items())}。"
            )
        return raw

    def say(self, value: Value) -> str:
        return self.choices[str(value)]


@dataclass(frozen=True)
class Thresholds:
    """Days left at which a warning goes out: the larger first, none twice; none at all means no warning."""

    high: int

    def read(self, raw: object) -> tuple[int, ...]:
        days = _numbers(raw)
        if days is None or len(days) > MOST_THRESHOLDS or any(not 1 <= day <= self.high for day in days):
            wanted = f"应为届满前的天数，每个1至{self.high}，最多{MOST_THRESHOLDS}个，用顿号分开，例如：7、3"
            raise ValueError(f"{wanted}；不预警的留空。")
        return tuple(sorted(set(days), reverse=True))

    def say(self, value: Value) -> str:
        days = value if isinstance(value, tuple) else ()
        return f"届满前{'、'.join(map(str, days))}日" if days else "不预警"


def _numbers(raw: object) -> list[int] | None:
    """The whole numbers of a list, or of a text with any separators; None for what is something else."""
    if isinstance(raw, (list, tuple)):
        return list(raw) if all(type(day) is int for day in raw) else None
    if not isinstance(raw, str) or re.search(r"[^0-9\s、，,;；]", raw):
        return None
    found = re.findall(r"[0-9]+", raw)
    return [int(day) for day in found] if all(len(day) < 6 for day in found) else None
