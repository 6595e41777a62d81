"""受理、不予受理复查和复核: the word of the body above on a request (第三十五条、第三十六条)."""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.refusals import REVIEW_REFUSAL
from binzhou_xinfang.records.event_fields import EventField, chosen
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import Norm
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.procedure.grounds import DECLINING_REVIEW, RIGHTS
from cases.procedure.review.requests import current_review
from cases.procedure.review.rights import let_stand
from cases.procedure.shared_fields import OPTIONAL_NOTE, TOLD_NOTE
from cases.states import CLOSED_STATES, REVIEWERS, Duty, Group, Guard, Move, Place, State, Transition
from cases.vocabulary import EndGround, ReviewRefusal

_DECLINED = {"ground": EventField("理由：", chosen(ReviewRefusal)), "note": TOLD_NOTE}


def _accept(case: PetitionCase, *, note: str, at: datetime) -> Effect:
    review = current_review(case)
    is_barred = current_rulebook().on(timezone.localdate(at)).is_in_force(Norm.NO_REVIEW_IN_TIME)
    if is_barred and review.is_proven_late and not review.excuse.strip():
        raise Refusal("该申请超过规定期限且没有正当理由（山东省信访条例第四十六条），应当不予受理。")
    review.accepted_on = timezone.localdate(at)
    review.save(update_fields=["accepted_on"])
    return Effect({"note": note})


def _decline(case: PetitionCase, *, ground: str, explanation: str, at: datetime) -> Effect:
    review, refusal = current_review(case), ReviewRefusal(ground)
    review.declined_on, review.refusal = timezone.localdate(at), refusal.value
    review.save(update_fields=["declined_on", "refusal"])
    if case.previous_state == State.ENDED:
        case.end_ground = EndGround.NO_REQUEST
    is_open = case.previous_state not in CLOSED_STATES
    right = let_stand(case, review, at=at, is_open=is_open)
    return Effect(
        {"ground": refusal.value, "note": explanation},
        facts={"reason": f"{refusal.label}。{explanation}"},
        moved=[right] if right else [],
    )


@action(
    Move.ACCEPT_REVIEW,
    Transition(
        frozenset({State.REVIEW_ASKED}),
        State.REVIEWING,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=50),
    {"note": OPTIONAL_NOTE},
)
def accept_review(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """受理复查. Raises Refusal for a late request without a good reason."""
    return _accept(case, note=note, at=at)


@action(
    Move.ACCEPT_RECHECK,
    Transition(
        frozenset({State.RECHECK_ASKED}),
        State.RECHECKING,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=60),
    {"note": OPTIONAL_NOTE},
)
def accept_recheck(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """受理复核. Raises Refusal for a late request without a good reason."""
    return _accept(case, note=note, at=at)


@action(
    Move.DECLINE_REVIEW,
    Transition(
        frozenset({State.REVIEW_ASKED}),
        None,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
        cancels=(Rule.REVIEW,),
        grounds=DECLINING_REVIEW,
        letters=(REVIEW_REFUSAL,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
        moves=RIGHTS,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {**_DECLINED},
)
def decline_review(case: PetitionCase, *, ground: str, explanation: str, by: Post, at: datetime) -> Effect:
    """不予受理复查, in writing with the reason; the matter stands where it stood."""
    return _decline(case, ground=ground, explanation=explanation, at=at)


@action(
    Move.DECLINE_RECHECK,
    Transition(
        frozenset({State.RECHECK_ASKED}),
        None,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
        cancels=(Rule.RECHECK,),
        grounds=DECLINING_REVIEW,
        letters=(REVIEW_REFUSAL,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
        moves=RIGHTS,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {**_DECLINED},
)
def decline_recheck(case: PetitionCase, *, ground: str, explanation: str, by: Post, at: datetime) -> Effect:
    """不予受理复核, in writing with the reason."""
    return _decline(case, ground=ground, explanation=explanation, at=at)
