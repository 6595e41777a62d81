"""督办首页: lights by unit, letters that wait, the rates of the month; each figure opens its list."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import Count, capped_count, page_of
from cases.looks import log_lines
from supervision.figures.rates import MODES, Month, Rate, opens_rates, rate_of, rates
from supervision.figures.tiles import Wait, waits
from supervision.queries import lights_by_unit, visible_supervisions

DRAWN = 15


def _mode(request: StaffRequest) -> str:
    return request.GET.get("mode", "") if request.GET.get("mode", "") in MODES else "legal"


def _month(request: StaffRequest, today: date) -> Month:
    """Read the month that `?month=2026-11` names, else the present one."""
    text = request.GET.get("month", "")
    try:
        return Month.of(date.fromisoformat(f"{text}-01")) if text else Month.of(today)
    except ValueError:
        return Month.of(today)


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def home(request: StaffRequest) -> HttpResponse:
    """Show what a leader or an inspector looks at in the morning."""
    today, post = timezone.localdate(), request.post
    month, mode = _month(request, today), _mode(request)
    lights = lights_by_unit(post, today)
    log_lines(post, [light.worst for light in lights if light.worst], ip=request.META.get("REMOTE_ADDR"))
    context = {
        "today": today,
        "lights": lights,
        "drawn": json.dumps(_bars(lights), ensure_ascii=False),
        "waiting": _waiting(post, today),
        "rates": _rate_lines(post, month, mode),
        "opens_rates": opens_rates(post),
        "month": month,
        "months": _months(today, month),
        "mode": mode,
        "modes": MODES.items(),
    }
    return render(request, "supervision/figures/home.html", context)


def _months(today: date, chosen: Month) -> list[date]:
    """List the first days of this month and of the eleven before it, the newest first; the chosen one is among them."""
    place = today.year * 12 + today.month - 1
    last = [date((place - back) // 12, (place - back) % 12 + 1, 1) for back in range(12)]
    return last if chosen.first in last else [chosen.first, *last]


def _bars(lights: list[Any]) -> dict[str, list[Any]]:
    """Gather the data of the picture; the table beside it says the same."""
    shown = [light for light in lights if light.unit][:DRAWN]
    return {
        "units": [light.unit.short_name or light.unit.name for light in shown],
        "late": [light.late for light in shown],
        "soon": [light.soon for light in shown],
    }


def _waiting(post: Post, today: date) -> list[tuple[Wait, Count]]:
    supervisions = visible_supervisions(post)
    return [(wait, capped_count(supervisions.filter(wait.where))) for wait in waits(today)]


def _rate_lines(post: Post, month: Month, mode: str) -> list[tuple[Rate, int, int, str]]:
    """List each rate with its two figures and its percentage; nothing over nothing is no rate."""
    lines = []
    for each in rates(post, month, mode):
        good, counted = each.figures
        lines.append((each, good, counted, f"{100 * good / counted:.1f}%" if counted else "—"))
    return lines


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def rate_list(request: StaffRequest, rate: str) -> HttpResponse:
    """Show the matters behind a figure: `?part=counted` or `good`, or `missing` for those counted that are not good."""
    today, post = timezone.localdate(), request.post
    month, mode = _month(request, today), _mode(request)
    chosen = rate_of(post, month, mode, rate) if opens_rates(post) else None
    if chosen is None:
        raise Http404
    part = request.GET.get("part", "counted")
    rows = {"good": chosen.good, "missing": chosen.counted.exclude(chosen.makes)}.get(part, chosen.counted)
    context = {
        "rate": chosen,
        "part": part,
        "parts": [("counted", "分母"), ("good", "分子"), ("missing", "其余")],
        "month": month,
        "mode": MODES[mode],
        "total": capped_count(rows),
        "page": page_of(rows.select_related("responsible", "holder", "lead"), by=("-pk",), query=request.GET),
    }
    return render(request, "supervision/figures/rate.html", context)
