"""督办 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import Prepared
from cases.models import PetitionCase
from supervision.models import SupervisionCase
from supervision.permissions import READERS, may_inspect, may_open
from supervision.queries import supervisions_in

SHOWN = 20

# Most matters have none: that is found out before the scope of the reader is asked, which takes ten times as long.
_any = Prepared(lambda case: SupervisionCase.objects.filter(case=case).order_by().values_list("pk")[:1])


@dataclass(frozen=True, slots=True)
class SupervisionPanel:
    """督办 on the page of a matter: the latest twenty, and the reader's right to bring one up."""

    rows: list[SupervisionCase]
    may_open: bool
    may_inspect: bool
    today: date
    template: str = "supervision/causes/_panel.html"


def panel(case: PetitionCase, post: Post, on: date) -> SupervisionPanel | None:
    """Build the panel, as one of the matter's; None where there is nothing to see or do. One query, or two."""
    if post.role not in READERS or case.is_sealed:
        return None
    rows = list(supervisions_in(case, post).select_related("unit", "clock")[:SHOWN]) if _any(case.pk) else []
    opens = may_open(post, case)
    return SupervisionPanel(rows, opens, may_inspect(post, case), on) if rows or opens else None
