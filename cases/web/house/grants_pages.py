"""授权审批: powers and changes of units that wait for the second hand, what was decided, and the act of deciding."""

from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Grant, Post, UnitChange
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import page_of
from cases.house import change_acts, changes, grants
from cases.house.acts import offered
from cases.web.house.act_page import act_page, row_of

_RELATED = ("user", "unit__parent", "post__unit", "asked_by", "decided_by")
# Changes of units are few; all of them stand in 机构's 维护记录.
SHOWN = 10


class Waiting(NamedTuple):
    """Something that waits for the second hand; `acts`: label, whether it ends something, address."""

    title: str
    what: str
    reason: str
    who: str
    at: datetime
    concerns_sealed: bool
    acts: list[tuple[str, bool, str]]


@require_safe
@never_cache
@holds(Right.READ_HOUSE)
def all_grants(request: StaffRequest) -> HttpResponse:
    """Show what waits, the oldest first, and what was decided, the last first."""
    today = timezone.localdate()
    page = page_of(Grant.objects.select_related(*_RELATED).exclude(decided_at=None), by=("-pk",), query=request.GET)
    decided = changes.decided()[:SHOWN]
    waiting = sorted([*_grants(request.post, today), *_changes(request.post, today)], key=lambda one: one.at)
    context = {"waiting": waiting, "page": page, "changes": decided, "shown": SHOWN}
    return render(request, "cases/house/grants.html", context)


def _grants(post: Post, on: date) -> list[Waiting]:
    rows = Grant.objects.select_related(*_RELATED).filter(decided_at=None).order_by("pk")
    return [
        Waiting(
            f"{one.user.name} {one.get_kind_display()}", one.what, one.reason, one.asked_by.name, one.asked_at,
            one.concerns_sealed,
            [
                (act.label, act.is_end, reverse("cases:house-grant-act", args=[one.pk, act.key]))
                for act in offered(grants.ACTS, one, post, on)
            ],
        )
        for one in rows
    ]  # fmt: skip


def _changes(post: Post, on: date) -> list[Waiting]:
    return [
        Waiting(
            f"{one.unit.name} {one.get_kind_display()}", one.what, one.basis, one.ordered_by.name, one.ordered_at,
            False,
            [
                (act.label, act.is_end, reverse("cases:house-change-act", args=[one.pk, act.key]))
                for act in offered(change_acts.ACTS, one, post, on)
            ],
        )
        for one in changes.standing()
        if one.waits
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds(Right.READ_HOUSE)
def grant_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask for the decision; POST takes it. A password or a token is shown in the answer, once."""
    act, grant = row_of(grants.ACTS, key), get_object_or_404(Grant.objects.select_related(*_RELATED), pk=pk)
    return act_page(request, act, grant, back=reverse("cases:house-grants"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds(Right.READ_HOUSE)
def change_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask for the decision on a change of a unit, or why it is cancelled; POST takes it."""
    act = row_of(change_acts.ACTS, key)
    change = get_object_or_404(UnitChange.objects.select_related(*changes.RELATED), pk=pk)
    back = reverse("cases:house-unit", args=[change.unit_id]) if key == "cancel" else reverse("cases:house-grants")
    return act_page(request, act, change, back=back)
