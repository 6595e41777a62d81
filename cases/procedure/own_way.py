"""建议意见、检举控告、申请履职: answered by the body in its own line, without the 60 days (第二十九条至第三十一条)."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, OWN_WAY_REPLY
from binzhou_xinfang.letters.kinds.notices import OWN_WAY_NOTICE
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, by_label, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.outcome import told_takers
from cases.procedure.shared_fields import ASSIGNEE, DAYS, PERIOD_BASIS, TOLD_BY
from cases.states import DUTIES, HANDLERS, HEADS, Duty, Group, Guard, Move, Place, State, Transition
from cases.vocabulary import ADOPTIONS_OF_WAY, Adoption, LegalWay, ToldBy

# The days of 第三十四条, which the way takes the place of.
_OF_AN_OPINION = 60


def refuse_unfounded(days: int, period_basis: str) -> None:
    """Raise Refusal for a period longer than that of an opinion that no rule gives."""
    if days > _OF_AN_OPINION and not period_basis.strip():
        raise Refusal(
            f"办理期限超过{_OF_AN_OPINION}日的，应当写明规定该期限的法律、法规、规章等依据，写入告知书。",
            field="period_basis",
        )


@action(
    Move.UNDERTAKE,
    # 第三十四条 gives the 60 days to 第三十一条第六项 alone: these follow the period of their own way.
    Transition(
        frozenset({State.SIGNED_FOR}),
        State.UNDERTAKEN,
        "第二十九条、第三十条、第三十一条第五项",
        starts=(Rule.OWN_WAY,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        no_ground="告知之后不再异议",
        letters=(OWN_WAY_NOTICE,),
        guards=(Guard.WAY_OWN,),
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=200),
    {"days": DAYS, "period_basis": PERIOD_BASIS, "assignee": ASSIGNEE, "units": KEPT},
)
def undertake(
    case: PetitionCase,
    *,
    days: int,
    period_basis: str = "",
    contact_phone: str,
    assignee: User | None = None,
    by: Post,
    at: datetime,
) -> Effect:
    """告知并依职责办理: `days` (natural) is the period that `period_basis` gives; of one longer than that of an opinion
    who assigned the matter is told.

    Raises Refusal for such a one without its rule.
    """
    refuse_unfounded(days, period_basis)
    case.assignee = assignee or by.user
    told = told_takers(case, by) if days > _OF_AN_OPINION else {}
    return Effect(
        {"assignee": case.assignee.name, "days": days, "period_basis": period_basis} | told,
        days=days,
        facts={"handler": case.assignee.name, "handler_phone": contact_phone, "period_basis": period_basis},
    )


@action(
    Move.STUDY,
    Transition(frozenset({State.UNDERTAKEN}), None, "第二十九条、第三十条、第三十一条第五项"),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=240),
    {"note": EventField("说明：", ask=Ask("研究论证、核查情况", rows=6))},
)
def study(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """Record what was studied or verified."""
    return Effect({"note": note})


@action(
    Move.REPLY,
    Transition(
        frozenset({State.UNDERTAKEN}),
        State.CLOSED,
        "第二十九条第一款、第三十条、第三十一条第五项",
        starts=(Rule.EVALUATION,),
        meets=(Rule.OWN_WAY, Rule.ASSIGNMENT),
        cancels=DUTIES,
        no_ground="以书面答复办结",
        alone="由有职责的机关、单位答复（第二十九条、第三十条、第三十一条第五项）",
        letters=(OWN_WAY_REPLY, COMPLETION_REPORT),
        guards=(Guard.RECUSAL_DECIDED, Guard.OWN_REPORT),
    ),
    Duty(HEADS),
    Place(Group.HANDLING, road=250),
    {
        "adoption": EventField("结果：", chosen(Adoption)),
        "rewarded": EventField("已给予奖励", by_label),
        "told_by": TOLD_BY,
        "reply": EventField("答复："),
    },
)
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
    detail = {"adoption": adoption, "reply": reply, "told_by": ToldBy(told_by).value, "rewarded": rewarded}
    facts = {"result": Adoption(adoption).label, "attitude": "已答复信访人", "findings": reply}
    return Effect(detail, facts=facts | ({"reward": "已按照有关规定给予奖励（第二十九条第二款）"} if rewarded else {}))
