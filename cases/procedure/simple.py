"""简易办理: accepted in 3, answered in 10 working days, by telephone if that is enough (国信办发〔2022〕17号)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.moving import say_length
from cases.engine import Effect, action, running_clock
from cases.models import Opinion, PetitionCase
from cases.procedure.delivery import tell_at_once
from cases.procedure.opinion import keep_answers, refuse_unanswered, refuse_unfit_opinion
from cases.procedure.referral import refuse_not_simple
from cases.procedure.shared_fields import OPTIONAL_NOTE, RESULTS, TOLD_BY
from cases.states import HANDLERS, Duty, Group, Guard, Move, Place, State, Transition
from cases.vocabulary import Answer, LastAnswer, ToldBy


@action(
    Move.ACCEPT_SIMPLE,
    Transition(
        frozenset({State.SIGNED_FOR}),
        State.SIMPLE,
        "第三十一条第六项、《信访事项简易办理办法》",
        starts=(Rule.SIMPLE_HANDLING,),
        meets=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE),
        cancels=(Rule.OBJECTION,),
        no_ground="受理之后不再异议",
        guards=(Guard.SIMPLE, Guard.WAY_PETITION),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=220),
    {"told_by": TOLD_BY, "note": OPTIONAL_NOTE},
)
def accept_simple(case: PetitionCase, *, told_by: str, note: str = "", by: Post, at: datetime) -> Effect:
    """简易受理 within its days. Raises Refusal afterwards, or when a guard is broken: then accept ordinarily."""
    refuse_not_simple(case, on=timezone.localdate(at))
    clock = running_clock(case, Rule.SIMPLE_ACCEPTANCE)
    if clock is not None and timezone.localdate(at) > clock.legal_on:
        raise Refusal(
            f"简易受理应当在收到之日起{say_length(clock)}内决定，期限已于{clock.legal_on:%Y年%m月%d日}届满，请按普通程序告知受理。"
        )
    case.assignee = by.user
    return Effect({"told_by": ToldBy(told_by).value, "note": note})


@action(
    Move.FALL_BACK,
    # The ordinary clock counts from the day of the simple acceptance: nobody gains time by the detour.
    Transition(
        frozenset({State.SIMPLE}),
        State.ACCEPTED,
        "第三十四条、《信访事项简易办理办法》",
        starts=(Rule.HANDLING,),
        cancels=(Rule.SIMPLE_HANDLING,),
        no_ground="改按普通程序，期限自简易受理之日起算",
        letters=(ACCEPTANCE,),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING),
    {"reason": EventField("理由：")},
)
def fall_back(case: PetitionCase, *, reason: str, contact_phone: str, by: Post, at: datetime) -> Effect:
    """转普通程序: the 60 days count from the day of the simple acceptance, not from today."""
    case.is_simple = False
    case.assignee = case.assignee or by.user
    return Effect({"reason": reason}, facts={"handler": case.assignee.name, "handler_phone": contact_phone})


@action(
    Move.ANSWER_SIMPLE,
    Transition(
        frozenset({State.SIMPLE}),
        State.DELIVERED,
        "第三十二条、《信访事项简易办理办法》",
        starts=(Rule.REVIEW_REQUEST, Rule.EVALUATION),
        meets=(Rule.SIMPLE_HANDLING,),
        letters=(OPINION,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=230),
    {"opinion": KEPT, "results": RESULTS, "told_by": TOLD_BY},
)
def answer_simple(
    case: PetitionCase,
    *,
    facts: str,
    basis: str,
    review_body: Unit,
    answers: Mapping[int, tuple[str, str]],
    told_by: str,
    wants_paper: bool = False,
    by: Post,
    at: datetime,
) -> Effect:
    """简易答复, one answer for each request; a paper only if the petitioner asks for it. The right to a review stays.

    Raises Refusal for a paper that is not handed over at once, when a request has no answer, or when one is to be
    rejected: that needs the ordinary procedure (第五条：可能对诉求不予支持的).
    """
    refuse_unanswered(case, answers)
    if wants_paper and ToldBy(told_by) is not ToldBy.FACE:
        raise Refusal(
            "书面意见书当面交付的，告知方式选“当面”；要邮寄等方式送达的，请转普通程序，申请复查的期限自送达之日起算。",
            field="told_by",
        )
    if any(result == Answer.REJECT for result, _ in answers.values()):
        raise Refusal("可能对诉求不予支持的，不适用简易办理（办法第五条），请先转普通程序。", field="answers")
    today = timezone.localdate(at)
    opinion = Opinion.objects.create(
        case=case, facts=facts, basis=basis, review_body=review_body, drafted_by=by.user, drafted_at=at,
        checked_by=by.user, signed_by=by.user, signed_on=today, delivered_on=today, is_simple=True,
    )  # fmt: skip
    keep_answers(opinion, answers)
    tell_at_once(case, opinion, ToldBy(told_by), by=by, at=at)
    refuse_unfit_opinion(case, opinion, on=today)
    case.last_answer = LastAnswer.OPINION
    case.owes_execution = any(result == Answer.SUPPORT for result, _ in answers.values())
    results = [answers[request.pk][0] for request in case.requests.all()]
    without = frozenset() if wants_paper else frozenset({OPINION})
    return Effect({"opinion": opinion.pk, "results": results, "told_by": ToldBy(told_by).value}, without=without)
