"""并件、拆分: a repeat that was taken in as a matter of its own joins its matter, and a wrong merge is undone."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.notices import MERGE_NOTICE, SPLIT_NOTICE
from binzhou_xinfang.records.event_fields import KEPT, EventField, lines
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action, note
from cases.models import CaseRequest, Companion, PetitionCase, RequestAnswer
from cases.outcome import told_units
from cases.people import is_party
from cases.procedure.same_claim import owes_an_opinion
from cases.procedure.shared_fields import MATTER, TOLD_BY, TOLD_NOTE, refuse_untold
from cases.procedure.telling_units import tell_event
from cases.states import (
    EVENTS,
    EVERY_CLOCK,
    IN_HANDLING,
    POWER,
    TRIAGERS,
    UNTOUCHED,
    WITH_UNIT,
    Desk,
    Duty,
    Group,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary import PartyRole, ToldBy

_WRITTEN = frozenset({State.DRAFTED, State.CHECKED})
# The opinion of these is not written yet: it answers what is merged in.
_UNANSWERED = UNTOUCHED | WITH_UNIT | (IN_HANDLING - _WRITTEN) | {State.AWAITING_DATA, State.OBJECTED, State.DISPUTED}

_MERGED_IN = EVENTS.declare("merged-in", "他件并入", {"case": MATTER, "note": TOLD_NOTE, "units": KEPT})
SPLIT_OFF = EVENTS.declare("split-off", "并件拆出", {"case": MATTER, "note": TOLD_NOTE, "units": KEPT})


@action(
    Move.MERGE,
    Transition(
        UNTOUCHED,
        State.MERGED,
        "第十九条第三款",
        cancels=EVERY_CLOCK,
        letters=(MERGE_NOTICE,),
        no_ground="诉求在并入的事项中一并答复，期限按该事项计算",
    ),
    # It ends the clocks of a claim: of what a body took in on itself the office above decides.
    Duty(TRIAGERS, POWER),
    Place(Group.INTAKE, beside=True),
    {"case": MATTER, "told_by": TOLD_BY, "note": TOLD_NOTE, "requests": EventField("一并答复的诉求：", lines)},
)
def merge(case: PetitionCase, *, into: PetitionCase, reason: str, told_by: str = "", by: Post, at: datetime) -> Effect:
    """并件 into the open matter `into`, or the one that this was itself merged into (第十九条第三款).

    What the master does not ask for yet it asks for from now on, so that its opinion answers it (第三十二条第一款).

    Another person becomes a joint petitioner of it.

    Raises Refusal for itself, a closed matter, one whose opinion is written or that owes less than this, the matter of
    another person but by a petition office, when a report and an ordinary matter would be mixed, or when a petitioner
    who can be reached was not told where his matter goes on.
    """
    master = _master(into)
    if master.pk == case.pk:
        raise Refusal("不能并入本事项自身，或者已经并入本事项的事项。", field="into")
    if not master.is_open:
        raise Refusal("该事项已经办结，不能并入；同一事实和理由的请作不再受理处理。", field="into")
    if master.is_sealed != case.is_sealed:
        raise Refusal("检举控告保密件与普通事项不能并件。", field="into")
    _refuse_answered(master)
    if owes_an_opinion(case) and not owes_an_opinion(master):
        raise Refusal(
            "并入的事项不出具可以申请复查的信访处理意见，本事项的诉求在其中得不到这样的答复，不能并件，请另行办理。",
            field="into",
        )
    refuse_untold(case, told_by, act="并件")
    _join(case, master, by)
    case.merged_into = master
    _count(master, +case.petition_count)
    added = _ask_for(case, master)
    tell_master(master, _MERGED_IN, case, reason, by=by, at=at)
    detail: dict[str, Any] = {"told_by": ToldBy(told_by).value} if told_by else {}
    facts = {"into_number": master.number, "into_unit": master.holder.name, "reason": reason}
    return Effect(
        {"case": master.number, "note": reason} | detail | ({"requests": added} if added else {}), facts=facts
    )


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
        letters=(SPLIT_NOTICE,),
    ),
    # Who has it on the desk gives the claim its clock back; who merged it can too.
    Duty(TRIAGERS, (Desk.HOLDER, Desk.JUDGE)),
    Place(Group.INTAKE),
    {"case": MATTER, "note": TOLD_NOTE, "units": KEPT},
)
def split(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """拆分并件: the merge was wrong; the matter stands again where it was, its first due day kept."""
    if case.merged_into is None:
        raise Refusal("该事项没有并入其他事项。")
    master = leave(case)
    tell_master(master, SPLIT_OFF, case, reason, by=by, at=at)
    facts = split_facts(case, master, f"经核实，{reason.rstrip('。')}，两件不应当合并办理。", at=at)
    return Effect({"case": master.number, "note": reason}, facts=facts)


def leave(case: PetitionCase) -> PetitionCase:
    """Take the matter out of its master, which is given: it no longer counts there, nor in what that was merged into,
    and takes along whom and what it had brought. The caller holds the matter, and saves it."""
    assert case.merged_into is not None  # noqa: S101  who calls has looked
    master = above = _locked(case.merged_into.pk)
    _count(master, -case.petition_count)
    while above.merged_into_id is not None:  # who was merged on has counted it too
        above = _locked(above.merged_into_id)
        _count(above, -case.petition_count)
    _take_back(case, master)
    case.merged_into = None
    return master


def split_facts(case: PetitionCase, master: PetitionCase, reason: str, *, at: datetime) -> dict[str, Any]:
    """Gather what the petitioner is told of a parting: of a sealed report no number is named to anybody."""
    from_number = "" if master.is_sealed else master.number
    unit = case.holder.name
    return {"from_number": from_number, "splitting_unit": unit, "reason": reason, "split_on": timezone.localdate(at)}


def _master(into: PetitionCase) -> PetitionCase:
    """Lock the matter at the end of the chain of merges."""
    case = _locked(into.pk)
    while case.merged_into_id is not None:
        case = _locked(case.merged_into_id)
    return case


def _refuse_answered(master: PetitionCase) -> None:
    state = State(master.state)
    if state in _WRITTEN:
        raise Refusal("并入的事项已经拟出处理意见，请由办理单位退回修改以后再并件，使诉求得到答复。", field="into")
    if state not in _UNANSWERED:
        raise Refusal(
            f"并入的事项现为“{state.label}”，不会再答复新的诉求，不能并件；"
            "同一事项正在办理的，按不予受理告知，其他的请另行办理（第十九条第三款）。",
            field="into",
        )


def _join(case: PetitionCase, master: PetitionCase, by: Post) -> None:
    """Name the other person as a joint petitioner of the master, who is told of its opinion too.

    Raises Refusal for anybody but a petition office: each claim is registered, told of and answered by itself
    (第二十二条、第二十三条).
    """
    if is_party(case, master):
        return
    if by.unit.kind != UnitKind.PETITION_OFFICE:
        raise Refusal(
            "两件的信访人不是同一人，只有信访部门可以决定合并办理；请分别办理、分别答复，或者报信访部门决定。",
            field="into",
        )
    first = master.petitions.order_by("pk")[0]
    Companion.objects.create(petition=first, petitioner=case.lead, role=PartyRole.JOINT)


def _ask_for(case: PetitionCase, master: PetitionCase) -> list[str]:
    """Let the master ask for what it does not ask for yet; gives the texts."""
    known = {request.text for request in master.requests.all()}
    new = [request.text for request in case.requests.order_by("order") if request.text not in known]
    last = max((request.order for request in master.requests.all()), default=0)
    CaseRequest.objects.bulk_create(
        CaseRequest(case=master, order=order, text=text) for order, text in enumerate(new, last + 1)
    )
    return new


def _take_back(case: PetitionCase, master: PetitionCase) -> None:
    """Take from the master whom and what it has by this merge; what an opinion has answered stays with it."""
    Companion.objects.filter(petition__case=master, petitioner=case.lead, role=PartyRole.JOINT).delete()
    merged = case.events.filter(kind=Move.MERGE.value).order_by("seq").last()
    added = merged.detail.get("requests", []) if merged is not None else []
    answered = RequestAnswer.objects.filter(opinion__case=master).values("request")
    for request in master.requests.exclude(pk__in=answered):
        if request.text in added:
            request.delete()


def _locked(pk: int) -> PetitionCase:
    # Two matters merged into one another at one moment wait for each other: the database ends one of the two.
    try:
        with transaction.atomic():
            return PetitionCase.objects.select_for_update(no_key=True).get(pk=pk)
    except DatabaseError as fault:
        raise Refusal("要并入的事项正在由他人办理，请稍后再试。", field="into") from fault


def tell_master(
    master: PetitionCase, kind: str, case: PetitionCase, reason: str, *, by: Post | None, at: datetime
) -> None:
    """Write into the course of the master what came or went, and tell who works on it: he has another story to hear."""
    detail = {"case": case.number, "note": reason} | told_units(master, by)
    tell_event(note(master, kind, by=by, at=at, detail=detail), at=at)


def _count(master: PetitionCase, number: int) -> None:
    PetitionCase.objects.filter(pk=master.pk).update(petition_count=F("petition_count") + number)
