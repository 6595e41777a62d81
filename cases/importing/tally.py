"""Counts of the messages answered, and answered in time, read from the clocks as every other figure is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, Petition
from cases.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers. `answered`: messages with a signed opinion; of those in time by the legal day of the 60 and of
    the 15 days."""

    answered: int
    on_time_60: int
    on_time_15: int


def tally(numbers: Sequence[str]) -> Tally:
    """Tally the messages with these numbers: the first 60-day clock of each, against the day of its reply."""
    matters = Petition.objects.filter(channel=Channel.MESSAGE_BOARD, external_id__in=numbers).values("case")
    same_matter = Deadline.objects.filter(case=OuterRef("case")).order_by("pk")
    first = same_matter.filter(rule=Rule.HANDLING).values("pk")[:1]
    triage = same_matter.filter(rule=Rule.TRIAGE).values("legal_on")[:1]
    answered = Deadline.objects.filter(case__in=matters, pk=Subquery(first)).exclude(met_on=None)
    counts = answered.annotate(within_15=Subquery(triage)).aggregate(
        answered=Count("pk"),
        on_time_60=Count("pk", filter=Q(met_on__lte=F("legal_on"))),
        on_time_15=Count("pk", filter=Q(met_on__lte=F("within_15"))),
    )
    return Tally(**counts)
