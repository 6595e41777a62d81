"""建议意见、检举控告、申请履职: answered by the body in its own line, without the 60 days (第二十九条至第三十一条)."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.errors import Refusal
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.states import Move
from cases.vocabulary import ADOPTIONS_OF_WAY, Adoption, LegalWay, ToldBy


@action(Move.UNDERTAKE)
def undertake(
    case: PetitionCase, *, days: int, contact_phone: str, assignee: User | None = None, by: Post, at: datetime
) -> Effect:
    """告知并依职责办理: `days` (natural) is the period that the rules of this way give."""
    case.assignee = assignee or by.user
    return Effect(
        {"assignee": case.assignee.name, "days": days},
        days=days,
        facts={"handler": case.assignee.name, "handler_phone": contact_phone},
    )


@action(Move.STUDY)
def study(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """Record what was studied or verified."""
    return Effect({"note": note})


@action(Move.REPLY)
def reply(
    case: PetitionCase, *, adoption: str, reply: str, told_by: str, rewarded: bool = False, by: Post, at: datetime
) -> Effect:
    """答复: 采纳 or not, 查证 or not, 履行 or not; told to the petitioner. A reward is for good advice alone.

    Raises Refusal for a result that does not belong to the way.
    """
    way = LegalWay(case.legal_way)
    if Adoption(adoption) not in ADOPTIONS_OF_WAY[way]:
        raise Refusal(f"“{way.label}”的事项不能以“{Adoption(adoption).label}”答复。", field="adoption")
    if rewarded and way is not LegalWay.ADVICE:
        raise Refusal("只有建议意见才有奖励（第二十九条第二款）。", field="rewarded")
    told = {"adoption": adoption, "reply": reply, "told_by": ToldBy(told_by).value, "rewarded": rewarded}
    return Effect(
        told, facts={"result": f"{Adoption(adoption).label}。{reply}", "attitude": "已答复信访人", "findings": reply}
    )
