"""期限与参数 as they stand: the law's value, the value in force, since when and by whom, and what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.statute.models import SettingChange
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from binzhou_xinfang.statute.parameter import Group, Parameter
from binzhou_xinfang.statute.parameters import OFFERED, Column, Key
from binzhou_xinfang.statute.rules import Rule
from binzhou_xinfang.statute.setting_types import Value


@dataclass(frozen=True)
class Line:
    """One setting. `entry`: the office's own entry in force; `to_come`: what is written for later days."""

    parameter: Parameter
    entry: SettingChange | None
    to_come: tuple[SettingChange, ...]

    @property
    def value(self) -> Value:
        """The value in force."""
        if self.entry is None:
            return self.parameter.default
        value: Value = tuple(self.entry.value) if isinstance(self.entry.value, list) else self.entry.value
        return value

    @property
    def law(self) -> str:
        """The value without the office's entry in words: 规定60日, or 默认5人 where no law gives one."""
        return f"{'规定' if self.parameter.is_law else '默认'}{self.parameter.shape.say(self.parameter.default)}"

    @property
    def said(self) -> str:
        """The value in force in words."""
        return self.parameter.shape.say(self.value)

    @property
    def is_own(self) -> bool:
        """True when the office's value differs from the default."""
        return self.value != self.parameter.default

    @property
    def column(self) -> str:
        """Its name in the form: the column of a period, else `value`."""
        return self.parameter.key.partition(".")[2] or "value"

    @property
    def title(self) -> str:
        """The name of the setting beside its fellows."""
        return Column(self.column).label if self.parameter.rule else self.parameter.label


@dataclass(frozen=True)
class Item:
    """Settings that stand together in one form: the columns of a period, or one other setting."""

    name: str
    label: str
    group: Group
    source: str
    lines: tuple[Line, ...]

    @property
    def rule(self) -> Rule | None:
        return self.lines[0].parameter.rule

    @property
    def is_shandongs(self) -> bool:
        """True when it is in force by Shandong's law alone."""
        return self.rule in SHANDONG

    @property
    def by_column(self) -> dict[str, Line]:
        return {line.column: line for line in self.lines}

    @property
    def latest(self) -> SettingChange | None:
        """The entry in force that was written last."""
        return max((line.entry for line in self.lines if line.entry), key=lambda entry: entry.pk, default=None)

    @property
    def to_come(self) -> list[tuple[SettingChange, str]]:
        """The entries for later days, the nearest first, with what they set (nothing when that is plain)."""
        entries = [(entry, line.title if self.rule else "") for line in self.lines for entry in line.to_come]
        return sorted(entries, key=lambda one: one[0].effective_from)


def item_names() -> list[str]:
    """List the names of all items, in the order of the page."""
    return list(dict.fromkeys(_name(parameter) for parameter in OFFERED))


def items(on: date) -> list[Item]:
    """List everything that may be set, as it stands on day `on`. One query."""
    return _items(OFFERED, SettingChange.objects.select_related("by_user").order_by("pk"), on)


def item(name: str, on: date) -> Item:
    """Read one of `item_names()`. One query."""
    wanted = [parameter for parameter in OFFERED if _name(parameter) == name]
    rows = SettingChange.objects.filter(key__in=[parameter.key for parameter in wanted])
    return _items(wanted, rows.select_related("by_user").order_by("pk"), on)[0]


def overlay_rows() -> list[tuple[str, str]]:
    """List the rows of Shandong's law behind the one switch, each with its article."""
    return [(str(what.label), article) for what, article in SHANDONG.items() if isinstance(what, (Rule, Norm))]


def switch_of(all_items: Iterable[Item]) -> Item:
    """Find the item that is the switch of Shandong's law."""
    return next(one for one in all_items if one.name == Key.SHANDONG)


def _name(parameter: Parameter) -> str:
    return parameter.rule.value if parameter.rule else parameter.key


def _items(parameters: Sequence[Parameter], rows: Iterable[SettingChange], on: date) -> list[Item]:
    written: dict[str, dict[date, SettingChange]] = {}
    for row in rows:
        written.setdefault(row.key, {})[row.effective_from] = row
    together: dict[str, list[Line]] = {}
    for parameter in parameters:
        together.setdefault(_name(parameter), []).append(_line(parameter, written.get(parameter.key, {}), on))
    return [_item(name, tuple(lines)) for name, lines in together.items()]


def _line(parameter: Parameter, written: dict[date, SettingChange], on: date) -> Line:
    past = [day for day in written if day <= on]
    to_come = tuple(written[day] for day in sorted(written) if day > on)
    return Line(parameter, written[max(past)] if past else None, to_come)


def _item(name: str, lines: tuple[Line, ...]) -> Item:
    first = lines[0].parameter
    label = first.rule.label if first.rule else first.label
    return Item(name, str(label), first.group, first.source, lines)
