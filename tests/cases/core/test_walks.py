"""Random walks over the table of moves: whatever is tried in whatever order, the matter stays whole."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.process.owed import marked
from binzhou_xinfang.records import audit
from cases.casefile.take_over import TAKEN_OVER
from cases.clocks.moving import reckoning_of
from cases.clocks.turning import refresh_due
from cases.engine import offers
from cases.handover.acts import advance, begin
from cases.handover.matters import HANDED_OVER
from cases.handover.orders import Order, Share
from cases.models import NO_MOVE, STAYED, CaseEvent, Deadline, HandOverKind, PetitionCase
from cases.permissions import may
from cases.procedure import perform
from cases.procedure.grounds import RIGHTS
from cases.states import CLOSED_STATES, MARKS, MAY, OWED, OWN_CLOCKS, TRANSITIONS, Move, State, target_of
from cases.watch.sweep import sweep
from cases.window.registration import register_repeat
from tests.office import MONDAY, TZ, Office, arrival, case_in, register, step

STEPS = 10
# `make walks` takes many more, others each time.
WALKS = int(os.environ.get("WALKS", "25"))
# What `step` makes with the hands of whoever makes it on the road.
ROAD = [move for move in Move if move not in (Move.REGISTER, Move.REPEAT)]


@dataclass
class Walk:
    """One matter on its way; `frozen` holds the clocks that have stopped, as they stood then."""

    office: Office
    case: PetitionCase
    at: datetime = MONDAY
    frozen: dict[int, dict[str, Any]] = field(default_factory=dict)
    lapsed: set[int] = field(default_factory=set)
    # The last days that its clocks have had so far.
    known: set[str] = field(default_factory=set)

    def reload(self) -> PetitionCase:
        self.case = PetitionCase.objects.get(pk=self.case.pk)
        return self.case

    def everything(self) -> tuple[Any, ...]:
        """All that a refused move could have left behind."""
        case = self.reload()
        clocks = tuple(Deadline.objects.filter(case=case).order_by("pk").values_list())
        opinions = tuple(case.opinions.values_list())
        return case.version, case.state, case.due_on, clocks, opinions, case.events.count(), Letter.objects.count()


@pytest.fixture(autouse=True)
def _no_anchors(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


@contextmanager
def undone() -> Iterator[None]:
    """Each walk leaves the small city as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def try_move(walk: Walk, move: Move) -> None:
    """A move that the table has from here is made or refused in words; any other is refused. Refused is untouched."""
    before, is_on_the_way = walk.everything(), State(walk.case.state) in TRANSITIONS[move].sources
    came_from = State(walk.case.previous_state) if walk.case.previous_state else None
    owes = walk.case.owes_execution
    try:
        done = step(walk.office, walk.case, move, at=walk.at)
    except Refusal:
        assert walk.everything() == before
        return
    assert is_on_the_way
    assert done.state == target_of(move, State(before[1]), came_from, owes=owes)


def try_as(walk: Walk, move: Move, by: Post) -> None:
    """Somebody who may not make the move here cannot make it, whatever is sent."""
    if by.role in MAY[move].roles and may(by, move, walk.case):
        return
    before = walk.everything()
    with pytest.raises(Refusal) as refused:
        perform(move, walk.case, by=by, at=walk.at, **_sent(move))
    assert walk.everything() == before
    assert isinstance(refused.value, NotPermitted) or State(walk.case.state) not in TRANSITIONS[move].sources


def _sent(move: Move) -> dict[str, Any]:
    return {"note": "说明"} if move in (Move.INVESTIGATE, Move.AGREE_OBJECTION, Move.RETURN_DRAFT) else {}


def try_repeat(walk: Walk) -> None:
    before = walk.everything()
    try:
        register_repeat(arrival(walk.at.astimezone(TZ).date()), walk.case, by=walk.office.clerk, at=walk.at)
    except Refusal:
        assert walk.everything() == before
        assert State(walk.case.state) in CLOSED_STATES


def check_clocks(walk: Walk) -> None:
    """One running clock of a rule and unit at most; a stopped one never changes; every day is the statute's."""
    clocks = list(Deadline.objects.filter(case=walk.case).order_by("pk"))
    running = Counter((clock.rule, clock.unit_id, clock.subject) for clock in clocks if clock.is_running)
    assert [one for one, number in running.items() if number > 1] == []
    stopped = {row["id"]: row for row in Deadline.objects.filter(case=walk.case).values() if _has_stopped(row)}
    assert {pk: stopped.get(pk) for pk in walk.frozen} == walk.frozen
    walk.frozen = stopped
    for clock in clocks:
        due = reckoning_of(clock)
        assert (clock.strict_on, clock.legal_on) == (due.strict, due.legal)


