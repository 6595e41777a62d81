"""化解、撤回、死亡承继、终结、重新启动、归档 (条例第二十七条、第三十六条，山东省信访条例第四十六条)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE, RESOLUTION_REPORT
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen, person
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_impossible
from cases.facts import earlier_letter
from cases.models import Opinion, PetitionCase, Petitioner
from cases.procedure.shared_fields import HAPPENED_ON, NOTE, SETTLED, TOLD_NOTE
from cases.states import (
    CLERKS,
    CLOSED_STATES,
    DUTIES,
    EVERY_CLOCK,
    EVERY_CLOCK_BUT_EVALUATION,
    HANDLERS,
    HEADS,
    OFFICE_HEADS,
    OPEN,
    OWN,
    TRIAGERS,
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
from cases.vocabulary import EndGround, Heart, LastAnswer, Outcome, ReopenReason, Retention


@action(
    Move.RESOLVE,
    Transition(
        frozenset({State.DELIVERED, State.EXECUTING, State.REVIEW_DELIVERED, State.CLOSED, State.ENDED}),
        State.RESOLVED,
        "第二十七条、第三十七条第三款",
        meets=(Rule.ASSIGNMENT, Rule.EXECUTION),
        cancels=DUTIES,
        letters=(RESOLUTION_REPORT, COMMITMENT),
    ),
    Duty(HEADS, (Desk.RESPONSIBLE,)),
    Place(Group.ENDING, beside=True),
    {**SETTLED},
)
def resolve(
    case: PetitionCase,
    *,
    outcomes: Mapping[str, str],
    result: str,
    measures: str,
    attitude: str,
    follow_up: str,
    heart: str,
    commitments: list[str],
    by: Post,
    at: datetime,
) -> Effect:
    """认定化解: the matter and the mood are settled; `commitments` are the petitioner's, if given (息诉罢访承诺书).

    Raises Refusal while a supported request is not executed or the mood is not settled.
    """
    if case.owes_execution:
        raise Refusal("予以支持的诉求尚未执行完毕，不能认定化解。")
    if heart == Heart.OPEN:
        raise Refusal("信访人情绪尚未化解，不能认定化解（事心双解）。", field="heart")
    case.heart, case.outcomes = heart, [Outcome(outcome).value for outcome in outcomes]
    without = frozenset() if commitments else frozenset({COMMITMENT})
    facts = {
        "outcomes": [f"{Outcome(outcome).label}：{evidence}" for outcome, evidence in outcomes.items()],
        "result": result,
        "process": measures,
        "attitude": attitude,
        "follow_up": follow_up,
        "commitments": commitments,
        "commitment": "已签订息诉罢访承诺书" if commitments else "",
    }
    detail = {"outcomes": case.outcomes, "evidence": list(outcomes.values()), "heart": heart, "note": result}
    return Effect(detail, facts=facts, without=without)


@action(
    Move.WITHDRAW,
    # 条例 does not speak of a withdrawal (reference §1.6): practice takes it when it is signed and free.
    Transition(
        OPEN,
        State.WITHDRAWN,
        "第十七条（信访人自愿）",
        cancels=EVERY_CLOCK,
        papers=(Paper(PaperKind.WITHDRAWAL, help_text="信访人本人书写并签名的扫描件或者照片"),),
    ),
    Duty(TRIAGERS | HANDLERS, (Desk.HOLDER, Desk.REGISTERED)),
    Place(Group.ENDING, beside=True),
    {"happened_on": HAPPENED_ON, "verified_by": EventField("核实："), "note": TOLD_NOTE},
)
def withdraw(
    case: PetitionCase,
    *,
    statement: str,
    withdrawn_on: date,
    verified_by: str,
    is_free_will: bool,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """撤回: in the petitioner's own writing, its free will asked for and written down. All clocks stop.

    Raises Refusal without that.
    """
    if not is_free_will:
        raise Refusal("撤回应当核实系信访人自愿，请核实后勾选。", field="is_free_will")
    refuse_impossible(case, withdrawn_on, at=at, field="withdrawn_on")
    _drop_pending(case, on=timezone.localdate(at))
    return Effect({"note": statement, "verified_by": verified_by, "happened_on": withdrawn_on.isoformat()})


@action(
    Move.SUCCEED,
    Transition(OPEN, None, "山东省信访条例第四十六条第四项"),
    Duty(CLERKS | HANDLERS, (Desk.HOLDER, Desk.REGISTERED)),
    Place(Group.ENDING, beside=True),
    {"successor": EventField("承继人：", person), "relation": EventField("关系："), "reason": EventField("理由：")},
)
def succeed(
    case: PetitionCase,
    *,
    name: str,
    phone: str,
    address: str,
    id_number: str = "",
    relation: str,
    reason: str,
    by: Post,
    at: datetime,
) -> Effect:
    """变更信访人: a successor goes on in place of who died or ended. The former's registration stays as it was."""
    if name == case.lead.name:
        raise Refusal("承继人与原信访人姓名相同，请核对。", field="name")
    successor = Petitioner(name=name, phone=phone, address=address, id_number=id_number)
    successor.id_digest = digest(id_number, kind="id_number") if id_number else None
    successor.phone_digest = digest(phone, kind="phone") if phone else None
    successor.address_digest = digest(address, kind="address") if address else None
    successor.save()
    case.lead = successor
    return Effect({"successor": name, "relation": relation, "reason": reason})


