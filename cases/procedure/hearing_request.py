"""听证申请: the petitioner asks for a hearing, and is answered before the opinion (山东省信访条例第三十九条).

Yes is the call of the hearing itself (`settling.call_hearing`, `review.hearing.call_recheck_hearing`); no has its
reason, and the petitioner is told.
"""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField
from cases.attaching import Papers
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.procedure.shared_fields import REASON, TOLD_BY, refuse_untold
from cases.states import (
    CLERKS,
    HANDLERS,
    HEADS,
    IN_HANDLING,
    REVIEWERS,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Paper,
    PaperKind,
    Place,
    State,
    Transition,
)

_ARTICLE = "第三十一条第六项、第三十六条第二款，山东省信访条例第三十九条"
# While an opinion is in the making for which a hearing may still be called.
_BEFORE_ITS_OPINION = (IN_HANDLING - {State.UNDERTAKEN, State.SIMPLE, State.HEARING}) | {
    State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_DRAFTED,
}  # fmt: skip


@action(
    Move.ASK_HEARING,
    Transition(
        _BEFORE_ITS_OPINION,
        None,
        _ARTICLE,
        papers=(Paper(PaperKind.OTHER_PROOF, help_text="信访人签名的听证申请书；口头申请的，附经其签名的笔录"),),
        guards=(Guard.HEARING_DECIDED,),
    ),
    # The petitioner brings or posts the request; whoever has it writes it down.
    Duty(CLERKS | HANDLERS | REVIEWERS, (Desk.HOLDER, Desk.RESPONSIBLE, Desk.REGISTERED)),
    Place(Group.SETTLING, beside=True),
    {
        "reason": EventField("申请听证的理由：", ask=Ask("申请听证的事实和理由", rows=3)),
        "units": KEPT,
        "asks": KEPT,
    },
)
def ask_hearing(case: PetitionCase, *, reason: str, papers: Papers, by: Post, at: datetime) -> Effect:
    """登记听证申请; who has the matter decides, and is told."""
    case.is_hearing_asked = True
    told = {"units": [case.holder_id], "asks": True} if by.unit_id != case.holder_id else {}
    return Effect({"reason": reason, **told})


@action(
    Move.REFUSE_HEARING,
    Transition(_BEFORE_ITS_OPINION, None, _ARTICLE, guards=(Guard.HEARING_PENDING,)),
    Duty(HEADS | REVIEWERS),
    Place(Group.SETTLING),
    {"reason": REASON, "told_by": TOLD_BY},
)
def refuse_hearing(case: PetitionCase, *, reason: str, told_by: str, by: Post, at: datetime) -> Effect:
    """不举行听证, with the reason that the petitioner is told. Raises Refusal when a petitioner who can be reached was
    not."""
    refuse_untold(case, told_by, act="不举行听证")
    case.is_hearing_asked = False
    return Effect({"reason": reason, "told_by": told_by})
