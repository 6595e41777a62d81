"""重大紧急 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from cases.casefile.urgent import Urgency, urgencies
from cases.models import PetitionCase


@dataclass(frozen=True, slots=True)
class UrgentPanel:
    """Its reports, the latest first."""

    reports: list[Urgency]
    template: str = "cases/casefile/_urgent.html"


def panel(case: PetitionCase, post: Post, on: date) -> UrgentPanel | None:
    """Build the panel of a matter that is 重大紧急; of any other, one that was taken back too, the course tells."""
    reports = urgencies(case) if case.is_urgent else []
    return UrgentPanel(reports) if reports else None
