"""Event kinds of a matter: the registry that every verb declares into, and the fields of clocks and of moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, lines
from binzhou_xinfang.records.event_kinds import EventKinds, Fields
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import listed, say_day

EVENTS = EventKinds()
_RULES: Mapping[str, str] = {str(value): str(label) for value, label in Rule.choices}


def clock_words(clock: Mapping[str, Any], on: date) -> str:
    """Write a clock with its last day: 60日办理期限至5月6日(周二)."""
    return f"{_RULES.get(clock['rule'], clock['rule'])}至{say_day(date.fromisoformat(clock['legal']), on)}"


def _clocks(value: Iterable[Mapping[str, Any]], on: date) -> str:
    return listed(clock_words(clock, on) for clock in value)


@dataclass(frozen=True, slots=True)
class ClockOf(EventField):
    """The rule of the clock that the event is about, told with its last day in the field `legal`."""

    def sentence(self, name: str, detail: Mapping[str, Any], on: date) -> str:
        return f"{self.label}{clock_words(detail, on)}" if name in detail else ""


@dataclass(frozen=True, slots=True)
class OfMatter(EventField):
    """The number of another matter: told to nobody for whom that one does not exist (第三十条第三款)."""


class Awaited(TextChoices):
    """Words of others that a matter waits for, by the columns that say so (`cases.states.marks`)."""

    RECUSAL = "is_recusal_asked", "回避申请的决定"
    HEARING = "is_hearing_asked", "听证申请的决定"
    END = "end_asked", "提请事项的决定"
    DELIVERY = "is_delivery_doubted", "送达日期的核实"
    PROOF = "is_delivery_unproven", "送达凭证的补交"
    PART = "co_handlers", "协办单位的反馈"


# What an event about one clock holds.
OF_A_CLOCK: Fields = {"rule": ClockOf(), "legal": KEPT}
# What the event of every move holds beside its own: its states stand in the flow chart, its letters beside it.
PAPERS = EventField("附：", lines)
MOVE_FIELDS: Fields = {
    "clocks": EventField("期限：", _clocks),
    "dropped": EventField("不再等待：", chosen(Awaited)),
    # The handler before and after, where the act has changed it (`cases.outcome.changed_hands`).
    "hands": KEPT,
    "from": KEPT,
    "to": KEPT,
    "letters": KEPT,
}
