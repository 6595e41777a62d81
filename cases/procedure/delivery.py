"""送达: an answer handed over by one of the ways of the law, with its proof; the petitioner's right counts from a day
that is proven (条例第三十五条、第三十六条：自收到书面答复之日起).

A day without proof is not proven, and neither is one that is entered long afterwards: until the office of registration
has looked at it, the right counts from the day of the entry. It is that office's word, because the unit whose delay a
back-dated day would heal cannot vouch for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen, day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.clocks.moving import recount_clock
from cases.engine import Effect, action
from cases.models import CaseAttachment, DayVerdict, Delivery, Opinion, PetitionCase, Review, Standing
from cases.procedure.delivery_entry import PROOF, DeliveryEntry, day_of, is_late, refuse_entry, told_of
from cases.states import OFFICE_HEADS, OWN, Duty, Group, Guard, Move, PaperKind, Place, State, Transition
from cases.vocabulary import DeliveryWay, LastAnswer, ToldBy


@dataclass(frozen=True)
class Day:
    """A day of delivery, the day from which a right counts by it, and how far it is proven."""

    delivered_on: date
    counts_from: date
    standing: Standing


def hand_over(
    case: PetitionCase,
    entry: DeliveryEntry,
    papers: Papers,
    *,
    of: Opinion | Review,
    gives_right: bool,
    by: Post | None,
    at: datetime,
) -> Effect:
    """Write down the delivery of a signed opinion; its effect is dated on the day that counts. `gives_right`: whether
    a right of the petitioner runs from it, so that the day is looked at.

    Raises Refusal at the field that is missing or cannot be.
    """
    today, way = timezone.localdate(at), DeliveryWay(entry.way)
    proof = PROOF.get(way)
    is_proven = refuse_entry(entry, papers, signed_on=of.signed_on, today=today)
    found = _judge(day_of(entry, on=today), is_proven=is_proven, gives_right=gives_right, today=today)
    delivery = _write_down(case, entry, found, of, by=by, today=today)
    case.is_delivery_doubted = found.standing is Standing.DOUBTED

    def keep(kept: Mapping[PaperKind, CaseAttachment]) -> None:
        if proof is not None and proof in kept:
            Delivery.objects.filter(pk=delivery.pk).update(proof=kept[proof])

    return Effect(_told(delivery), day=found.counts_from, on_kept=keep)


def _judge(delivered_on: date, *, is_proven: bool, gives_right: bool, today: date) -> Day:
    """Judge what a day of delivery is worth: without proof, or entered too late, it counts from today."""
    if not is_proven:
        return Day(delivered_on, today, Standing.UNPROVEN)
    if not is_late(delivered_on, today):
        return Day(delivered_on, delivered_on, Standing.PROVEN)
    return Day(delivered_on, today, Standing.DOUBTED if gives_right else Standing.PROVEN)


def _write_down(
    case: PetitionCase, entry: DeliveryEntry, found: Day, of: Opinion | Review, *, by: Post | None, today: date
) -> Delivery:
    of.delivered_on = found.delivered_on
    of.save(update_fields=["delivered_on"])
    return Delivery.objects.create(
        case=case, answer=of.kind if isinstance(of, Review) else LastAnswer.OPINION,
        opinion=None if isinstance(of, Review) else of, review=of if isinstance(of, Review) else None, way=entry.way,
        delivered_on=found.delivered_on,
        counts_from=found.counts_from, standing=found.standing, recipient=entry.recipient, relation=entry.relation,
        place=entry.place or entry.address or entry.e_address or entry.published_at,
        posted_on=entry.posted_on, item_number=entry.item_number, notice_on=entry.notice_on,
        confirmed_by=entry.confirmed_by, cause=entry.refusal or entry.absence, witnesses=list(entry.witnesses),
        no_proof=entry.no_proof, note=entry.note, entered_by=by.user if by else None, entered_on=today,
    )  # fmt: skip


def tell_at_once(case: PetitionCase, opinion: Opinion, told_by: ToldBy, *, by: Post, at: datetime) -> None:
    """Write down an answer that the petitioner was told without a paper that must reach him (简易办理)."""
    why = f"简易办理，以{told_by.label}方式告知"
    entry = DeliveryEntry(way=DeliveryWay.TOLD, delivered_on=timezone.localdate(at), no_proof=why)
    hand_over(case, entry, Papers(), of=opinion, gives_right=True, by=by, at=at)


def _told(delivery: Delivery) -> dict[str, object]:
    """Tell it with what its day is worth."""
    told = told_of(delivery) | {
        "standing": delivery.standing,
        "counts_from": "" if delivery.counts_from == delivery.delivered_on else delivery.counts_from.isoformat(),
    }
    return {name: value for name, value in told.items() if value or name in ("recipient", "note")}


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
    the days that the office has set; otherwise it goes on from the day of the entry.
    """
    delivery = case.deliveries.filter(standing=Standing.DOUBTED).first()
    if delivery is None:
        raise Refusal("没有待核实的送达。")
    today, is_believed = timezone.localdate(at), DayVerdict(verdict) is DayVerdict.BELIEVED
    delivery.standing = Standing.CONFIRMED if is_believed else Standing.REFUSED
    delivery.judged_by, delivery.judged_on, delivery.verdict = by.user, today, note[:500]
    if is_believed:
        delivery.counts_from = delivery.delivered_on
        left = timedelta(days=current_rulebook().on(today).number(Key.DELIVERY_LEFT))
        for clock in case.deadlines.running().filter(rule__in=_RIGHTS):
            recount_clock(clock, since=delivery.delivered_on, not_before=today + left, at=at)
    delivery.save()
    case.is_delivery_doubted = False
    told = {"delivered_on": delivery.delivered_on.isoformat(), "counts_from": delivery.counts_from.isoformat()}
    return Effect({"verdict": verdict, "note": note, **told})
