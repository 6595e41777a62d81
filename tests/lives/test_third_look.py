"""A third look off the straight road: what ends by a unit's own word, comes back, or proves otherwise."""

from datetime import date

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.facts import earlier_letter
from cases.made_up.demo.scans import scan
from cases.models import Petitioner
from cases.serving.verbs import may_record
from cases.states import Move, State
from cases.vocabulary import DeliveryWay, Kind, LegalWay, Purpose
from supervision.models import Stage, SupervisionCase
from tests.factories import PostFactory
from tests.lives.story import Life, assert_whole, begins, hour
from tests.lives.test_delivery import by, direct, sent, signed
from tests.office import Office

REPORT = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
CHECKED = {"paper_organ_letter": scan("法院受理案件通知书")}


def text_of(life: Life, kind: str) -> str:
    return "\n".join(life.case.letters.filter(letter__kind=kind).order_by("pk").reverse()[0].letter.paragraphs)


def told(office: Office, life: Life, day: str) -> set[str]:
    """The user names of those who are told of the last event of the matter."""
    write_due(at=hour(day, 18))
    return set(Message.objects.filter(matter=life.case.pk).values_list("user__username", flat=True))


# --- an assigned matter ends without an opinion


@pytest.fixture
def assigned(office: Office) -> Life:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.ASSIGN, "2026-09-16", days=60)
    life.do(Move.SIGN_FOR, "2026-09-17")
    return life


def reported(life: Life) -> str:
    report = earlier_letter(life.case, COMPLETION_REPORT)
    assert report is not None
    assert report.salutation == "滨州市信访局："
    return "\n".join(report.paragraphs)


def test_a_unit_that_declines_what_was_assigned_reports_the_end_to_the_assigner(office: Office, assigned: Life) -> None:
    assigned.do(Move.DECLINE, "2026-09-21", by=office.unit_head)
    assert assigned.clock("assignment").endswith("met 2026-09-21")
    said = reported(assigned)
    assert "不予受理" in said
    assert "不予受理告知书（滨住建不〔2026〕1号）随本报告附上" in said
    assert {"head"} <= told(office, assigned, "2026-09-21")
    assert_whole()


def test_what_was_assigned_and_is_led_out_is_reported_and_the_first_notice_is_taken_back(
    office: Office, assigned: Life
) -> None:
    assigned.do(Move.ACCEPT, "2026-09-21")
    assigned.do(Move.INVESTIGATE, "2026-09-28")
    assigned.do(Move.LEAD_OUT, "2026-10-08", by=office.unit_head, reason="信访人已向法院起诉")
    assert assigned.clock("assignment").endswith("met 2026-10-08")
    assert assigned.clock("handling").endswith("void 2026-10-08")
    said = reported(assigned)
    assert "信访人已向法院起诉" in said
    assert "导入法定途径告知书（滨住建导〔2026〕1号）随本报告附上" in said
    # The petitioner holds a notice that says otherwise.
    notice = text_of(assigned, "statutory-route")
    assert "原《受理告知书》告知的途径和期限不再适用" in notice
    assert {"head"} <= told(office, assigned, "2026-10-08")


def test_of_a_nameless_petitioner_the_report_says_that_nobody_could_be_told(office: Office) -> None:
    life = begins(office, "2026-09-14", lead=Petitioner(name="匿名", is_anonymous=True))
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.ASSIGN, "2026-09-16", days=60)
    life.do(Move.SIGN_FOR, "2026-09-17")
    life.do(Move.DECLINE, "2026-09-21", by=office.unit_head)
    assert "姓名（名称）、住址不清，无法告知" in reported(life)


def test_what_was_only_referred_owes_no_report_and_who_took_it_in_is_told(office: Office) -> None:
    life = begins(office, "2026-09-14")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        life.do(move, "2026-09-15")
    life.do(Move.DECLINE, "2026-09-21", by=office.unit_head)
    assert earlier_letter(life.case, COMPLETION_REPORT) is None
    assert {"head"} <= told(office, life, "2026-09-21")


