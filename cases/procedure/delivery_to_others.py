"""送达其他信访人: of several petitioners each is given the answer, and has his own days from his own copy.

The days of the first end no right of the others (条例第三十五条、第三十六条：自收到书面答复之日起).
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import EventField, person
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Kept, Papers
from cases.clocks.ladder import arm
from cases.clocks.making import new_clock
from cases.clocks.moving import recount_clock
from cases.engine import Effect, action
from cases.models import Deadline, Delivery, PetitionCase, Petitioner, Standing
from cases.procedure.delivery_entry import PROOF, PROOFS, DeliveryEntry, day_of, is_late, refuse_entry, told_of
from cases.procedure.grounds import RIGHTS
from cases.procedure.proving import AFTER_DELIVERY
from cases.procedure.shared_fields import DELIVERED
from cases.states import CLERKS, HANDLERS, REVIEWERS, Desk, Duty, Group, Guard, Move, Place, Transition
from cases.vocabulary import DeliveryWay, LastAnswer

_RIGHT_OF = {LastAnswer.OPINION: Rule.REVIEW_REQUEST, LastAnswer.REVIEW: Rule.RECHECK_REQUEST}


@action(
    Move.DELIVER_OTHER,
    Transition(
        AFTER_DELIVERY,
        None,
        "第三十五条、第三十六条第一款",
        papers=PROOFS,
        guards=(Guard.OTHERS_UNSERVED,),
        moves=RIGHTS,
        alone="信访人申请复查、复核的期限只会延后，不会缩短（第三十五条、第三十六条第一款）",
    ),
    # He may come to the window for it too.
    Duty(CLERKS | HANDLERS | REVIEWERS, (Desk.HOLDER, Desk.RESPONSIBLE, Desk.REGISTERED, Desk.SERVER)),
    Place(Group.REVIEW, beside=True),
    {"party": EventField("受送达人：", person), **DELIVERED},
)
def deliver_other(
    case: PetitionCase, *, party: Petitioner, delivery: DeliveryEntry, papers: Papers, by: Post, at: datetime
) -> Effect:
    """送达 to one of the other petitioners. His right counts from the day that is proven, else from today; where the
    right of the others has ended, his begins by itself.

    Raises Refusal for who is no petitioner that waits for it, and as `refuse_entry`.
    """
    if party.pk not in case.unserved:
        raise Refusal("该信访人不在待送达之列，请核对。", field="party")
    first = case.deliveries.exclude(answer="").first()
    of = (first.opinion or first.review) if first else None
    if first is None or of is None:
        raise Refusal("没有送达过的意见。")
    today, way = timezone.localdate(at), DeliveryWay(delivery.way)
    is_proven = refuse_entry(delivery, papers, signed_on=of.signed_on, today=today)
    row = _write_down(case, first, party, delivery, is_proven=is_proven, by=by, today=today)
    case.is_delivery_unproven = case.is_delivery_unproven or not is_proven
    case.unserved = [key for key in case.unserved if key != party.pk]
    moved = _count_for(case, row, at=at)
    proof = PROOF.get(way)

    def keep(kept: Kept) -> None:
        if proof is not None and proof in kept:
            Delivery.objects.filter(pk=row.pk).update(proof=kept[proof])

    told: dict[str, Any] = {"party": party.name} | told_of(row) | {"standing": row.standing}
    told["counts_from"] = row.counts_from.isoformat() if row.counts_from != row.delivered_on else ""
    return Effect({name: value for name, value in told.items() if value}, moved=moved, on_kept=keep)


def _write_down(
    case: PetitionCase,
    first: Delivery,
    party: Petitioner,
    entry: DeliveryEntry,
    *,
    is_proven: bool,
    by: Post,
    today: date,
) -> Delivery:
    """Write it down; a day without proof, or entered long afterwards, takes no days from him."""
    delivered_on = day_of(entry, on=today)
    counts_from = delivered_on if is_proven and not is_late(delivered_on, today) else today
    return Delivery.objects.create(
        case=case, answer=first.answer, opinion=first.opinion, review=first.review, party=party, way=entry.way,
        delivered_on=delivered_on, counts_from=counts_from,
        standing=Standing.PROVEN if is_proven else Standing.UNPROVEN, recipient=entry.recipient,
        relation=entry.relation, place=entry.place or entry.address or entry.e_address or entry.published_at,
        posted_on=entry.posted_on, item_number=entry.item_number, notice_on=entry.notice_on,
        confirmed_by=entry.confirmed_by, cause=entry.refusal or entry.absence, witnesses=list(entry.witnesses),
        no_proof=entry.no_proof, note=entry.note, entered_by=by.user, entered_on=today,
    )  # fmt: skip


def _count_for(case: PetitionCase, row: Delivery, *, at: datetime) -> list[Deadline]:
    """Let the right run for this petitioner too: the one that runs ends no sooner than his; one that has ended begins
    for him. One that is in use is used for all."""
    rule = _RIGHT_OF.get(LastAnswer(row.answer))
    last = case.deadlines.filter(rule=rule).order_by("-pk").first() if rule else None
    if rule is None or last is None or last.met_on is not None:
        return []
    anew = new_clock(case, rule, on=row.counts_from, unit=last.unit)
    if last.is_running:
        if anew.legal_on > last.legal_on:
            recount_clock(last, since=row.counts_from, not_before=None, at=at)
            return [last]
        return []
    if anew.legal_on < timezone.localdate(at):
        return []
    arm(anew, current_rulebook().on(timezone.localdate(at)).ladder(rule), at=at)
    anew.save()
    return [anew]
