"""The report itself: which bodies it owes to be told, and what is known of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.models import PetitionCase, UrgentReport, UrgentTold
from cases.procedure.urgent.calls import call_first
from cases.reporting import within_reach
from cases.states import Desk
from cases.vocabulary_beside import INFORMED_BY_OFFICES, Informed, Means


@dataclass(frozen=True)
class Told:
    """That a body was told: when, by what means, by whom."""

    receiver: Informed
    told_at: datetime
    means: Means
    told_by: str

    @property
    def words(self) -> str:
        """As its event tells it: 本级党委和政府（11月30日10:20，电话，李登记）."""
        at = timezone.localtime(self.told_at)
        return f"{self.receiver.label}（{at.month}月{at.day}日{at:%H:%M}，{self.means.label}，{self.told_by}）"


def owed_by(unit: Unit) -> list[Informed]:
    """List whom the unit must tell: every unit three, a petition office the one above and the nation's too."""
    is_office = unit.kind == UnitKind.PETITION_OFFICE
    return [one for one in Informed if is_office or one not in INFORMED_BY_OFFICES]


def refuse_times(told: Iterable[Told], *, at: datetime) -> None:
    """Raise Refusal for a body that is said to have been told at a moment to come."""
    for one in told:
        if one.told_at > at:
            raise Refusal(f"告知{one.receiver.label}的时间不能晚于现在。", field=f"{one.receiver.value}_at")


def open_report(
    case: PetitionCase, *, content: str, measures: str, told: Iterable[Told], by: Post | None, at: datetime
) -> UrgentReport:
    """Keep the report with every body that it owes, and call the people inside. The caller holds the matter."""
    unit = by.unit if by else case.holder
    report = UrgentReport.objects.create(
        case=case, unit=unit, by_user=by.user if by else None, content=content, measures=measures, made_at=at
    )
    hours = current_rulebook().on(timezone.localdate(at)).number(Key.URGENT_TOLD_HOURS)
    due_at, known = at + timedelta(hours=hours), {one.receiver: one for one in told}
    wanted = [*owed_by(unit), *(receiver for receiver in known if receiver not in owed_by(unit))]
    UrgentTold.objects.bulk_create(_told(report, one, known.get(one), due_at=due_at, by=by) for one in wanted)
    call_first(report, at=at)
    return report


def _told(
    report: UrgentReport, receiver: Informed, told: Told | None, *, due_at: datetime, by: Post | None
) -> UrgentTold:
    row = UrgentTold(report=report, receiver=receiver.value, due_at=due_at)
    if told is not None:
        row.told_at, row.means, row.told_by = told.told_at, told.means.value, told.told_by
        row.recorded_by = by.user if by else None
    return row


def standing(case: PetitionCase) -> UrgentReport | None:
    """Find the latest report that was not taken back."""
    return case.urgent_reports.filter(taken_back_at=None).order_by("-pk").first()


def owed(case: PetitionCase, by: Post) -> list[Informed]:
    """List the bodies that the post still has to tell by a standing report within its reach."""
    rows = UrgentTold.objects.filter(report__in=within_reach(case, by, Desk.REPORTER), told_at=None)
    owing = set(rows.values_list("receiver", flat=True))
    return [one for one in Informed if one.value in owing]


def told_of(case: PetitionCase, by: Post) -> list[Informed]:
    """List the bodies that a standing report within the reach of the post says were told."""
    rows = UrgentTold.objects.filter(report__in=within_reach(case, by, Desk.REPORTER), told_at__isnull=False)
    return [one for one in Informed if one.value in set(rows.values_list("receiver", flat=True))]
