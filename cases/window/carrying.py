"""带入上次登记: the facts of a person with a known ID, taken over from the latest registration."""

from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.crypto import digest
from cases.entries.declaration import asked_of
from cases.models import Companion, Petition, Petitioner
from cases.people import Known, arrivals_of_person
from cases.window.correcting import typed_as

# Said anew at every arrival: what the person wishes today, and the paper that is shown today.
_TODAY = frozenset(
    {"id_number", "id_kind", "is_anonymous", "wants_secrecy", "consents_to_publication", "is_organisation"}
)


def latest_registration(id_number: str) -> tuple[Petition, Petitioner] | None:
    """Find the latest arrival of the person with this ID, 检举控告 left out, and the person as written down then."""
    known = Known(id_number=id_number)
    arrival = arrivals_of_person(known, limit=1).first() if id_number else None
    if arrival is None:
        return None
    if arrival.lead.id_digest and bytes(arrival.lead.id_digest) == digest(id_number, kind="id_number"):
        return arrival, arrival.lead
    beside = Companion.objects.filter(petition=arrival, petitioner__in=known.people()).select_related("petitioner")
    return arrival, beside[0].petitioner


def carry_over(id_number: str, *, by: Post, ip: str | None) -> dict[str, Any]:
    """Read the entries of the person's latest registration as a form is sent them; {} for somebody unknown.

    They are shown in full, so it is logged as a look at the matter.
    """
    found = latest_registration(id_number)
    if found is None:
        return {}
    arrival, person = found
    access.log(by, AccessAct.UNMASK, arrival.case.number, reason="窗口登记：带入上次登记", ip=ip)
    entries = [entry for entry in asked_of(Petitioner) if entry.name not in _TODAY]
    return {entry.name: value for entry in entries if (value := typed_as(entry, person))}
