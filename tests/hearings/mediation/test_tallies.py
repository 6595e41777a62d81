"""Tallies of points and mediators, in the scope of who looks."""

from datetime import date

import pytest

from cases.models import PetitionCase
from hearings.mediation import results
from hearings.mediation.points import points
from hearings.mediation.tallies import Row, tallies_of, tally
from hearings.models import Mediation, MediationPoint, MediationState
from tests.cases.pages import signed_in
from tests.hearings.mediation.conftest import accepted, referred
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")
FIRST, LAST = date(2025, 3, 3), date(2025, 3, 13)


def test_each_result_is_counted_once_and_what_was_taken_back_unanswered_nowhere() -> None:
    rows = [
        Row(MediationState.REFERRED, None, None), Row(MediationState.RECALLED, None, None),
        Row(MediationState.DECLINED, FIRST, None), Row(MediationState.ACCEPTED, FIRST, None),
        Row(MediationState.CONFIRMED, FIRST, LAST), Row(MediationState.SETTLED, FIRST, FIRST),
        Row(MediationState.FAILED, FIRST, LAST),
    ]  # fmt: skip
    told = tally("老高调解室", rows)
    counts = (told.referred, told.accepted, told.declined, told.agreed, told.failed, told.confirmed)
    assert (counts, told.days, told.rate) == ((6, 4, 1, 2, 1, 1), 10, "67%")


def test_without_a_result_there_is_no_rate_and_no_median() -> None:
    told = tally("老高调解室", [])
    assert (told.rate, told.days_said) == ("—", "—")


@pytest.fixture
def failed(office: Office, case: PetitionCase, point: MediationPoint) -> Mediation:
    mediation = accepted(office, referred(office, case, point))
    given = {"note": "分歧较大", "failed_on": FIRST, "by": office.water_handler, "at": MONDAY}
    results.tell_failure(mediation, **given)
    return results.conclude(
        Mediation.objects.get(pk=mediation.pk), result=MediationState.FAILED, on=FIRST, by=None, at=MONDAY
    )


def test_the_point_and_its_mediator_are_counted_for_who_sees_the_matter(office: Office, failed: Mediation) -> None:
    seen = [
        [(one.name, one.failed) for one in tallies_of(failed.point, post)]
        for post in (office.handler, office.county_head)
    ]
    assert seen == [[("老高调解室", 1), ("高某某", 1)], [("老高调解室", 0)]]
    page = signed_in(office.handler).get(f"/mediation-points/{failed.point_id}/").content.decode()
    assert ("调解情况" in page, "高某某" in page) == (True, True)


def test_what_is_sealed_is_counted_for_nobody(office: Office, failed: Mediation) -> None:
    PetitionCase.objects.filter(pk=failed.case_id).update(is_sealed=True)
    assert all(tallies_of(failed.point, post)[0].referred == 0 for post in office.every_post())
    assert [point.failed for point in points.visible(office.handler)] == [0]
