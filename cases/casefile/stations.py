"""The line at the head of a matter: the stations that it has passed, with their days, and those that lie ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase, Review
from cases.states import OWN_WAYS, Move, State
from cases.vocabulary import ROUTED_WAYS, LegalWay, ReviewResult


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the road; `on` is None as long as it is not reached."""

    label: str
    on: date | None
    is_current: bool = False


_PASSED_ON, _TAKEN_UP = "转送交办", "本机关办理"
_REVIEW, _RECHECK, _REDO = "复查申请", "复核申请", "责令重办"
# Signed and sent: the day on which the unit has answered.
_GIVEN = "发出意见"
_SIMPLE, _SIMPLY_ANSWERED = "简易受理", "简易答复"
# What the start of a clock and the deed that it waits for tell of the road.
_STARTS: Mapping[str, str] = {
    Rule.NOTICE: _PASSED_ON,
    Rule.HANDLING: "受理",
    Rule.OWN_WAY: "依职责办理",
    Rule.SIMPLE_HANDLING: _SIMPLE,
    Rule.REVIEW_REQUEST: "送达",
    Rule.EXECUTION: "督促执行",
    Rule.REVIEW: _REVIEW,
    Rule.RECHECK_REQUEST: "复查送达",
    Rule.RECHECK: _RECHECK,
    Rule.REDO: _REDO,
}
_DEEDS: Mapping[str, str] = {
    Rule.HANDLING: _GIVEN,
    Rule.SIMPLE_HANDLING: _SIMPLY_ANSWERED,
    Rule.EXECUTION: "执行完毕",
    Rule.REVIEW: "复查意见",
    Rule.RECHECK: "复核意见",
    Rule.REDO: _GIVEN,
}
# What follows when nothing comes between; a label that is not here is the last.
_AHEAD: Mapping[str, str] = {
    "受理": _GIVEN,
    _GIVEN: "送达",
    "送达": "办结",
    "依职责办理": "答复办结",
    _SIMPLE: _SIMPLY_ANSWERED,
    _SIMPLY_ANSWERED: "办结",
    "督促执行": "执行完毕",
    "执行完毕": "办结",
    _REVIEW: "复查意见",
    "复查意见": "复查送达",
    "复查送达": "办结",
    _RECHECK: "复核意见",
    "复核意见": "终结",
    _REDO: _GIVEN,
}
# Rights of the petitioner begin with these.
_GIVEN_ONCE = frozenset({"送达", "复查送达"})
_LAST: Mapping[State, str] = {State.CLOSED: "办结", State.RESOLVED: "化解", State.ENDED: "终结"}


def stations(case: PetitionCase, deadlines: Sequence[Deadline], reviews: Sequence[Review] = ()) -> list[Station]:
    """List the road as the clocks tell it; `reviews` the latest first, empty for a matter that was never reviewed."""
    passed = [("登记", case.received_on), *_passed(case, sorted(deadlines, key=lambda clock: clock.pk))]
    passed += _ends(case)
    ahead = list(_ahead(case, passed[-1][0], deadlines, reviews)) if case.is_open else []
    return [Station(label, day) for label, day in passed] + [
        Station(label, None, is_current=place == 0) for place, label in enumerate(ahead)
    ]


def _passed(case: PetitionCase, clocks: Sequence[Deadline]) -> list[tuple[str, date]]:
    """List what was reached since the office last had the matter to pass on: by day, and by the order of the clocks."""
    triages = [clock for clock in clocks if clock.rule == Rule.TRIAGE]
    since = triages[-1].pk if triages else 0
    stops = [stop for clock in clocks if clock.pk > since for stop in _stops(case, clock)]
    stops = _without_double(sorted(stops))
    was_reopened = bool(triages) and triages[-1].started_on > triages[0].started_on
    reopened = [("重新启动", triages[-1].started_on)] if was_reopened else []
    return [*reopened, *((label, day) for day, _, _, label in stops)]


Stop = tuple[date, int, int, str]


