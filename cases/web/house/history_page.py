"""维护记录: the changes of one thing of the house, or of all of its kind, with author and reason, in pages."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import page_of
from cases.web.house.history import events_of, told

# Who reads the history of each kind of thing: whoever reads the thing; and the auditor all of it.
_READ_BY: Mapping[str, tuple[str, Right]] = {
    "unit": ("机构", Right.READ_HOUSE),
    "user": ("用户", Right.READ_HOUSE),
    "post": ("岗位", Right.READ_HOUSE),
    "token": ("接口令牌", Right.READ_HOUSE),
    "grant": ("授权审批", Right.READ_HOUSE),
    "topic": ("内容分类", Right.MANAGE_LISTS),
    "route": ("法定途径清单", Right.MANAGE_LISTS),
    "calendar": ("工作日历", Right.MANAGE_CALENDAR),
    "template": ("文书模板", Right.MANAGE_TEMPLATES),
    "setting": ("期限与参数", Right.READ_SETTINGS),
}


@require_safe
@never_cache
@staff
def history(request: StaffRequest, thing: str, key: str = "") -> HttpResponse:
    """Show the events, the last first; without a key those of everything of the kind."""
    if thing not in _READ_BY:
        raise Http404
    name, right = _READ_BY[thing]
    if not has_right(request.post, right) and not has_right(request.post, Right.READ_AUDIT):
        raise NotPermitted(f"您当前的岗位不能查阅{name}的维护记录。")
    # What a command brought in for the whole list stands under its plural.
    things = [f"{thing}:{key}"] if key else [f"{thing}:", f"{thing}s"]
    page = page_of(events_of(*things), by=("-seq",), query=request.GET)
    context = {"name": name, "page": page, "events": told(page.rows, on=timezone.localdate()), "is_whole": not key}
    return render(request, "cases/house/history.html", context)
