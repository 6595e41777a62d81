"""撤回、变更信访人、终结: acts that end a right or move it to an heir (条例第三十六条、山东省信访条例第四十六条).

On grounds and with papers; the petition office decides, whoever handles the matter asks for it: of what a body took in
and handles itself, the office over it.
"""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.ending import ENDING_NOTICE, SUCCESSION
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, chosen, person
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.deciding import decider_of
from cases.engine import Effect, action
from cases.facts import earlier_letter
from cases.marks import let_go
from cases.models import Opinion, PetitionCase, Petitioner
from cases.outcome import told_units
from cases.procedure.grounds import ASKING, ASKING_OF_REPORTS, ENDING, SUCCEEDING
from cases.procedure.shared_fields import NOTE, REASON
from cases.states import (
    CLERKS,
    EVERY_CLOCK_BUT_EVALUATION,
    HANDLERS,
    HEADS,
    NOT_ALONE,
    OFFICE_HEADS,
    OPEN,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Paper,
    PaperKind,
    Place,
    State,
    Transition,
)
from cases.states.ground_lists import AskedEnd, Succession
from cases.vocabulary import EndGround
from cases.window.registration import save_person

_AGREEMENT = Paper(PaperKind.AGREEMENT, is_needed=False, help_text="以达成协议结束的，附双方签字的协议书")
_DEATH = Paper(PaperKind.DEATH_PROOF, is_needed=False, help_text="以死亡、终止且无承继人结束的，附证明")
_HEIR = (
    Paper(PaperKind.DEATH_PROOF, help_text="死亡证明，或者法人、其他组织终止的证明"),
    Paper(PaperKind.KINSHIP_PROOF, help_text="亲属关系证明，或者承接其权利义务的证明"),
)
# Nobody is made a petitioner but by his own word.
_BY_THE_HEIR = Paper(PaperKind.REQUEST, help_text="承继人签名的变更申请书；口头提出的，附经其签名的笔录")
# Of whom there is an heir, and of whom there is none.
_ASKED_WITH = (
    replace(_HEIR[0], is_needed=False, help_text="信访人死亡、终止的，附死亡证明或者法人、其他组织终止的证明"),
    replace(_HEIR[1], is_needed=False, help_text="变更信访人的，附亲属关系证明，或者承接其权利义务的证明"),
)


