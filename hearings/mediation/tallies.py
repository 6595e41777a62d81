"""Tallies of points and mediators: what was referred, what became of it, and how long it took; of what a post sees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from hearings.mediation.life import visible_mediations
from hearings.models import AGREED_STATES, MediationPoint, MediationState

_AGREED = frozenset({*AGREED_STATES, MediationState.SETTLED})
_RESULTS = _AGREED | {MediationState.FAILED}


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of one mediation that are counted."""

    state: str
    answered_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a point or a mediator. What was taken back before its answer counts nowhere. `days`: the median from
    the acceptance to the result."""

    name: str
    referred: int
    accepted: int
    declined: int
    agreed: int
    failed: int
    confirmed: int
    days: float | None

    @property
    def rate(self) -> str:
        """The share of agreements among the results."""
        ended = self.agreed + self.failed
        return f"{100 * self.agreed / ended:.0f}%" if ended else "—"

    @property
    def days_said(self) -> str:
        return "—" if self.days is None else f"{self.days:g}天"


def tally(name: str, rows: Iterable[Row]) -> Tally:
    """Count the rows."""
    counted = [row for row in rows if row.state != MediationState.RECALLED or row.answered_on]
    states = [row.state for row in counted]
    lasted = [
        (row.ended_on - row.answered_on).days
        for row in counted
        if row.state in _RESULTS and row.answered_on and row.ended_on
    ]
    return Tally(
        name=name, referred=len(counted),
        accepted=sum(row.answered_on is not None and row.state != MediationState.DECLINED for row in counted),
        declined=states.count(MediationState.DECLINED), agreed=sum(state in _AGREED for state in states),
        failed=states.count(MediationState.FAILED), confirmed=states.count(MediationState.CONFIRMED),
        days=median(lasted) if lasted else None,
    )  # fmt: skip


def tallies_of(point: MediationPoint, post: Post) -> list[Tally]:
    """Count what the post sees of a point: the point first, then each mediator. One query."""
    columns = ("state", "answered_on", "ended_on", "mediator__name")
    rows: list[Row] = []
    of_mediator: Mapping[str, list[Row]] = defaultdict(list)
    for state, answered_on, ended_on, name in (
        visible_mediations(post).filter(point=point).order_by("pk").values_list(*columns)
    ):
        rows.append(Row(state, answered_on, ended_on))
        if name:
            of_mediator[name].append(rows[-1])
    return [tally(point.name, rows), *(tally(name, found) for name, found in sorted(of_mediator.items()))]


def with_counts(points: "QuerySet[MediationPoint]", post: Post) -> "QuerySet[MediationPoint]":
    """Count for a list of points what the post sees of each."""
    seen = Q(mediations__in=visible_mediations(post).order_by().values("pk"))
    counted = seen & ~Q(mediations__state=MediationState.RECALLED, mediations__answered_on=None)
    return points.annotate(
        referred=Count("mediations", filter=counted, distinct=True),
        agreed=Count("mediations", filter=seen & Q(mediations__state__in=_AGREED), distinct=True),
        failed=Count("mediations", filter=seen & Q(mediations__state=MediationState.FAILED), distinct=True),
    )
