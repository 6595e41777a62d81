"""重大紧急 as a file tells it: who was told outside and is still owed, who was called inside and has read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases.models import PetitionCase, UrgentCall, UrgentReport, UrgentTold


@dataclass(frozen=True, slots=True)
class Urgency:
    """One report with its rows, as they stand at a moment."""

    report: UrgentReport
    told: list[UrgentTold]
    calls: list[UrgentCall]
    at: datetime

    @property
    def bodies(self) -> list[tuple[UrgentTold, bool]]:
        """Each body that must be told, and whether that is late."""
        return [(row, row.is_late(self.at)) for row in self.told]

    @property
    def owed(self) -> list[UrgentTold]:
        return [row for row in self.told if row.is_owed]


def urgencies(case: PetitionCase, *, at: datetime | None = None) -> list[Urgency]:
    """Read every report of the matter, the latest first; three queries."""
    reports = case.urgent_reports.select_related("unit", "by_user", "taken_back_by").prefetch_related(
        "told__recorded_by", "calls__user", "calls__unit"
    )
    moment = at or timezone.now()
    return [Urgency(report, list(report.told.all()), list(report.calls.all()), moment) for report in reports]


def latest(reports: Iterable[Urgency]) -> Urgency | None:
    """Find the one that stands, the latest of several."""
    return next((one for one in reports if one.report.stands), None)
