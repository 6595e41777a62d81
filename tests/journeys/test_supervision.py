"""A matter runs late: the head is warned, the 督办函 is signed, the unit answers late, the leader sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase
from cases.states import State
from cases.watch.sweep import sweep
from supervision.models import Answer, Measure, SupervisionCase
from tests.factories import PostFactory
from tests.journeys.steps import arrive, open_sheet, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(city: Office) -> Office:
    PostFactory(unit=city.bureau, role=Role.REGISTRAR, user__username="checker", user__name="何审稿")
    return city


@pytest.fixture
def late(city: Office) -> PetitionCase:
    """Accepted so long ago that its 60 days have run out, and another five."""
    case = case_in(city, State.HANDLING, at=timezone.now() - timedelta(days=75))
    due = timezone.localdate() - timedelta(days=5)
    clock = case.deadlines.get(rule=Rule.HANDLING)
    Deadline.objects.filter(pk=clock.pk).update(strict_on=due, legal_on=due)
    return case


def watch_and_tell() -> None:
    """Do what beat does, at an hour at which people may be told."""
    now = timezone.now()
    sweep(at=now)
    write_due(at=now + timedelta(days=20))


def the_head_is_warned(page: Page, late: PetitionCase) -> None:
    sign_in(page, "unit-head")
    page.goto("/")
    bell = page.get_by_role("link", name="条未读")
    expect(bell).to_be_visible()
    bell.click()
    page.get_by_role("button", name=f"{late.number}的60日办理期限").click()
    arrive(page, late.get_absolute_url())


def the_letter_is_written_and_signed(page: Page, late: PetitionCase) -> str:
    found = SupervisionCase.objects.get(case=late, measure=Measure.SUPERVISION)
    sign_in(page, "registrar")
    page.goto("/supervision/letters/?stage=pending")
    page.locator(f'[data-open][href="/supervision/letters/{found.pk}/"]').click()
    page.get_by_role("link", name="拟函").click()
    expect(page.get_by_label("主送对象")).to_have_value("市住房和城乡建设局")
    page.get_by_role("button", name="保存，交审核").click()
    arrive(page, rf"{late.get_absolute_url()}drafts/\d+/")
    place = page.url
    for username, label in (("checker", "审核通过"), ("head", "签发")):
        sign_in(page, username)
        page.goto(place)
        open_sheet(page, label).get_by_role("button", name=label, exact=True).click()
        expect(page.locator(".alert-success").first).to_contain_text(f"已{label}督办函")
    return f"/supervision/letters/{found.pk}/"


def the_unit_answers_late(page: Page, place: str) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Deadline.objects.filter(rule=Rule.LETTER_FEEDBACK).update(strict_on=yesterday, legal_on=yesterday)
    sign_in(page, "unit-head")
    page.goto(place)
    expect(page.locator(".case-body")).to_contain_text("逾期 1 天")
    page.get_by_role("link", name="签收", exact=True).click()
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.locator(".alert-success").first).to_contain_text("已签收")
    expect(page.locator(".case-body")).not_to_contain_text("尚未签收")
    page.get_by_role("link", name="书面反馈").click()
    page.get_by_label("反馈内容").fill("已于今日答复信访人，逾期原因是鉴定排期。")
    page.get_by_role("button", name="书面反馈").click()
    expect(page.locator(".answers")).to_contain_text("逾期反馈")
    assert Answer.objects.get().is_late


def the_leader_sees_it(page: Page, place: str, late: PetitionCase) -> None:
    sign_in(page, "leader")
    page.goto("/supervision/")
    expect(page.locator("#chart svg")).to_be_visible()
    expect(page.locator("[aria-labelledby=lights]")).to_contain_text(late.title)
    expect(page.locator(".flow")).to_contain_text("0待签收")
    page.get_by_role("link", name="待审核反馈").click()
    page.locator("[data-open]").first.click()
    arrive(page, place)
    expect(page.locator(".answers")).to_contain_text("鉴定排期")


def test_a_late_matter_is_warned_of_supervised_answered_and_seen(page: Page, late: PetitionCase) -> None:
    watch_and_tell()
    the_head_is_warned(page, late)
    place = the_letter_is_written_and_signed(page, late)
    the_unit_answers_late(page, place)
    the_leader_sees_it(page, place, late)


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_of_the_supervision_home_is_cut_off(page: Page, late: PetitionCase, width: int) -> None:
    watch_and_tell()
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "leader")
    places = ("", "letters/", "figures/answered/", "overdue/", "overdue/?due=soon", "proposals/", "board/")
    for place in (f"/supervision/{name}" for name in places):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
