"""Types of settings: reading them from a form or from JSON, and wording them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from binzhou_xinfang.statute.rules import Audience, Consequence, Rung

Value = int | str | bool | tuple[str, ...]


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
    """A setting of yes or no, under two names."""

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
class Ladder:
    """A setting of the ladder: the rungs as codes, the earliest first, no day twice.

    `is_duty`: the day after the last one has a rung, for on that day the duty is marked as lapsed.
    """

    high: int
    is_duty: bool

    def read(self, raw: object) -> tuple[str, ...]:
        given = [line for line in raw.splitlines() if line.strip()] if isinstance(raw, str) else raw
        if not isinstance(given, (list, tuple)) or not all(isinstance(line, str) for line in given):
            raise ValueError(f"应为提醒阶梯，{_RUNG_HELP}。")
        rungs = sorted((self._rung(line) for line in given), key=lambda rung: rung.days)
        days = [rung.days for rung in rungs]
        if len(rungs) > MOST_RUNGS or len(set(days)) < len(days):
            raise ValueError(f"同一天只能有一级，最多{MOST_RUNGS}级。")
        if self.is_duty and LAPSE_DAY not in days:
            raise ValueError("必须有“超期1日”的一级：这一天登记逾期。")
        return tuple(rung.code for rung in rungs)

    def _rung(self, line: str) -> Rung:
        rung = _read_code(line.strip()) or _read_words(line.strip())
        if rung is None or not -self.high <= rung.days <= MOST_LATE:
            raise ValueError(
                f"“{line.strip()[:40]}”看不懂：{_RUNG_HELP}；提前至多{self.high}日，超期至多{MOST_LATE}日。"
            )
        return rung

    def say(self, value: Value) -> str:
        return "；".join(rung.words for rung in rungs_of(value)) or "不提醒"


LAPSE_DAY = 1
MOST_RUNGS, MOST_LATE = 12, 180
_RUNG_HELP = "每行一级，例如“提前3日：承办人”“超期1日：承办人、单位负责人、信访部门，拟信访督办函”"
_CODE = re.compile(r"(-?[0-9]{1,3}):([a-z+]+)(?::([a-z]+))?")
_WORDS = re.compile(r"(?:(提前|超期)\s*([0-9]{1,3})\s*日|届满当日)\s*[：:]\s*([^，,]+?)\s*(?:[，,]\s*(.+))?")
_BY_LABEL = {str(audience.label): audience for audience in Audience}
_FOLLOWS = {str(consequence.label): consequence for consequence in Consequence}


def _read_code(line: str) -> Rung | None:
    match = _CODE.fullmatch(line)
    if not match or not set(codes := match[2].split("+")) <= set(Audience.values):
        return None
    if (match[3] or "") not in Consequence.values:
        return None
    return Rung(int(match[1]), _in_order(codes), Consequence(match[3] or ""))


def _read_words(line: str) -> Rung | None:
    match = _WORDS.fullmatch(line)
    if not match or not (codes := {_BY_LABEL.get(name.strip()) for name in re.split("[、和]", match[3])}) <= set(
        Audience
    ):
        return None
    follows = _FOLLOWS.get((match[4] or str(Consequence.NOTICE.label)).strip())
    days = int(match[2] or 0) * (-1 if match[1] == "提前" else 1)
    if follows is None or (match[1] and not days):
        return None
    return Rung(days, _in_order(audience.value for audience in codes if audience), follows)


def _in_order(codes: Iterable[str]) -> tuple[Audience, ...]:
    names = set(codes)
    return tuple(audience for audience in Audience if audience.value in names)


def rungs_of(value: Value) -> tuple[Rung, ...]:
    """Read the rungs that a stored value names; one that this version does not know is left out."""
    codes = value if isinstance(value, tuple) else ()
    return tuple(rung for code in codes if (rung := _read_code(str(code))))
