"""The pages of any kind of entry of the house: the list, a new one, one of them with its acts and events, an act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.records.models import HouseEvent
from binzhou_xinfang.web.doors import holds
from cases.house.acts import Act, offered
from cases.web.house.act_page import act_page, row_of
from cases.web.house.history import SHOWN, events_of, told
from cases.web.house.list_page import Listing, list_page

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]
Context = dict[str, Any]

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _nothing(*_: Any) -> Context:
    return {}


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[M]):
    """One kind of entry. `name`: of its address (house-unit, with the list house-units), of its events and in the
    template; `key`: the column by which an address finds one; `shows` and `lists`: what its page and its list say
    beside the common; `events`: those that concern one, its own unless said otherwise."""

    name: str
    plural: str
    model: type[M]
    listing: Listing
    create: Act[M]
    acts: Mapping[str, Act[M]]
    reads: Right
    key: str = "pk"
    rows: Callable[[], QuerySet[M]] | None = None
    shows: Callable[[M, Post, date], Context] = _nothing
    lists: Callable[[], Context] = _nothing
    events: Callable[[M], QuerySet[HouseEvent]] | None = None

    def find(self, key: Any) -> M:
        """Find one of them by the key of its address. Raises Http404."""
        rows = self.rows() if self.rows else self.model._default_manager.all()
        return get_object_or_404(rows, **{self.key: key})

    def told(self, found: M) -> QuerySet[HouseEvent]:
        """Select the events that its page tells."""
        return self.events(found) if self.events else events_of(f"{self.name}:{found.pk}")


class Pages(NamedTuple):
    """The four pages of a kind."""

    all: View
    new: View
    one: View
    act: View


def pages_of(kind: Kind[M]) -> Pages:
    """Make the pages of a kind: read by `kind.reads`, written by the right that keeps its list."""
    reads, keeps = holds(kind.reads), holds(kind.listing.keeps)
    template, several = f"cases/house/{kind.name}.html", f"cases:house-{kind.plural}"

    def every(request: StaffRequest) -> HttpResponse:
        return list_page(request, kind.listing, **kind.lists())

    def new(request: StaffRequest) -> HttpResponse:
        return act_page(request, kind.create, kind.model(), back=f"{reverse(several)}{{pk}}/")

    def one(request: StaffRequest, /, **named: Any) -> HttpResponse:
        found, today = kind.find(named[kind.key]), timezone.localdate()
        context = {
            kind.name: found,
            "acts": offered(kind.acts, found, request.post, today),
            "events": told(kind.told(found)[:SHOWN], on=today),
        }
        return render(request, template, context | kind.shows(found, request.post, today))

    def act(request: StaffRequest, /, key: str, **named: Any) -> HttpResponse:
        row, back = row_of(kind.acts, key), reverse(f"cases:house-{kind.name}", kwargs=named)
        return act_page(request, row, kind.find(named[kind.key]), back=back)

    return Pages(
        all=require_safe(never_cache(reads(every))), new=FORM(never_cache(keeps(new))),
        one=require_safe(never_cache(reads(one))), act=FORM(never_cache(keeps(act))),
    )  # fmt: skip
