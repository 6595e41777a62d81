"""Course of a matter in the office's words: what an event says, and what a move has just set going."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.event_fields import KEPT, EventField, day, days, sentences
from binzhou_xinfang.records.event_kinds import Fields
from binzhou_xinfang.statute.wording import listed
from binzhou_xinfang.web.days import moment_words
from cases.models import CaseEvent
from cases.queries import hidden_from
from cases.states import EVENTS, OF_A_CLOCK, Move, OfMatter, clock_words

Detail = Mapping[str, Any]
_SYSTEM = "系统"
_PROLONGED = (Move.APPROVE_EXTENSION, Move.CONFIRM_EXTENSION)


@dataclass(frozen=True, slots=True)
class EventText:
    """One event as a page shows it. `lines` are sentences, `letters` the numbers it issued, `tone` colours its dot.

    `follows`: the number of the ended matter that this one goes on from; its sentence stands first in `lines`.
    """

    seq: int
    title: str
    who: str
    at: datetime
    when: str
    lines: list[str]
    letters: list[str]
    tone: str
    follows: str = ""

    @property
    def text(self) -> str:
        """All lines as one paragraph."""
        return _joined(self.lines)

    @property
    def text_beside(self) -> str:
        """The same without the sentence of the matter before, which a page writes as a link."""
        return _joined(self.lines[1:] if self.follows else self.lines)


def _joined(lines: Sequence[str]) -> str:
    """Join what was said in a row: a full stop inside it would stand before the semicolon."""
    return "；".join([*(line.rstrip("。；") for line in lines[:-1]), *lines[-1:]])


def unseen(post: Post, events: Iterable[CaseEvent]) -> frozenset[str]:
    """Find the numbers of matters that these events name and that do not exist for the post, by now. No query where
    none is named."""
    named = {event.detail[name] for event in events for name in _of_matters(event)}
    if not named:
        return frozenset()
    return frozenset(hidden_from([post]).filter(number__in=named).values_list("number", flat=True))


def _of_matters(event: CaseEvent) -> list[str]:
    kind = EVENTS.get(event.kind)
    fields = kind.fields if kind else {}
    return [name for name, field in fields.items() if isinstance(field, OfMatter) and event.detail.get(name)]


def told_detail(event: CaseEvent, hidden: Collection[str]) -> Detail:
    """Leave out of what the event holds the numbers of matters that the reader may not know of."""
    left_out = {name for name in _of_matters(event) if event.detail[name] in hidden} if hidden else ()
    return {name: value for name, value in event.detail.items() if name not in left_out} if left_out else event.detail


def tell(event: CaseEvent, *, on: date, hidden: Collection[str] = ()) -> EventText:
    """Word the event on day `on`. Names are masked, ID and mobile numbers in free text too. Reads `event.unit`.

    `hidden`: numbers of other matters that are not told (`unseen`).
    """
    detail = told_detail(event, hidden)
    unit = event.unit.short_name_on(timezone.localdate(event.happened_at)) if event.unit else ""
    kind = EVENTS.get(event.kind)
    return EventText(
        seq=event.seq,
        title=kind.label if kind else event.kind,
        who=f"{unit} {event.actor_name}".strip() or _SYSTEM,
        at=event.happened_at,
        when=moment_words(event.happened_at, this_year=on.year),
        lines=_lines(kind.fields if kind else {}, detail, on),
        letters=event.detail.get("letters", []),
        tone=kind.tone if kind else "",
        follows=detail.get("follows", ""),
    )


def results(event: CaseEvent, *, on: date) -> str:
    """Word what a move has set going, as one sentence: its due days and its letters; "" when neither."""
    said = [clock_words(clock, on) for clock in event.detail.get("clocks", [])]
    if event.kind in _PROLONGED:
        said.append(EVENTS[event.kind].fields["legal"].sentence("legal", event.detail, on))
    if event.detail.get("letters"):
        said.append(f"生成{listed(event.detail['letters'])}")
    return "；".join(line for line in said if line)


def _lines(fields: Fields, detail: Detail, on: date) -> list[str]:
    """Word what the kind declares, then what older events hold beside that: nothing that was written stays untold."""
    return [*sentences(fields, detail, on=on), *sentences(_of_before(fields, detail), detail, on=on)]


# What events held before their kinds declared it, or whose kinds are no longer written.
_BEFORE: Fields = {
    **OF_A_CLOCK,
    "strict": KEPT,
    "left": EventField("还剩：", days),
    "before": EventField("原届满日：", day),
    "note": EventField("说明："),
    "reason": EventField("理由："),
    "from": KEPT,
    "to": KEPT,
    "letters": KEPT,
}


def _of_before(fields: Fields, detail: Detail) -> Fields:
    if detail.keys() <= fields.keys():
        return {}
    known = {name: field for name, field in _BEFORE.items() if name not in fields}
    unknown = {name: EventField("其他：") for name in detail if name not in known and name not in fields}
    return {**known, **unknown}
