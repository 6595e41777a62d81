"""文书要素: facts of the letters of a matter: what its rows say, what its clocks say, what the act itself knows."""

from cases.facts.gathering import DUE_FACT, GATHERERS, Gather, due_letters, facts_of, needed
from cases.facts.matter import (
    Facts,
    accepted_on,
    contact,
    earlier_letter,
    handing_letter,
    petitioner_of,
    query_way,
    signed_opinion,
)

__all__ = [
    "DUE_FACT",
    "GATHERERS",
    "Facts",
    "Gather",
    "accepted_on",
    "contact",
    "due_letters",
    "earlier_letter",
    "facts_of",
    "handing_letter",
    "needed",
    "petitioner_of",
    "query_way",
    "signed_opinion",
]
