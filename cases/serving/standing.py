"""Letters of a matter that have to be delivered so that it can be shown, with their latest delivery."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.reading import Prepared
from cases.models import CaseLetter, LetterDelivery, PetitionCase

# Opinions are delivered by moves of their own (送达).
SERVED = tuple(kind.value for kind in LetterKind if kind.served and not kind.served.by_move)


_links = Prepared(
    lambda case: CaseLetter.objects.filter(case=case).select_related("letter__unit", "due").order_by("pk")
)
_deliveries = Prepared(
    lambda case: (
        LetterDelivery.objects.filter(link__case=case)
        .select_related("proof", "entered_by", "entered_unit")
        .order_by("pk")
    )
)


@dataclass(frozen=True, slots=True)
class ServedLetter:
    """One letter and its delivery, None while nobody has written one down."""

    link: CaseLetter
    delivery: LetterDelivery | None

    @property
    def due_on(self) -> date | None:
        """The day by which it has to be delivered; None of what was, and of letters from before there was one."""
        due = getattr(self.link, "due", None)
        return due.due_on if due and self.delivery is None else None

    @property
    def why(self) -> str:
        """Why its delivery is recorded."""
        served = LetterKind(self.link.letter.kind).served
        return served.why if served else ""


def served_letters(case: PetitionCase) -> list[ServedLetter]:
    """List them, the first first. One query, and another where there is one."""
    links = [link for link in _links(case.pk) if is_served(link)]
    last = {delivery.link_id: delivery for delivery in _deliveries(case.pk)} if links else {}
    for link in links:
        link.case = case
    return [ServedLetter(link, last.get(link.pk)) for link in links]


def is_served(link: CaseLetter) -> bool:
    """Check that the delivery of this letter is recorded by hand."""
    return link.letter.kind in SERVED
