"""Figures of the home page: what may go wrong today, what came in, and how far each person of the unit has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Value, When

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import HEADS, LEADERS
from binzhou_xinfang.web.paging import COUNT_CAP
from binzhou_xinfang.web.paging import Count as Size
from cases.models import PetitionCase
from cases.queries import Cases, counted, on_desk, visible_to
from cases.worklists.counting import OF_RIGHTS, Figures
from cases.worklists.filters import NOBODY, Due, Flag, of_flag

RISKS = (Flag.URGENT, Flag.THREAT, Flag.GROUP)
_PEOPLE = 30
FRESH = timedelta(days=1)
_MOST_FRESH = 10


@dataclass(frozen=True, slots=True)
class Risk:
    """One figure of what may go wrong: `query` narrows the first worklist to exactly what it counts."""

    label: str
    query: str
    size: Size
    colour: str


def risks(cases: Cases, figures: Figures, on: date) -> list[Risk]:
    """List what is late, due, urgent, threatened or brought by a group; what there is none of is left out. One query.

    `cases`: the first worklist of the post, of which `figures` are.
    """
    duty = Q(due_on=on) & ~Q(due_rule="") & ~Q(due_rule__in=OF_RIGHTS)
    asked = {"today": duty, **{flag.value: of_flag(flag) for flag in RISKS}}
    found = _count(cases, asked)
    known = [
        Risk(Due.LATE.label, f"due={Due.LATE.value}", figures.late, "red"),
        Risk(Due.TODAY.label, f"due={Due.TODAY.value}", found["today"], "red"),
        Risk(Due.SOON.label, f"due={Due.SOON.value}", figures.soon, "amber"),
        *(Risk(flag.label, f"flag={flag.value}", found[flag.value], "red") for flag in RISKS),
    ]
    return [risk for risk in known if risk.size.value]


def _count(cases: Cases, asked: dict[str, Q]) -> dict[str, Size]:
    """Count each condition over the matters that fulfil one of them, which are read up to the cap."""
    any_of = Q()
    for condition in asked.values():
        any_of |= condition
    marks = {
        f"is_{place}": Case(When(condition, then=1), output_field=IntegerField())
        for place, condition in enumerate(asked.values())
    }
    walked = cases.filter(any_of).order_by().annotate(**marks).values(*marks)[: COUNT_CAP + 1]
    totals = walked.aggregate(all=Count("*"), **{f"n_{name}": Count(name) for name in marks})
    is_capped = totals["all"] > COUNT_CAP
    return {name: Size(min(totals[f"n_is_{place}"], COUNT_CAP), capped=is_capped) for place, name in enumerate(asked)}


def fresh(post: Post, at: datetime) -> Sequence[PetitionCase]:
    """List what came in within a day and may not wait: urgent, threatened or brought by a group; the newest first. One
    query, of leaders alone."""
    if post.role not in LEADERS:
        return []
    marked = Q()
    for flag in RISKS:
        marked |= of_flag(flag)
    came = visible_to(post).filter(marked, registered_at__gte=at - FRESH, registered_at__lte=at)
    return list(counted(came).select_related("region").order_by("-registered_at", "-pk")[:_MOST_FRESH])


@dataclass(frozen=True, slots=True)
class Progress:
    """The open matters of one person of the unit; `query` narrows the unit's worklist to them."""

    name: str
    query: str
    number: int
    late: int


def progress(post: Post, on: date) -> Sequence[Progress]:
    """List the people of a head's unit with what lies with each, the most late first. One query, of heads alone."""
    if post.role not in HEADS:
        return []
    late = Q(due_on__lt=on) & ~Q(due_rule="") & ~Q(due_rule__in=OF_RIGHTS)
    who = Case(When(assignee=None, then=Value("尚未接手")), default=F("assignee__name"), output_field=CharField())
    rows = (
        on_desk(post).order_by().annotate(who=who).values("who", "assignee__username")
        .annotate(number=Count("pk"), late=Count("pk", filter=late)).order_by("-late", "-number", "who")[:_PEOPLE]
    )  # fmt: skip
    return [
        Progress(row["who"], f"handler={row['assignee__username'] or NOBODY}", row["number"], row["late"])
        for row in rows
    ]
