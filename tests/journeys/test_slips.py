"""Slips of a tired person, put right in a real browser: wrong unit, wrong name, and one who has been here before."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import CaseEvent, Petitioner
from cases.states import Move, State
from cases.vocabulary import PartyRole
from cases.window.registration import Party
from cases.window.registration import register as register_arrival
from tests.journeys.steps import make_move, open_sheet, sign_in
from tests.office import Office, arrival, case_in, matter, register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_wrong_referral_is_called_back_and_goes_to_the_right_unit(page: Page, city: Office) -> None:
    case = case_in(city, State.REFERRED, at=timezone.now())
    sign_in(page, "registrar")
    make_move(page, case.number, "收回转送", {"reason": "误选了单位"})
    make_move(page, case.number, "转送", 责任单位="水利")
    case.refresh_from_db()
    assert (case.state, case.holder) == (State.REFERRED, city.water)
    kinds = CaseEvent.objects.filter(case=case).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-3:] == [Move.REFER, Move.TAKE_BACK, Move.REFER]
    sign_in(page, "handler")
    page.goto("/work/desk/")
    expect(page.locator("#main")).not_to_contain_text(case.title)


def test_a_wrong_name_is_corrected_and_the_receipt_printed_again(page: Page, city: Office) -> None:
    petition = register(city, at=timezone.now())
    sign_in(page, "clerk")
    page.goto(petition.case.get_absolute_url())
    sheet = open_sheet(page, "更正登记")
    sheet.locator("[name=correction_reason]").fill("姓名写错")
    sheet.locator("summary").filter(has_text="信访人").first.click()
    sheet.locator("[name=name]").fill("刘建军")
    sheet.get_by_role("button", name="更正登记", exact=True).click()
    expect(page.locator(".messages, .alert-success").first).to_contain_text("更正登记")
    page.goto(f"/petitions/{petition.number}/receipt/")
    expect(page.locator(".receipt").first).to_contain_text("刘建军")
    assert Petitioner.objects.get(pk=petition.lead_id).name == "刘建军"


def test_a_representative_who_comes_alone_is_recognised(page: Page, city: Office) -> None:
    other = Petitioner(name="王建国", phone="13905430002", address="某小区2号楼")
    came = arrival(
        timezone.localdate(),
        companions=[Party(other, PartyRole.REPRESENTATIVE)],
        petition={"people": 5},
    )
    earlier = register_arrival(came, matter(city), by=city.clerk, at=timezone.now())
    sign_in(page, "clerk")
    page.goto("/register/")
    page.get_by_label("手机号码").press_sequentially("13905430002")
    expect(page.locator("#person")).to_contain_text(earlier.number)
    expect(page.locator("#person")).to_contain_text("代表")
    expect(page.locator("#person")).not_to_contain_text("可能是初次反映")
