"""送达: an answer handed over by one of the ways of the law, with its proof; the petitioner's right counts from a day
that is proven (条例第三十五条、第三十六条：自收到书面答复之日起).

What is owed is answered when the signed opinion has left the house: handed over, posted, or posted up as a notice
(`ANSWERED_BY_SENDING`; 条例第三十四条：办结, 第三十五条：予以书面答复). How long it travels is not the unit's to answer
for, and an opinion that lies signed in a drawer answers nothing.

A day without proof is not proven, and neither is one that is entered long afterwards: until the office of registration
has looked at it, the right counts from the day of the entry. It is that office's word, because the unit whose delay a
back-dated day would heal cannot vouch for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from cases.attaching import Papers
from cases.engine import Effect
from cases.models import CaseAttachment, Delivery, Opinion, PetitionCase, Review, Standing
from cases.people import others_of
from cases.procedure.delivery_entry import (
    PROOF,
    SENT_ON,
    DeliveryEntry,
    counted_sending,
    day_of,
    is_late,
    place_of,
    refuse_entry,
    sent_day,
    told_of,
)
from cases.procedure.sent_late import Entered, is_in_question, waits_for_delivery
from cases.states import Move, PaperKind
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
    """Write down the delivery of a signed opinion; its effect is dated on the day that counts, and what the unit owed
    is met on the day of sending. `gives_right`: whether a right of the petitioner runs from it, so that the day is
    looked at.

    Raises Refusal at the field that is missing or cannot be.
    """
    today, way = timezone.localdate(at), DeliveryWay(entry.way)
    proof = PROOF.get(way)
    is_proven = refuse_entry(entry, papers, signed_on=of.signed_on, today=today)
    _refuse_other_day(case, entry)
    found = _judge(day_of(entry, on=today), is_proven=is_proven, gives_right=gives_right, today=today)
    delivery = _write_down(case, entry, found, of, by=by, today=today)
    sent_on = counted_sending(sent_day(entry), is_proven=is_proven, today=today)
    if waits_for_delivery(case):
        sent_on = found.counts_from
    now = Entered(sent_on, sent_day(entry), is_proven, found.delivered_on)
    case.is_delivery_doubted = found.standing is Standing.DOUBTED or is_in_question(case, now=now)
    case.unserved = [person.pk for person in others_of(case)]
    case.is_delivery_unproven = found.standing is Standing.UNPROVEN and way is not DeliveryWay.TOLD

    def keep(kept: Mapping[PaperKind, CaseAttachment]) -> None:
        if proof is not None and proof in kept:
            Delivery.objects.filter(pk=delivery.pk).update(proof=kept[proof])

    done_on = found.delivered_on if waits_for_delivery(case) else sent_day(entry)
    told = _told(delivery)
    return Effect(told, day=found.counts_from, met_on=sent_on, done_on=done_on if is_proven else None, on_kept=keep)


def _refuse_other_day(case: PetitionCase, entry: DeliveryEntry) -> None:
    """Keep to what was written down when it was sent: a notice that has begun earlier in the papers ends earlier."""
    sent, name = last_sending(case), SENT_ON.get(DeliveryWay(entry.way))
    if sent is None or name is None or sent.get("way") != entry.way:
        return
    day = date.fromisoformat(sent[name])
    if getattr(entry, name) != day:
        raise Refusal(f"应当与登记发出的日期（{day:%Y年%m月%d日}）一致；登记有误的，请重新登记发出。", field=name)


def last_sending(case: PetitionCase) -> Mapping[str, str] | None:
    """Read what was written down when the answer that waits to be delivered was sent; None when it was not."""
    if not case.is_sent:
        return None
    sent = case.events.filter(kind=Move.SEND.value).order_by("-seq").values_list("detail", flat=True).first()
    return sent or None


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
        place=place_of(entry, case.lead),
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
