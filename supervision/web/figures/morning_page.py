"""Figures of a leader's morning, and the units with the most arrears, each with whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, Role
from binzhou_xinfang.web.doors import holds
from supervision.figures.counting import successors, value_of, values_by_month, values_by_unit
from supervision.figures.figure import Figure, Value
from supervision.figures.reaches import opens
from supervision.figures.table import FIGURES
from supervision.queries import code_of
from supervision.web.figures.asking import Asked, list_of, read_or_404
from supervision.web.figures.trends import HEIGHT, MONTHS, WIDTH, Trend, trend

# What is told, and in the same line what is told beside it.
TOLD: Sequence[tuple[str, str]] = (
    ("visits", "visitors"),
    ("matters", ""),
    ("answered", ""),
    ("overdue-matters", "overdue-duties"),
    ("satisfied-unit", ""),
)
WORST = 3


@dataclass(frozen=True, slots=True)
class Number:
    """One number with the address of its list, "" for whom it opens none."""

    figure: Figure
    value: Value
    url: str

    @property
    def words(self) -> str:
        return self.value.percent if self.figure.is_rate else str(self.value.counted)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its twelve months, and the number beside it."""

    now: Number
    beside: Number | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Worst:
    """A unit with arrears, and who answers for it."""

    unit: Unit
    late: Number
    head: str
    phone: str


@require_safe
@never_cache
@holds(Right.SEE_STATISTICS)
def morning(request: StaffRequest) -> HttpResponse:
    """Show the part of a leader's home that takes longer: it asks for it when it stands."""
    post, today = request.post, timezone.localdate()
    asked = read_or_404(post, {}, today)
    context = {
        "asked": asked,
        "told": [_told(slug, beside, asked, post) for slug, beside in TOLD],
        "worst": _worst(asked, post, today),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "supervision/figures/_morning.html", context)


def _told(slug: str, beside: str, asked: Asked, post: Post) -> Told:
    figure, period = FIGURES[slug], asked.period.last_months(MONTHS)
    if figure.is_of_today:
        return Told(_number(slug, asked, post), _number(beside, asked, post), None)
    months = values_by_month(figure, asked.reach, period)
    now = _number(slug, asked, post, months.get(asked.period.since, Value()))
    return Told(now, _number(beside, asked, post) if beside else None, trend(months, figure, period))


def _number(slug: str, asked: Asked, post: Post, value: Value | None = None) -> Number:
    figure = FIGURES[slug]
    value = value_of(figure, asked.reach, asked.period) if value is None else value
    return Number(figure, value, list_of(slug, asked.period) if opens(post, figure) else "")


def _worst(asked: Asked, post: Post, today: date) -> list[Worst]:
    """List the units with the most late duties; who heads them can be called."""
    figure, carried = FIGURES["overdue-duties"], successors()
    by_unit = values_by_unit(figure, asked.reach, asked.period, carried)
    keys = sorted((key for key in by_unit if key), key=lambda key: (-by_unit[key].counted, key))[:WORST]
    units, heads = Unit.objects.in_bulk(keys), _heads(keys, today)
    return [_one(units[key], by_unit[key], heads.get(key), asked, post) for key in keys]


def _one(unit: Unit, value: Value, head: Post | None, asked: Asked, post: Post) -> Worst:
    figure = FIGURES["overdue-duties"]
    url = list_of(figure.slug, asked.period, unit=code_of(unit)) if opens(post, figure) else ""
    phone = (head.user.phone if head else "") or unit.phone
    return Worst(unit, Number(figure, value, url), head.user.name if head else "", phone)


def _heads(units: Sequence[int], today: date) -> Mapping[int, Post]:
    """Find who heads each unit: of several the first who is no deputy."""
    posts = Post.objects.held(today).filter(unit__in=units, role__in=(Role.UNIT_HEAD, Role.OFFICE_HEAD))
    found: dict[int, Post] = {}
    for post in posts.select_related("user").order_by("is_deputy", "-role", "from_on", "pk"):
        found.setdefault(post.unit_id, post)
    return found
