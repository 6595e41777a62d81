"""更正送达日期: a day of delivery that was typed wrongly (条例第三十五条、第三十六条).

What was written down stays in the file beside the right day; the petitioner never loses a day by it.
"""

from datetime import date, datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import Ask, EventField, day
from cases.engine import Effect, action
from cases.models import Delivery, PetitionCase, Review, Standing
from cases.procedure.delivery_entry import is_late
from cases.procedure.grounds import RIGHTS
from cases.procedure.proving import AFTER_DELIVERY, LENGTHENS, REVIVED, count_later, refuse_day, told_of_revival
from cases.procedure.sent_late import is_in_question
from cases.procedure.shared_fields import REASON
from cases.states import HEADS, REVIEWERS, Desk, Duty, Group, Guard, Move, Place, Transition


@action(
    Move.CORRECT_DELIVERY,
    Transition(
        AFTER_DELIVERY,
        None,
        "第三十五条、第三十六条第一款",
        guards=(Guard.DELIVERED_SETTLED,),
        moves=RIGHTS,
        alone=LENGTHENS,
    ),
    # It moves the end of a right: a head answers for it.
    Duty(HEADS | REVIEWERS, (Desk.HOLDER, Desk.RESPONSIBLE)),
    Place(Group.REVIEW, beside=True),
    {
        "before": EventField("原登录送达日期：", day),
        "right_on": EventField(
            "实际送达日期：",
            day,
            ask=Ask("实际送达日期", "按送达凭证填写；更正为更早的日期，不缩短信访人的申请期限"),
        ),
        "counts_from": EventField("期限自该日起算：", day),
        "reason": REASON,
        **REVIVED,
    },
)
def correct_delivery(
    case: PetitionCase, *, right_on: date, reason: str, told_by: str = "", by: Post, at: datetime
) -> Effect:
    """更正送达日期 of the last answer. A later day lengthens the petitioner's right, an earlier one shortens nothing.

    Raises Refusal for the same day again, and for days that cannot be.
    """
    # The last answer's alone: an earlier one has its right behind it.
    delivery = case.deliveries.first()
    # Without its proof it has a move of its own: the paper that follows.
    if delivery is None or delivery.standing == Standing.UNPROVEN:
        raise Refusal("没有可以更正的送达。")
    before = delivery.received_on
    if right_on == before:
        raise Refusal("与原登录的送达日期相同，不需要更正。", field="right_on")
    refuse_day(delivery, right_on, at=at, field="right_on")
    revived = told_of_revival(case, _set(case, delivery, right_on, at=at), told_by)
    told = {"before": before.isoformat(), "right_on": right_on.isoformat()}
    return Effect({**told, "counts_from": delivery.counts_from.isoformat(), "reason": reason, **revived})


def _set(case: PetitionCase, delivery: Delivery, right_on: date, *, at: datetime) -> list[Review]:
    was_doubted, entered_on = delivery.standing == Standing.DOUBTED, delivery.entered_on
    # A unit does not vouch for itself: what was entered too late for the right day too waits for the office still.
    is_doubted = was_doubted and entered_on is not None and is_late(right_on, entered_on)
    delivery.standing, delivery.proven_on = Standing.DOUBTED if is_doubted else Standing.CORRECTED, right_on
    wronged: list[Review] = []
    if right_on > delivery.counts_from:
        wronged = count_later(case, delivery, right_on, at=at)
        delivery.counts_from = right_on
    delivery.save()
    if was_doubted:
        case.is_delivery_doubted = is_doubted or is_in_question(case)
    return wronged
