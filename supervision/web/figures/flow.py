"""督办 as a flow: how many stand at each step, since when the longest, and which are the own unit's turn."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from supervision.causes.turns import Turn, turns
from supervision.figures.tiles import Wait, waits
from supervision.models import OPEN_STAGES
from supervision.queries import SINCE, visible_supervisions

# Of several steps at once, beside the road.
_BESIDE = ("late", "proposals")


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the road. `days`: since the one that waits there longest came to it, None where there is none;
    `mine`: how many wait for the own unit."""

    wait: Wait
    number: int
    days: int | None
    mine: int

    @property
    def is_beside(self) -> bool:
        return self.wait.slug in _BESIDE

    @property
    def is_late(self) -> bool:
        return self.wait.slug == "late" and self.number > 0


def flow_of(post: Post, on: date) -> list[Stop]:
    """List the steps in the order of the road, as the post sees them. One query."""
    steps, mine = waits(on), turns(post.unit_id)[Turn.MINE]
    wanted = {f"n_{step.slug}": Count("pk", filter=step.where) for step in steps}
    wanted |= {f"mine_{step.slug}": Count("pk", filter=Q(step.where) & mine) for step in steps}
    oldest = {f"old_{step.slug}": Min(SINCE, filter=step.where) for step in steps}
    found = visible_supervisions(post).filter(stage__in=OPEN_STAGES).order_by().aggregate(**wanted, **oldest)
    return [
        Stop(step, found[f"n_{step.slug}"], _days(found[f"old_{step.slug}"], on), found[f"mine_{step.slug}"])
        for step in steps
    ]


def _days(since: datetime | None, on: date) -> int | None:
    return (on - timezone.localdate(since)).days if since else None