def _stops(case: PetitionCase, clock: Deadline) -> list[Stop]:
    """Turn a clock's start and the day of its deed into stops that can be sorted."""
    stops: list[Stop] = []
    if label := _STARTS.get(clock.rule):
        is_own = clock.rule == Rule.NOTICE and case.sender_id is None
        stops.append((clock.started_on, clock.pk, 0, _TAKEN_UP if is_own else label))
    if clock.met_on and (label := _DEEDS.get(clock.rule)):
        stops.append((clock.met_on, clock.pk, 1, label))
    return stops


def _without_double(stops: Sequence[Stop]) -> list[Stop]:
    """Drop doubles: a matter passed on twice stands with the last unit; what fell back from the simple procedure has
    one acceptance; a simple answer is its own delivery; a right that goes on from its own first day was given once."""
    seen: set[tuple[date, str]] = set()
    labels = [label for *_, label in stops]
    passed_on = [place for place, label in enumerate(labels) if label in (_PASSED_ON, _TAKEN_UP)]
    left_out = set(passed_on[:-1])
    if "受理" in labels and _SIMPLE in labels:
        left_out.add(labels.index(_SIMPLE))
    if _SIMPLY_ANSWERED in labels and "送达" in labels:
        left_out.add(labels.index("送达"))
    for place, (day, *_, label) in enumerate(stops):
        if label in _GIVEN_ONCE and (day, label) in seen:
            left_out.add(place)
        seen.add((day, label))
    return [stop for place, stop in enumerate(stops) if place not in left_out]


def _ends(case: PetitionCase) -> list[tuple[str, date]]:
    """List the last stops of a closed matter."""
    if case.closed_on is None:
        return []
    state = State(case.state)
    last = State(case.previous_state) if state is State.ARCHIVED and case.previous_state else state
    day = timezone.localdate(case.last_move_at)
    ends = [(_last_label(case, last), case.closed_on)]
    if last is State.END_CONFIRMED:
        ends.append(("审核认定", day if case.last_move == Move.CONFIRM_END else case.closed_on))
    if state is State.ARCHIVED:
        ends.append(("归档", day))
    return ends


def _last_label(case: PetitionCase, state: State) -> str:
    if state is State.CLOSED and case.legal_way in OWN_WAYS:
        return "答复办结"
    return "终结" if state is State.END_CONFIRMED else _LAST.get(state, str(state.label))


def _ahead(case: PetitionCase, last: str, deadlines: Sequence[Deadline], reviews: Sequence[Review]) -> Sequence[str]:
    names: list[str] = []
    label = _after(case, last, deadlines, reviews)
    while label:
        names.append(label)
        label = _after(case, label, (), ())
    return names


def _after(case: PetitionCase, label: str, deadlines: Sequence[Deadline], reviews: Sequence[Review]) -> str:
    if label in ("登记", "重新启动", _PASSED_ON, _TAKEN_UP):
        return _first_stops(case, label)
    if label in (_REVIEW, _RECHECK) and _was_declined(label, deadlines):
        return "办结"
    if label in ("复查意见", "复核意见") and reviews and reviews[0].result == ReviewResult.REVOKE:
        return _REDO
    return _AHEAD.get(label, "")


def _first_stops(case: PetitionCase, label: str) -> str:
    """Name the stops from the desk of the office on, by the way that the triage found."""
    if case.legal_way in ROUTED_WAYS:
        return str(State.ROUTED.label)
    if label in ("登记", "重新启动"):
        return _PASSED_ON
    if case.legal_way and LegalWay(case.legal_way) in OWN_WAYS:
        return "依职责办理"
    return _SIMPLE if case.is_simple else "受理"


def _was_declined(label: str, deadlines: Sequence[Deadline]) -> bool:
    rule = Rule.REVIEW if label == _REVIEW else Rule.RECHECK
    clocks = [clock for clock in deadlines if clock.rule == rule]
    return bool(clocks) and max(clocks, key=lambda clock: clock.pk).cancelled_on is not None
