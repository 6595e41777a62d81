"""People who came, found again by ID, telephone number or name, alone or with others."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.reading import among
from binzhou_xinfang.records.crypto import digest
from cases.models import Companion, Petition, PetitionCase, Petitioner
from cases.states import NOT_COUNTED
from cases.vocabulary import DeliveryWay, PartyRole


@dataclass(frozen=True, slots=True)
class Known:
    """Facts by which a person may be found again; each may be empty. A name alone finds namesakes too."""

    id_number: str = ""
    phone: str = ""
    name: str = ""

    @property
    def is_a_name_alone(self) -> bool:
        return bool(self.name) and not (self.id_number or self.phone)

    def people(self) -> QuerySet[Petitioner]:
        """Select the rows of everybody with this ID or phone; if neither is known, with this name."""
        same = Q()
        if self.id_number:
            same |= Q(id_digest=digest(self.id_number, kind="id_number"))
        if self.phone:
            same |= Q(phone_digest=digest(self.phone, kind="phone"))
        if not same and (name := digest(self.name, kind="name")):
            same = Q(name_key=name)
        return Petitioner.objects.filter(same) if same else Petitioner.objects.none()


def is_same_person(one: Petitioner, two: Petitioner) -> bool:
    """Compare by the ID where both have shown one, else by the name."""
    if one.id_digest is not None and two.id_digest is not None:
        return bytes(one.id_digest) == bytes(two.id_digest)
    return bool(one.name == two.name)


def is_party(case: PetitionCase, other: PetitionCase) -> bool:
    """Check that who makes the claim is a party of the other matter: who came with it, or with what was merged in."""
    arrivals = Petition.objects.filter(Q(case=other) | Q(case__merged_into=other))
    beside = Companion.objects.filter(petition__in=arrivals).exclude(role=PartyRole.AGENT)
    parties = Petitioner.objects.filter(Q(petitions__in=arrivals) | Q(pk__in=beside.values("petitioner")))
    return any(is_same_person(case.lead, party) for party in parties)


def came_with(people: QuerySet[Petitioner]) -> QuerySet[Petition]:
    """Select the ids of arrivals at which one of these was the lead, a representative, an agent or a companion."""
    who = people.order_by().values("pk")
    leading = Petition.objects.filter(among("lead", who)).values("pk")
    beside = Companion.objects.filter(among("petitioner", who)).values("petition")
    # Each part has an index of its own; one OR over the joins would have none.
    return leading.union(beside)  # type: ignore[return-value]  # rows of one id


def arrivals_of_person(known: Known, *, limit: int = 20) -> QuerySet[Petition]:
    """Select earlier arrivals of the person, alone or with others, newest first, of whatever unit; reports are left
    out."""
    came = Petition.objects.filter(among("pk", came_with(known.people())), case__is_sealed=False)
    arrivals = came.exclude(case__state__in=NOT_COUNTED)
    return arrivals.select_related("case", "case__holder", "lead", "unit").order_by("-id")[:limit]


def others_of(case: PetitionCase) -> list[Petitioner]:
    """List the petitioners beside the first: who signed with him, was sent by the others, or asked for the same in a
    matter that was merged in, the oldest first. Nobody twice, and nobody without a name. One query, a second where
    something was merged in."""
    rows = Companion.objects.filter(petition__case=case).exclude(role=PartyRole.AGENT)
    people = [row.petitioner for row in rows.select_related("petitioner").order_by("pk")]
    if case.petition_count > 1:
        merged = Q(petitions__case__merged_into=case)
        beside = Companion.objects.filter(petition__case__merged_into=case).exclude(role=PartyRole.AGENT)
        people += Petitioner.objects.filter(merged | Q(pk__in=beside.values("petitioner"))).distinct().order_by("pk")
    found: list[Petitioner] = []
    for person in people:
        if person.name and not any(is_same_person(person, known) for known in [case.lead, *found]):
            found.append(person)
    return found


def refuse_unserved(who: Petitioner, earlier: PetitionCase) -> None:
    """Raise Refusal where who asks was never given the answer in writing, or nothing proves it: what nobody was told
    binds nobody (第三十五条、第三十六条：自收到书面答复之日起)."""
    waiting = Petitioner.objects.filter(pk__in=earlier.unserved)
    if any(is_same_person(who, person) for person in waiting):
        raise Refusal(f"{earlier.number}的意见还没有送达该信访人，不能不再受理；请先送达其本人。", field="earlier")
    if earlier.is_delivery_unproven:
        raise Refusal(f"{earlier.number}的意见送达没有凭证，不能不再受理；请先补交送达凭证。", field="earlier")
    last = earlier.deliveries.first()
    if last is not None and last.way == DeliveryWay.TOLD and not earlier.reviews.exists():
        raise Refusal(f"{earlier.number}是简易办理，没有送达书面答复，不能不再受理。", field="earlier")
