"""重大紧急报告: made, completed body by body, taken back with its reason."""

from collections.abc import Sequence
from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records.event_fields import Ask, EventField, lines
from binzhou_xinfang.typed import shortened
from cases.engine import Effect, action
from cases.models import PetitionCase, UrgentTold
from cases.procedure.urgent.notices import TAKEN_BACK
from cases.procedure.urgent.report import Told, open_report, owed_by, refuse_times
from cases.reporting import standing_reports, within_reach
from cases.states import (
    CLERKS,
    HANDLERS,
    HEADS,
    OFFICE_HEADS,
    OPEN,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)
from cases.vocabulary_beside import Informed, Means

# What the report owes does not end with the file: it may be answered, led out or merged the same day.
ALWAYS = frozenset(State)
_REPORTED = EventField("报告通报：", lines)


@action(
    Move.REPORT_URGENT,
    Transition(OPEN, None, "第二十五条"),
    # 第二十五条 binds every body that learns of it.
    Duty(CLERKS | HANDLERS, (Desk.HOLDER, Desk.REGISTERED)),
    Place(Group.JOINT, beside=True),
    {
        "reported_to": _REPORTED,
        "owed": EventField("尚待报告、通报：", lines),
        "content": EventField("内容："),
        "measures": EventField("措施："),
    },
)
def report_urgent(
    case: PetitionCase, *, content: str, measures: str, told: Sequence[Told], by: Post, at: datetime
) -> Effect:
    """重大紧急信访事项的报告 (第二十五条): each body that must be told is told already, or owed from now on.

    Raises Refusal for a moment to come.
    """
    refuse_times(told, at=at)
    case.is_urgent = True
    open_report(case, content=content, measures=measures, told=told, by=by, at=at)
    known = {one.receiver for one in told}
    still = [str(one.label) for one in owed_by(by.unit) if one not in known]
    return Effect({"reported_to": [one.words for one in told], "owed": still, "content": content, "measures": measures})


@action(
    Move.TELL_URGENT,
    Transition(ALWAYS, None, "第二十五条", guards=(Guard.URGENT,)),
    # It ends what the report owes: another's word does not.
    Duty(CLERKS | HANDLERS, (Desk.REPORTER,)),
    Place(Group.JOINT, beside=True),
    {"reported_to": _REPORTED},
)
def tell_urgent(case: PetitionCase, *, told: Sequence[Told], by: Post, at: datetime) -> Effect:
    """登记已报告通报: bodies that were still owed. Raises Refusal for one that is not, and for a moment to come."""
    refuse_times(told, at=at)
    reports = within_reach(case, by, Desk.REPORTER)
    for one in told:
        open_rows = UrgentTold.objects.filter(report__in=reports, receiver=one.receiver.value, told_at=None)
        if not open_rows.update(told_at=one.told_at, means=one.means.value, told_by=one.told_by, recorded_by=by.user):
            raise Refusal(f"{one.receiver.label}已经报告、通报过，请刷新页面核对。", field=f"{one.receiver.value}_at")
    return Effect({"reported_to": [one.words for one in told]})


@action(
    Move.UNTELL_URGENT,
    Transition(ALWAYS, None, "第二十五条", guards=(Guard.URGENT,)),
    # It opens a duty again that stood as done: a head answers for it.
    Duty(OFFICE_HEADS | HEADS, (Desk.REPORTER,)),
    Place(Group.JOINT, beside=True),
    {"before": EventField("原登记：", lines), "reason": EventField("理由：")},
)
def untell_urgent(case: PetitionCase, *, receivers: Sequence[str], reason: str, by: Post, at: datetime) -> Effect:
    """更正已报告登记: a body that was written down as told, and was not, or otherwise than written; it is owed again
    until it is told rightly. Raises Refusal for one that is not written down as told."""
    reports = within_reach(case, by, Desk.REPORTER)
    rows = UrgentTold.objects.filter(report__in=reports, receiver__in=receivers, told_at__isnull=False)
    before = [_said(row) for row in rows.order_by("pk")]
    if not before:
        raise Refusal("所选机关没有已报告、通报的登记，请刷新页面核对。", field="receivers")
    rows.update(told_at=None, means="", told_by="", recorded_by=None)
    return Effect({"before": before, "reason": reason})


def _said(row: UrgentTold) -> str:
    assert row.told_at is not None  # noqa: S101  asked for by the query
    return Told(Informed(row.receiver), row.told_at, Means(row.means), row.told_by).words


@action(
    Move.TAKE_BACK_URGENT,
    Transition(ALWAYS, None, "第二十五条", guards=(Guard.URGENT,)),
    # It stops what was set going up to the leaders: a head answers for it, and never of who handles the matter.
    Duty(OFFICE_HEADS | HEADS, (Desk.RETRACTER,)),
    Place(Group.JOINT, beside=True),
    {
        "reason": EventField(
            "理由：", ask=Ask("撤回理由", "写明不属于重大、紧急的理由；已报告的机关应当同时告知", rows=3)
        )
    },
)
def take_back_urgent(case: PetitionCase, *, reason: str, by: Post, at: datetime) -> Effect:
    """撤回重大紧急报告 that was a mistake: it stays, with by whom and why; everybody who was called is told.

    A report of a body that is neither the own nor below goes on, and the matter stays urgent by it.
    """
    for report in within_reach(case, by, Desk.RETRACTER):
        report.taken_back_at, report.taken_back_by, report.taken_back_reason = at, by.user, shortened(reason, 500)
        report.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        tell(TAKEN_BACK, report.pk, at=at)
    case.is_urgent = standing_reports(case).exists()
    return Effect({"reason": reason})


def follow_registration(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Open the report of a matter that was ticked as urgent when it was registered: everybody is still owed."""
    if move is Move.REGISTER and case.is_urgent:
        open_report(case, content=case.summary, measures="", told=(), by=by, at=at)
