"""期限与参数: the settings in force, since when and by whom; one item is set in a side sheet."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records import ledger
from binzhou_xinfang.statute.models import SettingChange
from binzhou_xinfang.statute.parameter import Group
from binzhou_xinfang.statute.parameters import Column
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page, version_of
from cases.keeping.in_force import Item, item, item_names, items, overlay_rows, switch_of
from cases.keeping.setting_preview import foretell
from cases.keeping.settings import change_settings, things_of
from cases.web.keeping.settings_form import SettingForm

SHOWN = 50


@require_safe
@holds(Right.READ_SETTINGS)
def settings(request: StaffRequest) -> HttpResponse:
    """Show all periods and parameters with the latest changes."""
    all_items = items(timezone.localdate())
    switch = switch_of(all_items)
    groups = [(group.label, [one for one in all_items if one.group is group and one is not switch]) for group in Group]
    context = {
        "switch": switch,
        "overlay_rows": overlay_rows(),
        "periods": groups[0][1],
        "columns": Column,
        "groups": [(label, listed) for label, listed in groups[1:] if listed],
        "changes": SettingChange.objects.select_related("by_user").order_by("-pk")[:SHOWN],
        "shown": SHOWN,
        "may_set": has_right(request.post, Right.MANAGE_SETTINGS),
    }
    return render(request, "cases/keeping/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds(Right.READ_SETTINGS)
def setting(request: StaffRequest, name: str) -> HttpResponse:
    """Show one item: its history and, for who may set it, the form with its effects; POST sets it."""
    today = timezone.localdate()
    if name not in item_names():
        raise Http404
    shown = item(name, today)
    if request.method != "POST":
        return _show(request, shown, SettingForm(item=shown, on=today), today)
    if not has_right(request.post, Right.MANAGE_SETTINGS):
        raise NotPermitted(f"您当前的岗位不能{Right.MANAGE_SETTINGS.label}。")
    form = SettingForm(request.POST, item=shown, on=today)
    if form.is_valid():
        with refusals_at(form):
            return _set(request, shown, form)
    return _show(request, shown, form, today, status=422)


def _set(request: StaffRequest, shown: Item, form: SettingForm) -> HttpResponse:
    since, reason = form.cleaned_data["effective_from"], form.cleaned_data["reason"]
    seen = version_of(request.POST)
    change_settings(form.values(), effective_from=since, reason=reason, by=request.post, at=timezone.now(), seen=seen)
    messages.success(request, f"已设定“{shown.label}”，自{since:%Y-%m-%d}起生效，并记入历史。")
    return redirect("cases:settings")


def _show(request: StaffRequest, shown: Item, form: SettingForm, today: date, *, status: int = 200) -> HttpResponse:
    keys = [line.parameter.key for line in shown.lines]
    context = {
        "item": shown,
        "form": form,
        "may_set": has_right(request.post, Right.MANAGE_SETTINGS),
        "changes": SettingChange.objects.filter(key__in=keys).select_related("by_user").order_by("-pk")[:SHOWN],
        "version": ledger.version_of(*things_of(keys)),
        "consequences": _foretold(request, shown, today),
    }
    return sheet_or_page(request, "cases/keeping/setting", context, status=status)


def _foretold(request: StaffRequest, shown: Item, today: date) -> list[str]:
    """Foretell the effects of the form as it is typed so far; nothing while it was not touched or is wrong."""
    typed = (request.POST or request.GET).copy()
    if "effective_from" not in typed:
        return []
    # The reason is still to come and changes nothing.
    typed["reason"] = typed.get("reason") or "—"
    form = SettingForm(typed, item=shown, on=today)
    if not form.is_valid():
        return [str(error) for errors in form.errors.values() for error in errors]
    return foretell(shown, form.values(), effective_from=form.cleaned_data["effective_from"], on=today)
