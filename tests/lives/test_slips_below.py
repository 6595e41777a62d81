"""收回转下级、移送纪检监察机关、更正后来信访件: the ways back of a unit, and of a later arrival."""

from datetime import date

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL, TAKING_BACK
from binzhou_xinfang.notices.writing import write_due
from cases.facts import earlier_letter
from cases.models import Correction, PetitionCase
from cases.people import Known, arrivals_of_person
from cases.permissions import likely_now, moves_now
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import Channel, Kind, LegalWay, Purpose
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import BUREAU, HOUSING, Life, assert_whole, begins, hour
from tests.office import MONDAY, ROADS, Office, case_in, led, register
from tests.told import telling

CHANNEL = {"discipline", "discipline-head"}


def passed_down(office: Office) -> Life:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.SIGN_FOR, "2026-09-24")
    life.do(Move.PASS_DOWN, "2026-09-28")
    return life


def test_who_passed_down_last_takes_it_back_while_it_is_unsigned_with_the_days_it_had(office: Office) -> None:
    life = passed_down(office)
    assert (life.case.state, life.case.holder) == (State.REFERRED, office.housing_below)
    life.refused(Move.TAKE_BACK, "2026-09-29", "岗位|不能收回", by=office.registrar)
    life.refused(Move.RETRIEVE, "2026-09-29", "岗位", by=office.county_housing)
    life.refused(Move.RETRIEVE, "2026-09-29", "岗位", by=office.head)
    life.do(Move.RETRIEVE, "2026-09-29", reason="应由另一分局办理")
    assert (life.case.state, life.case.holder, life.case.responsible) == (
        State.SIGNED_FOR, office.housing, office.housing,
    )  # fmt: skip
    assert (life.case.passers, life.case.sender) == ([], office.bureau)
    assert "county-housing" not in life.seen_by()
    # Received by the bureau 09-23: + 15 = Thu 10-08, as before the wrong way down.
    assert life.clock("notice") == "notice from 2026-09-23 until 2026-10-08: runs"
    letter = earlier_letter(life.case, TAKING_BACK)
    assert letter is not None
    assert letter.unit == office.housing
    life.do(Move.ACCEPT, "2026-10-08")
    assert_whole()


def test_what_was_signed_for_below_is_not_taken_back(office: Office) -> None:
    life = passed_down(office)
    life.do(Move.SIGN_FOR, "2026-09-29", by=office.county_housing)
    life.refused(Move.RETRIEVE, "2026-09-30", "不能收回转下级")


