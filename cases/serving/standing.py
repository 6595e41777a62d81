"""Letters of a matter that have to be delivered so that it can be shown, with their latest delivery."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from binzhou_xinfang.letters.kinds import LetterKind
from cases.models import CaseLetter, LetterDelivery, PetitionCase

# Opinions are delivered by moves of their own (送达).
SERVED = tuple(kind.value for kind in LetterKind if kind.served and not kind.served.by_move)


@dataclass(frozen=True, slots=True)
class ServedLetter:
    """One letter and its delivery, None while nobody has written one down."""

    link: CaseLetter
    delivery: LetterDelivery | None

    @property
    def why(self) -> str:
        """Why its delivery is recorded."""
        served = LetterKind(self.link.letter.kind).served
        return served.why if served else ""


def served_letters(case: PetitionCase) -> list[ServedLetter]:
    """List them, the first first. One query, and another where one of them has been delivered."""
    last = LetterDelivery.objects.filter(link=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    links = case.letters.filter(letter__kind__in=SERVED).select_related("letter__unit").annotate(last=Subquery(last))
    rows = [(link, link.last) for link in links.order_by("pk")]
    known = [key for _, key in rows if key]
    deliveries = LetterDelivery.objects.select_related("proof", "entered_by", "entered_unit")
    by_key = deliveries.in_bulk(known) if known else {}
    for link, _ in rows:
        link.case = case
    return [ServedLetter(link, by_key.get(key)) for link, key in rows]


def is_served(link: CaseLetter) -> bool:
    """Check that the delivery of this letter is recorded by hand."""
    return link.letter.kind in SERVED
