"""意见书: drafted, checked, signed, delivered, executed; then the matter is closed (条例第二十七条、第三十二条)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, OPINION
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import Norm
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_future
from cases.facts import signed_opinion
from cases.models import Opinion, PetitionCase
from cases.procedure.delivery import hand_over
from cases.procedure.delivery_entry import PROOFS, DeliveryEntry
from cases.procedure.opinion import (
    Answers,
    keep_answers,
    refuse_review_body,
    refuse_same_again,
    refuse_unanswered,
    refuse_unfit_opinion,
)
from cases.procedure.shared_fields import DAYS, DELIVERED, EVIDENCE, HAPPENED_ON, NOTE, OPTIONAL_NOTE, RESULTS, SETTLED
from cases.states import DUTIES, HANDLERS, HEADS, IN_REVIEW, Desk, Duty, Group, Guard, Move, Place, State, Transition
from cases.vocabulary import Answer, LastAnswer, Outcome, ReviewResult


@action(
    Move.DRAFT,
    Transition(frozenset({State.HANDLING}), State.DRAFTED, "第三十二条"),
    Duty(HANDLERS, drafts=True),
    Place(Group.HANDLING, road=330),
    {"opinion": KEPT, "results": RESULTS},
)
def draft_opinion(
    case: PetitionCase,
    *,
    facts: str,
    basis: str,
    review_body: Unit,
    answers: Answers,
    by: Post,
    at: datetime,
) -> Effect:
    """拟稿. `answers`: id of the request → (Answer, text). Raises Refusal when a request has no answer (第三十二条)."""
    refuse_unanswered(case, answers)
    refuse_review_body(case, review_body, on=timezone.localdate(at))
    if is_redo(case) and current_rulebook().on(timezone.localdate(at)).is_in_force(Norm.REDO_DIFFERS):
        refuse_same_again(case, answers)
    opinion, _ = Opinion.objects.update_or_create(
        case=case,
        signed_on=None,
        defaults={
            "facts": facts,
            "basis": basis,
            "review_body": review_body,
            "drafted_by": by.user if by else None,
            "drafted_at": at,
            "checked_by": None,
        },
    )
    keep_answers(opinion, answers)
    case.drafter = opinion.drafted_by
    return Effect({"opinion": opinion.pk, "results": [answers[request.pk][0] for request in case.requests.all()]})


def open_opinion(case: PetitionCase) -> Opinion:
    """Find the opinion in the making. Raises Refusal when there is none."""
    opinion = case.opinions.filter(signed_on=None).first()
    if opinion is None:
        raise Refusal("还没有拟稿的意见书。")
    return opinion


@action(
    Move.CHECK,
    Transition(frozenset({State.DRAFTED}), State.CHECKED, "第三十二条"),
    Duty(HANDLERS, other_hand=True),
    Place(Group.HANDLING, road=340, shows_opinion=True),
    {"opinion": KEPT, "note": OPTIONAL_NOTE},
)
def check_draft(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """审核通过."""
    opinion = open_opinion(case)
    opinion.checked_by = by.user
    opinion.save(update_fields=["checked_by"])
    return Effect({"opinion": opinion.pk, "note": note})


@action(
    Move.RETURN_DRAFT,
    Transition(frozenset({State.DRAFTED, State.CHECKED}), State.HANDLING, "第三十二条"),
    Duty(HANDLERS),
    Place(Group.HANDLING, tone="soon", shows_opinion=True),
    {"note": NOTE},
)
def return_draft(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """退回修改, with what has to be mended."""
    case.drafter = None
    return Effect({"note": note})


@action(
    Move.SIGN,
    Transition(
        frozenset({State.CHECKED}),
        State.ISSUED,
        "第三十二条、第三十四条",
        # The receipt is carried along with the opinion, its cells empty until it is signed.
        letters=(OPINION, DELIVERY_PROOF),
        guards=(Guard.RECUSAL_DECIDED, Guard.HEARING_DECIDED),
        late=(Rule.HANDLING, Rule.REDO),
    ),
    Duty(HEADS, other_hand=True),
    Place(Group.HANDLING, road=350, shows_opinion=True),
    {"opinion": KEPT, "published_in": EventField("已在系统外公开答复：")},
)
def sign_opinion(case: PetitionCase, *, published_in: str = "", by: Post, at: datetime) -> Effect:
    """签发 by the head of the unit; the 60 days are met when it is sent (第三十四条).

    `published_in`: where the answer was published before it came into this system; it is recorded as it was worded.

    Raises Refusal for what reference §10.2 forbids, and for a deputy head when the matter is a weighty one.
    """
    opinion, today = open_opinion(case), timezone.localdate(at)
    if by.is_deputy and is_weighty(case):
        raise Refusal("重大事项的意见书由主要领导签发，请报主要负责人。")
    refuse_unfit_opinion(case, opinion, on=today, is_published=bool(published_in))
    opinion.signed_by, opinion.signed_on = by.user, today
    opinion.save(update_fields=["signed_by", "signed_on"])
    case.drafter = None
    without = frozenset({DELIVERY_PROOF}) if published_in else frozenset[LetterKind]()
    detail = {"opinion": opinion.pk} | ({"published_in": published_in} if published_in else {})
    return Effect(detail, without=without)


def is_weighty(case: PetitionCase) -> bool:
    """重大: urgent, of a group, or done again after a revocation; its opinion is signed by the principal head."""
    return case.is_urgent or case.is_group or is_redo(case)


def is_redo(case: PetitionCase) -> bool:
    """Check that the matter is handled anew because its opinion was revoked."""
    return case.review_result == ReviewResult.REVOKE


@action(
    Move.DELIVER,
    Transition(
        frozenset({State.ISSUED}),
        State.DELIVERED,
        "第三十五条",
        starts=(Rule.REVIEW_REQUEST, Rule.EVALUATION),
        meets=(Rule.HANDLING, Rule.REDO, Rule.DELIVERY),
        papers=PROOFS,
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=360, shows_opinion=True),
    {**DELIVERED},
)
def deliver(case: PetitionCase, *, delivery: DeliveryEntry, papers: Papers, by: Post, at: datetime) -> Effect:
    """送达. The petitioner's 30 days for a review count from the day of delivery (第三十五条), not from the issue.

    Raises as `hand_over`.
    """
    opinion = signed_opinion(case)
    effect = hand_over(case, delivery, papers, of=opinion, gives_right=True, by=by, at=at)
    case.last_answer = LastAnswer.OPINION
    case.owes_execution = opinion.answers.filter(result=Answer.SUPPORT).exists()
    return effect


@action(
    Move.ORDER_EXECUTION,
    # What was supported is owed whatever the body above is asked in the meantime. It can be urged again; the period
    # that runs is kept.
    Transition(
        frozenset({State.DELIVERED, State.REVIEW_DELIVERED, State.EXECUTING}),
        State.EXECUTING,
        "第三十二条第二款",
        starts=(Rule.EXECUTION,),
        guards=(Guard.SUPPORTED,),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=365),
    {"task": EventField("协办、执行内容："), "executor": EventField("执行单位："), "days": DAYS},
)
def order_execution(case: PetitionCase, *, executor: str, task: str, days: int, by: Post, at: datetime) -> Effect:
    """督促执行 of what was supported, within `days` (natural) (第三十二条第二款)."""
    return Effect({"executor": executor, "task": task, "days": days}, days=days)


@action(
    Move.FINISH_EXECUTION,
    # What was supported may be done while the body above looks at the rest (第三十五条、第三十六条 stop nothing).
    Transition(
        IN_REVIEW | {State.EXECUTING},
        None,
        "第三十二条第二款",
        meets=(Rule.EXECUTION,),
        returns=True,
        stays=IN_REVIEW,
        guards=(Guard.SUPPORTED,),
    ),
    Duty(HANDLERS, (Desk.RESPONSIBLE,)),
    Place(Group.HANDLING, road=370),
    {"happened_on": HAPPENED_ON, "evidence": EVIDENCE},
)
def finish_execution(case: PetitionCase, *, done_on: date, evidence: str, by: Post, at: datetime) -> Effect:
    """执行完毕, with the evidence. Raises Refusal for a day before the delivery or after today."""
    refuse_future(done_on, at=at, field="done_on")
    opinion = case.opinions.exclude(delivered_on=None).first()
    if opinion is None or opinion.signed_on is None or done_on < opinion.signed_on:
        raise Refusal("执行完毕的日期不能早于意见书的签发日期。", field="done_on")
    opinion.executed_on, case.owes_execution = done_on, False
    opinion.save(update_fields=["executed_on"])
    return Effect({"happened_on": done_on.isoformat(), "evidence": [evidence]}, done_on=done_on)


@action(
    Move.CLOSE,
    # The petitioner's 30 days for a review go on after the unit has closed its file.
    Transition(
        frozenset({State.DELIVERED, State.REVIEW_DELIVERED}),
        State.CLOSED,
        "第二十七条、第二十二条第三项",
        meets=(Rule.ASSIGNMENT, Rule.COMPLETION),
        cancels=DUTIES,
        letters=(COMPLETION_REPORT,),
        no_ground="意见已经送达；信访人申请复查、复核的权利照常计算",
        alone="意见已经送达；信访人申请复查、复核的权利照常计算（第三十五条、第三十六条）",
        guards=(Guard.EXECUTED,),
    ),
    Duty(HANDLERS, by_system=True),
    Place(Group.HANDLING, road=380, tone="done"),
    {**SETTLED},
)
def close_case(
    case: PetitionCase,
    *,
    outcomes: Mapping[str, str],
    note: str,
    heart: str = "",
    by: Post | None,
    at: datetime,
) -> Effect:
    """办结: `outcomes` is 三到位一处理 with the evidence for each (第二十七条); `heart`: the mood (事心双解).

    The system closes what nobody asked to review in time.
    """
    if by is not None and not outcomes:
        raise Refusal("请至少写明一项办理结果及其依据（三到位一处理）。", field="outcomes")
    case.outcomes = [Outcome(outcome).value for outcome in outcomes]
    case.heart = heart
    labels = "；".join(f"{Outcome(outcome).label}：{evidence}" for outcome, evidence in outcomes.items())
    detail = {"outcomes": case.outcomes, "evidence": list(outcomes.values()), "heart": heart, "note": note}
    return Effect(detail, facts={"result": labels, "attitude": note})
