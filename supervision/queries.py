"""What supervision looks at, within what the post may see: duties whose last day has passed, 督办件, lights by unit."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline, DeadlineQuerySet
from cases.queries import visible_to
from supervision.models import Stage, SupervisionCase
from supervision.rules import AREA, OFFICE, READERS

DUTIES = tuple(rule.value for rule in Rule if not PERIODS[rule].gives_right)


@dataclass(frozen=True, slots=True)
class UnitArrears:
    """The overdue duties of one unit; `oldest_on` is the legal day of the one that ended first."""

    unit: Unit | None
    number: int
    oldest_on: date

    def days(self, on: date) -> int:
        """Natural days since the oldest last day."""
        return (on - self.oldest_on).days


def overdue_duties(post: Post, on: date) -> DeadlineQuerySet:
    """Running duties of visible matters that ended before `on`."""
    return Deadline.objects.overdue(on).filter(rule__in=DUTIES, case__in=visible_to(post).values("pk"))


def arrears_by_unit(post: Post, on: date) -> list[UnitArrears]:
    """One row for each unit with overdue duties, the most first."""
    rows = overdue_duties(post, on).order_by().values("unit").annotate(number=Count("pk"), oldest_on=Min("legal_on"))
    found = list(rows)
    units = Unit.objects.in_bulk([row["unit"] for row in found if row["unit"]])
    arrears = [UnitArrears(units.get(row["unit"]), row["number"], row["oldest_on"]) for row in found]
    return sorted(arrears, key=lambda row: (-row.number, row.oldest_on))


def visible_supervisions(post: Post) -> QuerySet[SupervisionCase]:
    """督办件 of matters that exist for the post: those of its office or area, and what was sent to its unit."""
    if post.role not in READERS:
        return SupervisionCase.objects.none()
    mine = Q(unit=post.unit_id, issued_on__isnull=False)
    if post.role in OFFICE:
        mine |= Q(office=post.unit_id)
    if post.role in AREA:
        mine |= Q(office__in=Unit.objects.under(post.unit.area).values("pk"))
    return SupervisionCase.objects.filter(mine, case__in=visible_to(post))


# What waits for the office, and what for the unit.
WAITING_AT_OFFICE = (Stage.PENDING, Stage.DRAFTED, Stage.ANSWERED)


@dataclass(frozen=True, slots=True)
class UnitLight:
    """The duties of one unit: how many are late, how many end within three days, and the one that is worst."""

    unit: Unit | None
    late: int
    soon: int
    worst: Deadline | None


SOON_DAYS = 3
LIGHTS = 50


def lights_by_unit(post: Post, on: date) -> list[UnitLight]:
    """One row for each unit with something late or soon due, the most late first; at most 50. Three queries."""
    soon = on + timedelta(days=SOON_DAYS)
    running = Deadline.objects.running().filter(suspended_on=None, rule__in=DUTIES, legal_on__lte=soon)
    duties = running.filter(case__in=visible_to(post).values("pk"))
    late = Count("pk", filter=Q(legal_on__lt=on))
    rows = duties.order_by().values("unit").annotate(late=late, number=Count("pk"), first=Min("legal_on"))
    found = sorted(rows, key=lambda row: (-row["late"], row["first"], -row["number"]))[:LIGHTS]
    units = Unit.objects.in_bulk([row["unit"] for row in found if row["unit"]])
    worst = _worst(duties.filter(unit__in=[row["unit"] for row in found if row["unit"]]))
    return [
        UnitLight(units.get(row["unit"]), row["late"], row["number"] - row["late"], worst.get(row["unit"]))
        for row in found
    ]


def _worst(duties: DeadlineQuerySet) -> dict[int | None, Deadline]:
    first = duties.order_by("unit_id", "legal_on", "pk").distinct("unit_id").select_related("case")
    return {clock.unit_id: clock for clock in first}
