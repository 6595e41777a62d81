"""Desks of a 重大紧急 report: who made it completes it, who is over him takes it back (第二十五条、第四十六条第四项).

A matter goes on to other bodies, the report does not go with it: whoever has the matter later, and may be complained
of in it, can neither end what others owe by it nor say that they have done it.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit
from cases.deciding import deciding_for
from cases.models import PetitionCase, UrgentReport
from cases.states import Desk


def units_of_reports(case: PetitionCase, desk: Desk) -> set[int]:
    """List the units at this desk of the reports that stand. Nothing is asked for a matter that is not urgent."""
    if not case.is_urgent:
        return set()
    today, standing = timezone.localdate(), standing_reports(case)
    return {unit for report in standing for unit in _desk_of(report, case, desk, on=today)}


def within_reach(case: PetitionCase, post: Post, desk: Desk) -> list[UrgentReport]:
    """List the reports that stand and at whose desk the post sits, the oldest first."""
    today = timezone.localdate()
    return [one for one in standing_reports(case) if post.unit_id in _desk_of(one, case, desk, on=today)]


def standing_reports(case: PetitionCase) -> "QuerySet[UrgentReport]":
    """Select the reports of the matter that were not taken back, the oldest first."""
    return case.urgent_reports.filter(taken_back_at=None).select_related("unit__parent").order_by("pk")


def _desk_of(report: UrgentReport, case: PetitionCase, desk: Desk, *, on: date) -> set[int]:
    maker: Unit = report.unit.going_on(on)
    above = office_above(maker)
    # Of a report of wrongdoing nobody above knows (第三十条第一款).
    is_own = desk is Desk.REPORTER or case.is_sealed
    first = maker.pk if is_own else deciding_for(maker, case)
    return {unit for unit in (first, above.pk if above else None) if unit is not None}
