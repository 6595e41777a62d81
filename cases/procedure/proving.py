"""核实送达日期、补交送达凭证: the word, or the paper, that follows a delivery entered late or without its proof.

A word or a paper that comes afterwards never takes a day from the petitioner (条例第三十五条、第三十六条).
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, chosen, day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.typed import shortened
from cases.attaching import Kept, Papers
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.moving import reckoning_of, recount_clock
from cases.engine import Effect, action, refuse_future
from cases.models import DayVerdict, Deadline, Delivery, PetitionCase, Review, Standing
from cases.procedure.delivery_entry import PROOF, PROOFS, refuse_other_papers
from cases.procedure.grounds import KIND_OF, RIGHTS
from cases.procedure.sent_late import MET_BY_SENDING, answered_before_entry, heal, is_in_question, refuse_own_entry
from cases.procedure.shared_fields import OPTIONAL_NOTE, refuse_untold
from cases.states import (
    CLERKS,
    HANDLERS,
    NOT_ALONE,
    OFFICE_HEADS,
    REVIEWERS,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary import DeliveryWay, LastAnswer, ReviewRefusal, ToldBy

# Who gave the answer vouches for its day where the petitioner can only gain by it.
LENGTHENS = "信访人申请复查、复核的期限只会延后，不会缩短（第三十五条、第三十六条第一款）"
_RIGHT_OF = {LastAnswer.OPINION: Rule.REVIEW_REQUEST, LastAnswer.REVIEW: Rule.RECHECK_REQUEST}
# Whatever became of the matter since, while its file stands.
AFTER_DELIVERY = frozenset(
    {
        State.DELIVERED, State.EXECUTING, State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED,
        State.REVIEW_ISSUED, State.REVIEW_DELIVERED, State.REDO_ORDERED, State.RECHECK_ASKED, State.RECHECKING,
        State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED, State.CLOSED, State.RESOLVED,
        State.WITHDRAWN, State.ENDED, State.END_CONFIRMED,
    }
)  # fmt: skip
REVIVED = {
    "revived": EventField("原以逾期为由不予受理的申请系在期限内提出，信访人可以再次申请，最后一日：", day),
    "told_by": EventField(
        "告知信访人：",
        chosen(ToldBy),
        ask=Ask("告知信访人的方式", "原以逾期为由不予受理的申请，按该日期系在期限内提出的，必须告知", required=False),
    ),
    "units": KEPT,
}


@action(
    Move.CONFIRM_DELIVERY,
    # The right to a review outlives a withdrawal; the unit's day is judged from the sending on, and once a review is
    # asked for too.
    Transition(
        AFTER_DELIVERY | {State.ISSUED},
        None,
        "第三十四条、第三十五条、第三十六条第一款",
        guards=(Guard.DELIVERY_DOUBTED,),
        moves=(*MET_BY_SENDING, *RIGHTS),
    ),
    Duty(OFFICE_HEADS, NOT_ALONE),
    # Of the office that has nothing else to do with the matter it is the next step.
    Place(Group.REVIEW, beside=True, road=15),
    {
        "verdict": EventField(
            "核实：",
            chosen(DayVerdict),
            ask=Ask(
                "核实结论",
                "认可的，办理期限按发出之日计算；信访人的申请期限尚未届满的，改自送达之日起算，并保留核实后的申请时间。没有凭证的，"
                "认可后不再补交凭证，申请期限不变",
            ),
        ),
        "note": EventField("说明：", ask=Ask("核实情况", "核实方式：查看签收原件、邮件收寄和签收记录，询问信访人等")),
        "sent_on": EventField("发出日期：", day),
        "delivered_on": EventField("送达日期：", day),
        "counts_from": EventField("期限自该日起算：", day),
        "own": EventField(""),
    },
)
def confirm_delivery(case: PetitionCase, *, verdict: str, note: str, by: Post, at: datetime) -> Effect:
    """核实送达日期 that was entered afterwards, and the day of sending. Believed, the unit has answered on the day on
    which it did, and a right that still runs counts from the delivery, and leaves the petitioner at least the days that
    the office has set; otherwise both go on from the day of the entry. Where the proof is lost, the belief stands for
    it and moves no day.

    Nobody heals his own lapse: who made the entry does not judge it, and where the office itself answers for the
    matter, what it did late stays late.

    Raises Refusal where nothing waits for the word, and for a disbelief that would leave all as it is.
    """
    refuse_own_entry(case, by)
    doubted, answered = list(case.deliveries.filter(standing=Standing.DOUBTED)), answered_before_entry(case)
    if case.is_delivery_unproven:
        is_believed = DayVerdict(verdict) is DayVerdict.BELIEVED
        _vouch(case, note, is_believed=is_believed, is_all=not doubted and not answered, by=by, at=at)
    elif not doubted and not answered:
        raise Refusal("没有待核实的送达。")
    word = {"judged_by": by.user, "judged_on": timezone.localdate(at), "verdict": shortened(note, 500)}
    entered = {one.entered_on for one in answered}
    case.deliveries.filter(judged_on=None, entered_on__in=entered).exclude(standing=Standing.DOUBTED).update(**word)
    told = {"sent_on": min((one.sent_on for one in answered), default=None)}
    for delivery in doubted:
        for name, value in word.items():
            setattr(delivery, name, value)
        _judge(case, delivery, is_believed=DayVerdict(verdict) is DayVerdict.BELIEVED, at=at)
        told |= {"delivered_on": delivery.received_on, "counts_from": delivery.counts_from}
    own = heal(answered, by=by) if DayVerdict(verdict) is DayVerdict.BELIEVED else ""
    case.is_delivery_doubted = False
    days = {name: on.isoformat() for name, on in told.items() if on is not None}
    return Effect({"verdict": verdict, "note": note, "own": own, **days})


def _vouch(case: PetitionCase, note: str, *, is_believed: bool, is_all: bool, by: Post, at: datetime) -> None:
    """Let the office's word stand for a proof that is lost; what is not believed still wants its proof."""
    if not is_believed:
        if is_all:
            raise Refusal("没有凭证的送达不予认可的，期限不变，仍由送达的机关、单位补交送达凭证。", field="verdict")
        return
    lost = case.deliveries.filter(standing=Standing.UNPROVEN).exclude(way=DeliveryWay.TOLD)
    on = timezone.localdate(at)
    lost.update(standing=Standing.CONFIRMED, judged_by=by.user, judged_on=on, verdict=shortened(note, 500))
    case.is_delivery_unproven = False


