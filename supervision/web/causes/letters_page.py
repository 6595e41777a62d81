"""督办件: the lists, and one of them."""

from collections.abc import Mapping, Sequence
from datetime import date

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
from binzhou_xinfang.web.paging import Count, capped_count, page_of
from cases.clocks.standing import light_of
from cases.looks import log_lines, log_look
from cases.queries import visible_to
from supervision.causes.life import causes
from supervision.causes.several import TOGETHER, steps_together
from supervision.causes.turns import Turn, turn_of, turns
from supervision.figures.tiles import waiting, waits
from supervision.models import Level, Stage, SupervisionCase
from supervision.permissions import READERS, may_open
from supervision.queries import FILTERS, RELATED, answers_to, chosen, narrowed, on_board, visible_supervisions

# Its letter may be drafted from here, which asks for all that the matter knows.
RELATED_TO_DRAFT = (
    *RELATED, "case__lead", "case__topic", "case__region", "case__sender", "case__assigner",
    "case__registered_unit", "handled_by", "received_by",
)  # fmt: skip
_HEADINGS = (("stage", "状态"), ("measure", "措施"), ("trigger", "来由"))


def read_only(request: StaffRequest) -> None:
    """Raise NotPermitted for a post that has nothing to do with 督办."""
    if request.post.role not in READERS:
        raise NotPermitted("您当前的岗位不办理督办件。")


@require_safe
@never_cache
@staff
def letters(request: StaffRequest) -> HttpResponse:
    """Show the 督办件 that the post may see, by stage, measure, cause and what waits, the newest first."""
    read_only(request)
    wanted, today, wait = chosen(request.GET), timezone.localdate(), request.GET.get("wait", "")
    every = waiting(narrowed(visible_supervisions(request.post), request.GET), wait, today)
    turn, supervisions = _of_turn(every, request)
    page = page_of(
        supervisions.select_related("case", "unit", "office", "clock", "deadline"), by=("-pk",), query=request.GET
    )
    unit = request.post.unit_id
    ahead = Ahead(causes, page.rows, today)
    moves = {row.pk: " ".join(steps_together(ahead, row, request.post)) for row in page.rows}
    known = known_matters(request.post, page.rows)
    log_lines(request.post, page.rows, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "page": page, "rows": _grouped(page.rows, moves, unit, today), "known": known,
        "total": capped_count(supervisions), "today": today,
        "together": [step for step in TOGETHER if any(step.value in own.split() for own in moves.values())],
        "may_open": may_open(request.post), "turn": turn, "turns": _turns(every, unit),
        "filters": [
            ("wait", "等待", [(one.slug, one.label) for one in waits(today)], wait),
            *((name, label, list(FILTERS[name].choices), wanted.get(name, "")) for name, label in _HEADINGS),
        ],
    }  # fmt: skip
    return render(request, "supervision/causes/letters.html", context)


def _grouped(
    rows: Sequence[SupervisionCase], moves: Mapping[int, str], unit: int, today: date
) -> list[tuple[str, SupervisionCase, Light | None, str]]:
    """List the rows of a page by whose turn it is, each with the light of the duty that it urges and the `moves` that
    can be made with several."""
    order = list(Turn)
    ranked = sorted(rows, key=lambda row: order.index(turn_of(row, unit)))
    return [
        (str(turn_of(row, unit).label), row, light_of(row.deadline, on=today) if row.deadline else None, moves[row.pk])
        for row in ranked
    ]


def _of_turn(
    supervisions: "QuerySet[SupervisionCase]", request: StaffRequest
) -> tuple[str, "QuerySet[SupervisionCase]"]:
    """Narrow to those of which it is the turn that `?turn=` names; "" is none."""
    turn = request.GET.get("turn", "")
    if turn not in Turn.values:
        return "", supervisions
    return turn, supervisions.filter(turns(request.post.unit_id)[turn])


def _turns(supervisions: "QuerySet[SupervisionCase]", unit: int) -> list[tuple[str, str, Count]]:
    """List whose turn it is with how many; what there is none of is left out. One query a turn."""
    sizes = [(turn.value, str(turn.label), capped_count(supervisions.filter(turns(unit)[turn]))) for turn in Turn]
    return [entry for entry in sizes if entry[2].value]


def known_matters(post: Post, rows: Sequence[SupervisionCase]) -> set[int]:
    """Find those of their matters that exist for the post: who was only sent a letter learns no more than its
    number."""
    visible = visible_to(post).filter(pk__in={row.case_id for row in rows}).order_by()
    return set(visible.values_list("pk", flat=True))


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
