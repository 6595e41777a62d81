"""听证员抽取 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import Prepared
from cases.models import PetitionCase
from cases.states import State
from hearings.models import Draw
from hearings.permissions import PREPARE

_any = Prepared(lambda case: Draw.objects.filter(case=case).order_by().values_list("pk")[:1])
# A hearing is being prepared or held.
HEARD_IN = frozenset({State.HEARING, State.RECHECK_HEARING})


@dataclass(frozen=True, slots=True)
class DrawPanel:
    """Draws of a matter, the newest first, and the reader's right to begin one."""

    rows: list[Draw]
    may_commit: bool
    template: str = "hearings/pool/_panel.html"


def panel(case: PetitionCase, post: Post, on: date) -> DrawPanel | None:
    """Build the panel, as one of the matter's; None where there is nothing to see or do. One query, or two."""
    if case.is_sealed:
        return None
    rows = list(Draw.objects.filter(case=case).order_by("-pk")[:10]) if _any(case.pk) else []
    may_commit = case.state in HEARD_IN and post.role in PREPARE and case.holder_id == post.unit_id
    return DrawPanel(rows, may_commit) if rows or may_commit else None
