"""更正、补充: entries of one registration as they should have been, beside what was written down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.words import in_full
from binzhou_xinfang.typed import shortened
from cases.entries.declaration import Entry, Nature, Pick, asked_of, entries_of
from cases.entries.words import words_of
from cases.models import CaseRequest, Correction, Petition, PetitionCase, Petitioner
from cases.window.registration import is_group, save_person

# The entries of these tables, by the name of the table and of the entry: `Petitioner`: {`phone`: …}.
MODELS: tuple[type[Model], ...] = (PetitionCase, Petitioner, Petition)
Columns = Mapping[str, Mapping[str, Any]]
REQUESTS = "主要诉求"
# The event of the act has the reason whole.
REASON_LENGTH = 200


@dataclass(frozen=True)
class Registration:
    """Rows of the registration that opened the matter; `lead` is the petitioner of now."""

    case: PetitionCase
    lead: Petitioner
    arrival: Petition

    @property
    def rows(self) -> tuple[Model, ...]:
        return (self.case, self.lead, self.arrival)

    @property
    def requests(self) -> list[CaseRequest]:
        return list(self.case.requests.all())


def registration_of(case: PetitionCase) -> Registration:
    """Read the rows. Raises Petition.DoesNotExist for a matter without an arrival, which nobody registers."""
    return Registration(case, case.lead, case.petitions.order_by("pk")[:1].get())


@dataclass(frozen=True)
class Change:
    """One entry with its words before and after, in full."""

    entry: str
    label: str
    nature: Nature
    old: str
    new: str

    @property
    def told(self) -> dict[str, str]:
        """Tell it for an event: personal numbers are masked."""
        return {"entry": self.label, "old": self.nature.mask(self.old), "new": self.nature.mask(self.new)}


def typed_as(entry: Entry, row: Model) -> Any:
    """Write the value of an entry as the form of registration would be sent it."""
    value = getattr(row, entry.name)
    if value is None:
        return ""
    if entry.pick is Pick.NUMBER:
        return value.number
    if isinstance(value, Model):
        return value.pk if entry.pick is Pick.TOPIC else getattr(value, "code", value.pk)
    if isinstance(value, str):
        return in_full(value)
    return value if entry.is_tick else str(value)


def later_arrivals(case: PetitionCase) -> QuerySet[Petition]:
    """Select the arrivals that joined the matter after the one that opened it, the oldest first."""
    first = case.petitions.order_by("pk").values("pk")[:1]
    return case.petitions.exclude(pk__in=first).select_related("lead").order_by("pk")


def put_right(rows: Iterable[Model], columns: Columns) -> list[Change]:
    """Set the entries that differ on the rows, which are not saved; gives the changes in the order of declaration."""
    return [change for row in rows for change in _set(row, columns.get(type(row).__name__, {}))]


def _set(row: Model, given: Mapping[str, Any]) -> Iterator[Change]:
    for entry in entries_of(type(row)):
        if entry.name not in given or given[entry.name] == getattr(row, entry.name):
            continue
        old = words_of(entry, row, masked=False)
        setattr(row, entry.name, given[entry.name])
        new = words_of(entry, row, masked=False)
        yield Change(f"{type(row).__name__}.{entry.name}", entry.words, entry.nature, old, new)


def put_requests_right(registration: Registration, texts: Sequence[str]) -> list[Change]:
    """Write the requests anew where they differ; each keeps its row as long as its place lasts."""
    before = registration.requests
    if [request.text for request in before] == list(texts):
        return []
    for request, text in zip(before, texts, strict=False):
        CaseRequest.objects.filter(pk=request.pk).update(text=text)
    for order, text in enumerate(texts[len(before) :], start=len(before) + 1):
        CaseRequest.objects.create(case=registration.case, order=order, text=text)
    for request in before[len(texts) :]:
        request.delete()
    old, new = "；".join(request.text for request in before), "；".join(texts)
    return [Change("CaseRequest.text", REQUESTS, Nature.TEXT, old, new)]


def save_registration(registration: Registration) -> None:
    """Save person and arrival; set what the matter repeats of its first arrival. The engine saves the matter."""
    case, arrival = registration.case, registration.arrival
    case.channel, case.received_on, case.people = arrival.channel, arrival.arrived_on, arrival.people
    registered_on = timezone.localdate(arrival.registered_at)
    case.is_group = arrival.is_group = is_group(arrival.people, on=registered_on)
    save_person(registration.lead)
    arrival.save()


def save_arrival(arrival: Petition) -> None:
    """Save a later arrival and its person; the matter repeats nothing of it."""
    arrival.is_group = is_group(arrival.people, on=timezone.localdate(arrival.registered_at))
    save_person(arrival.lead)
    arrival.save()


def keep(
    case: PetitionCase, changes: Sequence[Change], *, reason: str, by: Post, at: datetime, of: Petition | None = None
) -> None:
    """Keep each change with the old words in full. `of`: the later arrival that it is about."""
    Correction.objects.bulk_create(
        Correction(
            case=case, petition=of, entry=change.entry, old=change.old, new=change.new,
            reason=shortened(reason, REASON_LENGTH), corrected_by=by.user, unit=by.unit, corrected_at=at,
        )
        for change in changes
    )  # fmt: skip


# Ways to reach the petitioner.
CONTACT = frozenset({Nature.PHONE, Nature.EMAIL, Nature.ADDRESS})


def contact_entries() -> list[Entry]:
    """List the entries by which a petitioner is reached."""
    return [entry for entry in asked_of(Petitioner) if entry.nature in CONTACT]