def test_a_referral_of_the_office_is_not_taken_back_as_one_that_was_passed_down(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.refused(Move.RETRIEVE, "2026-09-24", "不是转下级办理", by=office.registrar)


def test_a_body_passes_down_to_who_it_guides_at_a_lower_level(office: Office) -> None:
    guided = UnitFactory(code="371602-zj", name="滨城区住建局", parent=office.county, guided_by=office.housing)
    other = UnitFactory(code="371602-sl", name="滨城区水利局", parent=office.county, guided_by=office.water)
    for unit in (guided, other):
        PostFactory(unit=unit, role="unit-handler")
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.refused(Move.PASS_DOWN, "2026-09-24", "不是本机关、本系统的下级单位", to_unit="371602-sl")
    life.do(Move.PASS_DOWN, "2026-09-24", to_unit="371602-zj")
    assert life.case.holder == Unit.objects.get(code="371602-zj")


# --- what proves to be a report once a unit has it


def test_what_a_unit_finds_to_be_a_report_goes_to_the_organ_and_exists_for_the_unit_no_more(office: Office) -> None:
    life = begins(office, "2026-09-22", accused_unit=office.housing)
    for move, day in ((Move.TRIAGE, "2026-09-22"), (Move.REFER, "2026-09-23"), (Move.SIGN_FOR, "2026-09-24"),
                      (Move.ACCEPT, "2026-09-25"), (Move.INVESTIGATE, "2026-09-28")):  # fmt: skip
        life.do(move, day)
    assert life.seen_by() >= HOUSING
    life.refused(Move.TO_DISCIPLINE, "2026-09-29", "岗位", by=office.handler)
    life.refused(
        Move.TO_DISCIPLINE, "2026-09-29", "只能按照管理权限转送纪检监察机关", by=office.unit_head, to_unit="bzsl"
    )
    life.do(Move.TO_DISCIPLINE, "2026-09-29", by=office.unit_head)
    assert (life.case.state, life.case.holder, life.case.kind) == (
        State.REFERRED, office.discipline_unit, Kind.REPORT,
    )  # fmt: skip
    assert life.seen_by() == CHANNEL | {"head"}
    # 第二十三条第四款: nothing of ours runs there; what the unit owed is void, not met.
    assert [clock for clock in life.clocks() if clock.endswith("runs")] == []
    assert life.clock("handling").endswith("void 2026-09-29")
    letter = earlier_letter(life.case, REFERRAL)
    assert letter is not None
    assert letter.is_sealed
    # An objection of the organ comes to who took it in, and there it can be opened again.
    life.do(
        Move.OBJECT, "2026-09-30", by=office.discipline, reason="经核查，来件不含检举控告内容，应当由住建部门办理。"
    )
    assert life.case.holder == office.bureau
    life.do(Move.AGREE_OBJECTION, "2026-10-08", by=office.head)
    life.do(Move.UNSEAL, "2026-10-08", by=office.head, o_clock=10)
    assert life.seen_by() >= BUREAU
    assert_whole()


def test_the_head_of_the_office_does_it_for_a_unit_that_is_itself_reported(office: Office) -> None:
    life = begins(office, "2026-09-22", accused_unit=office.housing)
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.TO_DISCIPLINE, "2026-09-24", by=office.head)
    assert life.seen_by() == CHANNEL | {"head"}


def test_a_delivered_opinion_is_not_undone_by_it(office: Office) -> None:
    life = begins(office, "2026-09-22")
    for move, day in (
        (Move.TRIAGE, "2026-09-22"), (Move.REFER, "2026-09-23"), (Move.SIGN_FOR, "2026-09-24"),
        (Move.ACCEPT, "2026-09-25"), (Move.INVESTIGATE, "2026-09-28"), (Move.DRAFT, "2026-09-29"),
        (Move.CHECK, "2026-09-29"), (Move.SIGN, "2026-09-30"), (Move.DELIVER, "2026-09-30"),
    ):  # fmt: skip
        life.do(move, day, o_clock=11)
    life.refused(Move.TO_DISCIPLINE, "2026-10-08", "不能移送纪检监察机关", by=office.unit_head)


def test_a_department_keeps_no_report_for_itself(office: Office) -> None:
    PostFactory(unit=office.housing, role="registrar", user__username="named", reads_sealed=True)
    life = begins(office, "2026-09-22", by=office.housing_registrar, purpose=Purpose.EXPOSE, accused="某工作人员")
    report = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
    life.do(Move.TRIAGE, "2026-09-23", by=office.housing_registrar, **report)
    life.refused(Move.TAKE_UP, "2026-09-23", "按照管理权限处理", by=office.housing_registrar)
    life.do(Move.REFER, "2026-09-24", by=office.housing_registrar, to_unit="bzjw")
    assert life.seen_by() == CHANNEL


# --- a later arrival


