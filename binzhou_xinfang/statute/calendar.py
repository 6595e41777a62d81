"""Work calendar: the State Council's yearly notices, corrected by the office's own table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from chinese_calendar import Holiday as Festival
from chinese_calendar import holidays as festival_days
from chinese_calendar import workdays as make_up_days
from django.db import models

from binzhou_xinfang.statute.wording import weekday

MAKE_UP_WORKDAY = "调休上班"

_FESTIVAL_NAMES = {
    Festival.new_years_day: "元旦",
    Festival.spring_festival: "春节",
    Festival.tomb_sweeping_day: "清明节",
    Festival.labour_day: "劳动节",
    Festival.dragon_boat_festival: "端午节",
    Festival.mid_autumn_festival: "中秋节",
    Festival.national_day: "国庆节",
    Festival.anti_fascist_70th_day: "抗战胜利纪念日",
}
# 全国年节及纪念日放假办法 gives these every year; a notice that leaves one out has not been entered whole.
YEARLY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")


class DayKind(models.TextChoices):
    """Kinds of entries of the calendar: a day off, or a make-up workday."""

    OFF = "off", "放假"
    WORK = "work", "上班"


@dataclass(frozen=True)
class DayMark:
    """One day of a notice: off under the name of its festival, or worked although it would be off."""

    kind: DayKind
    name: str = ""


def _seed() -> dict[date, DayMark]:
    names = {festival.value: _FESTIVAL_NAMES[festival] for festival in Festival}
    marks = {day: DayMark(DayKind.OFF, names[name]) for day, name in festival_days.items()}
    return marks | {day: DayMark(DayKind.WORK) for day in make_up_days}


# The notices of 2004 to 2026, out of the package chinesecalendar.
SEED: Mapping[date, DayMark] = MappingProxyType(_seed())
_SEED_YEARS = frozenset(day.year for day, mark in SEED.items() if mark.kind is DayKind.OFF)


def missing_festivals(marks: Mapping[date, DayMark], year: int) -> list[str]:
    """List the yearly festivals for which the year has no day off."""
    named = "、".join(mark.name for day, mark in marks.items() if day.year == year and mark.kind is DayKind.OFF)
    return [name for name in YEARLY if name not in named]


class WorkCalendar:
    """The calendar of rest days and workdays.

    `overrides` win over the seed day by day. A year is published when the seed holds it, when the overrides have a day
    off for each of the yearly festivals, or when somebody has said that its notice was entered whole (`whole`: years).
    Of any other year the weekends and what was entered are known, and whatever rests on it is provisional.
    """

    def __init__(
        self, overrides: Mapping[date, DayMark] = MappingProxyType({}), *, whole: Collection[int] = ()
    ) -> None:
        self._marks = {**SEED, **overrides}
        entered = {day.year for day in overrides}
        complete = {year for year in entered if not missing_festivals(overrides, year)}
        self._published = _SEED_YEARS | complete | set(whole)

    def is_workday(self, day: date) -> bool:
        """Tell a workday of the office from a day off; a make-up Saturday or Sunday is a workday."""
        mark = self._marks.get(day)
        return day.weekday() < 5 if mark is None else mark.kind is DayKind.WORK

    def is_make_up(self, day: date) -> bool:
        """Tell a Saturday or Sunday that is worked in exchange for a day off."""
        return day.weekday() >= 5 and self.is_workday(day)

    def festival_of(self, day: date) -> str:
        """Name the festival for which the day is off (春节): "" for a weekend and for a workday."""
        mark = self._marks.get(day)
        return (mark.name or "放假") if mark is not None and mark.kind is DayKind.OFF else ""

    def name_of(self, day: date) -> str:
        """Name the day: 春节, 调休上班, else its weekday (周六, 周四)."""
        return self.festival_of(day) or (MAKE_UP_WORKDAY if self.is_make_up(day) else weekday(day))

    def is_provisional(self, day: date) -> bool:
        """Tell a day in a year for which no calendar has been published."""
        return day.year not in self._published
