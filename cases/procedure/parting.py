"""恢复单独办理 of matters merged into one that ends, or turns, without an answer to their petitioners (`PARTINGS`).

The right to an answer is each petitioner's own (条例第二十二条、第二十三条): nobody else's withdrawal ends it.
"""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from cases.engine import Effect, settle
from cases.models import PetitionCase
from cases.people import is_same_person
from cases.procedure.merging import SPLIT_OFF, leave, split_facts, tell_master
from cases.procedure.same_claim import owes_an_opinion
from cases.states import CLOSED_STATES, PARTINGS, Move, Parting

_WHY = {
    Parting.OTHERS: "该事项已经结束，你的诉求没有在其中得到答复。",
    Parting.WAY: "该事项改按其他途径处理，不再出具信访处理意见书，你的诉求不在其中答复。",
}
_NOTED = {
    Parting.OTHERS: "原并入的事项已结束，本件的诉求没有得到答复，恢复单独办理",
    Parting.WAY: "原并入的事项改按其他途径处理，本件应当出具信访处理意见，恢复单独办理",
}


def part(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Let stand by themselves again the matters of others that lose their answer by the move; hangs on `AFTER_MOVE`.

    Each goes back to where it was merged, with the days of that state from today: the office had it off its desk
    by right, and what had lapsed before stays lapsed. Its petitioner is told by letter. Two queries, of matters alone
    that have more than one arrival.
    """
    says = PARTINGS.get(move)
    if says not in _WHY or case.petition_count < _SEVERAL or has_answered(case):
        return
    for other in parting_from(case, says):
        reason, noted = _WHY[says], _NOTED[says]
        master, other.has_parted = leave(other), True
        told = {"units": [other.holder_id]} if by is None or by.unit_id != other.holder_id else {}
        known = {} if master.is_sealed else {"case": master.number}
        effect = Effect(
            known | {"note": noted} | told,
            facts=split_facts(other, master, reason, at=at),
            issuer=by.unit if by else None,
        )
        settle(other, Move.SPLIT, effect, by=by, at=at)
        tell_master(master, SPLIT_OFF, other, noted, by=by, at=at)


_SEVERAL = 2


def has_answered(case: PetitionCase) -> bool:
    """Check that an answer in writing was delivered in the matter, or that it was over before."""
    return bool(case.last_answer) or (case.state in CLOSED_STATES and case.previous_state in CLOSED_STATES)


def parting_from(case: PetitionCase, says: Parting) -> list[PetitionCase]:
    """List, and lock, what parts from the matter: what others than its own petitioners asked for, be it merged into
    a repeat of theirs; where it only turns, what is owed an opinion that it owes no longer."""
    if says is Parting.WAY and owes_an_opinion(case):
        return []
    own = [case.lead, *(arrival.lead for arrival in case.petitions.select_related("lead"))]
    parting, level = [], [case.pk]
    while level:
        merged = PetitionCase.objects.select_for_update(no_key=True).filter(merged_into__in=level).order_by("pk")
        level = []
        for one in merged:
            is_own = any(is_same_person(one.lead, person) for person in own)
            if not is_own and (says is not Parting.WAY or owes_an_opinion(one)):
                parting.append(one)
            else:
                level.append(one.pk)
    return parting
