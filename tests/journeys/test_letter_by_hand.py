"""A letter by hand in a real browser: chosen in a side sheet, filled in, checked, signed by three people."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.accounts.roles import Role
from cases.models import LetterDraft
from cases.states import State
from tests.factories import PostFactory
from tests.journeys.steps import open_sheet, sign_in
from tests.office import Office, case_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_supervision_letter_goes_through_three_hands(page: Page, city: Office) -> None:
    PostFactory(unit=city.bureau, role=Role.REGISTRAR, user__username="checker", user__name="何审稿")
    case = case_in(city, State.HANDLING, at=timezone.now() - timedelta(days=3))

    sign_in(page, "registrar")
    page.goto(case.get_absolute_url())
    open_sheet(page, "拟制文书").get_by_role("link", name="督办函").click()
    expect(page.get_by_label("主送对象")).to_have_value("市住房和城乡建设局")
    page.get_by_label("存在的问题").fill("超期未办结")
    page.get_by_label("查明的事实").fill("60日已满，没有答复信访人")
    page.get_by_label("依据", exact=True).fill("《信访工作条例》第三十四条")
    page.get_by_role("button", name="保存，交审核").click()
    expect(page.get_by_role("status").filter(has_text="还缺")).to_contain_text("还缺 1 项，补齐前不能签发：督办要求")
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("督办要求").fill("立即办结并答复信访人\n说明超期原因")
    page.get_by_role("button", name="保存，交审核").click()
    expect(page.locator(".draft-paper")).to_contain_text("（二）说明超期原因。")
    place = page.url

    for username, label in (("checker", "审核通过"), ("head", "签发")):
        sign_in(page, username)
        page.goto("/drafts/")
        page.locator("[aria-labelledby=waiting]").get_by_role("link", name="督办函").click()
        expect(page).to_have_url(place)
        open_sheet(page, label).get_by_role("button", name=label, exact=True).click()
        expect(page.locator(".messages, .alert-success").first).to_contain_text(f"已{label}督办函")
    draft = LetterDraft.objects.get()
    assert draft.letter is not None
    expect(page.locator(".draft-paper")).to_contain_text(draft.letter.number)
    page.goto(case.get_absolute_url())
    expect(page.locator("#letters")).to_contain_text(draft.letter.number)
    expect(page.locator("#course")).to_contain_text("签发文书")
