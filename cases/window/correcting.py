"""更正、补充: entries of one registration as they should have been, beside what was written down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.masking import NAMELESS
from binzhou_xinfang.records.words import in_full
from binzhou_xinfang.typed import shortened
from cases.deciding import decider_of, sits_below
from cases.entries.declaration import Entry, Nature, Pick, asked_of, entries_of
from cases.entries.whose import is_of_claim
from cases.entries.words import words_of
from cases.models import CaseRequest, Correction, Petition, PetitionCase, Petitioner
from cases.states import Hand, State
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
    """Keep each change with the old words in full. `of`: the later arrival that it is about.

    The one door of every correction: raises Refusal for one of the claim by the body that it is against, and for one
    that puts another person in the petitioner's place.
    """
    _refuse_in_own_cause(case, changes, by=by, at=at, of=of)
    _refuse_another_person(case, changes, of.lead if of else case.lead)
    Correction.objects.bulk_create(
        Correction(
            case=case, petition=of, entry=change.entry, old=change.old, new=change.new,
            reason=shortened(reason, REASON_LENGTH), corrected_by=by.user, unit=by.unit, corrected_at=at,
        )
        for change in changes
    )  # fmt: skip


def _refuse_in_own_cause(
    case: PetitionCase, changes: Sequence[Change], *, by: Post, at: datetime, of: Petition | None
) -> None:
    claimed = [change for change in changes if is_of_claim(change.entry)]
    if not claimed:
        return
    office = decider_of(case)
    if office == by.unit_id and not sits_below(by, Hand.HANDLED, case):
        return
    registered_at = of.registered_at if of else case.registered_at
    if case.state == State.REGISTERED and timezone.localdate(registered_at) == timezone.localdate(at):
        return  # a slip of the same day, before anything was done with it: what was typed in is the own word still
    what = "、".join(dict.fromkeys(change.label for change in claimed))
    who = "由上级信访部门与信访人核对后更正登记"
    if office is None:
        who += "；系统没有登记其上级信访部门，请由系统管理员在机构中登记"
    raise Refusal(
        f"本单位办理的事项，不能由本单位更正{what}（谁反映、反映什么、反映谁），应当{who}。",
        field=claimed[0].entry.rpartition(".")[2] if claimed[0].label != REQUESTS else "requests",
    )


def _refuse_another_person(case: PetitionCase, changes: Sequence[Change], lead: Petitioner) -> None:
    """Raise Refusal for another name with nothing left by which the person was known, once the first was written to."""
    changed = {change.entry.rpartition(".")[2]: change for change in changes if change.entry.startswith("Petitioner.")}
    if "name" not in changed or changed["name"].old in ("", NAMELESS):
        return
    known = {name for name in _KNOWN_BY if (changed[name].old if name in changed else getattr(lead, name))}
    if known and known <= changed.keys() and case.letters.exists():
        raise Refusal(
            "姓名与登记的证件、电话、住址全部改变的，是另一个人：请办理“变更信访人”；另一个人的来信来访请另行登记。",
            field="name",
        )


# By what a person is known beside the name.
_KNOWN_BY = ("id_number", "phone", "address")
# Ways to reach the petitioner.
CONTACT = frozenset({Nature.PHONE, Nature.EMAIL, Nature.ADDRESS})


def contact_entries() -> list[Entry]:
    """List the entries by which a petitioner is reached."""
    return [entry for entry in asked_of(Petitioner) if entry.nature in CONTACT]
