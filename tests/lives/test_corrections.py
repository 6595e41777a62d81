"""更正、补充、作废、收回转送、解除保密: the ways back from a slip at the window, over two breaks."""

from datetime import date

import pytest

from binzhou_xinfang.letters.kinds.handing_over import TAKING_BACK
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.facts import earlier_letter
from cases.models import Correction, PetitionCase, Petitioner
from cases.people import Known, arrivals_of_person
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import Channel, Purpose
from tests.lives.story import BUREAU, HOUSING, WATER, assert_whole, begins, hour
from tests.office import Office


def told(office: Office) -> list[str]:
    """List the readers of the bells, in the order of the messages, after the outbox was written."""
    return list(Message.objects.order_by("pk").values_list("user__username", flat=True))


def test_a_day_that_was_written_down_wrongly_is_put_right_and_the_15_days_with_it(office: Office) -> None:
    # 来信 came on 09-18 and was entered on 09-22 with the day of the entry.
    life = begins(office, "2026-09-22", channel=Channel.LETTER)
    # 09-22 + 15 = Wed 10-07, the last day of National Day: legal Thu 10-08.
    assert life.clocks() == ["triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): runs"]
    life.refused(Move.CORRECT, "2026-09-23", "没有改动", region_detail="")
    life.refused(Move.CORRECT, "2026-09-23", "应当由负责人更正", arrived_on="2026-09-23")
    life.refused(Move.CORRECT, "2026-09-23", "岗位", by=office.county_clerk, arrived_on="2026-09-18")
    life.do(
        Move.CORRECT, "2026-09-23", arrived_on="2026-09-18", correction_reason="信封戳记为9月18日", region_detail=""
    )
    # 09-18 + 15 = Sat 10-03, in the break: legal Thu 10-08 all the same, the strict day four days earlier.
    assert life.clocks() == ["triage from 2026-09-18 until 2026-10-03 (legal 2026-10-08): runs"]
    assert (str(life.case.received_on), life.case.state) == ("2026-09-18", State.REGISTERED)
    event = life.case.events.get(kind=Move.CORRECT.value)
    assert event.detail["changes"] == [{"entry": "信访日期", "old": "2026年9月22日", "new": "2026年9月18日"}]
    assert event.detail["reckoned"] == [{"rule": "triage", "before": "2026-10-08", "legal": "2026-10-08"}]
    # Back again, and the head's word gives the office the days that it has by law.
    life.do(
        Move.AMEND,
        "2026-09-24",
        arrived_on="2026-09-22",
        correction_reason="戳记系寄出邮局的，收到为9月22日",
        region_detail="",
    )
    assert life.clocks() == ["triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): runs"]
    assert_whole()


def test_a_clock_that_did_not_count_from_the_arrival_keeps_its_days(office: Office) -> None:
    life = begins(office, "2027-01-25")
    life.do(Move.TRIAGE, "2027-01-25", o_clock=10)
    life.do(Move.REFER, "2027-01-25", o_clock=11)  # on the very day on which it came
    before = life.clocks()
    life.do(Move.AMEND, "2027-01-26", arrived_on="2027-01-22", correction_reason="登记日期写错", region_detail="")
    # The 15 days were met and are closed; the notice counts from the referral, whatever the arrival.
    assert life.clocks() == before
    assert life.case.events.get(kind=Move.AMEND.value).detail["reckoned"] == []


def test_a_wrong_telephone_is_put_right_the_old_one_kept_and_nobody_reads_it_in_the_course(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.CORRECT, "2026-09-23", phone="13911112222", correction_reason="电话录错一位", region_detail="")
    event = life.case.events.get(kind=Move.CORRECT.value)
    assert event.detail["changes"] == [{"entry": "手机号码", "old": "138****0000", "new": "139****2222"}]
    kept = Correction.objects.get(case=life.case)
    assert (kept.entry, kept.old, kept.new) == ("Petitioner.phone", "13800000000", "13911112222")
    found = [arrivals_of_person(Known(phone=phone)).count() for phone in ("13911112222", "13800000000")]
    assert found == [1, 0]


def test_after_the_referral_the_head_corrects_and_the_unit_is_told(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22", o_clock=10)
    life.do(Move.REFER, "2026-09-23")
    life.do(Move.SIGN_FOR, "2026-09-24")
    life.refused(Move.CORRECT, "2026-09-25", "不能更正登记", title="小区车库长期漏水")
    life.refused(Move.AMEND, "2026-09-25", "岗位", by=office.registrar, title="小区车库长期漏水")
    life.refused(Move.AMEND, "2026-09-25", "岗位", by=office.unit_head, title="小区车库长期漏水")
    life.do(Move.AMEND, "2026-09-25", title="小区车库长期漏水", correction_reason="标题写错", region_detail="")
    assert life.case.title == "小区车库长期漏水"
    assert life.case.events.get(kind=Move.AMEND.value).detail["units"] == [office.housing.pk]
    write_due(at=hour("2026-09-25", 10))
    assert "handler" in told(office)


def test_the_requests_are_put_right_until_an_opinion_answers_them(office: Office) -> None:
    life = begins(office, "2026-10-08")
    life.do(
        Move.CORRECT,
        "2026-10-08",
        o_clock=10,
        requests=["只请求修好车库"],
        correction_reason="诉求记多了",
        region_detail="",
    )
    assert [request.text for request in life.case.requests.all()] == ["只请求修好车库"]
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE):
        life.do(move, "2026-10-09")
    answer = [{"order": 1, "result": "explain", "text": "督促物业公司限期维修。"}]
    life.do(Move.DRAFT, "2026-10-10", answers=answer)
    life.refused(Move.AMEND, "2026-10-12", "逐项答复原诉求", requests=["再加一项", "又一项"])


