"""利害关系: found by rule, on the days around each limit."""

from datetime import date
from typing import Any

import pytest

from cases.models import PetitionCase
from hearings.models import Reason
from hearings.pool.conflicts import Wanted, reasons_for, sides_of, years_before
from tests.hearings.pool.conftest import HEARING, listed
from tests.office import Office

pytestmark = pytest.mark.usefixtures("on_monday")


def reasons(office: Office, case: PetitionCase, wanted: Wanted | None = None, **changes: Any) -> list[Reason]:
    sides = sides_of(case, ["张三"], ["滨海置业有限公司"])
    return reasons_for(listed(office, **changes), wanted or Wanted(HEARING), sides)


def test_nobody_is_left_out_without_a_reason(office: Office, case: PetitionCase) -> None:
    assert reasons(office, case) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"organisation": "滨海置业有限公司"}, Reason.SAME_UNIT),
        ({"organisation": "滨海置业有限公司 邹平分公司"}, Reason.SAME_UNIT),
        ({"interests": ["滨海置业有限公司"]}, Reason.INTEREST),
        ({"name": "张三"}, Reason.NAMESAKE),
        ({"name": "张 三"}, Reason.NAMESAKE),
        ({"relatives": ["李四", "张三"]}, Reason.RELATIVE),
        ({"name": "刘某"}, Reason.NAMESAKE),
        ({"relatives": ["刘某"]}, Reason.RELATIVE),
    ],
)
def test_a_conflict_is_found(office: Office, case: PetitionCase, changes: dict[str, Any], reason: Reason) -> None:
    assert reasons(office, case, **changes) == [reason]


def test_who_works_at_the_unit_that_handles_is_left_out_by_any_of_its_names(office: Office, case: PetitionCase) -> None:
    office.housing.aliases = "房管局"
    office.housing.save()
    for number, name in enumerate((office.housing.name, "房管局")):
        assert reasons(office, case, name=f"周学勤{number}", organisation=name) == [Reason.SAME_UNIT]


@pytest.mark.parametrize(("left", "is_out"), [("2022-03-31", False), ("2022-04-01", False), ("2022-04-02", True)])
def test_three_years_after_a_party_was_left_nothing_is_held_against_it(
    office: Office, case: PetitionCase, left: str, is_out: bool
) -> None:
    found = reasons(office, case, former=[["滨海置业有限公司", left]])
    assert found == ([Reason.FORMER_UNIT] if is_out else [])


@pytest.mark.parametrize(
    ("on", "is_out"), [(date(2023, 12, 31), True), (date(2024, 1, 1), False), (date(2026, 12, 31), False),
                       (date(2027, 1, 1), True)],
)  # fmt: skip
def test_the_term_holds_on_its_first_and_on_its_last_day(
    office: Office, case: PetitionCase, on: date, is_out: bool
) -> None:
    assert reasons(office, case, Wanted(on)) == ([Reason.TERM] if is_out else [])


def test_what_was_asked_for_leaves_out_too(office: Office, case: PetitionCase) -> None:
    wanted = Wanted(HEARING, frozenset({"land"}), office.county, needs_certificate=True)
    assert reasons(office, case, wanted, region=office.city) == [
        Reason.REGION, Reason.SPECIALITY, Reason.CERTIFICATE,
    ]  # fmt: skip


def test_a_leap_day_has_a_day_three_years_before() -> None:
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