@action(
    Move.ASK_END,
    # The work and its clocks go on until it is decided.
    Transition(
        OPEN | {State.CLOSED},
        None,
        "第十七条、山东省信访条例第四十六条",
        papers=(
            Paper(PaperKind.WITHDRAWAL, is_needed=False, help_text="申请撤回的，附信访人本人书写并签名的申请书"),
            _AGREEMENT,
            *_ASKED_WITH,
        ),
        guards=(Guard.END_NOT_ASKED,),
        grounds={**ASKING, **ASKING_OF_REPORTS},
        alone="只是提请，由登记机构或者上级信访部门决定（第十七条、山东省信访条例第四十六条）",
    ),
    Duty(CLERKS | HANDLERS, (Desk.HOLDER, Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("情形：", chosen(AskedEnd), ask=Ask("提请的情形")),
        "note": EventField("说明：", ask=Ask("说明", rows=3)),
        "units": KEPT,
        "asks": KEPT,
    },
)
def ask_end(case: PetitionCase, *, ground: str, note: str, papers: Papers, by: Post, at: datetime) -> Effect:
    """提请结束办理、变更信访人: whoever works on the matter, or has the petitioner at the window, brings it before the
    office that decides on it, with its paper. Raises Refusal where there is no such office."""
    office = decider_of(case)
    if office is None:
        raise Refusal(
            f"该事项由{case.registered_unit.name}自行登记、自行办理，结束办理、变更信访人由上级信访部门决定；系统没有登记其上级信访部门，"
            "请由系统管理员在机构中登记后再提请。"
        )
    case.end_asked = AskedEnd(ground).value
    return Effect({"ground": ground, "note": note, "units": [office], "asks": True})


@action(
    Move.REFUSE_END,
    Transition(OPEN | {State.CLOSED}, None, "第十七条、山东省信访条例第四十六条", guards=(Guard.END_ASKED,)),
    Duty(OFFICE_HEADS | HEADS, NOT_ALONE),
    Place(Group.ENDING),
    {"ground": EventField("提请的情形：", chosen(AskedEnd)), "reason": REASON, "units": KEPT},
)
def refuse_end(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """不同意提请事项: the matter goes on; whoever has it is told why."""
    asked, case.end_asked = case.end_asked, ""
    return Effect({"ground": asked, "reason": reason} | told_units(case, by))


@action(
    Move.SUCCEED,
    # Heirs come after the closing too, within a right that still runs.
    Transition(
        OPEN | {State.CLOSED, State.RESOLVED, State.WITHDRAWN},
        None,
        "山东省信访条例第四十六条第四项",
        letters=(SUCCESSION,),
        meets=(Rule.END_DECISION,),
        papers=(*_HEIR, _BY_THE_HEIR),
        grounds=SUCCEEDING,
    ),
    Duty(CLERKS | OFFICE_HEADS | HEADS, NOT_ALONE),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("情形：", chosen(Succession)),
        "former": EventField("原信访人：", person),
        "successor": EventField("承继人：", person),
        "relation": EventField("关系："),
        "reason": EventField("理由："),
        "units": KEPT,
    },
)
def succeed(
    case: PetitionCase,
    *,
    ground: str,
    name: str,
    phone: str,
    address: str,
    id_number: str = "",
    relation: str,
    reason: str,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """变更信访人: a successor goes on in place of who died or ended. The former's registration stays as it was, and no
    clock begins anew.

    Raises Refusal for the same name, and while something else that was asked for is not decided.
    """
    if case.end_asked not in ("", AskedEnd.SUCCESSOR):
        raise Refusal(f"有一项提请待决定（{AskedEnd(case.end_asked).label}），请先作出决定，再变更信访人。")
    former, case.end_asked = case.lead, ""
    if name == former.name:
        raise Refusal("承继人与原信访人姓名相同，请核对。", field="name")
    successor = Petitioner(name=name, phone=phone, address=address, id_number=id_number)
    save_person(successor)
    case.lead = successor
    detail = {"ground": ground, "former": former.name, "successor": name, "relation": relation, "reason": reason}
    why = f"{Succession(ground).label}（承继人与原信访人的关系：{relation}）。{reason}"
    return Effect(detail | told_units(case, by), facts={"former": former.name, "reason": why})


@action(
    Move.END,
    Transition(
        OPEN | {State.CLOSED},
        State.ENDED,
        "第三十六条第三款、山东省信访条例第四十六条",
        meets=(Rule.END_DECISION,),
        cancels=EVERY_CLOCK_BUT_EVALUATION,
        letters=(ENDING_NOTICE,),
        papers=(_AGREEMENT, _DEATH),
        grounds=ENDING,
    ),
    Duty(OFFICE_HEADS | HEADS, NOT_ALONE, by_system=True),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("理由：", chosen(EndGround), ask=Ask("终结情形")),
        "note": EventField("说明：", ask=Ask("说明", rows=3)),
        "units": KEPT,
    },
)
def end(
    case: PetitionCase, *, ground: str, note: str, papers: Papers | None = None, by: Post | None, at: datetime
) -> Effect:
    """终结 on one of the grounds of 山东省信访条例第四十六条; the petitioner is told in writing."""
    reason = EndGround(ground)
    case.end_ground = reason.value
    units = told_units(case, by)
    drop_pending(case, on=timezone.localdate(at))
    facts = {"reason": f"{reason.label}。{note}", "basis": ENDING[reason].article}
    without = frozenset() if ENDING[reason].is_told else frozenset({ENDING_NOTICE})
    return Effect({"ground": reason.value, "note": note} | units, facts=facts, without=without)


def drop_pending(case: PetitionCase, *, on: date) -> None:
    """Drop what others still owed to the matter: drafts, co-handlers' parts, requests not yet decided."""
    case.co_handlers, case.is_recusal_asked, case.owes_execution, case.end_asked = [], False, False, ""
    case.is_hearing_asked = False
    let_go(case, ("co_handlers", "is_recusal_asked"), on=on)
    case.reviews.filter(signed_on=None, declined_on=None).update(ended_on=on)
    Opinion.objects.filter(case=case, signed_on=None).delete()


@action(
    Move.CONFIRM_END,
    Transition(
        frozenset({State.ENDED}),
        State.END_CONFIRMED,
        "第三十六条第三款",
        letters=(ENDING_NOTICE,),
        guards=(Guard.EXECUTED,),
        no_ground="只核对终结时已经具备的情形",
    ),
    Duty(OFFICE_HEADS, NOT_ALONE),
    Place(Group.ENDING, road=390),
    {"note": NOTE},
)
def confirm_end(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """审核认定终结 after the check of the whole file.

    Who was not told in writing yet, as the watch signs nothing, is told now; an opinion of a recheck has said it.
    """
    ground = ENDING.get(case.end_ground)
    has_been_told = case.end_ground == EndGround.RECHECKED or earlier_letter(case, ENDING_NOTICE) is not None
    if ground is None or not ground.is_told or has_been_told:
        return Effect({"note": note}, without=frozenset({ENDING_NOTICE}))
    return Effect({"note": note}, facts={"reason": f"{EndGround(case.end_ground).label}", "basis": ground.article})