def test_a_corrected_address_gives_way_to_nothing_that_the_form_would_not_take(office: Office) -> None:
    life = begins(office, "2026-10-08")
    life.refused(Move.CORRECT, "2026-10-09", "11位手机号码", phone="13")
    life.refused(Move.CORRECT, "2026-10-09", "至少填写一项", phone="-", address="-")
    life.do(Move.CORRECT, "2026-10-09", phone="-", correction_reason="信访人没有留电话", region_detail="")
    assert (life.case.lead.phone, life.case.lead.address) == ("", "某小区1号楼")


def test_what_comes_later_is_added_at_any_time_and_a_closed_file_stays_as_it_ended(office: Office) -> None:
    life = begins(office, "2026-09-22")
    for day, move in (
        ("2026-09-22", Move.TRIAGE), ("2026-09-23", Move.REFER), ("2026-09-24", Move.SIGN_FOR),
        ("2026-09-25", Move.ACCEPT), ("2026-10-09", Move.INVESTIGATE), ("2026-10-12", Move.DRAFT),
        ("2026-10-13", Move.CHECK), ("2026-10-14", Move.SIGN), ("2026-10-15", Move.DELIVER),
        ("2026-10-16", Move.CLOSE),
    ):  # fmt: skip
        life.do(move, day, o_clock=11)
    before = (life.case.closed_on, life.case.last_move, life.case.last_move_at, life.clocks())
    life.refused(Move.SUPPLEMENT, "2026-10-20", "已经登记手机号码", phone="13911112222", email="")
    life.do(Move.SUPPLEMENT, "2026-10-20", by=office.handler, landline="05433160009", email="")
    assert (life.case.state, life.case.lead.landline) == (State.CLOSED, "05433160009")
    assert (life.case.closed_on, life.case.last_move, life.case.last_move_at, life.clocks()) == before
    life.refused(Move.SUPPLEMENT, "2026-10-21", "岗位", by=office.water_handler, landline="")


def test_a_double_entry_is_void_keeps_its_number_and_is_counted_nowhere(office: Office) -> None:
    first, second = begins(office, "2027-02-01"), begins(office, "2027-02-01")
    number = second.case.number
    second.refused(Move.VOID, "2027-02-02", "岗位", by=office.registrar)
    second.refused(Move.VOID, "2027-02-02", "保留的事项编号", ground="double")
    second.refused(Move.VOID, "2027-02-02", "应当告知信访人", ground="double", same_as=first.case.number, told_by="")
    second.refused(Move.VOID, "2027-02-02", "不能是本事项", ground="double", same_as=number)
    second.do(Move.VOID, "2027-02-02", ground="double", same_as=first.case.number)
    assert (second.case.state, second.case.number) == (State.VOIDED, number)
    # 02-01 + 15 = Tue 02-16; the calendar of 2027 is not published yet.
    assert second.clocks() == ["triage from 2027-02-01 until 2027-02-16: void 2027-02-02"]
    third = begins(office, "2027-02-03")
    assert third.case.number.endswith("000003")
    assert second.case not in [one.case for one in arrivals_of_person(Known(phone="13800000000"))]
    # It was none: it stands again with its first due day.
    second.watched = date(2027, 2, 3)
    second.refused(Move.REOPEN, "2027-02-04", "不能重新启动")
    second.do(Move.RESTORE, "2027-02-04")
    assert second.clocks()[1:] == ["triage from 2027-02-01 until 2027-02-16: runs"]
    assert_whole()


def test_another_person_s_matter_is_no_double(office: Office) -> None:
    first = begins(office, "2027-02-01")
    second = begins(office, "2027-02-01", lead=Petitioner(name="陶某", phone="13900000001", address="二号楼"))
    second.refused(Move.VOID, "2027-02-02", "不是同一人", ground="double", same_as=first.case.number)