def check_debts(walk: Walk) -> None:
    """Nothing that is owed lies without a clock; no clock of a state runs where the state is left."""
    running = {clock.rule for clock in walk.case.deadlines.running() if not clock.subject}
    owed = [debt for debt in OWED[State(walk.case.state)].owed if debt.holds(walk.case)] + marked(MARKS, walk.case)
    assert [debt.what for debt in owed if not running & {*debt.watched_by}] == []
    assert running & OWN_CLOCKS <= {debt.own for debt in owed}


def _has_stopped(row: dict[str, Any]) -> bool:
    return row["met_on"] is not None or row["cancelled_on"] is not None


def check_order_of_the_lists(walk: Walk) -> None:
    stored = (walk.case.due_rule, walk.case.due_on)
    refresh_due(walk.case, walk.case.deadlines.running(), on=walk.case.due_on)
    assert stored == (walk.case.due_rule, walk.case.due_on)


def check_events(walk: Walk) -> None:
    """The events alone tell the state, the version and every letter."""
    events = list(CaseEvent.objects.filter(case=walk.case).order_by("seq"))
    moves = [event for event in events if "to" in event.detail]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.detail["from"] for event in moves] == ["", *(event.detail["to"] for event in moves[:-1])]
    handed = sum(event.kind in (HANDED_OVER, TAKEN_OVER) for event in events)
    assert (moves[-1].detail["to"], len(moves) + handed) == (walk.case.state, walk.case.version)
    # What is added to a closed file leaves it as it ended.
    told = [event for event in moves if not event.detail["from"] == event.detail["to"] in CLOSED_STATES]
    assert told[-1].kind == walk.case.last_move
    links = walk.case.letters.select_related("letter").order_by("pk")
    assert [link.letter.reference for link in links] == [number for event in events for number in _letters_of(event)]
    issued = {(link.move, LetterKind(link.letter.kind)) for link in links if link.move != NO_MOVE}
    assert all(kind in TRANSITIONS[Move(move)].letters for move, kind in issued)


def _letters_of(event: CaseEvent) -> list[str]:
    numbers: list[str] = event.detail.get("letters", [])
    return numbers


def check_numbers() -> None:
    """Gapless for each unit, kind and year: a refused move has taken none."""
    series: dict[tuple[Any, ...], list[int]] = {}
    for *name, serial in Letter.objects.order_by("pk").values_list("unit", "kind", "year", "is_sealed", "serial"):
        series.setdefault(tuple(name), []).append(serial)
    assert all(serials == list(range(1, len(serials) + 1)) for serials in series.values())


def check_way_out(walk: Walk) -> None:
    """An open matter can be moved on by somebody, or the page says who is missing; it never just lies there."""
    state = State(walk.case.state)
    if state in CLOSED_STATES:
        return
    found = [offers(post, walk.case, on=timezone.localdate(walk.at)) for post in walk.office.every_post()]
    onward = {move for each in found for move in each.moves if _leads_on(state, move)}
    assert onward or any(each.gaps for each in found), state


def _leads_on(state: State, move: Move) -> bool:
    row = TRANSITIONS[move]
    return row.returns or row.target not in (None, state)


def check_rights(walk: Walk) -> None:
    """No right is cut short without a ground, and what a ground asks for is on file."""
    moves = CaseEvent.objects.filter(case=walk.case, kind__in=[move.value for move in TRANSITIONS])
    for event in moves:
        row = TRANSITIONS[Move(event.kind)]
        if not row.grounds:
            continue
        ground = event.detail["ground"]
        assert ground in row.grounds
        papers = set(walk.case.attachments.values_list("kind", flat=True))
        assert set(row.grounds[ground].papers) <= papers, (event.kind, ground)
    ended = {day for event in moves if _may_end_a_right(Move(event.kind)) for day in (_day(event),)}
    # What the watch ends after its last day has run out by itself.
    cut = walk.case.deadlines.filter(rule__in=RIGHTS, cancelled_on__lte=F("legal_on"))
    assert {clock.cancelled_on for clock in cut} <= ended


def _may_end_a_right(move: Move) -> bool:
    row = TRANSITIONS[move]
    return bool(set(row.cancels) & set(RIGHTS)) and bool(row.grounds or row.no_ground)


def _day(event: CaseEvent) -> date:
    return timezone.localdate(event.happened_at)


def check_lapses(walk: Walk) -> None:
    """A duty that lapsed stays lapsed, whatever is granted or ended afterwards."""
    lapsed = set(walk.case.deadlines.exclude(lapsed_at=None).values_list("pk", flat=True))
    assert walk.lapsed <= lapsed
    walk.lapsed = lapsed


def check_letters(walk: Walk) -> None:
    """A letter that a move issued names no last day but those of the clocks of its matter."""
    walk.known |= {day.isoformat() for clock in walk.case.deadlines.all() for day in (clock.strict_on, clock.legal_on)}
    for link in walk.case.letters.select_related("letter"):
        facts = link.letter.facts
        named = {str(facts[name]) for name in ("due_on", "new_due_on") if facts.get(name)}
        assert named <= walk.known, (link.letter.kind, named)


