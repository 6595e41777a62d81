"""The way of 第三十一条: chosen by who has the power, changed when it turns out another, led out with its letter."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from cases.checks import check_tables
from cases.house.loading import ROUTES, load_routes
from cases.made_up.demo.scans import scan
from cases.models import LegalRoute, Topic
from cases.states import FIELDS, HANDLERS, MAY, Move, State
from cases.states import table as table_of_moves
from cases.vocabulary import Channel, Kind, LegalWay
from cases.web.procedure.forms import MOVE_FORMS
from supervision.queries import lights_by_unit
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import MONDAY, Office, case_in, maker, step, undone

LITIGATION = {"kind": Kind.LITIGATION, "legal_way": LegalWay.JUSTICE}


@pytest.fixture
def court(office: Office) -> Unit:
    court: Unit = UnitFactory(
        code="bzfy", name="市中级人民法院", kind=UnitKind.JUDICIAL, parent=office.city, letter_mark="滨法"
    )
    PostFactory(unit=court, role="unit-handler", user__username="judge")
    return court


def handled(office: Office) -> Life:
    life = begins(office, "2026-09-21")
    for move, day in (
        (Move.TRIAGE, "2026-09-22"), (Move.REFER, "2026-09-22"), (Move.SIGN_FOR, "2026-09-23"),
        (Move.ACCEPT, "2026-09-24"), (Move.INVESTIGATE, "2026-09-28"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def last_letter(life: Life) -> Any:
    return life.case.letters.select_related("letter").order_by("pk").reverse()[0].letter


def test_a_lawsuit_learned_of_in_the_handling_leads_it_out(office: Office) -> None:
    life = handled(office)
    life.do(Move.LEAD_OUT, "2026-10-08", by=office.unit_head, answer_limit="按有关规定")
    assert (life.case.state, life.case.legal_way) == (State.ROUTED, LegalWay.JUSTICE)
    # 09-24 + 60 = Mon 11-23: cancelled on the day, not met.
    assert life.clock("handling") == "handling from 2026-09-24 until 2026-11-23: void 2026-10-08"
    letter = last_letter(life)
    assert (letter.kind, letter.facts["organ"], letter.facts["answer_limit"]) == (
        "statutory-route", "有管辖权的人民法院", "按有关规定",
    )  # fmt: skip
    event = life.case.events.order_by("seq").last()
    assert event is not None
    assert (event.detail["way_before"], event.detail["way"]) == ("a31-6", "a31-1")
    assert_whole()


def test_leading_out_is_decided_by_the_head_alone(office: Office) -> None:
    life = handled(office)
    for post in (office.handler, office.registrar):
        with pytest.raises(Refusal, match="不能"):
            life.do(Move.LEAD_OUT, "2026-10-08", by=post)
    answer = program(office.water_head).post(f"/api/cases/{life.case.number}/moves/lead-out/", {}, format="json")
    assert answer.status_code == 404


def test_advice_is_led_nowhere(office: Office) -> None:
    life = begins(office, "2026-09-21", purpose="advise")
    life.do(Move.TRIAGE, "2026-09-22", kind=Kind.ADVICE, legal_way=LegalWay.ADVICE)
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.do(Move.UNDERTAKE, "2026-09-24")
    life.refused(Move.LEAD_OUT, "2026-09-28", "不导入其他法定途径", by=office.unit_head)


def test_who_has_the_power_changes_the_way_before_it_tells_the_petitioner(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.refused(Move.ROUTE, "2026-09-28", "才导入法定途径", by=office.unit_head)
    life.do(Move.CHANGE_WAY, "2026-09-28", legal_way=LegalWay.ADMINISTRATIVE)
    life.refused(Move.ACCEPT, "2026-09-28", "不是信访程序")
    life.refused(Move.ROUTE, "2026-09-29", "不能对该事项", by=office.handler)
    life.refused(Move.ROUTE, "2026-09-29", "写明理由", by=office.unit_head, reason="")
    life.do(Move.ROUTE, "2026-09-29", by=office.unit_head)
    assert life.clock("notice") == "notice from 2026-09-22 until 2026-10-07 (legal 2026-10-08): met 2026-09-29"


@pytest.mark.parametrize("move", [Move.ROUTE, Move.LEAD_OUT])
def test_what_a_unit_took_in_on_itself_is_led_out_by_the_office_above_alone(office: Office, move: Move) -> None:
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-09-22", by=office.housing_registrar)
    life.do(Move.TAKE_UP, "2026-09-22")
    if move is Move.ROUTE:
        life.do(Move.CHANGE_WAY, "2026-09-23", legal_way=LegalWay.ADMINISTRATIVE)
    else:
        life.do(Move.ACCEPT, "2026-09-23")
    for post in (office.housing_registrar, office.handler, office.unit_head):
        life.refused(move, "2026-09-24", "不能对该事项", by=post)
    life.do(move, "2026-09-24", by=office.head)
    assert life.case.state == State.ROUTED


@pytest.mark.usefixtures("table")
def test_an_entry_of_another_way_leads_nowhere(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22", legal_way=LegalWay.ADMINISTRATIVE)
    other = LegalRoute.objects.filter(way=LegalWay.ARBITRATION)[0]
    life.refused(Move.ROUTE, "2026-09-22", "不属于", listed=other.code)


def test_before_acceptance_too_a_head_alone_leads_a_claim_out_and_the_office_is_told(office: Office) -> None:
    life = begins(office, "2026-09-21")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        life.do(move, "2026-09-22")
    life.refused(
        Move.CHANGE_WAY, "2026-09-23", "岗位", by=office.handler, legal_way=LegalWay.STATUTORY_DUTY, reason="属于履职"
    )
    life.do(Move.CHANGE_WAY, "2026-09-23", legal_way=LegalWay.STATUTORY_DUTY, reason="属于履职")
    assert life.case.events.get(kind=Move.CHANGE_WAY.value).detail["units"] == [office.bureau.pk]
    # And of days beyond those of an opinion, whoever sets them.
    life.refused(Move.UNDERTAKE, "2026-09-23", "写明规定该期限的法律", days=61)
    life.do(Move.UNDERTAKE, "2026-09-23", days=365, period_basis="《某条例》第八条")
    assert "依照《某条例》第八条的规定，我单位最迟于" in "".join(str(line) for line in last_letter(life).paragraphs)
    assert life.case.events.get(kind=Move.UNDERTAKE.value).detail["units"] == [office.bureau.pk]


def test_the_start_up_check_finds_a_handler_who_would_lead_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_tables(None) == []
    for move in (Move.CHANGE_WAY, Move.TAKE_AS_DUTY, Move.LEAD_OUT):
        with monkeypatch.context() as patch:
            patch.setitem(table_of_moves._duties, move, replace(MAY[move], roles=HANDLERS))
            assert any("应当由负责人决定" in str(fault.msg) for fault in check_tables(None))
        with monkeypatch.context() as patch:
            patch.setitem(table_of_moves._fields, move, {k: v for k, v in FIELDS[move].items() if k != "units"})
            assert any("告知登记机构" in str(fault.msg) for fault in check_tables(None))


def test_the_same_way_again_is_refused(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.refused(Move.CHANGE_WAY, "2026-09-28", "可选的范围|已经是", legal_way=LegalWay.PETITION)


def test_a_letter_about_litigation_goes_to_the_justice_organ_of_the_level_and_nowhere_else(
    office: Office, court: Unit
) -> None:
    below = UnitFactory(
        code="bcfy", name="滨城区人民法院", kind=UnitKind.JUDICIAL, parent=office.county, letter_mark=""
    )
    life = begins(office, "2026-09-21", channel=Channel.LETTER)
    life.do(Move.TRIAGE, "2026-09-22", **LITIGATION)
    for code in ("bzzj", below.code):
        life.refused(Move.REFER, "2026-09-23", "同级政法部门", to_unit=code)
    life.refused(Move.ASSIGN, "2026-09-23", "请转送", by=office.head, to_unit=court.code)
    life.do(Move.REFER, "2026-09-23", to_unit=court.code)
    # 第二十三条第四款: none of our days is asked of it, and none stands in the letter.
    assert life.clocks() == ["triage from 2026-09-21 until 2026-10-06 (legal 2026-10-08): met 2026-09-23"]
    text = "".join(str(line) for line in life.case.letters.get(letter__kind="referral").letter.paragraphs)
    assert ("15日" in text, "5个工作日" in text, "第二十三条第四款" in text) == (False, False, True)
    life.until("2026-12-31")
    assert lights_by_unit(office.leader, life.watched) == []


def test_a_visit_about_litigation_is_guided_on_the_spot(office: Office, court: Unit) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22", **LITIGATION)
    life.refused(Move.REFER, "2026-09-22", "当场释法明理", to_unit=court.code)
    life.do(Move.ROUTE, "2026-09-22")
    assert "第二十二条第二款" in last_letter(life).facts["basis"]


def test_the_organ_of_discipline_objects_without_our_five_days(office: Office) -> None:
    life = begins(office, "2026-09-21", purpose="expose")
    life.do(Move.TRIAGE, "2026-09-22", by=office.head, kind=Kind.REPORT, legal_way=LegalWay.DISCIPLINE)
    life.do(Move.REFER, "2026-09-22", by=office.head, to_unit="bzjw")
    assert [clock for clock in life.clocks() if not clock.startswith("triage")] == []
    life.do(Move.OBJECT, "2026-10-20", by=office.discipline)
    assert life.case.state == State.OBJECTED


@pytest.fixture
def table(office: Office) -> None:
    load_routes(ROUTES, at=timezone.now())


@pytest.mark.usefixtures("table")
def test_the_table_is_offered_at_the_triage_by_its_content(office: Office) -> None:
    Topic.objects.create(code="110201", level_1="政法", level_2="诉讼", level_3="民事诉讼")
    life = begins(office, "2026-09-21", topic=Topic.objects.get(code="110201"))
    form = MOVE_FORMS[Move.TRIAGE](case=life.case, post=office.registrar)
    assert (form.initial["kind"], form.initial["legal_way"]) == (Kind.LITIGATION, LegalWay.JUSTICE)
    assert "申请再审" in str(form.fields["legal_way"].help_text)


@pytest.mark.usefixtures("table")
def test_an_entry_of_the_table_fills_what_is_left_empty(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22", legal_way=LegalWay.ADMINISTRATIVE)
    blank = dict.fromkeys(("procedure", "organ", "time_limit", "materials"), "")
    life.refused(Move.ROUTE, "2026-09-22", "从法定途径清单中选择", by=maker(office, Move.ROUTE), **blank)
    life.do(Move.ROUTE, "2026-09-22", listed="review", reason="", **blank)
    facts = last_letter(life).facts
    assert (facts["route"], facts["time_limit"]) == ("行政复议", "自知道或者应当知道该行政行为之日起60日内")


@pytest.mark.usefixtures("table")
def test_the_guide_is_printed_for_the_table_a_content_and_a_procedure(office: Office) -> None:
    reader = signed_in(office.clerk)
    assert "劳动人事争议仲裁" in reader.get("/ways/").content.decode()
    assert "60日" in reader.get("/ways/review/").content.decode()
    LegalRoute.objects.filter(code="review").update(is_current=False)
    assert reader.get("/ways/review/").status_code == 404
    listed = program(office.clerk).get("/api/legal-ways/?topic=030504").json()
    assert {row["code"] for row in listed} >= {"civil-action"}


def test_what_the_office_has_changed_is_not_loaded_over(office: Office) -> None:
    load_routes(ROUTES, at=timezone.now())
    LegalRoute.objects.filter(code="review").update(organ="滨州市人民政府")
    load_routes(ROUTES, at=timezone.now())
    assert LegalRoute.objects.get(code="review").organ == "滨州市人民政府"


def test_a_claim_that_proves_a_duty_of_the_unit_goes_on_with_the_days_of_its_first_notice(office: Office) -> None:
    life = handled(office)
    life.do(Move.DRAFT, "2026-09-29")
    life.refused(Move.TAKE_AS_DUTY, "2026-09-30", "不能", by=office.handler)
    life.refused(Move.TAKE_AS_DUTY, "2026-10-08", "已经届满", days=1)
    life.do(Move.TAKE_AS_DUTY, "2026-10-08", days=75)
    assert (life.case.state, life.case.legal_way, life.case.drafter) == (
        State.UNDERTAKEN, LegalWay.STATUTORY_DUTY, None,
    )  # fmt: skip
    # 09-24 + 75 = Tue 12-08: from the acceptance, not from the change.
    assert life.clock("own-way") == "own-way from 2026-09-24 until 2026-12-08: runs"
    assert life.clock("handling").endswith("void 2026-10-08")
    letter = last_letter(life)
    assert letter.kind == "own-way-notice"
    assert "原《受理告知书》告知的途径和期限不再适用" in "".join(letter.paragraphs)
    # The days of a way are the unit's own word: the office that took the matter in is told.
    assert life.case.events.order_by("-seq")[0].detail["units"] == [office.bureau.pk]
    life.do(Move.TAKE_AS_CLAIM, "2026-10-12")
    assert (life.case.state, life.case.legal_way) == (State.ACCEPTED, LegalWay.PETITION)
    assert life.clock("handling") == "handling from 2026-09-24 until 2026-11-23: runs"
    assert last_letter(life).facts["accepted_on"] == "2026-09-24"
    assert_whole()


def test_a_change_of_way_after_the_last_day_stays_late(office: Office) -> None:
    life = handled(office)
    life.refused(Move.TAKE_AS_DUTY, "2026-11-24", "写明逾期的原因", late_reason="")
    life.do(Move.TAKE_AS_DUTY, "2026-11-24", late_reason="没有及时甄别")
    assert life.case.deadlines.get(rule="handling").was_in_time is False


def test_a_claim_becomes_advice_by_the_word_of_who_made_it_alone(office: Office) -> None:
    life = handled(office)
    life.refused(Move.TAKE_AS_DUTY, "2026-10-08", "请附上其他证明材料", ground="advice")
    life.do(Move.TAKE_AS_DUTY, "2026-10-08", ground="advice", paper_other_proof=scan("信访人的书面说明"))
    assert (life.case.kind, life.case.legal_way) == (Kind.ADVICE, LegalWay.ADVICE)
    told = life.case.events.order_by("-seq")[0].detail
    assert told["units"] == [office.bureau.pk]


def test_a_claim_that_was_no_advice_after_all_is_a_claim_again_with_its_first_days(office: Office) -> None:
    life = handled(office)
    life.do(Move.TAKE_AS_DUTY, "2026-10-08", ground="advice", paper_other_proof=scan("信访人的书面说明"))
    life.do(Move.STUDY, "2026-10-09")
    life.do(Move.TAKE_AS_CLAIM, "2026-10-12")
    assert (life.case.kind, life.case.legal_way, life.case.state) == (Kind.CLAIM, LegalWay.PETITION, State.ACCEPTED)
    assert life.clock("handling") == "handling from 2026-09-24 until 2026-11-23: runs"


def test_advice_that_never_was_a_claim_becomes_none(office: Office) -> None:
    life = begins(office, "2026-09-21", purpose="advise")
    life.do(Move.TRIAGE, "2026-09-22", kind=Kind.ADVICE.value, legal_way=LegalWay.ADVICE.value)
    for move, day in ((Move.REFER, "2026-09-22"), (Move.SIGN_FOR, "2026-09-23"), (Move.UNDERTAKE, "2026-09-24")):
        life.do(move, day)
    life.refused(Move.TAKE_AS_CLAIM, "2026-09-25", "不是由申诉求决类变更而来的")


def test_a_notice_after_the_last_day_says_that_it_has_passed(office: Office) -> None:
    life = handled(office)
    life.do(Move.TAKE_AS_DUTY, "2026-10-08", days=75)
    # 09-24 + 60 = Mon 11-23.
    life.do(Move.TAKE_AS_CLAIM, "2026-11-23")
    said = "".join(last_letter(life).paragraphs)
    assert "自2026年9月24日起受理，最迟于2026年11月23日办结" in said
    life.do(Move.TAKE_AS_DUTY, "2026-11-23", days=75)
    life.do(Move.TAKE_AS_CLAIM, "2026-11-24")
    said = "".join(last_letter(life).paragraphs)
    assert "办理期限已于2026年11月23日届满，我单位将抓紧办结并书面答复你" in said
    assert "最迟于" not in said


def test_what_was_ordered_to_be_done_again_is_answered_by_an_opinion(office: Office) -> None:
    redone = Life(office, case_in(office, State.REDO_ORDERED, at=hour("2026-09-21")), date(2026, 9, 21))
    redone.do(Move.RESTART, "2026-09-22")
    redone.refused(Move.TAKE_AS_DUTY, "2026-09-23", "应当重新作出处理意见")


def test_a_body_to_which_another_s_matter_is_brought_tells_the_petitioner_where_to_go(office: Office) -> None:
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-09-22", by=office.housing_registrar)
    life.refused(Move.REFER, "2026-09-22", "不是本系统的下级单位", by=office.housing_registrar, to_unit="bzsl")
    life.do(Move.DECLINE, "2026-09-23", by=office.unit_head, ground="not-ours", right_way="请向市水利局提出")
    assert life.case.state == State.DECLINED
    assert last_letter(life).facts["basis"] == "《信访工作条例》第二十三条第一款"


def test_a_body_passes_what_was_brought_to_it_on_to_those_below_it(office: Office) -> None:
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-09-22", by=office.housing_registrar)
    life.do(Move.REFER, "2026-09-22", by=office.housing_registrar, to_unit="bzzj-zj")
    assert life.case.holder == office.housing_below


def test_the_petition_office_and_a_unit_that_was_sent_it_do_not_decline_what_is_not_theirs(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.refused(Move.DECLINE, "2026-09-22", "应当转送有权处理的机关", ground="not-ours")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.refused(Move.DECLINE, "2026-09-24", "请提出异议", by=office.unit_head, ground="not-ours")


def test_a_letter_about_litigation_is_not_answered_by_guiding_who_wrote_it(office: Office) -> None:
    life = begins(office, "2026-09-21", channel=Channel.LETTER)
    life.do(Move.TRIAGE, "2026-09-22", **LITIGATION)
    # Where no organ is registered at the level, the way is told.
    with undone():
        life.do(Move.ROUTE, "2026-09-22")
        assert life.case.state == State.ROUTED
    life.reload()
    UnitFactory(code="bzfy", name="市中级人民法院", kind=UnitKind.JUDICIAL, parent=office.city, letter_mark="滨法")
    life.refused(Move.ROUTE, "2026-09-22", "应当转送同级政法部门依法处理（市中级人民法院）")
    life.do(Move.REFER, "2026-09-22", to_unit="bzfy")
    assert life.case.state == State.REFERRED


@pytest.mark.usefixtures("table")
def test_the_entry_that_is_chosen_is_told_and_not_the_one_that_was_proposed(office: Office) -> None:
    topic = Topic.objects.create(code="040501", level_1="劳动保障", level_2="劳动争议", level_3="劳动报酬")
    life = begins(office, "2026-09-21", topic=topic)
    life.do(Move.TRIAGE, "2026-09-22", legal_way=LegalWay.ARBITRATION, topic=topic.code)
    page, url = signed_in(office.head), f"{life.case.get_absolute_url()}moves/route/"
    form = MOVE_FORMS[Move.ROUTE](case=life.case, post=office.head)
    assert form.initial["listed"] == "labour-arbitration"
    assert "劳动人事争议仲裁委员会" in page.get(url).content.decode()
    assert "合同约定的仲裁委员会提出" in page.get(url, {"listed": "commercial-arbitration"}).content.decode()
    shown = {name: form.initial.get(name, "") for name in ("procedure", "organ", "time_limit", "materials")}
    life.do(Move.ROUTE, "2026-09-22", **shown | {"listed": "commercial-arbitration"}, reason="")
    assert last_letter(life).facts["organ"] == "合同约定的仲裁委员会"


@pytest.mark.parametrize("state", [State.OBJECTED, State.DISPUTED, State.EXTENSION_REFERRED])
def test_a_report_is_sealed_while_the_matter_waits_for_somebody_s_word(office: Office, state: State) -> None:
    case = case_in(office, state)
    life = Life(office, case, case.received_on)
    life.case = step(office, case, Move.TO_DISCIPLINE, at=MONDAY + timedelta(days=30), by=office.head)
    life.reload()
    assert (life.case.state, life.case.holder, life.case.is_sealed) == (State.REFERRED, office.discipline_unit, True)
    assert life.seen_by() == {"discipline", "discipline-head", "head"}
    assert not life.case.deadlines.running().exists()
    assert_whole()