def test_a_later_arrival_is_put_right_and_the_old_words_are_kept_with_it(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    before = life.clocks()
    assert Move.CORRECT_ARRIVAL not in moves_now(office.clerk, life.case)
    life.comes_again("2026-09-24", channel=Channel.LETTER)
    number = life.case.petitions.order_by("pk").reverse()[0].number
    sent = {"arrival": number, "people": ""}
    life.refused(Move.CORRECT_ARRIVAL, "2026-09-25", "没有改动", **sent)
    life.refused(Move.CORRECT_ARRIVAL, "2026-09-25", "不能晚于今天", **sent, arrived_on="2026-09-25")
    life.refused(Move.CORRECT_ARRIVAL, "2026-09-25", "11位手机号码", **sent, phone="139")
    life.refused(Move.CORRECT_ARRIVAL, "2026-09-25", "岗位", by=office.handler, **sent, phone="13911112222")
    life.do(Move.CORRECT_ARRIVAL, "2026-09-25", **sent, phone="13911112222", arrived_on="2026-09-23")
    first, later = life.case.petitions.order_by("pk")
    assert (later.lead.phone, later.arrived_on, first.lead.phone) == ("13911112222", date(2026, 9, 23), "13800000000")
    assert (str(life.case.received_on), life.clocks()) == ("2026-09-22", before)
    assert arrivals_of_person(Known(phone="13911112222")).count() == 1
    kept = Correction.objects.filter(case=life.case).order_by("pk")
    assert [(one.petition, one.entry) for one in kept] == [(later, "Petitioner.phone"), (later, "Petition.arrived_on")]
    event = life.case.events.get(kind=Move.CORRECT_ARRIVAL.value)
    assert event.detail["changes"][0] == {"entry": "手机号码", "old": "138****0000", "new": "139****2222"}
    assert event.detail["units"] == [office.housing.pk]
    # The receipt of the first arrival says nothing of it, its own does.
    clerk = signed_in(office.clerk)
    pages = [clerk.get(f"/petitions/{one.number}/receipt/").content.decode() for one in (first, later)]
    assert ["以本回执为准" in page for page in pages] == [False, True]
    assert_whole()


def test_an_arrival_that_joined_the_wrong_matter_stands_by_itself_with_its_days(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.comes_again("2026-09-24", content="路灯三个月不亮，晚上出行不便。")
    number = life.case.petitions.order_by("pk").reverse()[0].number
    sent = {"arrival": number, "region": "371602", "requests": ["修好路灯"]}
    life.refused(Move.DETACH, "2026-09-28", "岗位", by=office.clerk, **sent)
    life.do(Move.DETACH, "2026-09-28", **sent)
    assert (life.case.petition_count, life.case.petitions.count(), life.case.state) == (1, 1, State.REFERRED)
    assert Move.DETACH not in moves_now(office.registrar, life.case)
    assert life.case.events.get(kind="detach").detail["units"] == [office.housing.pk]
    own = Life(office, PetitionCase.objects.get(number=number), life.watched)
    assert (own.case.state, own.case.holder, own.case.registrar) == (
        State.REGISTERED, office.bureau, office.clerk.user,
    )  # fmt: skip
    # It came on 09-24, whenever the slip was found: + 15 = Fri 10-09.
    assert own.clocks() == ["triage from 2026-09-24 until 2026-10-09: runs"]
    assert [one.text for one in own.case.requests.all()] == ["修好路灯"]
    own.do(Move.TRIAGE, "2026-09-29")
    own.do(Move.REFER, "2026-09-29", o_clock=10)
    assert_whole()


# --- what is offered next


def test_a_supported_request_is_to_be_executed_before_the_file_is_closed(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    assert likely_now(office.handler, case) is Move.CLOSE
    supported = led(office, register(office).case, (*ROADS[State.EXECUTING][:-1],), at=MONDAY)
    assert supported.state == State.DELIVERED
    assert likely_now(office.handler, supported) is Move.ORDER_EXECUTION
    assert Move.CLOSE not in moves_now(office.handler, supported)


def test_who_is_named_where_it_was_taken_in_is_told_of_a_report_found_at_a_unit(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.TO_DISCIPLINE, "2026-09-24", by=office.unit_head)
    write_due(at=hour("2026-09-24", 10))
    told = telling("移送纪检监察机关", matter=life.case.pk)
    assert set(told.values_list("user__username", flat=True)) == {"head"}


# --- a wrong day of delivery


def test_a_day_of_delivery_that_was_typed_wrongly_is_put_right_and_takes_no_day_from_the_petitioner(
    office: Office,
) -> None:
    life = begins(office, "2026-08-24")
    for move, day in (
        (Move.TRIAGE, "2026-08-24"), (Move.REFER, "2026-08-24"), (Move.SIGN_FOR, "2026-08-25"),
        (Move.ACCEPT, "2026-08-25"), (Move.INVESTIGATE, "2026-08-26"), (Move.DRAFT, "2026-08-27"),
        (Move.CHECK, "2026-08-27"), (Move.SIGN, "2026-08-28"),
    ):  # fmt: skip
        life.do(move, day, o_clock=11)
    life.do(Move.DELIVER, "2026-09-07", delivered_on="2026-09-07")
    before = life.clock("review-request")
    life.refused(Move.CORRECT_DELIVERY, "2026-09-10", "岗位", by=office.handler, right_on="2026-09-08")
    life.refused(Move.CORRECT_DELIVERY, "2026-09-10", "不能晚于今天", right_on="2026-09-11")
    life.refused(Move.CORRECT_DELIVERY, "2026-09-10", "不能早于签发日期", right_on="2026-08-27")
    life.refused(Move.CORRECT_DELIVERY, "2026-09-10", "与原登录的送达日期相同", right_on="2026-09-07")
    # Earlier than written: the right stays as it was. 09-07 + 30 = Wed 10-07: legal Thu 10-08.
    life.do(Move.CORRECT_DELIVERY, "2026-09-10", right_on="2026-09-04")
    assert before == life.clock("review-request")
    assert before == "review-request from 2026-09-07 until 2026-10-07 (legal 2026-10-08): runs"
    # Later than written: it counts from then. 09-09 + 30 = Fri 10-09.
    life.do(Move.CORRECT_DELIVERY, "2026-09-10", right_on="2026-09-09", o_clock=10)
    assert life.clock("review-request") == "review-request from 2026-09-09 until 2026-10-09: runs"
    page = signed_in(office.unit_head).get(life.case.get_absolute_url()).content.decode()
    assert "送达日期登录有误，已经更正" in page
    assert_whole()


# --- what the letters of who passes a matter on say


def test_who_passes_it_on_says_when_and_from_whom_it_came(office: Office) -> None:
    life = passed_down(office)
    for kind in (REFERRAL, PROCEDURAL_ACCEPTANCE):
        letter = earlier_letter(life.case, kind)
        assert letter is not None
        text = "".join(letter.paragraphs)
        assert "由滨州市信访局2026年9月23日转送，我单位于2026年9月23日收到" in text
        assert "收到并登记" not in text


def test_a_department_hands_a_report_over_by_article_30(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.TO_DISCIPLINE, "2026-09-24", by=office.unit_head)
    letter = earlier_letter(life.case, REFERRAL)
    assert letter is not None
    text = "".join(letter.paragraphs)
    assert "根据《信访工作条例》第三十条第一款的规定" in text
    assert "理由是：属于检举控告类信访事项，按照管理权限由纪检监察机关处理。" in text


def test_an_arrival_taken_out_of_a_report_keeps_out_who_is_accused(office: Office) -> None:
    accused = PostFactory(unit=office.bureau, role=Role.REGISTRAR, reads_sealed=True, user__name="王建国")
    life = begins(office, "2026-09-22", purpose=Purpose.EXPOSE, accused="王建国")
    life.comes_again("2026-09-24", content="路灯三个月不亮，晚上出行不便。")
    number = life.case.petitions.order_by("pk").reverse()[0].number
    sent = {"arrival": number, "region": "371602", "requests": ["修好路灯"]}
    life.do(Move.DETACH, "2026-09-28", by=office.head, **sent)
    own = PetitionCase.objects.get(number=number)
    assert (own.is_sealed, own.accused) == (True, "王建国")
    assert own not in visible_to(accused)
