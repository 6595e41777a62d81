"""补正、直接答复、存件、不受理: acts of a desk but passing on (条例第十九条至第二十三条)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from binzhou_xinfang.letters.kinds.notices import DECLINE, NO_FURTHER_ACCEPTANCE
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, chosen
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.outcome import told_takers
from cases.people import refuse_unserved
from cases.procedure.grounds import ANSWERING, DECLINING, FILING, right_has_ended
from cases.procedure.same_claim import SAME, refuse_other_claim
from cases.procedure.shared_fields import NOTE, OPTIONAL_NOTE, TOLD_BY, TOLD_NOTE, refuse_untold
from cases.states import (
    CLERKS,
    DUTIES,
    EVERY_CLOCK,
    HEADS,
    NOT_ALONE,
    OFFICE_HEADS,
    POWER,
    TRIAGERS,
    UNTOUCHED,
    Duty,
    Group,
    Guard,
    Move,
    OfMatter,
    Place,
    State,
    Transition,
)
from cases.states.ground_lists import DirectAnswer
from cases.vocabulary import DeclineReason, EndGround, FileReason, LastAnswer, ToldBy

# The office sorts out what is not to be handled; a unit that finds so only after signing may too.
SORTED = frozenset({State.TRIAGED, State.SIGNED_FOR})


@action(
    Move.ASK_DATA,
    Transition(UNTOUCHED, State.AWAITING_DATA, "第十九条第一款"),
    Duty(CLERKS),
    Place(Group.INTAKE, beside=True, asks=("missing", "told_by")),
    {"told_by": TOLD_BY, "missing": EventField("需补充：", ask=Ask("需要补充的材料和情况", rows=3))},
)
def ask_data(case: PetitionCase, *, missing: str, told_by: str, by: Post, at: datetime) -> Effect:
    """要求补充材料: the name, the address or the facts are unclear; the 15 days run on."""
    return Effect({"missing": missing, "told_by": ToldBy(told_by).value})


@action(
    Move.GO_ON,
    Transition(frozenset({State.AWAITING_DATA}), State.REGISTERED, "第十九条第一款"),
    Duty(CLERKS),
    Place(Group.INTAKE, road=10),
    {"note": NOTE},
)
def go_on(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """材料补齐, or the time forbids to wait any longer: the triage goes on."""
    return Effect({"note": note})


@action(
    Move.TAKE_UP,
    # A body that is no petition office handles what was brought to it directly, if it has the power.
    Transition(
        frozenset({State.TRIAGED}),
        State.SIGNED_FOR,
        "第二十三条第一款、第二款",
        starts=(Rule.NOTICE,),
        meets=(Rule.TRIAGE, Rule.SIMPLE_RELAY),
        guards=(Guard.OWN_ORGAN, Guard.OWN_REPORT),
    ),
    Duty(TRIAGERS),
    Place(Group.INTAKE),
    {"note": OPTIONAL_NOTE},
)
def take_up(case: PetitionCase, *, note: str = "", by: Post, at: datetime) -> Effect:
    """由本机关办理: brought here directly and within the own power; the notice is due in 15 days."""
    case.responsible = by.unit
    return Effect({"note": note})


@action(
    Move.ANSWER_DIRECTLY,
    Transition(
        frozenset({State.TRIAGED}),
        State.ANSWERED,
        "第二十二条、第二十三条第二款",
        starts=(Rule.EVALUATION,),
        meets=(Rule.TRIAGE,),
        cancels=DUTIES,
        guards=(Guard.OWN_REPORT,),
        grounds=ANSWERING,
        alone="只答复建议和咨询，没有可以申请复查的请求；由收到的机关、单位研究答复（第二十三条、第二十九条）",
    ),
    Duty(CLERKS),
    Place(Group.INTAKE, beside=True, asks=("ground", "answer", "told_by", "late_reason")),
    {
        "ground": EventField("情形：", chosen(DirectAnswer), ask=Ask("直接答复的情形")),
        "told_by": TOLD_BY,
        "answer": EventField("答复：", ask=Ask("答复内容", rows=6)),
    },
)
def answer_directly(case: PetitionCase, *, ground: str, answer: str, told_by: str, by: Post, at: datetime) -> Effect:
    """直接答复: answer at once what the window can answer: an advice, an inquiry. A claim has a unit with the power
    over it, and a report of wrongdoing its own organ."""
    return Effect({"ground": ground, "answer": answer, "told_by": ToldBy(told_by).value})


@action(
    Move.FILE,
    Transition(
        UNTOUCHED,
        State.FILED,
        "第二十二条",
        meets=(Rule.TRIAGE,),
        cancels=DUTIES,
        grounds=FILING,
        guards=(Guard.OWN_REPORT,),
    ),
    Duty(OFFICE_HEADS, NOT_ALONE),
    Place(Group.INTAKE, beside=True),
    {
        "ground": EventField("理由：", chosen(FileReason), ask=Ask("存件理由")),
        "note": EventField("说明：", ask=Ask("说明", rows=3)),
        "told_by": EventField(
            "告知方式：",
            chosen(ToldBy),
            ask=Ask("告知信访人的方式", required=False, tells=True),
        ),
    },
)
def file_case(case: PetitionCase, *, ground: str, note: str, told_by: str = "", by: Post, at: datetime) -> Effect:
    """存件: nothing can be handled. Raises Refusal when a petitioner who can be reached was not told."""
    refuse_untold(case, told_by, act="存件")
    told = {"told_by": ToldBy(told_by).value} if told_by else {}
    return Effect({"ground": FileReason(ground).value, "note": note} | told)


@action(
    Move.DECLINE,
    Transition(
        SORTED,
        State.DECLINED,
        "第十九条第三款、第二十条",
        meets=(Rule.TRIAGE, Rule.NOTICE, Rule.ASSIGNMENT),
        cancels=EVERY_CLOCK,
        letters=(DECLINE, COMPLETION_REPORT),
        grounds=DECLINING,
        alone="收到的机关、单位依法决定是否受理，书面告知理由（第二十三条、山东省信访条例第三十三条）",
        guards=(Guard.RECUSAL_DECIDED, Guard.OWN_REPORT),
    ),
    Duty(OFFICE_HEADS | HEADS),
    Place(Group.INTAKE, beside=True),
    {
        "ground": EventField("理由：", chosen(DeclineReason)),
        "pending": OfMatter("正在办理的事项："),
        "same": SAME,
        "right_way": EventField("应当："),
        "note": TOLD_NOTE,
        "units": KEPT,
    },
)
def decline(
    case: PetitionCase,
    *,
    ground: str,
    pending: PetitionCase | None = None,
    same_requests: Collection[int] = (),
    explanation: str,
    right_way: str,
    by: Post,
    at: datetime,
) -> Effect:
    """不予受理, in writing, with the reason, its article and the right way (第十九条第三款、第二十条). `pending`: the
    matter that is being handled, where that is the reason; `same_requests`: as in `same_claim.compared`.

    Raises Refusal without it, and for one that is not open, is handled here, or is another claim.
    """
    reason = DeclineReason(ground)
    told: dict[str, Any] = {}
    if reason is DeclineReason.PENDING:
        told = {"same": _refuse_not_pending(case, pending, same_requests)}
        told["pending"] = pending.number if pending else ""
    name = str(reason.label).partition("（")[0]
    return Effect(
        {"ground": reason.value, "note": explanation, "right_way": right_way} | told | told_takers(case, by),
        facts={
            "findings": explanation,
            "result": f"不予受理：{name}",
            "reason": f"{name}。{explanation}",
            "basis": DECLINING[reason].article,
            "right_way": right_way,
            "remedy": "对本告知有异议的，可以向我单位的上一级机关、单位反映",
        },
    )


def _refuse_not_pending(case: PetitionCase, pending: PetitionCase | None, same: Collection[int]) -> list[str]:
    """Raise Refusal for what is not the same claim under way elsewhere (第十九条第三款); what was compared."""
    if pending is None or pending.pk == case.pk:
        raise Refusal("请填写正在办理的事项编号，不是本事项。", field="pending")
    if not pending.is_open:
        raise Refusal("该事项已经办结，不是正在办理的事项，不能以此为由不予受理。", field="pending")
    if case.holder_id in (pending.responsible_id, pending.holder_id):
        raise Refusal("该事项就在本单位，请并件或者一并办理，不能以此为由不予受理。", field="pending")
    return refuse_other_claim(case, pending, same, field="pending")


@action(
    Move.REFUSE_AGAIN,
    Transition(
        SORTED,
        State.NOT_AGAIN,
        "第三十六条第三款",
        meets=(Rule.TRIAGE, Rule.NOTICE, Rule.ASSIGNMENT),
        cancels=EVERY_CLOCK,
        letters=(NO_FURTHER_ACCEPTANCE, COMPLETION_REPORT),
        no_ground="以此前事项依法终结为据，逐件核对",
        guards=(Guard.RECUSAL_DECIDED, Guard.OWN_REPORT),
    ),
    Duty(OFFICE_HEADS | HEADS, POWER),
    Place(Group.INTAKE, beside=True),
    {"earlier": OfMatter("此前事项："), "same": SAME, "note": TOLD_NOTE, "units": KEPT},
)
def refuse_again(
    case: PetitionCase,
    *,
    earlier: PetitionCase,
    same_requests: Collection[int] = (),
    earlier_result: str,
    by: Post,
    at: datetime,
) -> Effect:
    """不再受理: the matter has come to its end and brings nothing new (第三十六条第三款). `earlier`: that matter;
    `same_requests`: as in `same_claim.compared`.

    Raises Refusal for the matter of another person, for a request that was not made there, for one that is open, or was
    put away without having come to the end of its road.
    """
    if earlier.pk == case.pk:
        raise Refusal("请选择此前已经终结的事项，不是本事项。", field="earlier")
    if earlier.is_open:
        raise Refusal("此前的事项尚未终结，属于重复来件，请并件。", field="earlier")
    same = refuse_other_claim(case, earlier, same_requests, field="earlier")
    basis, why = _end_of_the_road(earlier, on=timezone.localdate(at))
    refuse_unserved(case.lead, earlier)
    case.follows = earlier
    return Effect(
        {"earlier": earlier.number, "same": same, "note": earlier_result} | told_takers(case, by),
        facts={
            "earlier_result": earlier_result,
            "basis": basis,
            "end_reason": why,
            "findings": earlier_result,
            "result": f"不再受理：{why}",
        },
    )


def _end_of_the_road(earlier: PetitionCase, *, on: date) -> tuple[str, str]:
    """Name the law by which a matter is not taken up again, and why. Raises Refusal when its road has not come to an
    end."""
    if earlier.last_answer == LastAnswer.RECHECK:
        return "《信访工作条例》第三十六条第三款", "复核意见为信访途径的终结性意见"
    if current_rulebook().on(on).is_in_force(Norm.NO_REVIEW_IN_TIME):
        if earlier.end_ground and earlier.end_ground != EndGround.NO_REQUEST:
            return "《山东省信访条例》第四十六条", EndGround(earlier.end_ground).label
        if earlier.end_ground or right_has_ended(earlier):
            return SHANDONG[Norm.NO_REVIEW_IN_TIME], "你无正当理由，没有在规定期限内请求复查、复核"
    raise Refusal(
        "此前的事项没有经过复核终结，也没有逾期未申请复查、复核等终结情形，不能不再受理；"
        "是新的事实和理由的，请按新事项办理（第三十六条第三款）。",
        field="earlier",
    )
