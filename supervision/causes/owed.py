"""Debts of a 督办件 in each stage: the office decides, sends and judges; the unit answers."""

from typing import Any

from binzhou_xinfang.process.owed import Owed, OwedIn, debts
from binzhou_xinfang.statute.periods import Rule
from supervision.causes.steps import Desk
from supervision.models import Stage

# The clocks of an answer, by what it answers: a letter, a proposal, a record or the board.
ANSWER_CLOCKS = (Rule.LETTER_FEEDBACK, Rule.PROPOSAL_FEEDBACK, Rule.RECTIFICATION)


def _of_office(what: str) -> Owed[Any]:
    return Owed(what=what, by=Desk.OFFICE, own=Rule.OVERSIGHT)


OWED: OwedIn[Any] = {
    Stage.PENDING: debts(_of_office("拟函、督查、列入挂牌督办，或者写明理由不予督办")),
    Stage.DRAFTED: debts(_of_office("审核、签发函件")),
    Stage.ISSUED: debts(Owed(what="书面反馈、整改", by=Desk.UNIT, clocks=ANSWER_CLOCKS)),
    Stage.SIGNING: debts(Owed(what="签发书面反馈", by=Desk.UNIT, clocks=ANSWER_CLOCKS)),
    Stage.ANSWERED: debts(_of_office("审核反馈、复核整改")),
    Stage.SETTLED: debts(nothing="已经办结"),
    Stage.DROPPED: debts(nothing="已经写明理由，不予督办"),
}