# --- led out and back


def led_out(office: Office) -> Life:
    life = begins(office, "2026-09-14")
    for move, day in (
        (Move.TRIAGE, "2026-09-15"), (Move.REFER, "2026-09-15"), (Move.SIGN_FOR, "2026-09-16"),
        (Move.ACCEPT, "2026-09-17"), (Move.INVESTIGATE, "2026-09-24"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.LEAD_OUT, "2026-09-28", by=office.unit_head)
    return life


def test_what_the_court_does_not_take_comes_back_by_its_paper(office: Office) -> None:
    life = led_out(office)
    life.refused(Move.REOPEN, "2026-10-09", "请附|没有附|需要", ground="way-refused", reason="法院裁定不予受理")
    life.do(
        Move.REOPEN, "2026-10-09", ground="way-refused", reason="法院裁定不予受理，不属于民事诉讼范围",
        paper_organ_letter=scan("不予受理裁定书"),
    )  # fmt: skip
    assert (life.case.state, life.case.holder) == (State.REGISTERED, office.bureau)
    # 10-09 + 15 = Sat 10-24: legal Mon 10-26.
    assert life.clock("triage") == "triage from 2026-10-09 until 2026-10-24 (legal 2026-10-26): runs"
    assert "第三十一条第六项" in text_of(life, "reopening-notice")
    life.do(Move.TRIAGE, "2026-10-09", o_clock=10)
    life.do(Move.REFER, "2026-10-10")
    life.do(Move.SIGN_FOR, "2026-10-12")
    life.do(Move.ACCEPT, "2026-10-12", o_clock=10)
    assert_whole()


def test_what_was_closed_otherwise_is_not_opened_again_by_a_way_that_was_refused(office: Office) -> None:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.DECLINE, "2026-09-16")
    life.refused(
        Move.REOPEN, "2026-09-21", "只有导入法定途径", ground="way-refused", reason="法院裁定不予受理",
        paper_organ_letter=scan("裁定书"),
    )  # fmt: skip


