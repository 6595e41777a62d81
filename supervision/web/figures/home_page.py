"""督办首页: lights by unit, letters that wait, the rates of the month; each figure opens its list."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from cases.looks import log_lines
from supervision.figures.counting import PARTS, value_of
from supervision.figures.figure import MODES, Figure, Value, months_back
from supervision.figures.rates import RATES
from supervision.figures.reaches import opens_rates
from supervision.queries import lights_by_unit
from supervision.web.figures.asking import Asked, list_of, read_or_404
from supervision.web.figures.flow import flow_of
from supervision.web.figures.heat import COLUMNS, heat_rows
from supervision.web.figures.trends import HEIGHT, WIDTH, Trend, trends_of

DRAWN = 15


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def home(request: StaffRequest) -> HttpResponse:
    """Show what a leader or an inspector looks at in the morning."""
    today, post = timezone.localdate(), request.post
    asked = read_or_404(post, request.GET, today)
    lights = lights_by_unit(post, today)
    log_lines(post, [light.worst for light in lights if light.worst], ip=request.META.get("REMOTE_ADDR"))
    context = {
        "today": today,
        "lights": lights,
        "drawn": json.dumps(_bars(lights), ensure_ascii=False),
        "flow": flow_of(post, today),
        "heat": heat_rows(asked, request.GET.get("sort", ""), by=post),
        "columns": COLUMNS,
        "sort": request.GET.get("sort", COLUMNS[0].slug),
        "cards": _cards(asked),
        "opens_rates": opens_rates(post),
        "asked": asked,
        "months": _months(today, asked.period.since),
        "modes": MODES.items(),
    }
    return render(request, "supervision/figures/home.html", context)


def _months(today: date, chosen: date) -> list[date]:
    """List the first days of this month and of the eleven before it, the newest first; the chosen one is among them."""
    last = [months_back(today.replace(day=1), number) for number in range(12)]
    return last if chosen in last else [chosen, *last]


def _bars(lights: list[Any]) -> dict[str, list[Any]]:
    """Gather the data of the picture; the table beside it says the same."""
    shown = [light for light in lights if light.unit][:DRAWN]
    return {
        "units": [light.unit.short_name or light.unit.name for light in shown],
        "late": [light.late for light in shown],
        "soon": [light.soon for light in shown],
    }


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def trends(request: StaffRequest) -> HttpResponse:
    """Show the cards of the rates with their twelve months; the home page asks for them when it stands."""
    asked = read_or_404(request.post, request.GET, timezone.localdate())
    context = {
        "cards": _cards(asked, trends_of(asked)), "opens_rates": opens_rates(request.post), "trends": True,
        "width": WIDTH, "height": HEIGHT,
    }  # fmt: skip
    return render(request, "supervision/figures/_rate_cards.html", context)


@dataclass(frozen=True, slots=True)
class RateCard:
    """One rate: its numbers, the addresses of the lists that they open, and its course, where it was asked for."""

    figure: Figure
    value: Value
    lists: Mapping[str, str]
    trend: Trend | None


def _cards(asked: Asked, drawn: Mapping[str, Trend] = MappingProxyType({})) -> list[RateCard]:
    return [
        RateCard(figure, value_of(figure, asked.reach, asked.period), _lists(slug, asked), drawn.get(slug))
        for slug, figure in RATES.items()
    ]


def _lists(slug: str, asked: Asked) -> Mapping[str, str]:
    return {part: list_of(slug, asked.period, unit=asked.code, part=part) for part in PARTS}
