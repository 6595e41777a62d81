"""督办件: the lists, and one of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.lights import Light
from binzhou_xinfang.web.paging import COUNT_CAP, Count, capped_count, page_of, page_of_parts
from cases.clocks.standing import light_of
from cases.looks import log_lines, log_look
from cases.queries import visible_to
from supervision.causes.life import causes
from supervision.causes.several import TOGETHER, steps_together
from supervision.causes.turns import Turn, turn_of, turns
from supervision.figures.tiles import waiting, waits
from supervision.models import Level, Stage, SupervisionCase
from supervision.permissions import READERS, may_open
from supervision.queries import (
    FILTERS,
    RELATED,
    answers_to,
    chosen,
    known_matters,
    narrowed,
    on_board,
    visible_supervisions,
    with_waits,
)

# Its letter may be drafted from here, which asks for all that the matter knows.
RELATED_TO_DRAFT = (
    *RELATED, "case__lead", "case__topic", "case__region", "case__sender", "case__assigner",
    "case__registered_unit", "handled_by", "received_by",
)  # fmt: skip
_STATIONS = frozenset(one.slug for one in waits(date.min))
_HEADINGS = (("stage", "状态"), ("measure", "措施"), ("trigger", "来由"))


def read_only(request: StaffRequest) -> None:
    """Raise NotPermitted for a post that has nothing to do with 督办."""
    if request.post.role not in READERS:
        raise NotPermitted("您当前的岗位不办理督办件。")


@require_safe
@never_cache
@staff
def letters(request: StaffRequest) -> HttpResponse:
    """Show the 督办件 that the post may see, by stage, measure, cause and what waits: grouped by whose turn it is, the
    newest first; of one station that which waits longest."""
    read_only(request)
    wanted, today, wait = chosen(request.GET), timezone.localdate(), request.GET.get("wait", "")
    every = waiting(narrowed(visible_supervisions(request.post), request.GET), wait, today)
    sizes, turn = _sizes(every, request.post.unit_id), _turn(request.GET)
    by = ("waits_since", "pk") if wait in _STATIONS else ("-pk",)
    page = page_of_parts(_parts(every, sizes, turn, request.post.unit_id), by=by, query=request.GET)
    ahead = Ahead(causes, page.rows, today)
    moves = {row.pk: " ".join(steps_together(ahead, row, request.post)) for row in page.rows}
    log_lines(request.post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "page": page, "groups": _grouped(page.rows, sizes, moves, request.post.unit_id, today), "today": today,
        "known": known_matters(request.post, page.rows), "total": _total(sizes, turn),
        "together": [step for step in TOGETHER if any(step.value in own.split() for own in moves.values())],
        "may_open": may_open(request.post), "turn": turn, "turns": [each for each in sizes.items() if each[1].value],
        "filters": [
            ("wait", "等待", [(one.slug, one.label) for one in waits(today)], wait),
            *((name, label, list(FILTERS[name].choices), wanted.get(name, "")) for name, label in _HEADINGS),
        ],
    }  # fmt: skip
    return render(request, "supervision/causes/letters.html", context)


def _turn(query: Mapping[str, str]) -> Turn | None:
    """Read whose turn `?turn=` asks for."""
    turn = query.get("turn", "")
    return Turn(turn) if turn in Turn.values else None


def _parts(
    supervisions: "QuerySet[SupervisionCase]", sizes: Mapping[Turn, Count], turn: Turn | None, unit: int
) -> list["QuerySet[SupervisionCase]"]:
    """Part the list by whose turn it is, so that a group stays together over all pages; the turn asked for alone, and
    an empty part without a query."""
    rows = with_waits(supervisions).select_related("case", "unit", "office", "clock", "deadline")
    of_turn = turns(unit)
    return [rows.filter(of_turn[each]) if sizes[each].value else rows.none() for each in ([turn] if turn else Turn)]


def _sizes(supervisions: "QuerySet[SupervisionCase]", unit: int) -> dict[Turn, Count]:
    """Count each turn over all pages. One query a turn."""
    return {turn: capped_count(supervisions.filter(turns(unit)[turn])) for turn in Turn}


def _total(sizes: Mapping[Turn, Count], turn: Turn | None) -> Count:
    counted = [sizes[turn]] if turn else list(sizes.values())
    number = sum(count.value for count in counted)
    return Count(min(number, COUNT_CAP), capped=number > COUNT_CAP or any(count.capped for count in counted))


def _grouped(
    rows: Sequence[SupervisionCase], sizes: Mapping[Turn, Count], moves: Mapping[int, str], unit: int, today: date
) -> list[tuple[Turn, Count, list[tuple[SupervisionCase, Light | None, str, int | None]]]]:
    """Group the rows of a page, which come by turn, under their turn and its whole size, each with the light of the
    duty that it urges, the `moves` that can be made with several, and the days for which it waits where it stands."""
    return [
        (
            turn,
            sizes[turn],
            [
                (row, light_of(row.deadline, on=today) if row.deadline else None, moves[row.pk], days_of(row, today))
                for row in own
            ],
        )
        for turn, own in groupby(rows, key=lambda row: turn_of(row, unit))
    ]


def days_of(row: SupervisionCase, today: date) -> int | None:
    """Count the days for which it waits where it stands; None of what is over. Of a row read `with_waits`."""
    since: datetime | None = row.waits_since  # type: ignore[attr-defined]  # annotated
    return (today - timezone.localdate(since)).days if since else None


def find(post: Post, pk: int) -> SupervisionCase:
    """Find the 督办件, if it exists for the post. Raises Http404."""
    return get_object_or_404(visible_supervisions(post).select_related(*RELATED_TO_DRAFT), pk=pk)


@require_safe
@never_cache
@staff
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one 督办件: why, where it stands, its letter or record, the answers, and what the post may do."""
    supervision = find(request.post, pk)
    log_look(request.post, supervision.case, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "found": supervision,
        "answers": answers_to(supervision, request.post)
        .select_related("by_user", "unit", "judged_by", "signed_by")
        .prefetch_related("files"),
        "records": supervision.records.select_related("by_user").prefetch_related("files__attachment"),
        "also": visible_to(request.post).filter(pk__in=supervision.also.values("pk")).order_by("pk"),
        "sees_case": visible_to(request.post).filter(pk=supervision.case_id).exists(),
        "offers": Ahead(causes, [supervision], timezone.localdate()).offers(supervision, request.post),
        "today": timezone.localdate(),
    }
    return render(request, "supervision/causes/letter.html", context)


@require_safe
@never_cache
@staff
def board(request: StaffRequest) -> HttpResponse:
    """挂牌督办: show the board by level; `?over=1` what was taken off it."""
    read_only(request)
    is_over, level, today = request.GET.get("over") == "1", request.GET.get("level", ""), timezone.localdate()
    supervisions = on_board(request.post)
    supervisions = supervisions.filter(stage=Stage.SETTLED) if is_over else supervisions.exclude(stage=Stage.SETTLED)
    if level in Level.values:
        supervisions = supervisions.filter(level=level)
    rows = supervisions.select_related("case", "unit", "office", "clock")
    page = page_of(rows, by=("-pk",), query=request.GET)
    log_lines(request.post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "page": page, "known": known_matters(request.post, page.rows), "total": capped_count(supervisions),
        "is_over": is_over, "levels": Level.choices, "level": level, "today": today, "may_open": may_open(request.post),
    }  # fmt: skip
    return render(request, "supervision/causes/board.html", context)
