"""并件、拆分: a repeat that was taken in as a matter of its own joins its matter, and a wrong merge is undone."""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import F

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import KEPT
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action, note
from cases.models import PetitionCase
from cases.outcome import told_units
from cases.procedure.shared_fields import MATTER, TOLD_BY, TOLD_NOTE, refuse_untold
from cases.procedure.telling_units import tell_event
from cases.states import EVENTS, EVERY_CLOCK, TRIAGERS, UNTOUCHED, Duty, Group, Move, Place, State, Transition
from cases.vocabulary import ToldBy

_MERGED_IN = EVENTS.declare("merged-in", "他件并入", {"case": MATTER, "note": TOLD_NOTE, "units": KEPT})
_SPLIT_OFF = EVENTS.declare("split-off", "并件拆出", {"case": MATTER, "note": TOLD_NOTE, "units": KEPT})


@action(
    Move.MERGE,
    Transition(
        UNTOUCHED,
        State.MERGED,
        "第十九条第三款",
        cancels=EVERY_CLOCK,
        no_ground="事项在并入的事项中继续办理，期限按该事项计算",
        alone="诉求在并入的事项中一并答复，可以拆分",
    ),
    Duty(TRIAGERS),
    Place(Group.INTAKE, beside=True),
    {"case": MATTER, "told_by": TOLD_BY, "note": TOLD_NOTE},
)
def merge(case: PetitionCase, *, into: PetitionCase, reason: str, told_by: str = "", by: Post, at: datetime) -> Effect:
    """并件 into the open matter `into`, or the one that this was itself merged into (第十九条第三款).

    Raises Refusal for itself, a closed matter, when a report of wrongdoing and an ordinary matter would be mixed, or
    when a petitioner who can be reached was not told where his matter goes on.
    """
    master = _master(into)
    if master.pk == case.pk:
        raise Refusal("不能并入本事项自身，或者已经并入本事项的事项。", field="into")
    if not master.is_open:
        raise Refusal("该事项已经办结，不能并入；同一事实和理由的请作不再受理处理。", field="into")
    if master.is_sealed != case.is_sealed:
        raise Refusal("检举控告保密件与普通事项不能并件。", field="into")
    refuse_untold(case, told_by, act="并件")
    case.merged_into = master
    _count(master, +case.petition_count)
    _tell(master, _MERGED_IN, case, reason, by=by, at=at)
    detail = {"told_by": ToldBy(told_by).value} if told_by else {}
    return Effect({"case": master.number, "note": reason} | detail)


@action(
    Move.SPLIT,
    # The clock of the office is set up again from the first receipt: a wrong merge is nobody's gain of time.
    Transition(
        frozenset({State.MERGED}),
        None,
        "第十九条第三款",
        starts=(Rule.TRIAGE,),
        simple=(Rule.SIMPLE_RELAY,),
        returns=True,
    ),
    Duty(TRIAGERS),
    Place(Group.INTAKE),
    {"case": MATTER, "note": TOLD_NOTE},
)
def split(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """拆分并件: the merge was wrong; the matter stands again where it was, its first due day kept."""
    if case.merged_into is None:
        raise Refusal("该事项没有并入其他事项。")
    master = _locked(case.merged_into.pk)
    _count(master, -case.petition_count)
    above = master
    while above.merged_into_id is not None:  # who was merged on has counted it too
        above = _locked(above.merged_into_id)
        _count(above, -case.petition_count)
    _tell(master, _SPLIT_OFF, case, reason, by=by, at=at)
    case.merged_into = None
    return Effect({"case": master.number, "note": reason})


def _master(into: PetitionCase) -> PetitionCase:
    """Lock the matter at the end of the chain of merges."""
    case = _locked(into.pk)
    while case.merged_into_id is not None:
        case = _locked(case.merged_into_id)
    return case


def _locked(pk: int) -> PetitionCase:
    # Two matters merged into one another at one moment wait for each other: the database ends one of the two.
    try:
        with transaction.atomic():
            return PetitionCase.objects.select_for_update(no_key=True).get(pk=pk)
    except DatabaseError as fault:
        raise Refusal("要并入的事项正在由他人办理，请稍后再试。", field="into") from fault


def _tell(master: PetitionCase, kind: str, case: PetitionCase, reason: str, *, by: Post, at: datetime) -> None:
    """Write into the course of the master what came or went, and tell who works on it: he has another story to hear."""
    detail = {"case": case.number, "note": reason} | told_units(master, by)
    tell_event(note(master, kind, by=by, at=at, detail=detail), at=at)


def _count(master: PetitionCase, number: int) -> None:
    PetitionCase.objects.filter(pk=master.pk).update(petition_count=F("petition_count") + number)
