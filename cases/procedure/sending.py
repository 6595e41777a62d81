"""发出: a signed answer leaves the house by post or by public notice; its travel is not the unit's to answer for.

By it the unit has answered in time (条例第三十四条至第三十六条); the petitioner's right counts from the delivery,
which is entered when the item's record has come back, or the notice has ended (民事诉讼法第九十五条).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import EventField, chosen, day
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_future
from cases.facts import signed_opinion
from cases.models import PetitionCase
from cases.procedure.delivery_entry import (
    PROOF,
    PROOFS,
    DeliveryEntry,
    counted_sending,
    refuse_gaps,
    refuse_other_papers,
    sent_day,
)
from cases.procedure.review.requests import current_review
from cases.procedure.sent_late import ANSWERED_BY_SENDING, Entered, is_in_question
from cases.procedure.shared_fields import TOLD_NOTE
from cases.states import HANDLERS, REVIEWERS, Duty, Group, Move, Place, State, Transition
from cases.vocabulary import DeliveryWay

# What is known on the day of sending; the rest is known when it has arrived.
SENT_RECORD: Mapping[DeliveryWay, tuple[str, ...]] = {
    DeliveryWay.POST: ("posted_on", "item_number"),
    DeliveryWay.NOTICE: ("notice_on", "published_at", "absence"),
}
_PROOFS = tuple(paper for paper in PROOFS if paper.kind in {PROOF[way] for way in SENT_RECORD})


@action(
    Move.SEND,
    Transition(
        frozenset({State.ISSUED, State.REVIEW_ISSUED, State.RECHECK_ISSUED}),
        None,
        "第三十四条、第三十五条、第三十六条第一款",
        meets=(*ANSWERED_BY_SENDING, Rule.DELIVERY),
        # What came back is sent another way, and its arrival is waited for anew.
        cancels=(Rule.ARRIVAL,),
        no_ground="改用其他方式发出的，送达结果重新等待；此前已经逾期的仍计逾期",
        papers=_PROOFS,
    ),
    Duty(HANDLERS | REVIEWERS),
    Place(Group.HANDLING),
    {
        "way": EventField("方式：", chosen(DeliveryWay)),
        "posted_on": EventField("交邮日期：", day),
        "item_number": EventField("邮件号："),
        "notice_on": EventField("公告日期：", day),
        "published_at": EventField("公告刊登、张贴于："),
        "absence": EventField("公告送达的理由："),
        "until": EventField("公告期满：", day),
        "no_proof": EventField("没有凭证的原因："),
        "note": TOLD_NOTE,
    },
)
def send(case: PetitionCase, *, sending: DeliveryEntry, papers: Papers, by: Post, at: datetime) -> Effect:
    """登记发出 of the signed answer. The day counts if it is proven and entered in time, else the day of the entry.

    Raises Refusal at the field that is missing or cannot be.
    """
    today, way = timezone.localdate(at), DeliveryWay(sending.way)
    is_proven = PROOF[way] in papers
    refuse_gaps(sending, SENT_RECORD, is_proven=is_proven)
    refuse_other_papers(way, papers)
    sent_on, field = sent_day(sending), SENT_RECORD[way][0]
    refuse_future(sent_on, at=at, field=field)
    signed_on = (signed_opinion(case) if case.state == State.ISSUED else current_review(case)).signed_on
    if signed_on is not None and sent_on < signed_on:
        raise Refusal(f"日期不能早于签发日期（{signed_on:%Y年%m月%d日}）。", field=field)
    told = {name: _iso(getattr(sending, name)) for name in SENT_RECORD[way]}
    told |= {"way": way.value, "no_proof": sending.no_proof, "note": sending.note}
    arrives = sent_on
    if way is DeliveryWay.NOTICE:
        arrives += timedelta(days=current_rulebook().on(today).number(Key.PUBLIC_NOTICE))
        told["until"] = arrives.isoformat()
    counted = counted_sending(sent_on, is_proven=is_proven, today=today)
    case.is_sent = True
    case.is_delivery_doubted = is_in_question(case, now=Entered(counted, sent_on, is_proven=is_proven))
    return Effect(
        {name: value for name, value in told.items() if value},
        met_on=counted,
        since=arrives,
        done_on=sent_on if is_proven else None,
    )


def _iso(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
