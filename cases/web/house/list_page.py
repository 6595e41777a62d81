"""The page of any list of the house: its filter, its rows in pages, and what may be added."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.paging import capped_count, page_of


@dataclass(frozen=True)
class Listing:
    """One list. `form`: its filter, kept in the address; `found`: the rows that a filter asks for; `keeps`: the right
    to add to it."""

    template: str
    form: type[OfficeForm]
    found: Callable[[dict[str, str]], QuerySet[Any]]
    order: tuple[str, ...]
    keeps: Right


def list_page(request: StaffRequest, listing: Listing, **more: Any) -> HttpResponse:
    """Show the rows that the address asks for; a filter that is wrong filters nothing."""
    form = listing.form(request.GET)
    rows = listing.found(form.cleaned_data if form.is_valid() else {})
    context = {
        "form": form, "page": page_of(rows, by=listing.order, query=request.GET), "total": capped_count(rows),
        "may": has_right(request.post, listing.keeps),
    }  # fmt: skip
    return render(request, listing.template, context | more)
