"""复查、复核的申请: written down with the proof of its day, for the body above (第三十五条、第三十六条).

Whoever writes it down ends no right by the day that he types: what would be late is judged by the body above, on the
proof of the day, and can be put right there (`review.request_days`).
"""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import refuse_not_above
from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.review import RECHECK_REQUEST, REVIEW_OPINION, REVIEW_REQUEST
from binzhou_xinfang.records.event_fields import EventField, day, person
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Kept, Papers
from cases.engine import Effect, action, refuse_future
from cases.facts import earlier_letter
from cases.models import PetitionCase, Petitioner, Review
from cases.procedure.review.rights import RIGHT, is_too_late, received_on, refuse_days, reviewing_body
from cases.procedure.sent_late import is_in_question
from cases.procedure.shared_fields import TOLD_NOTE
from cases.states import (
    CLERKS,
    HANDLERS,
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
from cases.vocabulary import ReviewKind

_ASKED_FOR = {
    "body": EventField("复查复核机关："),
    "applicant": EventField("申请人：", person),
    "requested_on": EventField("收到申请：", day),
    "claim": EventField("请求："),
    "posted_on": EventField("投邮日期：", day),
    "no_proof": EventField("没有凭证的原因："),
    "excuse": EventField("逾期的理由："),
    "note": TOLD_NOTE,
}
REQUEST = Paper(
    PaperKind.REQUEST, is_needed=False, help_text="盖有收件日期的申请书，邮寄的附信封（邮戳），网上提出的附页面截图"
)
_AGAINST = {
    ReviewKind.REVIEW: OPINION,
    ReviewKind.RECHECK: REVIEW_OPINION,
}


def current_review(case: PetitionCase) -> Review:
    """Find the request that is being dealt with. Raises Refusal when there is none."""
    review = case.reviews.order_by("-pk").first()
    if review is None:
        raise Refusal("该事项没有复查、复核申请。")
    return review


def _ask(
    case: PetitionCase,
    kind: ReviewKind,
    *,
    body: Unit,
    applicant: Petitioner | None,
    requested_on: date,
    posted_on: date | None,
    grounds: str,
    claim: str,
    excuse: str,
    no_proof: str,
    papers: Papers,
    at: datetime,
) -> Effect:
    _refuse_unproven(papers, no_proof)
    refuse_future(requested_on, at=at, field="requested_on")
    right = case.deadlines.filter(rule=RIGHT[kind]).order_by("-pk").first()
    if right is None:
        raise Refusal("没有送达可以申请复查、复核的意见。")
    if applicant is None or applicant.pk not in case.unserved:
        refuse_days(received_on(case, right), requested_on, posted_on)
    # 民事诉讼法第八十八条: posted before the end of the period is in time.
    used_on = posted_on or requested_on
    against = earlier_letter(case, _AGAINST[kind])
    review = Review.objects.create(
        case=case, kind=kind, body=body, applicant=applicant, requested_on=requested_on, posted_on=posted_on,
        grounds=grounds, claim=claim, excuse=excuse, is_late=is_too_late(case, right, applicant, used_on),
        against=against.number if against else "", no_proof=no_proof,
    )  # fmt: skip
    case.holder, case.review_result, case.was_heard, case.end_ground = body, "", False, ""
    # Who asks has had the answer: its day is no question of the right any longer; the unit's may be.
    case.is_delivery_doubted = is_in_question(case)
    detail = {"body": body.name, "requested_on": requested_on.isoformat(), "claim": claim, "note": grounds}
    detail |= {"applicant": applicant.name} if applicant else {}
    detail |= {"posted_on": posted_on.isoformat() if posted_on else "", "no_proof": no_proof}
    if review.is_late:
        detail["excuse"] = excuse or ("收到之日没有凭证，不能认定逾期" if no_proof else "逾期，未说明正当理由")
    return Effect(detail, day=requested_on, met_on=used_on, on_kept=lambda kept: keep_proof(review, kept))


def _refuse_unproven(papers: Papers, no_proof: str) -> None:
    """Raise Refusal for a request whose day has neither proof nor the reason why not, or both."""
    is_proven = PaperKind.REQUEST in papers
    if not is_proven and not no_proof.strip():
        raise Refusal("请附上申请书和收件凭证；没有的，写明原因。", field="no_proof")
    if is_proven and no_proof.strip():
        raise Refusal("已经附有凭证，不再填写没有凭证的原因。", field="no_proof")


def keep_proof(review: Review, kept: Kept) -> None:
    """Keep with the request the paper that proves its day."""
    Review.objects.filter(pk=review.pk).update(proof=kept[PaperKind.REQUEST], no_proof="")


@action(
    Move.ASK_REVIEW,
    # The request may come after the file was closed: the right outlives it.
    Transition(
        # So may one that was declined for a day that was wrong, with its proof, after 终结 for want of a request.
        frozenset({State.DELIVERED, State.EXECUTING, State.CLOSED, State.RESOLVED, State.WITHDRAWN, State.ENDED}),
        State.REVIEW_ASKED,
        "第三十五条",
        starts=(Rule.REVIEW, Rule.REVIEW_ACCEPTANCE),
        meets=(Rule.REVIEW_REQUEST,),
        # Nobody orders what the body above may change; afterwards it is owed anew.
        cancels=(Rule.EXECUTION_ORDER, Rule.COMPLETION),
        no_ground="复查、复核期间不督促执行、不报告办结，答复后重新计算",
        unexplained="登记的是信访人的申请，不是履行期限",
        letters=(REVIEW_REQUEST,),
        papers=(REQUEST,),
        guards=(Guard.ENDED_FOR_GOOD, Guard.OPINION_STANDS),
    ),
    # The petitioner brings or posts the request; whoever has it writes it down and passes it up.
    Duty(CLERKS | HANDLERS, (Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.REVIEW, beside=True),
    {**_ASKED_FOR},
)
def ask_review(
    case: PetitionCase,
    *,
    requested_on: date,
    posted_on: date | None = None,
    applicant: Petitioner | None = None,
    claim: str,
    grounds: str,
    excuse: str = "",
    no_proof: str = "",
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """登记复查申请. It goes to the body that the opinion named; a late one goes there too, to be decided on.

    Raises Refusal for days that cannot be.
    """
    opinion = case.opinions.exclude(delivered_on=None).select_related("review_body").first()
    if opinion is None:
        raise Refusal("没有送达的处理意见，不能申请复查。")
    maker = case.responsible or case.registered_unit
    body = reviewing_body(opinion.review_body, maker, on=timezone.localdate(at))
    return _ask(
        case, ReviewKind.REVIEW, body=body, applicant=applicant, requested_on=requested_on, posted_on=posted_on,
        grounds=grounds, claim=claim, excuse=excuse, no_proof=no_proof, papers=papers, at=at,
    )  # fmt: skip


@action(
    Move.ASK_RECHECK,
    Transition(
        # Ended because nobody asked in time: who had a good reason may still be heard (山东省信访条例第四十六条).
        frozenset(
            {
                State.REVIEW_DELIVERED,
                State.EXECUTING,
                State.CLOSED,
                State.RESOLVED,
                State.ENDED,
                State.WITHDRAWN,
            }
        ),
        State.RECHECK_ASKED,
        "第三十六条第一款",
        starts=(Rule.RECHECK, Rule.RECHECK_ACCEPTANCE),
        meets=(Rule.RECHECK_REQUEST,),
        cancels=(Rule.EXECUTION_ORDER, Rule.COMPLETION),
        no_ground="复查、复核期间不督促执行、不报告办结，答复后重新计算",
        unexplained="登记的是信访人的申请，不是履行期限",
        letters=(RECHECK_REQUEST,),
        papers=(REQUEST,),
        guards=(Guard.ENDED_FOR_GOOD, Guard.REVIEW_STANDS),
    ),
    Duty(CLERKS | HANDLERS, (Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.REVIEW, beside=True),
    {**_ASKED_FOR},
)
def ask_recheck(
    case: PetitionCase,
    *,
    body: Unit,
    requested_on: date,
    posted_on: date | None = None,
    applicant: Petitioner | None = None,
    claim: str,
    grounds: str,
    excuse: str = "",
    no_proof: str = "",
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """登记复核申请 to the body above the reviewer. Raises Refusal for one that is not next above it."""
    reviewed = case.reviews.filter(kind=ReviewKind.REVIEW).exclude(delivered_on=None).select_related("body").first()
    if reviewed is None:
        raise Refusal("没有送达的复查意见，不能申请复核。")
    refuse_not_above(
        body, reviewed.body, on=timezone.localdate(at), role="复核机关", article="第三十六条第一款", field="body"
    )
    return _ask(
        case, ReviewKind.RECHECK, body=body, applicant=applicant, requested_on=requested_on, posted_on=posted_on,
        grounds=grounds, claim=claim, excuse=excuse, no_proof=no_proof, papers=papers, at=at,
    )  # fmt: skip
