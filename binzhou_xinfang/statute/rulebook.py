"""Rules in force on a day: the law's values, and over them the office's own with effect from some day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import cast

from binzhou_xinfang.statute.overlay import Norm, Overlay, overlay_of
from binzhou_xinfang.statute.parameters import (
    PARAMETERS,
    Column,
    HandlingStop,
    Key,
    NoticeStart,
    TriageStart,
    period_key,
)
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.rules import ExtensionBase, PauseMode, Period, Rule, Rung
from binzhou_xinfang.statute.setting_types import Value, rungs_of

_OF_THE_HANDLING = (Rule.HANDLING, Rule.REDO)


@dataclass(frozen=True)
class Entry:
    """One setting of the office: `value` counts from `effective_from` on, until a later day's or a later entry."""

    key: str
    effective_from: date
    value: Value


class Rulebook:
    """All that the office has ever set, in the order in which it was written; of one day the last written counts."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = tuple(entries)
        by_key: dict[str, dict[date, Value]] = {}
        for entry in self._entries:
            by_key.setdefault(entry.key, {})[entry.effective_from] = entry.value
        self._by_key = {key: sorted(days.items(), key=lambda one: one[0]) for key, days in by_key.items()}

    def on(self, day: date) -> "Regime":
        """Read the rules in force on `day`."""
        current: dict[str, Entry] = {}
        for key, days in self._by_key.items():
            place = bisect_right([since for since, _ in days], day)
            if place:
                current[key] = Entry(key, *days[place - 1])
        return Regime(day, MappingProxyType(current))

    def with_entries(self, entries: Iterable[Entry]) -> "Rulebook":
        """Copy the rulebook as it would be after these entries too."""
        return Rulebook((*self._entries, *entries))

    def period(self, rule: Rule, start: date) -> Period:
        """Read the rule as a clock follows it that starts on `start`, whenever that clock is reckoned."""
        return self.on(start).period(rule)

    def ever(self, key: str) -> list[Value]:
        """List every value that the setting has had, or will have, the default first."""
        return [PARAMETERS[key].default, *(entry.value for entry in self._entries if entry.key == key)]

    def to_come(self, key: str, after: date) -> tuple[Entry, ...]:
        """List the entries for days after `after`, the nearest first."""
        return tuple(Entry(key, day, value) for day, value in self._by_key.get(key, ()) if day > after)


@dataclass(frozen=True)
class Regime:
    """Rules in force on the day `day`. `entries`: the office's own settings of that day by key."""

    day: date
    entries: Mapping[str, Entry]

    def value(self, key: str) -> Value:
        """Read a setting of `parameters.PARAMETERS`: the office's own or the default."""
        entry = self.entries.get(key)
        return PARAMETERS[key].default if entry is None else entry.value

    def number(self, key: Key) -> int:
        """Read a setting that is a whole number."""
        return cast(int, self.value(key.value))

    def period(self, rule: Rule) -> Period:
        """Read the rule with the office's own columns. A clock that starts on this day follows it to its end."""
        period = PERIODS[rule]
        own = self.entries.get(period_key(rule, Column.LENGTH))
        on_delivery = rule in _OF_THE_HANDLING and self.value(Key.HANDLING_STOP) == HandlingStop.DELIVERY
        return replace(
            period,
            length=cast("int | None", self._column(rule, Column.LENGTH, period.length)),
            max_extension=cast(int, self._column(rule, Column.EXTENSION, period.max_extension)),
            ladder=self.ladder(rule),
            rolls=cast(bool, self._column(rule, Column.ROLLS, period.rolls)),
            extension_base=ExtensionBase(str(self.value(Key.EXTENSION_BASE))),
            pause=PauseMode(str(self.value(Key.HEARING_EXCLUSION))),
            met_by=HandlingStop.DELIVERY.label if on_delivery else period.met_by,
            met_on_delivery=on_delivery,
            set_from=own.effective_from if own else None,
        )

    def ladder(self, rule: Rule) -> tuple[Rung, ...]:
        """Read the ladder of the rule; today's holds for every clock that runs today."""
        own = self.entries.get(period_key(rule, Column.LADDER))
        return PERIODS[rule].ladder if own is None else rungs_of(own.value)

    def _column(self, rule: Rule, column: Column, default: Value | None) -> Value | None:
        entry = self.entries.get(period_key(rule, column))
        return default if entry is None else entry.value

    @property
    def periods(self) -> Mapping[Rule, Period]:
        """All rules as a clock follows them that starts on this day."""
        return MappingProxyType({rule: self.period(rule) for rule in Rule})

    def is_in_force(self, what: Rule | Norm) -> bool:
        """Check that the rule binds: national rules always, Shandong's while the office applies Shandong's law."""
        return overlay_of(what) is Overlay.NATIONAL or bool(self.value(Key.SHANDONG))

    def triage_start(self, received_on: date, *, registered_on: date) -> date:
        """Find the day from which the office's 15 days count: that of receipt unless the office has set otherwise."""
        is_later = TriageStart(str(self.value(Key.TRIAGE_START))) is TriageStart.REGISTRATION
        return registered_on if is_later else received_on

    @property
    def counts_from_signature(self) -> bool:
        """The office's choice that a unit's days for notice and objection count from its signature, not the arrival."""
        return NoticeStart(str(self.value(Key.NOTICE_START))) is NoticeStart.SIGNATURE
