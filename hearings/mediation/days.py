"""The 60 days beside a mediation: they run on, and every page says until when and what can be done before."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase
from hearings.models import OPEN_MEDIATIONS, MediationSession


@dataclass(frozen=True, slots=True)
class Days:
    """The last day of the handling; `may_extend`: an extension may still be asked for; `beyond`: the day of a meeting
    that is planned after it."""

    label: str
    last_on: date
    left: int
    may_extend: bool
    beyond: date | None = None

    @property
    def is_over(self) -> bool:
        return self.left < 0


def days_of(case: PetitionCase, on: date) -> Days | None:
    """Tell the days that run on while the matter is mediated; None where none run. Two queries."""
    clock: Deadline | None = (
        case.deadlines.running().filter(rule__in=(Rule.HANDLING, Rule.REDO)).order_by("legal_on").first()
    )
    if clock is None:
        return None
    planned = MediationSession.objects.filter(
        mediation__case=case, mediation__state__in=OPEN_MEDIATIONS, held_on=None, called_off_at=None
    )
    last = planned.order_by("-starts_at").values_list("starts_at", flat=True).first()
    planned_on = timezone.localdate(last) if last else None
    left = (clock.legal_on - on).days
    may_extend = clock.rule == Rule.HANDLING and not clock.extended_by and left >= 0
    beyond = planned_on if planned_on and planned_on > clock.legal_on else None
    return Days(clock.get_rule_display(), clock.legal_on, left, may_extend, beyond)
