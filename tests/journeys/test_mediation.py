"""访调对接 in the browser: from the matter to the point, its agreement to the court, and a failure back to handling."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import PetitionCase
from cases.states import State
from hearings.mediation import points
from hearings.models import Mediation, MediationPoint, MediationState
from tests.hearings.pool.conftest import listed
from tests.journeys.steps import arrive, open_sheet, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def matter(city: Office) -> PetitionCase:
    return case_in(city, State.MEDIATING, at=timezone.now())


@pytest.fixture
def point(city: Office) -> MediationPoint:
    """A point where the people of the water bureau mediate."""
    term = timezone.localdate() + timedelta(days=365)
    mediator = listed(city, "高某某", kind="mediator", organisation="渤海小区人民调解委员会", term_to=term)
    return points.open_point(
        name="老高调解室", kind="brand", region=city.county, address="渤海小区居委会二楼", hours="工作日8:30至17:30",
        phone="0543-3160009", specialities=["housing"], unit=city.water, mediators=[mediator.code],
        by=city.registrar, at=timezone.now(),
    )  # fmt: skip


def take(page: Page, mediation: Mediation, step: str, label: str, fields: dict[str, str] | None = None) -> None:
    """Open the page of a step, fill it, press its button, and see the mediation again."""
    place = f"/mediations/{mediation.pk}/"
    page.goto(place)
    page.get_by_role("link", name=label, exact=True).first.click()
    arrive(page, f"{place}{step}/")
    for name, value in (fields or {}).items():
        box = page.locator(f"[name={name}]")
        (box.select_option if box.evaluate("box => box.tagName") == "SELECT" else box.fill)(value)
    page.get_by_role("button", name=label, exact=True).click()
    arrive(page, place)
    expect(page.locator(".alert-success").first).to_contain_text(label)


def the_handler_refers_it(page: Page, matter: PetitionCase, point: MediationPoint) -> Mediation:
    sign_in(page, "handler")
    page.goto(matter.get_absolute_url())
    page.get_by_role("link", name="委派调解点").click()
    page.locator("[name=point]").select_option(point.code)
    page.locator("[name=dispute]").fill("地下车库渗水，双方对维修费用有争议")
    page.get_by_role("button", name="委派", exact=True).click()
    page.wait_for_url("**/mediations/*/")
    return Mediation.objects.get()


def the_point_takes_it_and_meets(page: Page, mediation: Mediation, point: MediationPoint) -> None:
    today = timezone.localdate().isoformat()
    sign_in(page, "water-handler")
    take(page, mediation, "accept", "接收", {"mediator": point.mediators.get().code, "accepted_on": today})
    met = {"held_on": today, "came": "刘某（信访人）\n赵某（物业公司负责人）", "said": "双方同意先修复，费用各半。"}
    take(page, mediation, "hold", "登记调解情况", met)
    expect(page.locator("#sessions")).to_contain_text("双方同意先修复")


def the_handler_writes_it_down(page: Page, matter: PetitionCase, label: str) -> None:
    """Nothing is typed again: the move proposes what the point has reported."""
    sign_in(page, "handler")
    page.goto(matter.get_absolute_url())
    open_sheet(page, label).get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".messages, .alert-success").first).to_contain_text(label)


def test_a_mediation_leads_to_an_agreement_that_the_court_confirms(
    page: Page, matter: PetitionCase, point: MediationPoint
) -> None:
    today = timezone.localdate().isoformat()
    mediation = the_handler_refers_it(page, matter, point)
    the_point_takes_it_and_meets(page, mediation, point)
    agreed = {
        "findings": "地下车库顶板渗水", "disputes": "维修费用由谁承担", "liability": "物业公司承担维修责任",
        "terms": "物业公司于五月底前修复\n业主按时缴费", "performance": "自行组织施工",
        "performance_time": "自签订之日起三个月内", "signed_on": today,
    }  # fmt: skip
    take(page, mediation, "tell-agreement", "报送调解协议", agreed)
    the_handler_writes_it_down(page, matter, "达成调解协议")
    expect(page.locator("body")).to_contain_text("调解协议书")
    take(page, mediation, "apply", "登记申请司法确认", {"court": "滨城区人民法院", "applied_on": today})
    confirmed = {"decision": "confirmed", "decided_on": today, "number": "（2026）鲁1602民特1号"}
    take(page, mediation, "decide", "登记法院决定", confirmed)
    mediation.refresh_from_db()
    assert mediation.state == MediationState.CONFIRMED


def test_a_mediation_that_fails_goes_back_to_handling_whose_days_have_run_on(
    page: Page, matter: PetitionCase, point: MediationPoint
) -> None:
    due = matter.due_on
    mediation = the_handler_refers_it(page, matter, point)
    the_point_takes_it_and_meets(page, mediation, point)
    failed = {"note": "双方分歧较大，不愿再谈", "failed_on": timezone.localdate().isoformat()}
    take(page, mediation, "tell-failure", "报送调解不成", failed)
    the_handler_writes_it_down(page, matter, "调解和解不成")
    matter.refresh_from_db()
    mediation.refresh_from_db()
    assert (matter.state, matter.due_on, mediation.state) == (State.HANDLING, due, MediationState.FAILED)
