"""Belongings of accounts, records and cases in a hand-over; the apps above add their own at the start."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from binzhou_xinfang.process import taking
from binzhou_xinfang.process.steps import Effect
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.life import drafts
from cases.drafts.steps import DraftStep
from cases.handover.belongings import Belonging, Moves, Stays
from cases.models import CoHandling, Deadline, LetterDraft
from cases.states.drafts import OPEN_DRAFTS, DraftState

_RUNNING = Q(met_on=None, cancelled_on=None)
_OWED = Q(fed_back_on=None, released_on=None)
_ASKED = Q(delivered_on=None, declined_on=None, ended_on=None)
_UNSIGNED = Q(signed_on=None)
_OPEN = [state.value for state in OPEN_DRAFTS]


def _same_clock(successor: int) -> Q:
    own = Deadline.objects.running().filter(
        case=OuterRef("case"), rule=OuterRef("rule"), subject=OuterRef("subject"), unit=successor
    )
    return Q(Exists(own))


def _cancel_clock(clock: Deadline, on: date, at: datetime) -> None:
    Deadline.objects.filter(pk=clock.pk).update(cancelled_on=on, suspended_on=None)


def _same_task(successor: int) -> Q:
    """Find the tasks whose successor handles the matter, or helps in it already."""
    own = CoHandling.objects.filter(_OWED, case=OuterRef("case"), unit=successor)
    return Q(Exists(own)) | Q(case__responsible=successor)


def release(task: CoHandling, on: date, at: datetime | None = None) -> None:
    """Take a task back from a helper, with its clock."""
    CoHandling.objects.filter(pk=task.pk).update(released_on=on)
    clocks = Deadline.objects.running().filter(case=task.case_id, rule=Rule.CO_HANDLING, unit=task.unit_id)
    clocks.update(cancelled_on=on, suspended_on=None)


def _same_draft(successor: int) -> Q:
    own = LetterDraft.objects.filter(case=OuterRef("case"), kind=OuterRef("kind"), state__in=_OPEN, unit=successor)
    return Q(Exists(own))


def _discard(draft: LetterDraft, on: date, at: datetime) -> None:
    draft.note = "承接单位已有一份正在拟制的同类文书。"
    taking.settle(drafts, drafts.steps[DraftStep.DISCARD], draft, Effect(), by=None, at=at)


def _all(why: str, model: str, *columns: str) -> dict[str, Belonging]:
    return {f"{model}.{column}": Stays(why) for column in columns}


def _each(why: str, keys: Iterable[str]) -> dict[str, Belonging]:
    return {key: Stays(why) for key in keys}


_PLACE = "a place of the petitioner's or of the problem, not who has it"
_HAND = "whose hand it was"
_ISSUED = "as it was issued, written down or registered"

ACCOUNTS: Mapping[str, Belonging] = {
    # Units below an ended one go to its successor, so that no branch hangs in the air.
    "accounts.Unit.parent": Moves("下属机构", Q(valid_to=None), case=""),
    "accounts.Unit.guided_by": Moves("由其指导的下级机构", Q(valid_to=None), case=""),
    **_all("says itself where the powers went", "accounts.Unit", "moved_to"),
    **_all("ends with the unit (`Post.objects.held`), and its last day is written by the act", "accounts.Post", "unit"),
    **_each("a person's own", ("accounts.Post.user", "accounts.ApiToken.user", "notices.Message.user")),
    **_each("a person's own", ("accounts.FormerPassword.user", "accounts.Activation.user")),
    **_all("a person's own", "cases.SavedFilter", "user"),
    **_all("a person's own", "own_account.Factor", "user"),
    **_each(_ISSUED, ("records.Letter.unit", "records.AccessLog.unit")),
    **_all("a plan of the unit itself, as it was asked for", "accounts.UnitChange", "unit", "parent", "moved_to"),
    **_each(_HAND, ("accounts.UnitChange.ordered_by", "accounts.UnitChange.decided_by")),
    **_each(_HAND, ("accounts.Grant.asked_by", "accounts.Grant.decided_by")),
    **_all("as it was asked for", "accounts.Grant", "user", "unit"),
    **_each(_HAND, (
        "records.Letter.issued_by", "records.LetterTemplate.put_by", "records.AccessLog.user",
        "statute.Holiday.whole_said_by",
        "statute.SettingChange.by_user",
    )),
}  # fmt: skip

CASES: Mapping[str, Belonging] = {
    "cases.PetitionCase.holder": Moves("当前办理", case="pk"),
    "cases.PetitionCase.responsible": Moves("责任单位", case="pk"),
    "cases.PetitionCase.sender": Moves("转办单位", case="pk"),
    "cases.PetitionCase.assigner": Moves("交办机关", case="pk"),
    "cases.PetitionCase.registered_unit": Moves("登记机构", case="pk"),
    "cases.PetitionCase.assignee": Moves("承办的事项", Q(closed_on=None), case="pk", at_unit="responsible"),
    **_all(_PLACE, "cases.PetitionCase", "region", "accused_unit"),
    **_all(_HAND, "cases.PetitionCase", "registrar", "drafter"),
    "cases.Deadline.unit": Moves("正在计算的期限", _RUNNING, clash=_same_clock, give_up=_cancel_clock),
    "cases.CoHandling.unit": Moves("待反馈的协办", _OWED, clash=_same_task, give_up=release),
    **_all(_HAND, "cases.CoHandling", "asked_by", "fed_back_by"),
    "cases.Review.body": Moves("未办结的复查复核", _ASKED),
    "cases.Review.above": Moves("拟写明的复核机关", _UNSIGNED),
    **_all(_HAND, "cases.Review", "drafted_by", "signed_by"),
    "cases.Opinion.review_body": Moves("拟写明的复查机关", _UNSIGNED),
    **_all(_HAND, "cases.Opinion", "drafted_by", "checked_by", "signed_by"),
    **_all(_HAND, "cases.Delivery", "entered_by", "judged_by"),
    **_all(_ISSUED, "cases.LetterDelivery", "entered_by", "entered_unit"),
    "cases.LetterDue.unit": Moves("待送达的文书", Q(met_on=None), case="link__case"),
    "cases.LetterDraft.unit": Moves("正在拟制的文书", Q(state__in=_OPEN), clash=_same_draft, give_up=_discard),
    "cases.LetterDraft.drafted_by": Moves(
        "待本人修改、审核的文书稿", Q(state__in=[DraftState.DRAFTED, DraftState.RETURNED]), at_unit="unit"
    ),
    **_all(_HAND, "cases.LetterDraft", "checked_by", "noted_by"),
    **_all(_HAND, "cases.Recusal", "person", "decided_by"),
    **_all(_PLACE, "cases.Petitioner", "address_region"),
    **_all(_ISSUED, "cases.Petition", "unit", "registrar"),
    **_all(_ISSUED, "cases.Correction", "unit", "corrected_by"),
    **_all(_ISSUED, "cases.Evaluation", "unit", "recorded_unit", "recorded_by"),
    **_all(_ISSUED, "cases.CaseAttachment", "unit", "uploaded_by"),
    "cases.AfterCare.unit": Moves("待回访帮扶的事项", Q(due_on__isnull=False)),
    **_all(_ISSUED, "cases.UrgentReport", "unit", "by_user", "taken_back_by"),
    **_all(_ISSUED, "cases.LogEntry", "unit", "by_user"),
    **_all("who was called to it then", "cases.UrgentCall", "unit", "user"),
    **_all(_HAND, "cases.UrgentTold", "recorded_by"),
    **_all("the record of a hand-over itself", "cases.HandOver", "unit", "person", "ordered_by", "ordered_unit"),
    **_all(
        "a turn is of the unit at which it stood; who has left is not called",
        "cases.DutyTurn",
        "unit",
        "user",
        "entered_by",
        "removed_by",
    ),
    **_all(
        "the record of a plan, as it was decided",
        "cases.HandOverPlan",
        "unit",
        "person",
        "planned_by",
        "planned_unit",
        "cancelled_by",
    ),
    **_all("the record of a hand-over itself", "cases.HandOverItem", "from_unit", "to_unit", "to_person"),
}
