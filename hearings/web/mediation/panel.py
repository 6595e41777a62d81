"""访调对接 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import Prepared
from cases.models import PetitionCase
from cases.states import State
from hearings.mediation.days import Days, days_of
from hearings.mediation.following import is_mediating
from hearings.models import Mediation, MediationState
from hearings.permissions import REFER

_any = Prepared(lambda case: Mediation.objects.filter(case=case).order_by().values_list("pk")[:1])


@dataclass(frozen=True, slots=True)
class MediationPanel:
    """Mediations of a matter, the newest first, the days that run on, and the reader's right to refer it."""

    rows: list[Mediation]
    days: Days | None
    may_refer: bool
    template: str = "hearings/mediation/_panel.html"

    @property
    def last(self) -> Mediation | None:
        return self.rows[0] if self.rows else None

    @property
    def was_declined(self) -> bool:
        return self.last is not None and self.last.state == MediationState.DECLINED


def panel(case: PetitionCase, post: Post, on: date) -> MediationPanel | None:
    """Build the panel, as one of the matter's; None where there is nothing to see or do. One query, or four."""
    if case.is_sealed:
        return None
    found = Mediation.objects.filter(case=case).select_related("point", "mediator", "case").order_by("-pk")
    rows = list(found[:10]) if _any(case.pk) else []
    is_free = case.state == State.MEDIATING and not any(row.is_open for row in rows)
    may_refer = is_free and post.role in REFER and case.holder_id == post.unit_id
    if not rows and not may_refer:
        return None
    return MediationPanel(rows, days_of(case, on) if is_mediating(case) else None, may_refer)
