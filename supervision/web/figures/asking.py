"""Questions of an address to the figures: the month or the year, the day that counts, the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, Unit
from supervision.figures.counting import COUNTED
from supervision.figures.figure import MODES, Period, Reach
from supervision.figures.reaches import chosen_unit, told_to

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the address: what a word of it names that there is not is passed over."""

    period: Period
    reach: Reach
    unit: Unit | None
    code: str

    @property
    def mode_label(self) -> str:
        return MODES[self.period.mode]

    @property
    def name(self) -> str:
        """The days that are told of, as a heading says them."""
        since, until = self.period.days
        return f"{since.year}年" if until.month != since.month else f"{since.year}年{since.month}月"

    def address(self, name: str, slug: str, part: str = COUNTED) -> str:
        """Write the address of a figure's list, as it is asked for here."""
        return list_of(slug, self.period, unit=self.code, part=part, name=name)


def read(post: Post, query: Mapping[str, str], today: date) -> Asked:
    """Read `?month=2026-11` or `?year=2026`, `?mode=strict`, `?unit=<code>`. Raises Unit.DoesNotExist."""
    code = query.get("unit", "")
    reach, unit = chosen_unit(told_to(post), code)
    return Asked(period_of(query, today), reach, unit, code)


def read_or_404(post: Post, query: Mapping[str, str], today: date) -> Asked:
    """Read it for a page. Raises Http404 for a unit that there is not."""
    try:
        return read(post, query, today)
    except Unit.DoesNotExist as missing:
        raise Http404 from missing


def period_of(query: Mapping[str, str], today: date) -> Period:
    """Read the span that the address names, else the present month."""
    mode = query.get("mode", "") if query.get("mode", "") in MODES else "legal"
    year = query.get("year", "")
    if year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= today.year:
        return Period(date(int(year), 1, 1), date(int(year), 12, 31), today, mode)
    return Period.of_month(_first(query.get("month", ""), today), on=today, mode=mode)


def _first(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01") if text else today
    except ValueError:
        return today


def list_of(slug: str, period: Period, *, unit: str = "", part: str = COUNTED, name: str = "supervision:figure") -> str:
    """Write the address of exactly the list that a figure counts."""
    since, until = period.days
    span = {"year": str(since.year)} if until.month != since.month else {"month": f"{since:%Y-%m}"}
    rest = {
        "mode": period.mode if period.mode != "legal" else "",
        "unit": unit,
        "part": part if part != COUNTED else "",
    }
    query = span | {key: value for key, value in rest.items() if value}
    return f"{reverse(name, args=[slug])}?{urlencode(query)}"