def try_hand_over(walk: Walk, data: st.DataObject) -> None:
    """A body ends, or a person leaves: whoever follows goes on, and no clock moves by a day."""
    office, before = walk.office, days_of(walk)
    leaves = data.draw(st.booleans(), label="a person leaves")
    order = Order(
        HandOverKind.LEFT if leaves else HandOverKind.MERGED,
        office.housing,
        "滨编发〔2025〕3号",
        (
            Share(office.housing, office.colleague.user, takes_rest=True)
            if leaves
            else Share(office.water, takes_rest=True),
        ),
        person=office.handler.user if leaves else None,
        last_on=None if leaves else timezone.localdate(walk.at),
    )
    try:
        act = begin(order, by=office.unit_head if leaves else office.head, at=walk.at)
    except Refusal:
        assert days_of(walk) == before
        return
    assert advance(act, at=walk.at) == 0
    assert act.items.filter(STAYED).count() == 0
    assert days_of(walk) == before


def days_of(walk: Walk) -> list[Any]:
    return sorted(walk.case.deadlines.values_list("rule", "strict_on", "legal_on"))


def next_moves(walk: Walk) -> list[Move]:
    return [move for move in ROAD if State(walk.case.state) in TRANSITIONS[move].sources]


def go_on(walk: Walk, data: st.DataObject) -> None:
    """One more thing that happens: mostly a move of the table, now and then anything at all."""
    walk.at += timedelta(hours=data.draw(st.sampled_from([0, 1, 30, 24 * 6, 24 * 17, 24 * 40])))
    kind = data.draw(st.sampled_from(["move"] * 8 + ["sweep", "sweep", "repeat", "any", "stranger", "hand over"]))
    if kind == "sweep":
        sweep(at=walk.at)
    elif kind == "repeat":
        try_repeat(walk)
    elif kind == "hand over":
        try_hand_over(walk, data)
    elif kind == "stranger":
        by = data.draw(st.sampled_from(walk.office.every_post()), label="by")
        try_as(walk, data.draw(st.sampled_from(ROAD)), by)
    else:
        try_move(walk, data.draw(st.sampled_from((next_moves(walk) if kind == "move" else ROAD) or ROAD)))
    walk.reload()


@trials(
    max_examples=WALKS,
    deadline=None,
    # A walk is short enough to read; to shorten it would take longer than to write it.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_a_matter_stays_whole_whatever_is_tried_on_it(office: Office, data: st.DataObject) -> None:
    with undone():
        start = data.draw(st.sampled_from(State), label="start")
        walk = Walk(office, case_in(office, start))
        for _ in range(STEPS):
            go_on(walk, data)
            check_clocks(walk)
            check_debts(walk)
            check_order_of_the_lists(walk)
            check_events(walk)
            check_way_out(walk)
            check_rights(walk)
            check_lapses(walk)
            check_letters(walk)
        check_numbers()
        assert audit.verify(None).findings == []


# Who sits at the unit that is complained of, and took the claim in itself.
ACCUSED = ("handler", "colleague", "unit_head", "housing_registrar")
# What only somebody else makes of a claim (states.POWER, states.NOT_ALONE).
NEVER_ALONE = frozenset({State.ROUTED, State.MERGED, State.FILED, State.VOIDED, State.WITHDRAWN, State.END_CONFIRMED})


def taken_in_by_the_accused(office: Office) -> PetitionCase:
    case = register(office, at=MONDAY, by=office.housing_registrar).case
    case = step(office, case, Move.TRIAGE, at=MONDAY, by=office.housing_registrar)
    return step(office, case, Move.TAKE_UP, at=MONDAY, by=office.housing_registrar)


def try_as_accused(walk: Walk, data: st.DataObject) -> None:
    by: Post = getattr(walk.office, data.draw(st.sampled_from(ACCUSED), label="by"))
    move = data.draw(st.sampled_from(next_moves(walk) or ROAD), label="move")
    with suppress(Refusal):
        step(walk.office, walk.case, move, at=walk.at, by=by)
    walk.reload()


@trials(
    max_examples=WALKS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_the_accused_alone_end_no_right_void_no_claim_and_heal_no_lapse(office: Office, data: st.DataObject) -> None:
    with undone():
        walk = Walk(office, taken_in_by_the_accused(office))
        for _ in range(STEPS):
            walk.at += timedelta(hours=data.draw(st.sampled_from([0, 1, 30, 24 * 6, 24 * 17, 24 * 40])))
            if data.draw(st.booleans(), label="watch"):
                sweep(at=walk.at)
            try_as_accused(walk, data)
            check_lapses(walk)
            assert State(walk.case.state) not in NEVER_ALONE
            rights = walk.case.deadlines.filter(rule__in=RIGHTS, cancelled_on__lte=F("legal_on"))
            assert not rights.exists()