def test_the_parties_go_on_having_their_right_at_the_court_when_the_matter_is_led_out(office: Office) -> None:
    life = begins(office, "2026-09-14")
    for move, day in (
        (Move.TRIAGE, "2026-09-15"), (Move.REFER, "2026-09-15"), (Move.SIGN_FOR, "2026-09-16"),
        (Move.ACCEPT, "2026-09-17"), (Move.MEDIATE, "2026-09-21"), (Move.REACH_AGREEMENT, "2026-09-24"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.LEAD_OUT, "2026-09-28", by=office.unit_head)
    # 09-24 + 30 = Sat 10-24: legal Mon 10-26.
    assert life.clock("judicial-confirmation").endswith("until 2026-10-24 (legal 2026-10-26): runs")


def test_what_was_ordered_to_be_done_again_is_led_out_with_the_organ_s_paper_alone(office: Office) -> None:
    life = redone(office)
    life.refused(Move.LEAD_OUT, "2026-10-28", "附其受理文书", by=office.unit_head)
    life.do(Move.LEAD_OUT, "2026-10-28", by=office.unit_head, **CHECKED)
    assert life.case.state == State.ROUTED


def redone(office: Office) -> Life:
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    life.do(Move.ASK_REVIEW, "2026-09-02")
    life.do(Move.ACCEPT_REVIEW, "2026-09-03")
    life.do(
        Move.DRAFT_REVIEW, "2026-09-10", result="revoke", decision="撤销原处理意见，责令重新处理。", redo_days=60,
        above=None,
    )  # fmt: skip
    life.do(Move.SIGN_REVIEW, "2026-09-11")
    life.do(Move.ORDER_REDO, "2026-09-14")
    assert life.case.state == State.REDO_ORDERED
    return life


# --- competence disputed twice


def test_a_second_dispute_gives_nobody_a_second_period(office: Office) -> None:
    life = begins(office, "2026-09-07")
    life.do(Move.TRIAGE, "2026-09-08")
    life.do(Move.REFER, "2026-09-09")
    life.do(Move.DISPUTE, "2026-09-14")
    life.do(Move.DECIDE_JURISDICTION, "2026-09-16", to_unit="bzsl")
    assert life.clock("notice") == "notice from 2026-09-16 until 2026-10-01 (legal 2026-10-08): runs"
    life.do(Move.DISPUTE, "2026-09-18", by=office.water_head, other_unit="bzzj")
    life.do(Move.DECIDE_JURISDICTION, "2026-09-28", to_unit="bzzj")
    # The unit has had it since 09-09: its 15 days were over on Thu 09-24.
    assert life.clock("notice") == "notice from 2026-09-09 until 2026-09-24: runs"
    assert life.case.deadlines.running().get(rule="notice").unit == office.housing
    said = text_of(life, "jurisdiction")
    assert "该期限已于2026年9月24日届满，请立即告知" in said
    assert "最迟不超过" not in said


def test_who_gets_it_anew_after_an_objection_was_agreed_to_has_days_of_its_own(office: Office) -> None:
    life = begins(office, "2026-09-07")
    life.do(Move.TRIAGE, "2026-09-08")
    life.do(Move.REFER, "2026-09-09")
    life.do(Move.OBJECT, "2026-09-10")
    life.do(Move.AGREE_OBJECTION, "2026-09-11")
    life.do(Move.TRIAGE, "2026-09-11", o_clock=10)
    life.do(Move.REFER, "2026-09-11", o_clock=11, to_unit="bzsl")
    life.do(Move.DISPUTE, "2026-09-14", by=office.water_head, other_unit="bzzj")
    life.do(Move.DECIDE_JURISDICTION, "2026-09-16", to_unit="bzzj")
    assert life.clock("notice") == "notice from 2026-09-16 until 2026-10-01 (legal 2026-10-08): runs"


# --- a letter that lies at the post


def test_a_withdrawal_waits_for_the_record_of_an_opinion_that_is_on_its_way(office: Office) -> None:
    life = signed(office)
    life.do(Move.SEND, "2026-09-02", **sent(DeliveryWay.POST, "2026-09-02"))
    life.refused(Move.WITHDRAW, "2026-09-04", "请先登记送达")
    life.do(Move.DELIVER, "2026-09-07", **by(DeliveryWay.POST, "2026-09-04", posted_on="2026-09-02"))
    life.do(Move.WITHDRAW, "2026-09-07", o_clock=10)
    # 09-04 + 30 = Sun 10-04, National Day: legal Thu 10-08.
    assert life.clock("review-request") == "review-request from 2026-09-04 until 2026-10-04 (legal 2026-10-08): runs"
    life.do(Move.ASK_REVIEW, "2026-10-08")
    assert life.case.state == State.REVIEW_ASKED


def test_a_notice_that_lies_at_the_post_when_the_matter_is_sealed_has_its_record_by_the_named_person(
    office: Office,
) -> None:
    life = begins(office, "2026-09-14")
    for move in (Move.TRIAGE, Move.REFER):
        life.do(move, "2026-09-15")
    life.do(Move.SIGN_FOR, "2026-09-16")
    life.do(Move.ACCEPT, "2026-09-17")
    life.do(Move.TO_DISCIPLINE, "2026-09-18", by=office.unit_head)
    link = life.case.letters.get(letter__kind="acceptance")
    assert not may_record(office.handler, link, life.case)
    assert not may_record(office.registrar, link, life.case)
    assert may_record(office.head, link, life.case)


# --- unsealed with what was merged


def test_what_was_sealed_along_with_its_master_is_unsealed_along_with_it(office: Office) -> None:
    master, life = begins(office, "2026-09-21"), begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.MERGE, "2026-09-22", into=master.case.number)
    master.reload()
    master.do(Move.TRIAGE, "2026-09-23", by=office.head, **REPORT)
    assert life.reload().is_sealed
    master.do(Move.UNSEAL, "2026-09-24")
    assert (master.case.is_sealed, life.reload().is_sealed) == (False, False)
    assert life.events()[-1] == "unsealed-with"
    assert "registrar" in life.seen_by()
    assert_whole()


