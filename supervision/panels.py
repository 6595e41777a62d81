"""督办 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from supervision.models import SupervisionCase
from supervision.queries import supervisions_in
from supervision.rules import READERS, may_inspect, may_open

SHOWN = 20


@dataclass(frozen=True, slots=True)
class SupervisionPanel:
    """What the page shows of 督办: the latest twenty, and whether the reader may bring one up."""

    rows: list[SupervisionCase]
    may_open: bool
    may_inspect: bool
    today: date
    template: str = "supervision/_panel.html"


def panel(case: PetitionCase, post: Post, on: date) -> SupervisionPanel | None:
    """One of `settings.CASE_PANELS`: nothing where there is nothing to see or to do. One query."""
    if post.role not in READERS or case.is_sealed:
        return None
    rows = list(supervisions_in(case, post).select_related("unit", "clock")[:SHOWN])
    opens = may_open(post, case)
    return SupervisionPanel(rows, opens, may_inspect(post, case), on) if rows or opens else None