def _judge(case: PetitionCase, delivery: Delivery, *, is_believed: bool, at: datetime) -> None:
    """Write down the word on one delivery; a right that is in use, or over, is not touched by it."""
    delivery.standing = Standing.CONFIRMED if is_believed else Standing.REFUSED
    right = case.deadlines.running().filter(rule=_RIGHT_OF.get(LastAnswer(delivery.answer))).first()
    if is_believed and right is not None:
        today = timezone.localdate(at)
        left = timedelta(days=current_rulebook().on(today).number(Key.DELIVERY_LEFT))
        recount_clock(right, since=delivery.received_on, not_before=today + left, at=at)
        delivery.counts_from = delivery.received_on
    delivery.save()


@action(
    Move.PROVE_DELIVERY,
    Transition(
        AFTER_DELIVERY,
        None,
        "第三十五条、第三十六条第一款",
        papers=PROOFS,
        guards=(Guard.DELIVERY_UNPROVEN,),
        moves=RIGHTS,
        alone=LENGTHENS,
    ),
    Duty(CLERKS | HANDLERS | REVIEWERS, (Desk.HOLDER, Desk.RESPONSIBLE, Desk.REGISTERED, Desk.SERVER)),
    Place(Group.REVIEW, beside=True),
    {
        "proven_on": EventField(
            "凭证所载送达日期：",
            day,
            ask=Ask("凭证所载送达日期", "早于登录之日的，期限仍自登录之日起算；晚于登录之日的，改自该日起算"),
        ),
        "counts_from": EventField("期限自该日起算：", day),
        "note": OPTIONAL_NOTE,
        **REVIVED,
    },
)
def prove_delivery(
    case: PetitionCase,
    *,
    proven_on: date,
    note: str = "",
    told_by: str = "",
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """补交送达凭证 of a delivery that was entered without one: it joins the file. A right that counts from the entry is
    not shortened by it; one that the petitioner received later than entered counts from that later day.

    Raises Refusal without the proof of its way, and for days that cannot be.
    """
    delivery = case.deliveries.filter(standing=Standing.UNPROVEN).exclude(way=DeliveryWay.TOLD).first()
    if delivery is None:
        raise Refusal("没有待补交凭证的送达。")
    kind = PROOF[DeliveryWay(delivery.way)]
    refuse_other_papers(DeliveryWay(delivery.way), papers)
    if kind not in papers:
        raise Refusal(f"请附上{kind.label}。", field=next(paper.field for paper in PROOFS if paper.kind == kind))
    refuse_day(delivery, proven_on, at=at, field="proven_on")
    delivery.standing, delivery.proven_on = Standing.SHOWN, proven_on
    revived: dict[str, Any] = {}
    if proven_on > delivery.counts_from:
        revived = told_of_revival(case, count_later(case, delivery, proven_on, at=at), told_by)
        delivery.counts_from = proven_on
    delivery.save()
    unproven = case.deliveries.filter(standing=Standing.UNPROVEN).exclude(way=DeliveryWay.TOLD)
    case.is_delivery_unproven = unproven.exists()
    # What the paper says of the unit's own day is for the office to judge.
    case.is_delivery_doubted = case.is_delivery_doubted or is_in_question(case)

    def keep(kept: Kept) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(proof=kept[kind])

    counts = {"counts_from": delivery.counts_from.isoformat()}
    return Effect({"proven_on": proven_on.isoformat(), "note": note} | counts | revived, on_kept=keep)


def refuse_day(delivery: Delivery, on: date, *, at: datetime, field: str) -> None:
    """Raise Refusal for a day of delivery to come, or before the answer was signed."""
    refuse_future(on, at=at, field=field)
    answer = delivery.opinion or delivery.review
    signed_on = answer.signed_on if answer else None
    if signed_on is not None and on < signed_on:
        raise Refusal(f"日期不能早于签发日期（{signed_on:%Y年%m月%d日}）。", field=field)


def count_later(case: PetitionCase, delivery: Delivery, proven_on: date, *, at: datetime) -> list[Review]:
    """Count the right from the later day: the one that runs, or, where it has been taken as ended, a new one.

    A request that came in time by the later day is in time, whatever became of it: where it was declined as late, the
    right goes on for at least the days that the office has set. Gives the requests so declined.
    """
    rule, today = _RIGHT_OF.get(LastAnswer(delivery.answer)), timezone.localdate(at)
    last = case.deadlines.filter(rule=rule).order_by("-pk").first() if rule else None
    if rule is None or last is None:
        return []
    anew = new_clock(case, rule, on=proven_on, unit=last.unit)
    in_time = _now_in_time(case, rule, max(anew.legal_on, last.legal_on))
    # A right that is in use goes on from the later day should the request come to nothing.
    if case.reviews.filter(kind=KIND_OF[rule], declined_on=None, ended_on=None, signed_on=None).exists():
        return []
    wronged = [review for review in in_time if review.refusal == ReviewRefusal.LATE]
    kept = today + timedelta(days=current_rulebook().on(today).number(Key.DELIVERY_LEFT)) if wronged else None
    if last.is_running:
        recount_clock(last, since=proven_on, not_before=max(last.legal_on, kept or last.legal_on), at=at)
    elif wronged or last.met_on is None:
        _begin_anew(case, delivery, anew, kept, at=at)
    return wronged


def told_of_revival(case: PetitionCase, wronged: list[Review], told_by: str) -> dict[str, Any]:
    """Tell the body that declined, and the petitioner, that a request was in time after all; nothing where none was.

    Raises Refusal when the petitioner was not told.
    """
    if not wronged:
        return {}
    refuse_untold(case, told_by, act="原以逾期为由不予受理的申请系在期限内提出的，")
    right = case.deadlines.running().filter(rule__in=RIGHTS).first()
    told = {"revived": right.legal_on.isoformat()} if right else {}
    return {**told, "told_by": told_by, "units": sorted({review.body_id for review in wronged})}


def _now_in_time(case: PetitionCase, rule: Rule, until: date) -> list[Review]:
    """Take the requests that were held late and came until the day as in time; gives them."""
    late = case.reviews.filter(kind=KIND_OF[rule], is_late=True, signed_on=None)
    healed = [review for review in late if review.used_on <= until]
    Review.objects.filter(pk__in=[review.pk for review in healed]).update(is_late=False)
    return healed


def _begin_anew(case: PetitionCase, delivery: Delivery, anew: Deadline, kept: date | None, *, at: datetime) -> None:
    """Let the right run once more, unless its true days are over or a later answer has taken its place."""
    if kept is not None:
        anew.not_before = kept
        due = reckoning_of(anew)
        anew.strict_on, anew.legal_on, anew.is_provisional = due.strict, due.legal, due.provisional
    if anew.legal_on >= timezone.localdate(at) and case.last_answer == delivery.answer:
        arm(anew, (), at=at)
        anew.save()