def test_a_referral_is_taken_back_before_it_is_signed_for_and_the_first_due_day_stays(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-23")
    life.do(Move.REFER, "2026-09-24")
    life.refused(Move.TAKE_BACK, "2026-09-25", "岗位", by=office.handler)
    life.refused(Move.TAKE_BACK, "2026-09-25", "岗位", by=office.clerk)
    life.do(Move.TAKE_BACK, "2026-09-28", reason="应由水利部门办理")
    assert (life.case.state, life.case.holder, life.case.responsible) == (State.TRIAGED, office.bureau, None)
    assert life.seen_by() == BUREAU
    assert life.clocks() == [
        # 09-22 + 15 = Wed 10-07: legal Thu 10-08.
        "triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): met 2026-09-24",
        # 09-24 + 15 = Fri 10-09.
        "notice from 2026-09-24 until 2026-10-09: void 2026-09-28",
        # 09-25 to 27 is Mid-Autumn; 28, 29, 30, 10-08, 09.
        "objection from 2026-09-24 until 2026-10-09: void 2026-09-28",
        "triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): runs",
    ]
    letter = earlier_letter(life.case, TAKING_BACK)
    assert letter is not None
    assert (letter.addressee, "滨信转〔2026〕1号" in "".join(letter.paragraphs)) == (office.housing.name, True)
    write_due(at=hour("2026-09-28", 10))
    assert set(told(office)) & HOUSING
    life.do(Move.REFER, "2026-09-29", to_unit="bzsl")
    assert life.seen_by() == BUREAU | WATER
    life.do(Move.SIGN_FOR, "2026-09-30", by=office.water_handler)
    life.refused(Move.TAKE_BACK, "2026-09-30", "不能收回转送")
    assert_whole()


def test_a_referral_that_lay_too_long_leaves_the_office_late_when_it_is_taken_back(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-23")
    life.do(Move.REFER, "2026-10-08")
    life.do(Move.TAKE_BACK, "2026-10-09")
    life.until("2026-10-10")
    assert "lapsed triage 2026-10-10" in life.watch()


def test_an_assignment_is_taken_back_with_its_period(office: Office) -> None:
    life = begins(office, "2026-10-08")
    life.do(Move.TRIAGE, "2026-10-08", o_clock=10)
    life.do(Move.ASSIGN, "2026-10-09")
    life.do(Move.TAKE_BACK, "2026-10-10")  # Saturday, a make-up workday
    assert (life.case.is_assigned, life.case.needs_assigner) == (False, False)
    assert "void 2026-10-10" in life.clock("assignment")


def test_a_report_that_was_ticked_by_mistake_is_unsealed_by_who_is_named(office: Office) -> None:
    life = begins(office, "2026-09-22", purpose=Purpose.EXPOSE)
    number = life.case.number
    assert life.seen_by() == {"clerk", "head"}
    life.refused(Move.UNSEAL, "2026-09-23", "岗位", by=office.clerk)  # took it in, and is not named
    life.refused(Move.CORRECT, "2026-09-23", "解除保密", purpose="settle")
    life.do(Move.UNSEAL, "2026-09-23", reason="登记时误选，来信没有检举内容")
    assert (life.case.is_sealed, life.case.purpose, life.case.number) == (False, Purpose.SETTLE, number)
    assert life.seen_by() == BUREAU
    # What was hidden is there again: the course tells what was changed, and why.
    event = life.case.events.get(kind=Move.UNSEAL.value)
    assert event.detail["changes"] == [{"entry": "信访目的", "old": "揭发控告", "new": "求决"}]
    life.do(Move.TRIAGE, "2026-09-24")
    life.do(Move.REFER, "2026-09-24", o_clock=10)
    assert life.seen_by() == BUREAU | HOUSING
    assert life.clock("triage") == "triage from 2026-09-22 until 2026-10-07 (legal 2026-10-08): met 2026-09-24"
    assert_whole()


def test_an_ordinary_matter_that_proves_a_report_is_sealed_by_its_correction(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.CORRECT, "2026-09-23", purpose="expose", correction_reason="来件系检举控告", region_detail="")
    assert (life.case.is_sealed, life.seen_by()) == (True, {"clerk", "head"})


def test_what_a_unit_has_is_not_sealed_by_a_correction(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-23")
    life.do(Move.REFER, "2026-09-24")
    life.refused(Move.AMEND, "2026-09-25", "移送纪检监察机关", purpose="expose")


@pytest.mark.parametrize("move", [Move.CORRECT, Move.SUPPLEMENT, Move.VOID])
def test_a_stranger_finds_nothing_to_correct(office: Office, move: Move) -> None:
    life = begins(office, "2026-09-22")
    assert not visible_to(office.county_clerk).filter(pk=life.case.pk).exists()
    life.refused(move, "2026-09-23", "岗位", by=office.county_clerk)
    assert PetitionCase.objects.get(pk=life.case.pk).version == 1


def test_what_is_asked_of_the_head_rings_for_nobody_else_and_never_for_the_own_unit(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.AMEND, "2026-09-21", title="小区车库漏水")
    assert "units" not in life.case.events.get(kind=Move.AMEND.value).detail
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.do(Move.ASK_END, "2026-09-24", by=office.handler)
    before = told(office)
    write_due(at=hour("2026-09-24", 10))
    assert set(told(office)) - set(before) == {"head"}
