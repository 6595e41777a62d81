"""Lists of matters: the worklists of a role, and everything the post may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.middleware import is_htmx
from binzhou_xinfang.web.paging import Count, capped_count, page_of_parts
from cases.models import OWES
from cases.models.case import WITHOUT_DUTY
from cases.queries import Cases, Queue, on_desk, queues_of, visible_to
from cases.states import MAY, OPEN_STATES, PLACES, Move, State
from cases.web.finding import note_empty, shown
from cases.web.menu import figures
from cases.web.worklists.rows import for_lines, lines
from cases.worklists.counting import count_list
from cases.worklists.filters import CaseFilters
from cases.worklists.saved_filters import narrowed, tabs_of


@dataclass(frozen=True, slots=True)
class Listing:
    """A list before it is filtered: its title, its rows and their order, and why it can be empty."""

    title: str
    cases: Cases
    by: tuple[str, ...]
    states: Sequence[State]
    empty: str
    fills: str
    size: Count
    # What has no duty stands apart, below the rest; the unit is told where it is not always the post's own.
    divides: bool = False
    tells_unit: bool = True


@staff
def worklist(request: StaffRequest, queue: str) -> HttpResponse:
    """Show one worklist of the role, by the legal day."""
    chosen = next((each for each in queues_of(request.post) if each.slug == queue), None)
    known = figures(request, request.post)
    if chosen is None or known is None:
        raise Http404
    listing = Listing(
        title=chosen.label,
        cases=chosen.cases(request.post),
        by=("due_on", "pk"),
        states=chosen.states or OPEN_STATES,
        empty=f"“{chosen.label}”中现在没有事项。",
        fills=_fills(chosen),
        size=known.queues[chosen.slug],
        divides=True,
        tells_unit=chosen.basis is not on_desk,
    )
    return _show(request, listing)


@staff
def every_case(request: StaffRequest) -> HttpResponse:
    """Show all matters that the post may see, the newest first, closed ones too."""
    listing = Listing(
        title="全部事项",
        cases=visible_to(request.post),
        by=("-pk",),
        states=tuple(State),
        empty="还没有您的岗位可以查阅的事项。",
        fills="本单位登记、收到转送交办的事项会出现在这里。",
        size=count_list(request.post, visible_to(request.post)),
    )
    return _show(request, listing)


def _fills(queue: Queue) -> str:
    if not queue.states:
        return "登记新的信访件，或者收到转送、交办后，会出现在这里。"
    return f"事项到了“{'”“'.join(state.label for state in queue.states)}”这一步，会出现在这里。"


def _show(request: StaffRequest, listing: Listing) -> HttpResponse:
    today = timezone.localdate()
    filters = CaseFilters(request.GET, states=listing.states)
    matters = filters.narrow(listing.cases, today)
    page = page_of_parts(_parts(listing, for_lines(matters)), by=listing.by, query=request.GET)
    note_empty(page.rows, str(filters.cleaned_data.get("text", "")))
    total = listing.size if not filters.is_narrowing else capped_count(matters)
    context = {
        "listing": listing,
        "filters": filters,
        "page": page,
        "lines": lines(shown(request, page.rows), post=request.post, on=today),
        "total": total,
        "tabs": tabs_of(request.post.user, request.path),
        "narrowed": narrowed(request.GET) if filters.is_narrowing else "",
        "own_unit": not listing.tells_unit,
        "together": _offered_together(request.post),
    }
    response = render(
        request, "cases/worklists/_rows.html" if is_htmx(request) else "cases/worklists/worklist.html", context
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _parts(listing: Listing, matters: Cases) -> list[Cases]:
    """Part a worklist: by the legal day what somebody owes, then what waits without a duty."""
    return [matters.filter(OWES), matters.filter(due_rule__in=WITHOUT_DUTY)] if listing.divides else [matters]


def _offered_together(post: Post) -> list[Move]:
    """List the moves for several at once that the role may make at all."""
    return [move for move, place in PLACES.items() if place.together and post.role in MAY[move].roles]