@action(
    Move.END,
    # The parties may still bring their agreement before the court: that right is not the office's to end.
    Transition(
        OPEN | {State.CLOSED},
        State.ENDED,
        "第三十六条第三款、山东省信访条例第四十六条",
        cancels=tuple(rule for rule in EVERY_CLOCK_BUT_EVALUATION if rule is not Rule.JUDICIAL_CONFIRMATION),
    ),
    Duty(OFFICE_HEADS, OWN, by_system=True),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("理由：", chosen(EndGround), ask=Ask("终结情形")),
        "note": EventField("说明：", ask=Ask("说明", rows=3)),
    },
)
def end(case: PetitionCase, *, ground: str, note: str, by: Post | None, at: datetime) -> Effect:
    """终结 for a ground of 山东省信访条例第四十六条. Raises Refusal when the facts of the matter do not bear it."""
    reason = EndGround(ground)
    if reason is EndGround.MEDIATED and not earlier_letter(case, MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT):
        raise Refusal("该事项没有调解、和解协议书，不能以此终结。", field="ground")
    if reason is EndGround.RECHECKED and case.last_answer != LastAnswer.RECHECK:
        raise Refusal("复核意见尚未送达，不能以此终结。", field="ground")
    if reason is EndGround.NO_REQUEST and not _right_has_ended(case):
        raise Refusal("申请复查、复核的期限尚未届满，不能以此终结。", field="ground")
    if case.owes_execution and reason not in _ENDS_THE_DEBT:
        raise Refusal("予以支持的诉求尚未执行完毕，不能以此终结（第三十二条第二款）。", field="ground")
    case.end_ground = reason.value
    _drop_pending(case, on=timezone.localdate(at))
    return Effect({"ground": reason.value, "note": note})


# An agreement takes the place of what was supported; without a petitioner there is nobody to whom it is owed.
_ENDS_THE_DEBT = frozenset({EndGround.MEDIATED, EndGround.NO_SUCCESSOR})


def _right_has_ended(case: PetitionCase) -> bool:
    if State(case.state) not in (State.DELIVERED, State.REVIEW_DELIVERED, State.CLOSED):
        return False
    right = case.deadlines.filter(rule__in=(Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST)).order_by("-pk").first()
    return right is not None and right.met_on is None and right.lapsed_at is not None


def _drop_pending(case: PetitionCase, *, on: date) -> None:
    """Drop what others still owed to the matter: drafts, co-handlers' parts, requests not yet decided."""
    case.co_handlers, case.is_recusal_asked, case.owes_execution = [], False, False
    case.co_handlings.filter(fed_back_on=None, released_on=None).update(released_on=on)
    case.recusals.filter(decided_on=None).update(decided_on=on, is_granted=False, note="事项已经结束")
    case.reviews.filter(signed_on=None, declined_on=None).update(ended_on=on)
    Opinion.objects.filter(case=case, signed_on=None).delete()


@action(
    Move.CONFIRM_END,
    Transition(frozenset({State.ENDED}), State.END_CONFIRMED, "第三十六条第三款", guards=(Guard.EXECUTED,)),
    Duty(OFFICE_HEADS, OWN),
    Place(Group.ENDING, road=390),
    {"note": NOTE},
)
def confirm_end(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """审核认定终结 after the check of the whole file."""
    return Effect({"note": note})


@action(
    Move.REOPEN,
    # A file in the archive can prove wrong too.
    Transition(
        CLOSED_STATES - {State.MERGED}, State.REGISTERED, "第二十七条", starts=(Rule.TRIAGE,), cancels=EVERY_CLOCK
    ),
    Duty(OFFICE_HEADS, OWN),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("理由：", chosen(ReopenReason), ask=Ask("重新启动的理由")),
        "reason": EventField("理由：", ask=Ask("具体理由", rows=3)),
    },
)
def reopen(case: PetitionCase, *, ground: str, reason: str, by: Post, at: datetime) -> Effect:
    """重新启动 with its reasons: the office has 15 days anew, the history stays. A draft that was left is discarded."""
    case.holder = case.registered_unit
    case.responsible = case.assignee = None
    case.is_assigned = case.needs_assigner = case.is_simple = case.was_heard = False
    case.outcomes = []
    case.heart = case.last_answer = case.end_ground = case.review_result = ""
    _drop_pending(case, on=timezone.localdate(at))
    return Effect({"ground": ReopenReason(ground).value, "reason": reason})


@action(
    Move.ARCHIVE,
    # From the archive nothing can be asked for: the petitioner's right to a review ends first.
    Transition(
        CLOSED_STATES - {State.MERGED, State.ARCHIVED},
        State.ARCHIVED,
        "第二十一条",
        cancels=DUTIES,
        letters=(FILE_CATALOGUE,),
        guards=(Guard.NOTHING_RUNS, Guard.EXECUTED),
    ),
    Duty(TRIAGERS, OWN),
    Place(Group.ENDING, road=400),
    {"retention": EventField("保管期限："), "note": TOLD_NOTE},
)
def archive(case: PetitionCase, *, retention: str, note: str = "", by: Post, at: datetime) -> Effect:
    """归档 with the catalogue of the file and the time for which it is kept."""
    kept = Retention(retention)
    case.retention_years = None if kept is Retention.PERMANENT else int(kept.value)
    facts = {"retention": str(kept.label)}
    return Effect({"retention": facts["retention"], "note": note}, facts=facts)
