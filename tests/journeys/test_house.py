"""Journeys of who keeps the house: a unit renamed, a person moved with hand-over by two hands, an auditor's answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase
from cases.states import State
from tests.factories import PostFactory
from tests.journeys.steps import arrive, open_sheet, sign_in
from tests.journeys.test_hand_over import shot
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(city: Office) -> Office:
    """The small office with its other two keepers."""
    for role in (Role.SECURITY, Role.AUDITOR):
        PostFactory(unit=city.bureau, role=role, user__username=role.value, user__name=f"{role.label}某")
    return city


def _hand_over(page: Page) -> None:
    """孙承办 goes: the head of the unit hands the matters over to a colleague."""
    sign_in(page, "unit-head")
    page.goto("/hand-overs/person/")
    page.get_by_label("离岗人员").select_option("handler")
    page.get_by_label("事由").fill("调到市水利局")
    page.get_by_label("周审核").first.check()
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认移交").click()
    expect(page.get_by_text("已完成")).to_be_visible()


def test_a_unit_is_renamed_and_a_person_moved_with_hand_over(page: Page, city: Office) -> None:
    case = case_in(city, State.HANDLING, at=timezone.now())
    sign_in(page, "administrator")
    page.goto("/house/units/?q=住房和城乡建设局")
    shot(page, "house-units")
    for name in ("people", "topics"):
        page.goto(f"/house/{name}/")
        shot(page, f"house-{name}")
    page.goto(f"/house/units/{city.housing.pk}/")
    sheet = open_sheet(page, "更名")
    sheet.get_by_label("新名称").fill("市住房城乡建设管理局")
    sheet.get_by_label("新简称").fill("市住建管理局")
    sheet.get_by_label("依据").fill("滨编发〔2026〕12号")
    sheet.get_by_label("依据").blur()
    expect(sheet.get_by_text("此前制发的文书")).to_be_visible()
    shot(page, "house-rename")
    sheet.get_by_role("button", name="更名").click()
    expect(page.get_by_role("heading", name="市住房城乡建设管理局")).to_be_visible()
    shot(page, "house-unit")

    _hand_over(page)
    sign_in(page, "administrator")
    page.goto(f"/house/people/{city.handler.user.pk}/")
    sheet = open_sheet(page, "结束岗位")
    sheet.get_by_label("理由").fill("调离")
    sheet.get_by_label("理由").blur()
    expect(sheet.get_by_text("此人手中没有在办事项")).to_be_visible()
    sheet.get_by_role("button", name="结束岗位").click()
    sheet = open_sheet(page, "申请岗位")
    sheet.get_by_role("combobox", name="机构").fill("bzsl")
    sheet.get_by_label("角色").select_option(Role.UNIT_HANDLER)
    sheet.get_by_label("理由").fill("调入")
    sheet.get_by_role("button", name="申请岗位").click()
    expect(page.get_by_text("等待审批")).to_be_visible()
    shot(page, "house-person")
    sign_in(page, "security")
    page.goto("/house/grants/")
    shot(page, "house-grants")
    page.get_by_role("link", name="同意", exact=True).click()
    page.get_by_role("button", name="同意", exact=True).click()
    arrive(page, "/house/grants/")
    shot(page, "house-granted")
    assert PetitionCase.objects.get(pk=case.pk).assignee == city.colleague.user
    held = Post.objects.held(timezone.localdate() + timedelta(days=1)).filter(user=city.handler.user)
    assert [post.unit for post in held] == [city.water]


def test_an_auditor_answers_who_saw_it_and_what_the_administrator_did(page: Page, city: Office) -> None:
    case = case_in(city, State.HANDLING, at=timezone.now())
    sign_in(page, "leader")
    page.goto(case.get_absolute_url())
    sign_in(page, "administrator")
    page.goto(f"/house/units/{city.water.pk}/amend/")
    page.get_by_label("电话").fill("0543-0000009")
    page.get_by_label("理由").fill("换了号码")
    page.get_by_role("button", name="更正资料").click()
    arrive(page, f"/house/units/{city.water.pk}/")
    sign_in(page, "auditor")
    page.goto("/audit/")
    page.get_by_label("编号、姓名、用户名或者机构").fill(case.number[-6:])
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("row", name="沈市长").filter(has_text="查看事项")).to_contain_text(case.number)
    shot(page, "audit-matter")
    page.get_by_label("编号、姓名、用户名或者机构").fill("杨管理")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("row").filter(has_text="更正资料")).to_contain_text("电话：（空） → 0543-0000009")
    shot(page, "audit-person")
