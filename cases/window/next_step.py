"""Next step of an arrival, for the receipt: what the petitioner is told, and what the desk reads beside it."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_day
from cases.facts.matter import query_way
from cases.models import Deadline, Petition, PetitionCase
from cases.permissions import moves_now
from cases.states import OWED, Move, State


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step as it is on the day the receipt is printed. `promise`: to the petitioner; `answer_by`: the day that it
    names; `ask`: where the petitioner asks; `desk`: to who reads the page; `move`: what that post may do itself."""

    promise: str
    answer_by: date | None
    ask: str
    desk: str
    move: Move | None


def next_step(petition: Petition, *, by: Post, case: PetitionCase | None, on: date) -> NextStep:
    """Say the next step of the arrival; `case`: its matter where the post may see it."""
    triage = petition.case.deadlines.filter(rule=Rule.TRIAGE).order_by("pk").first()
    moves = moves_now(by, case) if case else []
    ask = f"凭编号和查询码{query_way(petition.unit)}查询办理情况、作出评价。"
    answer_by = triage.legal_on if triage and triage.is_running and not petition.is_repeat else None
    desk = _desk(petition, case, on) if case else "该事项不在您当前岗位的查阅范围内。"
    return NextStep(_promise(petition, triage, answer_by), answer_by, ask, desk, moves[0] if moves else None)


def _promise(petition: Petition, triage: Deadline | None, answer_by: date | None) -> str:
    case, lead = petition.case, petition.lead
    if case.is_sealed:
        return ""
    if case.state == State.VOIDED:
        return "该登记已经作废，请以我单位另行出具的回执为准。"
    if petition.is_repeat:
        return _joined(case)
    if answer_by is None:
        return f"该事项现由{case.holder.name}办理。" if case.is_open else "该事项已经有办理结果。"
    if lead.is_anonymous and not (lead.phone or lead.address):
        return "没有留下姓名（名称）和联系方式的，无法书面告知，请凭编号和查询码查询办理情况。"
    return (
        f"我单位将在{answer_by.year}年{answer_by.month}月{answer_by.day}日前告知您接收情况以及处理途径和程序"
        "（《信访工作条例》第二十二条，15日）。"
    )


def _joined(case: PetitionCase) -> str:
    if not case.is_open:
        return "您反映的与已经办理过的事项相同，已一并记入原事项（《信访工作条例》第十九条第三款）。"
    return "您反映的与正在办理的事项相同，已一并记入，原办理期限不变（《信访工作条例》第十九条第三款）。"


def _desk(petition: Petition, case: PetitionCase, on: date) -> str:
    state = State(case.state)
    if not case.is_open:
        joined = f"已记入原事项{case.number}。" if petition.is_repeat else ""
        return f"{joined}该事项现为“{state.label}”，没有后续办理。"
    joined = f"已记入原事项{case.number}，一并答复，办理期限不重新计算。" if petition.is_repeat else ""
    debt = next((debt for debt in OWED[state].owed if debt.holds(case)), None)
    until = f"，应当在{say_day(case.due_on, on)}前完成" if case.due_rule else ""
    what = f"{debt.what}{until}" if debt else OWED[state].nothing
    return f"{joined}该事项现为“{state.label}”，由{case.holder.name}办理：{what}。"
