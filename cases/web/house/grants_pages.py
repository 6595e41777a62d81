"""授权审批: requests that wait for the second hand, decisions, and the act of deciding."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Grant
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import page_of
from cases.house import grants
from cases.house.acts import offered
from cases.web.house.act_page import act_page, row_of

_RELATED = ("user", "unit__parent", "post__unit", "asked_by", "decided_by")


@require_safe
@never_cache
@holds(Right.READ_HOUSE)
def all_grants(request: StaffRequest) -> HttpResponse:
    """Show what waits, the oldest first, and what was decided, the last first."""
    today = timezone.localdate()
    rows = Grant.objects.select_related(*_RELATED)
    waiting = [
        (one, offered(grants.ACTS, one, request.post, today)) for one in rows.filter(decided_at=None).order_by("pk")
    ]
    page = page_of(rows.exclude(decided_at=None), by=("-pk",), query=request.GET)
    return render(request, "cases/house/grants.html", {"waiting": waiting, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds(Right.READ_HOUSE)
def grant_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask for the decision; POST takes it. A password or a token is shown in the answer, once."""
    act, grant = row_of(grants.ACTS, key), get_object_or_404(Grant.objects.select_related(*_RELATED), pk=pk)
    return act_page(request, act, grant, back=reverse("cases:house-grants"))
