"""化解、重新启动、归档: acts on a matter when its road is over (条例第二十一条、第二十七条、第二十八条)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE, REOPENING_NOTICE, RESOLUTION_REPORT
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action
from cases.models import PetitionCase
from cases.procedure.ending import drop_pending
from cases.procedure.grounds import REOPENING, RIGHTS
from cases.procedure.shared_fields import SETTLED, TOLD_NOTE
from cases.states import (
    CLOSED_STATES,
    DUTIES,
    EVERY_CLOCK,
    HEADS,
    OFFICE_HEADS,
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
from cases.vocabulary import Heart, Outcome, ReopenReason, Retention


@action(
    Move.RESOLVE,
    Transition(
        frozenset({State.DELIVERED, State.EXECUTING, State.REVIEW_DELIVERED, State.CLOSED, State.ENDED}),
        State.RESOLVED,
        "第二十七条、第三十七条第三款",
        meets=(Rule.ASSIGNMENT, Rule.COMPLETION, Rule.EXECUTION),
        cancels=DUTIES,
        letters=(RESOLUTION_REPORT, COMMITMENT),
        no_ground="以三到位一处理的结果和信访人的态度认定；信访人的权利不受影响",
        alone="意见已经送达；信访人申请复查、复核的权利不受影响（第三十五条、第三十六条）",
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


_CONSENT = Paper(
    PaperKind.OTHER_PROOF, is_needed=False, help_text="申请复查、复核的期限没有届满的，附信访人同意重新办理的书面意见"
)
_REPLACED = "你已书面同意重新办理，原意见由重新作出的意见代替"


@action(
    Move.REOPEN,
    # A file in the archive can prove wrong too.
    Transition(
        CLOSED_STATES - {State.MERGED, State.VOIDED},
        State.REGISTERED,
        "第二十七条",
        starts=(Rule.TRIAGE,),
        cancels=EVERY_CLOCK,
        letters=(REOPENING_NOTICE,),
        papers=(
            Paper(PaperKind.ORGAN_LETTER, is_needed=False, help_text="法院、仲裁、复议等机关不予受理的文书"),
            _CONSENT,
        ),
        grounds=REOPENING,
        alone="申请复查、复核的期限没有届满的，须信访人书面同意，重新作出的意见可以另行申请复查（第三十五条、第三十六条）",
    ),
    Duty(OFFICE_HEADS, (Desk.REGISTERED, Desk.DECIDER)),
    Place(Group.ENDING, beside=True),
    {
        "ground": EventField("理由：", chosen(ReopenReason), ask=Ask("重新启动的理由")),
        "reason": EventField("理由：", ask=Ask("具体理由", rows=3)),
    },
)
def reopen(case: PetitionCase, *, ground: str, reason: str, papers: Papers, by: Post, at: datetime) -> Effect:
    """重新启动 with its reasons: the office has 15 days anew, the history stays. A draft that was left is discarded.

    Raises Refusal while the petitioner can still ask for a review of the opinion, unless he agrees in writing that a
    new one takes its place.
    """
    right = case.deadlines.running().filter(rule__in=RIGHTS).first()
    if right is not None and _CONSENT.kind not in papers:
        raise Refusal(
            f"信访人可以在{right.legal_on:%Y年%m月%d日}以前（含当日）申请复查、复核，"
            "请附其同意重新办理的书面意见，或者待期限届满后再重新启动。",
            field=_CONSENT.field,
        )
    case.holder = case.registered_unit
    case.responsible = case.assignee = case.assigner = None
    case.is_assigned = case.needs_assigner = case.is_simple = case.was_heard = False
    case.outcomes, case.passers = [], []
    case.heart = case.last_answer = case.end_ground = case.review_result = ""
    drop_pending(case, on=timezone.localdate(at))
    agreed = {"former_answer": _REPLACED} if right is not None else {}
    facts = {"reason": f"{ReopenReason(ground).label}。{reason}", "basis": REOPENING[ground].article} | agreed
    return Effect({"ground": ReopenReason(ground).value, "reason": reason}, facts=facts)


@action(
    Move.ARCHIVE,
    # From the archive nothing can be asked for: the petitioner's right to a review ends first.
    Transition(
        CLOSED_STATES - {State.MERGED, State.VOIDED, State.ARCHIVED},
        State.ARCHIVED,
        "第二十一条",
        cancels=DUTIES,
        letters=(FILE_CATALOGUE,),
        no_ground="所有期限和权利都届满或者完成之后才归档",
        alone="所有期限和权利都届满或者完成之后才归档（第二十一条）",
        # The proof of service belongs to the file.
        guards=(Guard.NOTHING_RUNS, Guard.EXECUTED, Guard.DELIVERY_SHOWN, Guard.ALL_SERVED),
    ),
    Duty(TRIAGERS, OWN),
    Place(Group.ENDING, road=400, together=True),
    {"retention": EventField("保管期限："), "note": TOLD_NOTE},
)
def archive(case: PetitionCase, *, retention: str, note: str = "", by: Post, at: datetime) -> Effect:
    """归档 with the catalogue of the file and the time for which it is kept."""
    kept = Retention(retention)
    case.retention_years = None if kept is Retention.PERMANENT else int(kept.value)
    facts = {"retention": str(kept.label)}
    return Effect({"retention": facts["retention"], "note": note}, facts=facts)
