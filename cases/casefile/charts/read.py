"""The facts of the three charts of one matter, read in a number of queries that does not grow with the matter."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import ANSWERABLE
from cases.casefile.charts import clock_chart, duty_chart, flow
from cases.casefile.charts.clock_rows import ClockRow, clock_rows
from cases.casefile.charts.duties import Duty, Held
from cases.casefile.charts.duty_rows import duties_of, units_of
from cases.casefile.charts.journey import steps_of
from cases.casefile.charts.road import Fits, straight_on, ways_from
from cases.casefile.charts.shapes import Drawing
from cases.casefile.dossier import opinion_for
from cases.models import CaseEvent, PetitionCase
from cases.permissions import hindrance
from cases.states import Move, State
from cases.vocabulary import LegalWay

RELATED = ("holder", "sender", "assigner", "responsible", "registered_unit", "assignee", "registrar")
CHARTS: Mapping[str, str] = {"flow": "流程图", "duties": "责任图", "clocks": "时限图"}


@dataclass(frozen=True)
class Charts:
    """The facts of all three, as one post sees them on one day."""

    flow: flow.Flow
    duties: list[Duty]
    clocks: list[ClockRow]
    today: date

    def draw(self, slug: str, width: str) -> Drawing:
        """Draw one of the three, `WIDE` or `NARROW`."""
        name = f"{slug}-{width.lower()}"
        number = self.flow.number
        if slug == "flow":
            return flow.draw_flow(self.flow, getattr(flow, width), slug=name)
        if slug == "duties":
            return duty_chart.draw_duties(number, self.duties, getattr(duty_chart, width), slug=name)
        return clock_chart.draw_clocks(number, self.clocks, self.today, getattr(clock_chart, width), slug=name)


def read_charts(case: PetitionCase, post: Post, *, on: date) -> Charts:
    """Gather the facts of the three charts; `case` was read with `RELATED`."""
    events = list(_moves_of(case))
    deadlines = list(case.deadlines.select_related("unit"))
    opinion = opinion_for(case, post)
    reviews = list(case.reviews.select_related("body", "drafted_by", "signed_by"))
    helpers = list(case.co_handlings.select_related("unit", "fed_back_by"))
    heads = _heads(units_of(case, opinion, reviews), on)
    held = Held(case, deadlines, events, opinion, reviews, helpers, heads, on)
    return Charts(flow_of(case, events, on), duties_of(held), clock_rows(deadlines, on=on), on)


def flow_of(case: PetitionCase, events: Sequence[CaseEvent], on: date) -> flow.Flow:
    """Gather the way of the matter and the ways still open."""
    state = State(case.state)
    before = State(case.previous_state) if case.previous_state else None
    now, later = fitting(case), fitting(as_foreseen(case))
    return flow.Flow(
        number=case.number,
        state=state,
        steps=steps_of(events),
        ways=ways_from(state, before, now, is_simple=case.is_simple, owes=case.owes_execution),
        ahead=straight_on(state, before, later, is_simple=case.is_simple, owes=case.owes_execution),
        today=on,
    )


def fitting(case: PetitionCase) -> Fits:
    """Find the moves of the table that fit the facts of this matter; each is asked for once."""
    return cache(lambda move: hindrance(move, case) is None)


def as_foreseen(case: PetitionCase) -> PetitionCase:
    """Copy the matter as it will be when nothing special comes: what is not settled goes the way of the petition."""
    foreseen = copy(case)
    foreseen.legal_way = case.legal_way or LegalWay.PETITION
    return foreseen


def _moves_of(case: PetitionCase) -> Sequence[CaseEvent]:
    moves = case.events.filter(kind__in=Move.values).select_related("unit", "actor")
    return list(moves.defer("previous_hash", "hash").order_by("seq"))


def _heads(units: set[int], on: date) -> dict[int, list[Post]]:
    heads: dict[int, list[Post]] = {}
    for post in Post.objects.held(on).filter(unit__in=units, role__in=ANSWERABLE).select_related("user"):
        heads.setdefault(post.unit_id, []).append(post)
    return heads
