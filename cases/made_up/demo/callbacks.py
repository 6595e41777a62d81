"""回访 and reading in the demo: the office asks what an answer was worth, of most but not of all; calls are read."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Mod
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.periods import Rule
from cases.evaluation.verbs import Said, evaluate
from cases.evaluation.window import objects_of
from cases.models import AnswerChannel, Deadline, EvaluationObject, PetitionCase, UrgentCall, Verdict

_ASKERS = (Role.REGISTRAR, Role.WINDOW_CLERK, Role.OFFICE_HEAD)
_READS_WITHIN = timedelta(minutes=20)
# Of so many reports one is not read in time.
_LEFT_UNREAD = 8
# So many days after the answer, by the serial of the matter; who is asked on no day lets the window run out.
_FIRST, _SPREAD = 2, 12
_UNIT = (
    Said(Verdict.SATISFIED),
    Said(Verdict.FAIRLY, "问题解决了，等得久了些。"),
    Said(Verdict.SATISFIED, "承办人当天就到了现场。"),
    Said(Verdict.UNSATISFIED, "只答复了，现场没有变化。"),
    Said(Verdict.FAIRLY),
)
_OFFICE = (
    Said(Verdict.SATISFIED),
    Said(Verdict.SATISFIED, "窗口接待耐心。"),
    Said(Verdict.FAIRLY),
    Said(Verdict.SATISFIED),
    Said(Verdict.SATISFIED),
    Said(Verdict.SATISFIED),
    Said(Verdict.UNSATISFIED, "转来转去，跑了三趟。"),
)
_CHANNELS = (
    AnswerChannel.CALLED_BACK, AnswerChannel.CALLED_BACK, AnswerChannel.TEXT_MESSAGE, AnswerChannel.IN_PERSON,
    AnswerChannel.WRITTEN,
)  # fmt: skip


def call_back(*, at: datetime, calendar: WorkCalendar) -> None:
    """Write down the offices' calls on the morning of a working day."""
    today = timezone.localdate(at)
    if not calendar.is_workday(today):
        return
    windows = Deadline.objects.running().filter(rule=Rule.EVALUATION, started_on__lte=today - timedelta(days=_FIRST))
    for window in windows.filter(legal_on__gte=today).select_related("case__registered_unit", "case__responsible"):
        case = window.case
        serial = int(case.number.rpartition("-")[2])
        is_asked = serial % _SPREAD < _SPREAD * 2 // 3
        if is_asked and window.started_on + timedelta(days=_FIRST + serial % _SPREAD) <= today:
            _write_down(case, serial, at=at)


def _write_down(case: PetitionCase, serial: int, *, at: datetime) -> None:
    asking = Post.objects.held(timezone.localdate(at)).filter(unit=case.registered_unit, role__in=_ASKERS)
    by = asking.select_related("user", "unit").order_by("pk").first()
    objects = objects_of(case)
    if by is None or case.lead.is_anonymous or EvaluationObject.OFFICE not in objects:
        return
    words = {EvaluationObject.OFFICE: _OFFICE[serial % len(_OFFICE)], EvaluationObject.UNIT: _UNIT[serial % len(_UNIT)]}
    evaluate(
        case,
        said={about: words[about] for about in objects},
        channel=_CHANNELS[serial % len(_CHANNELS)],
        given_on=timezone.localdate(at),
        by=by,
        at=at,
    )


def read_most_calls(*, before: datetime) -> None:
    """Let nearly everybody read within some minutes what they were called to; what is left climbs."""
    calls = UrgentCall.objects.filter(read_at=None, climbed_at=None, called_at__lt=before - _READS_WITHIN)
    calls.annotate(turn=Mod("report_id", _LEFT_UNREAD)).exclude(turn=0).update(read_at=F("called_at") + _READS_WITHIN)
