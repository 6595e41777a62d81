"""重大紧急 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from cases.casefile.urgent import Urgency, urgencies
from cases.models import PetitionCase
from cases.procedure.urgent.roster import on_duty


@dataclass(frozen=True, slots=True)
class UrgentPanel:
    """Its reports, the latest first, and who is on duty now where it lies and where it was taken in."""

    reports: list[Urgency]
    on_duty: list[Post]
    template: str = "cases/casefile/_urgent.html"


def panel(case: PetitionCase, post: Post, on: date) -> UrgentPanel | None:
    """Build the panel of a matter that is 重大紧急; of any other, one that was taken back too, the course tells."""
    reports = urgencies(case) if case.is_urgent else []
    if not reports:
        return None
    now = timezone.now()
    units = {unit.pk: unit for unit in (case.holder, case.registered_unit)}
    return UrgentPanel(reports, [post for unit in units.values() for post in on_duty(unit, now)])
