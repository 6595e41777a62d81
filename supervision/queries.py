"""What supervision looks at: duties whose last day has passed, within what the post may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.models import Deadline, DeadlineQuerySet
from cases.queries import visible_to

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