def test_a_report_of_its_own_is_split_off_before_its_master_is_unsealed(office: Office) -> None:
    master = begins(office, "2026-09-21", purpose=Purpose.EXPOSE)
    life = begins(office, "2026-09-22", purpose=Purpose.EXPOSE)
    life.do(Move.MERGE, "2026-09-22", by=office.head, into=master.case.number)
    master.reload()
    master.refused(Move.UNSEAL, "2026-09-23", "请先拆分并件")
    life.do(Move.SPLIT, "2026-09-23", by=office.head)
    master.reload()
    master.do(Move.UNSEAL, "2026-09-24")
    assert (master.case.is_sealed, life.reload().is_sealed, life.case.state) == (False, True, State.REGISTERED)


# --- recusal


def test_of_a_report_at_an_organ_with_one_person_no_recusal_is_asked_that_nobody_decides(office: Office) -> None:
    Post.objects.filter(pk=office.discipline_head.pk).update(to_on=date(2026, 9, 1))
    desk = PostFactory(unit=office.discipline_unit, role=Role.REGISTRAR, reads_sealed=True)
    life = begins(office, "2026-09-14", by=desk, purpose=Purpose.EXPOSE)
    life.do(Move.TRIAGE, "2026-09-15", by=desk, **REPORT)
    life.do(Move.TAKE_UP, "2026-09-15", by=desk)
    asked = {"by": office.discipline, "person": "discipline", "is_own_request": True}
    life.refused(Move.ASK_RECUSAL, "2026-09-16", "没有可以决定陈纪检是否回避的人员", **asked)
    PostFactory(unit=office.discipline_unit, role=Role.DISCIPLINE, user__username="second", user__name="魏纪检")
    life.do(Move.ASK_RECUSAL, "2026-09-16", **asked)
    second = Post.objects.get(user__username="second")
    life.do(Move.GRANT_RECUSAL, "2026-09-17", by=second, successor="second")
    assert life.case.recused == [office.discipline.user_id]


# --- 督办 of what was done in time


def test_what_proves_to_have_been_done_in_time_is_urged_no_longer(office: Office) -> None:
    life = signed(office)
    # The 60 days end on Tue 09-08; the letter was posted on that day and entered on the 14th.
    life.do(Move.SEND, "2026-09-14", **sent(DeliveryWay.POST, "2026-09-08"), late_reason="登录人员休假")
    cause = SupervisionCase.objects.get(deadline__rule="handling", case=life.case)
    assert cause.stage == Stage.PENDING
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15")
    cause.refresh_from_db()
    assert (cause.stage, cause.note) == (Stage.DROPPED, "经核实，该期限没有逾期，不再督办")
    assert "supervision-unfounded" in life.events()
    # Nobody has to decide on it any longer.
    assert not life.case.deadlines.running().filter(subject=f"{cause.subject}:office").exists()
    assert_whole()


def test_what_is_not_believed_goes_on_being_urged(office: Office) -> None:
    life = signed(office)
    life.do(Move.SEND, "2026-09-14", **sent(DeliveryWay.POST, "2026-09-08"), late_reason="登录人员休假")
    life.do(Move.CONFIRM_DELIVERY, "2026-09-15", verdict="refused")
    assert SupervisionCase.objects.get(deadline__rule="handling", case=life.case).stage == Stage.PENDING
