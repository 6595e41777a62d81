"""The fields of an event, declared beside the act that writes it: label, and how the value is told.

A field that nobody declared is refused where the event is written; all that is declared is told, in this order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from binzhou_xinfang.records.masking import mask_name, mask_numbers
from binzhou_xinfang.statute.wording import listed, say_day

Say = Callable[[Any, date], str]


def plain(value: object, on: date) -> str:
    """Mask ID and mobile numbers in free text."""
    return mask_numbers(str(value))


def day(value: str, on: date) -> str:
    """Write a day, with its year when it is not that of `on`."""
    return say_day(date.fromisoformat(value), on)


def days(value: int, on: date) -> str:
    """Write a number of days."""
    return f"{value}日"


def person(value: str, on: date) -> str:
    """Mask the name of a petitioner or of another party."""
    return mask_name(value)


def lines(value: Iterable[str], on: date) -> str:
    """Join a list of texts."""
    return mask_numbers(listed(str(item) for item in value))


def by_label(value: object, on: date) -> str:
    """Leave a fact to its label, which says it already."""
    return ""


class Chosen:
    """The writer of a code, or of a list of codes; a code that the lists no longer have is told as it is."""

    def __init__(self, *lists: type[TextChoices]) -> None:
        self.choices = [choice for choices in lists for choice in choices.choices]
        self.labels = {value: str(label) for value, label in self.choices}

    def __call__(self, value: str | list[str], on: date) -> str:
        return listed(self.labels.get(code, code) for code in ([value] if isinstance(value, str) else value))


def chosen(*lists: type[TextChoices]) -> Say:
    """Make a writer of a code, or of a list of codes, of these lists."""
    return Chosen(*lists)


@dataclass(frozen=True, slots=True)
class Ask:
    """The question of a form for a field.

    `rows`: lines of the box, 1 for a text of one line; `least` and `longest`: signs of a text (of one line in a list);
    `most`: days of a number, lines of a list; `begins`: what stands there first (`TODAY` for a day); `many`: several of
    the codes may be chosen; `tells`: the petitioner is told in this way, and only who left no way may go untold.
    """

    label: str
    help_text: str = ""
    required: bool = True
    rows: int = 4
    least: int | None = None
    longest: int | None = None
    most: int | None = None
    begins: Any = None
    many: bool = False
    tells: bool = False


TODAY = "today"


@dataclass(frozen=True, slots=True)
class EventField:
    """One field of an event's `detail`: its `label` (with its colon) and the telling of its value.

    `say` None: the field is kept for the record and for programs, and shown elsewhere on the page (a key, a state).
    `ask`: how a form asks for it, where a form does.
    """

    label: str = ""
    say: Say | None = plain
    ask: Ask | None = None

    def sentence(self, name: str, detail: Mapping[str, Any], on: date) -> str:
        """Tell the field of this name as a sentence; "" when it is empty, or kept."""
        value = detail.get(name)
        return f"{self.label}{self.say(value, on)}" if value and self.say else ""


# Kept, and not told as a line of the event.
KEPT = EventField(say=None)


class UndeclaredField(Exception):
    """An event would hold a field that nobody declared, and so nobody would ever read: a mistake in the code."""


def refuse_undeclared(kind: str, fields: Mapping[str, EventField], detail: Mapping[str, Any]) -> None:
    """Raise UndeclaredField for a key of `detail` that is not among the declared fields of this kind of event."""
    if unknown := sorted(detail.keys() - fields.keys()):
        raise UndeclaredField(f"{kind}: {unknown}")


def sentences(fields: Mapping[str, EventField], detail: Mapping[str, Any], *, on: date) -> list[str]:
    """List the sentences of an event, in the order of the declaration; what is empty is not told."""
    return [line for name, field in fields.items() if (line := field.sentence(name, detail, on))]
