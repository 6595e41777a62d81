"""接手办理: a colleague takes a matter over from its handler. It changes no state and no clock."""

from datetime import datetime

from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Stale
from binzhou_xinfang.records.event_fields import KEPT, EventField
from cases.engine import note
from cases.models import PetitionCase
from cases.outcome import changed_hands
from cases.permissions import reads_sealed
from cases.procedure.telling_hands import tell_event
from cases.queries import visible_to
from cases.states import EVENTS, HANDLERS

TAKEN_OVER = EVENTS.declare(
    "taken-over",
    "接手办理",
    {
        "assignee": EventField("承办人："),
        "taken_from": EventField("原承办人："),
        "reason": EventField("理由："),
        "hands": KEPT,
    },
)


def may_take_over(post: Post, case: PetitionCase) -> bool:
    """Check that the post may become the handler: another handler or head of the unit that answers for the open
    matter."""
    is_colleague = post.role in HANDLERS and post.unit_id == case.responsible_id
    if not case.is_open or not is_colleague or case.assignee_id in (None, post.user_id):
        return False
    if post.user_id in case.recused:  # 第二十八条第三款
        return False
    return not case.is_sealed or reads_sealed(post, case)


def refuse_taker(by: Post, case: PetitionCase) -> None:
    """Raise NotPermitted when the post may not take the matter over, or no longer sees it (回避)."""
    if not may_take_over(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位不能接手该事项：只有责任单位的其他承办人、负责人，可以接手尚未办结的事项。")


@transaction.atomic
def take_over(seen: PetitionCase, *, taken_from: str, reason: str, by: Post, at: datetime) -> PetitionCase:
    """Make the actor the handler (承办人) and write down from whom and why; who had it is told.

    `taken_from`: the username of the handler that the taker has read of. Raises NotPermitted, and Stale when it is
    somebody else by now.
    """
    case = PetitionCase.objects.select_for_update(of=("self",), no_key=True).select_related("assignee").get(pk=seen.pk)
    before = case.assignee
    if before is not None and before.username != taken_from:
        raise Stale(f"该事项的承办人现在是{before.name}，刚刚已有变动，请核对后再接手。")
    refuse_taker(by, case)
    case.assignee = by.user
    case.save(update_fields=["assignee"])
    detail = {"assignee": by.user.name, "taken_from": before.name if before else "", "reason": reason}
    case.was_assignee = before.pk if before else None
    tell_event(note(case, TAKEN_OVER, by=by, at=at, detail=detail | changed_hands(case, by)), at=at)
    return case
