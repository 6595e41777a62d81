"""核实送达日期、补交送达凭证: the word, or the paper, that follows a delivery entered late or without its proof.

A word or a paper that comes afterwards never takes a day from the petitioner (条例第三十五条、第三十六条).
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen, day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.typed import shortened
from cases.attaching import Kept, Papers
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.moving import recount_clock
from cases.engine import Effect, action, refuse_future
from cases.models import DayVerdict, Delivery, PetitionCase, Standing
from cases.procedure.delivery import ANSWERED_BY_SENDING
from cases.procedure.delivery_entry import PROOF, PROOFS, refuse_other_papers
from cases.procedure.shared_fields import OPTIONAL_NOTE
from cases.states import (
    CLERKS,
    HANDLERS,
    OFFICE_HEADS,
    OWN,
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
from cases.vocabulary import DeliveryWay, LastAnswer, ReviewKind

_RIGHTS = (Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST)


@action(
    Move.CONFIRM_DELIVERY,
    Transition(
        frozenset(
            {
                State.DELIVERED,
                State.EXECUTING,
                State.REVIEW_DELIVERED,
                State.CLOSED,
                State.RESOLVED,
                # The right to a review outlives a withdrawal.
                State.WITHDRAWN,
            }
        ),
        None,
        "第三十五条、第三十六条第一款",
        guards=(Guard.DELIVERY_DOUBTED,),
    ),
    Duty(OFFICE_HEADS, OWN),
    # Of the office that has nothing else to do with the matter it is the next step.
    Place(Group.REVIEW, beside=True, road=15),
    {
        "verdict": EventField(
            "核实：",
            chosen(DayVerdict),
            ask=Ask("核实结论", "认可的，信访人的申请期限改自送达之日起算，并保留核实后的申请时间"),
        ),
        "note": EventField("说明：", ask=Ask("核实情况", "怎样核实的：查看签收原件、邮件签收记录，询问信访人等")),
        "delivered_on": EventField("送达日期：", day),
        "counts_from": EventField("期限自该日起算：", day),
    },
)
def confirm_delivery(case: PetitionCase, *, verdict: str, note: str, by: Post, at: datetime) -> Effect:
    """核实送达日期 that was entered afterwards. Believed, the right counts from it, and leaves the petitioner at least
    the days that the office has set, and the unit has answered on the day on which it did; otherwise both go on from
    the day of the entry.
    """
    delivery = case.deliveries.filter(standing=Standing.DOUBTED).first()
    if delivery is None:
        raise Refusal("没有待核实的送达。")
    today, is_believed = timezone.localdate(at), DayVerdict(verdict) is DayVerdict.BELIEVED
    delivery.standing = Standing.CONFIRMED if is_believed else Standing.REFUSED
    delivery.judged_by, delivery.judged_on, delivery.verdict = by.user, today, shortened(note, 500)
    if is_believed:
        delivery.counts_from = delivery.delivered_on
        left = timedelta(days=current_rulebook().on(today).number(Key.DELIVERY_LEFT))
        for clock in case.deadlines.running().filter(rule__in=_RIGHTS):
            recount_clock(clock, since=delivery.delivered_on, not_before=today + left, at=at)
        answered = case.deadlines.filter(rule__in=ANSWERED_BY_SENDING, met_on=delivery.entered_on)
        answered.update(met_on=delivery.posted_on or delivery.notice_on or delivery.delivered_on)
    delivery.save()
    case.is_delivery_doubted = False
    told = {"delivered_on": delivery.delivered_on.isoformat(), "counts_from": delivery.counts_from.isoformat()}
    return Effect({"verdict": verdict, "note": note, **told})


# Whatever became of the matter since, while its file stands.
AFTER_DELIVERY = frozenset(
    {
        State.DELIVERED, State.EXECUTING, State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED,
        State.REVIEW_ISSUED, State.REVIEW_DELIVERED, State.REDO_ORDERED, State.RECHECK_ASKED, State.RECHECKING,
        State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED, State.CLOSED, State.RESOLVED,
        State.WITHDRAWN, State.ENDED, State.END_CONFIRMED,
    }
)  # fmt: skip
_RIGHT_OF = {LastAnswer.OPINION: Rule.REVIEW_REQUEST, LastAnswer.REVIEW: Rule.RECHECK_REQUEST}
_KIND = {Rule.REVIEW_REQUEST: ReviewKind.REVIEW, Rule.RECHECK_REQUEST: ReviewKind.RECHECK}


@action(
    Move.PROVE_DELIVERY,
    Transition(
        AFTER_DELIVERY,
        None,
        "第三十五条、第三十六条第一款",
        papers=PROOFS,
        guards=(Guard.DELIVERY_UNPROVEN,),
    ),
    Duty(CLERKS | HANDLERS | REVIEWERS, (Desk.HOLDER, Desk.RESPONSIBLE, Desk.REGISTERED)),
    Place(Group.REVIEW, beside=True),
    {
        "proven_on": EventField(
            "凭证所载送达日期：",
            day,
            ask=Ask("凭证所载送达日期", "早于登录之日的，期限仍自登录之日起算；晚于登录之日的，改自该日起算"),
        ),
        "counts_from": EventField("期限自该日起算：", day),
        "note": OPTIONAL_NOTE,
    },
)
def prove_delivery(
    case: PetitionCase, *, proven_on: date, note: str = "", papers: Papers, by: Post, at: datetime
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
    if proven_on > delivery.counts_from:
        count_later(case, delivery, proven_on, at=at)
        delivery.counts_from = proven_on
    delivery.save()
    case.is_delivery_unproven = False

    def keep(kept: Kept) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(proof=kept[kind])

    counts = {"counts_from": delivery.counts_from.isoformat()}
    return Effect({"proven_on": proven_on.isoformat(), "note": note} | counts, on_kept=keep)


def refuse_day(delivery: Delivery, on: date, *, at: datetime, field: str) -> None:
    """Raise Refusal for a day of delivery to come, or before the answer was signed."""
    refuse_future(on, at=at, field=field)
    answer = delivery.opinion or delivery.review
    signed_on = answer.signed_on if answer else None
    if signed_on is not None and on < signed_on:
        raise Refusal(f"日期不能早于签发日期（{signed_on:%Y年%m月%d日}）。", field=field)


def count_later(case: PetitionCase, delivery: Delivery, proven_on: date, *, at: datetime) -> None:
    """Count the right from the later day: the one that runs, or, where it has been taken as ended, a new one."""
    rule, today = _RIGHT_OF.get(LastAnswer(delivery.answer)), timezone.localdate(at)
    last = case.deadlines.filter(rule=rule).order_by("-pk").first() if rule else None
    if rule is None or last is None:
        return
    pending = case.reviews.filter(kind=_KIND[rule], declined_on=None, ended_on=None, signed_on=None).first()
    if pending is not None:
        # The right is in use; should the request come to nothing, it goes on from the later day.
        until = max(new_clock(case, rule, on=proven_on, unit=last.unit).legal_on, last.legal_on)
        if pending.is_late and (pending.posted_on or pending.requested_on) <= until:
            pending.is_late = False
            pending.save(update_fields=["is_late"])
        return
    if last.met_on is not None:
        return
    if last.is_running:
        recount_clock(last, since=proven_on, not_before=last.legal_on, at=at)
        return
    anew = new_clock(case, rule, on=proven_on, unit=last.unit)
    if anew.legal_on >= today and case.last_answer == delivery.answer:
        arm(anew, (), at=at)
        anew.save()
