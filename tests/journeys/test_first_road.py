"""From a visit at the window to a delivered reply, in a real browser; and the watch of a real Celery worker."""

from datetime import timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.celery import app
from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.letters.kinds.handling import DELIVERY_PROOF, OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.statute.models import current_calendar
from binzhou_xinfang.statute.periods import LAPSE, Rule
from binzhou_xinfang.statute.reckoning import reckon
from cases.attaching import ATTACHED
from cases.made_up.demo.scans import scan
from cases.models import Alert, PetitionCase
from cases.states import Move, State
from cases.tasks import sweep_deadlines
from tests.journeys.steps import arrive, make_move, open_sheet, sign_in, type_pick
from tests.office import Office, register
from tests.patience import wait_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ID_NUMBER = "371602198005170014"


def register_by_keyboard(page: Page) -> str:
    """An ordinary visit, typed without the mouse; returns its number from the receipt."""
    page.goto("/register/")
    page.keyboard.type(ID_NUMBER)
    page.keyboard.press("Tab")
    page.get_by_label("姓名（名称）").press_sequentially("刘建国")
    page.get_by_label("手机号码").press_sequentially("13805430001")
    expect(page.get_by_label("性别")).to_have_value("male")
    page.get_by_label("投诉内容").press_sequentially("小区地下车库漏水，物业以维修资金不足为由未修，多次反映无果。")
    page.get_by_label("主要诉求").press_sequentially("明确维修责任单位和期限")
    type_pick(page, "问题属地", "滨城")
    type_pick(page, "内容分类", "物业")
    page.keyboard.press("Control+Enter")
    arrive(page, "/petitions/[^/]+/receipt/")
    return page.url.split("/petitions/")[1].split("/")[0]


def deliver_by_hand(page: Page, number: str) -> None:
    """Look at what another way would ask, and enter a delivery by hand with its signed receipt."""
    page.goto(f"/cases/{number}/")
    sheet = open_sheet(page, "送达")
    expect(sheet.get_by_label("邮件号")).to_be_hidden()
    sheet.get_by_label("送达方式").select_option("post")
    expect(sheet.get_by_label("邮件号")).to_be_visible()
    expect(sheet.get_by_label("送达地点")).to_be_hidden()
    sheet.get_by_label("送达方式").select_option("direct")
    sheet.get_by_label("与信访人的关系").select_option(label="本人")
    sheet.get_by_label("送达地点").fill("渤海小区社区服务中心")
    receipt = scan("送达回证")
    sheet.locator("[name=paper_delivery_receipt]").set_input_files(
        {"name": receipt.name or "", "mimeType": "image/png", "buffer": receipt.read()}
    )
    sheet.get_by_role("button", name="送达", exact=True).click()
    expect(page.locator(".messages, .alert-success").first).to_contain_text("送达")
    expect(page.locator("#deliveries")).to_contain_text("有送达凭证，自")


def test_a_visit_goes_from_the_window_to_a_delivered_reply(page: Page, city: Office) -> None:
    sign_in(page, "clerk")
    number = register_by_keyboard(page)
    expect(page.locator("body")).to_contain_text("查询码")
    sign_in(page, "registrar")
    make_move(page, number, "甄别", {"kind": "claim", "legal_way": "a31-6"})
    make_move(page, number, "转送", 责任单位="住房")
    sign_in(page, "handler")
    make_move(page, number, "签收")
    make_move(page, number, "告知受理")
    make_move(page, number, "记录调查", {"note": "到现场查看，顶板防水层老化。", "heard_petitioner": "on"})
    page.goto(f"/cases/{number}/")
    page.get_by_role("link", name="拟稿意见书", exact=True).click()
    arrive(page, f"/cases/{number}/moves/draft/")
    expect(page.locator("#opinion-check")).to_contain_text("第1项诉求还没有答复")
    page.locator("[name=facts]").fill("经查，车库顶板防水层老化，物业未按约定维修。")
    page.locator("[name=answers-1-result][value=support]").check()
    page.locator("[name=answers-1-text]").fill("由物业公司于本月底前维修完毕。")
    page.locator("[name=basis]").fill("《住宅专项维修资金管理办法》")
    expect(page.get_by_label("复查机关")).to_have_value("bzfc")
    expect(page.locator("#opinion-check")).to_contain_text("已通过签发前的各项检查")
    expect(page.locator("#opinion-check .draft-paper")).to_contain_text("由物业公司于本月底前维修完毕。")
    page.get_by_role("button", name="拟稿意见书，交审核").click()
    expect(page.locator("#main")).to_contain_text("意见书待审核")
    sign_in(page, "colleague")
    make_move(page, number, "审核通过")
    sign_in(page, "unit-head")
    make_move(page, number, "签发意见书")
    sign_in(page, "handler")
    deliver_by_hand(page, number)

    case = PetitionCase.objects.get(number=number)
    today, calendar = timezone.localdate(), current_calendar()
    assert (case.state, case.lead.born_on.isoformat()) == (State.DELIVERED, "1980-05-17")
    assert [event.kind for event in case.events.order_by("seq")] == [
        Move.REGISTER,
        Move.TRIAGE,
        Move.REFER,
        Move.SIGN_FOR,
        Move.ACCEPT,
        Move.INVESTIGATE,
        Move.DRAFT,
        Move.CHECK,
        Move.SIGN,
        ATTACHED,
        Move.DELIVER,
    ]
    clocks = {clock.rule: (clock.started_on, clock.legal_on, clock.is_running) for clock in case.deadlines.all()}
    running = {Rule.TRIAGE: False, Rule.NOTICE: False, Rule.OBJECTION: False, Rule.HANDLING: False}
    # The petitioner's rights, and what the unit owes now: what it supported has to be executed.
    opened = {Rule.DELIVERY: False, Rule.REVIEW_REQUEST: True, Rule.EVALUATION: True, Rule.EXECUTION_ORDER: True}
    assert clocks == {
        rule: (today, reckon(rule, today, calendar=calendar).legal, is_running)
        for rule, is_running in (running | opened).items()
    }
    kinds = [link.letter.kind for link in case.letters.select_related("letter")]
    assert kinds == [
        REFERRAL,
        PROCEDURAL_ACCEPTANCE,
        ACCEPTANCE,
        OPINION,
        DELIVERY_PROOF,
    ]


def test_the_person_s_earlier_petition_is_shown_while_the_phone_is_typed(page: Page, city: Office) -> None:
    earlier = register(city, at=timezone.now() - timedelta(days=40))
    sign_in(page, "clerk")
    page.goto("/register/")
    page.get_by_label("手机号码").press_sequentially("13800000000")
    expect(page.locator("#person")).to_contain_text(earlier.number)


def test_a_due_day_is_explained_on_a_click(page: Page, city: Office) -> None:
    case = register(city, at=timezone.now()).case
    sign_in(page, "registrar")
    page.goto(f"/cases/{case.number}/")
    page.locator("#clocks a").first.click()
    expect(page.locator("#sheet-body")).to_contain_text("第二十二条")


def test_a_worker_of_celery_marks_a_lapsed_clock_once(city: Office) -> None:
    case = register(city, at=timezone.now() - timedelta(days=40)).case
    with start_worker(app, perform_ping_check=False, pool="solo"):
        for _ in range(2):
            sweep_deadlines.delay()
        wait_for(Alert.objects.filter(deadline__case=case, days=LAPSE).exists, "the worker sweeps")
    assert Alert.objects.filter(deadline__case=case, days=LAPSE).count() == 1
