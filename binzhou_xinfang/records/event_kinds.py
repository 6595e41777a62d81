"""Registry of the kinds of events of one chain: each is declared beside the verb that writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from binzhou_xinfang.records.event_fields import EventField, UndeclaredField, refuse_undeclared

Fields = Mapping[str, EventField]


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event: its word, its fields in the order in which they are told, the tone of its dot."""

    name: str
    label: str
    fields: Fields
    tone: str = ""


class EventKinds:
    """The kinds of one chain of events."""

    def __init__(self) -> None:
        self._kinds: dict[str, EventKind] = {}

    def declare(self, name: str, label: str, fields: Fields, *, tone: str = "") -> str:
        """Add a kind; returns its name, for the verb. Raises ValueError for a name that is taken."""
        if name in self._kinds:
            raise ValueError(f"the event kind {name} is declared twice")
        self._kinds[name] = EventKind(name, label, fields, tone)
        return name

    def __getitem__(self, name: str) -> EventKind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[EventKind]:
        return iter(self._kinds.values())

    def get(self, name: str) -> EventKind | None:
        """Read the kind of the name; None for one that nobody declares any longer."""
        return self._kinds.get(name)

    def refuse_undeclared(self, name: str, detail: Mapping[str, Any]) -> None:
        """Raise UndeclaredField for a kind or a field that nobody declared: no reader would be told of it."""
        if (kind := self._kinds.get(name)) is None:
            raise UndeclaredField(f"{name}: no such kind of event")
        refuse_undeclared(name, kind.fields, detail)
