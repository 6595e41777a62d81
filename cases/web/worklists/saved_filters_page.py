"""Keeping a view of a list as a tab, and taking it away."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.fields import line
from cases.worklists.saved_filters import forget_filter, save_filter

# The lists that are filtered.
_LISTS = frozenset({"worklist", "list"})
# As the column takes it.
_LONGEST = 500


class SavedFilterForm(OfficeForm):
    name = line("标签名称", max_length=20)


@require_POST
@staff
def save(request: StaffRequest) -> HttpResponse:
    """Keep what narrows the list at the address `list`, under a name of one's own."""
    path, query = _list_of(request.POST.get("list", ""))
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(str(error) for error in form.errors["name"]))
    else:
        try:
            kept = save_filter(request.post.user, path=path, name=form.cleaned_data["name"], query=query)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已保存为标签“{kept.name}”。")
    return redirect(f"{path}?{query.urlencode()}")


@require_POST
@staff
def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a tab away."""
    path, _ = _list_of(request.POST.get("list", ""))
    forget_filter(request.post.user, pk)
    return redirect(path)


def _list_of(address: str) -> tuple[str, QueryDict]:
    """Read the address of a list of ours; that of anything else leads to the home page."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return resolve_url("cases:home"), QueryDict()
    is_list = not parts.netloc and found.namespace == "cases" and found.url_name in _LISTS
    if len(parts.query) > _LONGEST:
        raise Refusal("筛选条件太多，请减少几项后再保存。")
    return (parts.path, QueryDict(parts.query)) if is_list else (resolve_url("cases:home"), QueryDict())
