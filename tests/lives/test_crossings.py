"""Two things at once: a death, a merger, a leaving person or a holiday across another step of the road."""

from datetime import date

import pytest

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from cases.facts import earlier_letter
from cases.handover.orders import Share
from cases.models import Petition
from cases.queries import REPEATS
from cases.states import Move, State
from tests.factories import PostFactory
from tests.lives.story import Life, assert_whole, begins
from tests.lives.test_delivery import direct, signed
from tests.lives.test_hand_over import handed, order
from tests.office import Office


def text_of(life: Life, kind: str) -> str:
    return "\n".join(life.case.letters.filter(letter__kind=kind).order_by("pk").reverse()[0].letter.paragraphs)


def reviewed(office: Office) -> Life:
    """The review was delivered on Mon 2026-09-14; the right to a recheck ends on Wed 10-14."""
    life = signed(office)
    life.do(Move.DELIVER, "2026-08-31", **direct("2026-08-31"))
    life.do(Move.ASK_REVIEW, "2026-09-01")
    life.do(Move.ACCEPT_REVIEW, "2026-09-02")
    life.do(Move.DRAFT_REVIEW, "2026-09-08")
    life.do(Move.SIGN_REVIEW, "2026-09-11")
    life.do(Move.DELIVER_REVIEW, "2026-09-14")
    return life


def test_a_death_between_review_and_recheck_leaves_the_heir_the_days_that_were_left(office: Office) -> None:
    life = reviewed(office)
    right = "recheck-request from 2026-09-14 until 2026-10-14: runs"
    assert life.clock("recheck-request") == right
    life.do(Move.SUCCEED, "2026-10-09")
    assert life.clock("recheck-request") == right
    letter = life.case.letters.get(letter__kind="succession").letter
    assert (letter.salutation, "承继人与原信访人的关系：子女" in "".join(letter.paragraphs)) == ("刘小某：", True)
    life.do(Move.ASK_RECHECK, "2026-10-14")
    assert (life.case.state, life.case.reviews.order_by("-pk")[0].is_late) == (State.RECHECK_ASKED, False)
    said = text_of(life, "recheck-request")
    assert "申请人：刘小某" in said
    life.do(Move.ACCEPT_RECHECK, "2026-10-15")
    life.do(Move.DRAFT_RECHECK, "2026-10-20")
    life.do(Move.SIGN_RECHECK, "2026-10-21")
    assert "申请人：刘小某" in text_of(life, "recheck-opinion")
    life.do(Move.DELIVER_RECHECK, "2026-10-22")
    assert life.case.state == State.ENDED
    assert_whole()


def test_an_heir_on_the_day_after_the_last_asks_late_and_says_why(office: Office) -> None:
    life = reviewed(office)
    life.do(Move.SUCCEED, "2026-10-14")
    life.until("2026-10-15")
    assert life.clock("recheck-request").endswith("void 2026-10-15")
    life.do(Move.ASK_RECHECK, "2026-10-16", excuse="原信访人病故，正在办理继承")
    assert life.case.reviews.order_by("-pk")[0].is_late
    life.do(Move.ACCEPT_RECHECK, "2026-10-19")
    assert life.case.state == State.RECHECKING


@pytest.fixture
def passed_down(office: Office) -> Life:
    """Assigned by the city, passed down by the department; its branch has accepted."""
    PostFactory(unit=office.housing_below, role=Role.UNIT_HEAD, user__username="branch-head")
    PostFactory(unit=office.housing_below, role=Role.UNIT_HANDLER, user__username="branch-colleague")
    life = begins(office, "2026-08-10")
    life.do(Move.TRIAGE, "2026-08-10")
    life.do(Move.ASSIGN, "2026-08-11", days=75)
    life.do(Move.SIGN_FOR, "2026-08-12")
    life.do(Move.PASS_DOWN, "2026-08-12", o_clock=10)
    life.do(Move.SIGN_FOR, "2026-08-13", by=office.county_housing)
    life.do(Move.ACCEPT, "2026-08-14", by=office.county_housing)
    life.do(Move.INVESTIGATE, "2026-09-01", by=office.county_housing)
    return life


def merged_into_water(office: Office, day: str) -> None:
    handed(order(office, Share(office.water, takes_rest=True), unit=office.housing_below), office.head, day)


def test_the_lower_unit_of_an_assigned_matter_merges_while_its_extension_waits_for_the_assigner(
    office: Office, passed_down: Life
) -> None:
    life = passed_down
    branch_head = Post.objects.get(user__username="branch-head")
    # 08-14 + 60 = Tue 10-13.
    life.do(Move.ASK_EXTENSION, "2026-10-08", by=office.county_housing, days=20)
    life.do(Move.AGREE_EXTENSION, "2026-10-08", by=branch_head, o_clock=10)
    merged_into_water(office, "2026-10-08")
    life.reload()
    assert (life.case.holder, life.case.responsible, life.case.assigner) == (office.bureau, office.water, office.bureau)
    life.do(Move.CONFIRM_EXTENSION, "2026-10-09")
    assert (life.case.holder, life.case.state) == (office.water, State.HANDLING)
    # 08-11 + 75 = Sun 10-25, with the 20 days Sat 11-14: legal Mon 11-16. The 60 days end on Mon 11-02.
    assert life.clock("handling") == "handling from 2026-08-14 until 2026-11-02: runs"
    assert life.clock("assignment").endswith("until 2026-11-14 (legal 2026-11-16): runs")
    assert {clock.unit for clock in life.case.deadlines.running()} == {office.water}
    water = office.water_handler
    colleague = PostFactory(unit=office.water, role=Role.UNIT_HANDLER)
    life.do(Move.DRAFT, "2026-10-20", by=water)
    life.do(Move.CHECK, "2026-10-21", by=colleague)
    life.do(Move.SIGN, "2026-10-22", by=office.water_head)
    life.do(Move.DELIVER, "2026-10-23", by=water)
    life.do(Move.CLOSE, "2026-10-26", by=water)
    report = earlier_letter(life.case, COMPLETION_REPORT)
    assert report is not None
    assert (report.issuer, report.salutation) == ("市水利局", "滨州市信访局：")
    assert_whole()


def test_an_objection_to_a_unit_that_merged_meanwhile_goes_to_its_successor(office: Office) -> None:
    life = begins(office, "2026-10-08")
    for o_clock, move in enumerate((Move.TRIAGE, Move.ASSIGN, Move.SIGN_FOR, Move.PASS_DOWN), start=10):
        life.do(move, "2026-10-08", o_clock=o_clock)
    # The department that passed it down ends; its branch goes on by itself.
    handed(order(office, Share(office.water, takes_rest=True)), office.head, "2026-10-09")
    life.reload()
    assert (life.case.passers, life.case.sender) == ([office.water.pk], office.water)
    life.do(Move.OBJECT, "2026-10-12", by=office.county_housing)
    assert life.case.holder == office.water
    life.do(Move.RECLAIM, "2026-10-13", by=office.water_head)
    assert (life.case.state, life.case.holder, life.case.assigner) == (State.SIGNED_FOR, office.water, office.bureau)
    life.do(Move.ACCEPT, "2026-10-14", by=office.water_handler)


def test_asked_on_the_last_day_before_the_holiday_and_approved_after_it(office: Office) -> None:
    life = begins(office, "2026-07-27")
    life.do(Move.TRIAGE, "2026-07-28")
    life.do(Move.REFER, "2026-07-29")
    life.do(Move.SIGN_FOR, "2026-07-30")
    life.do(Move.ACCEPT, "2026-08-03")
    life.do(Move.INVESTIGATE, "2026-08-20")
    # 08-03 + 60 = Fri 10-02, National Day: legal Thu 10-08.
    assert life.clock("handling") == "handling from 2026-08-03 until 2026-10-02 (legal 2026-10-08): runs"
    life.do(Move.ASK_EXTENSION, "2026-10-08", days=30)
    life.refused(Move.APPROVE_EXTENSION, "2026-10-09", "请写明逾期的原因", late_reason="")
    life.do(Move.APPROVE_EXTENSION, "2026-10-09", late_reason="申请当日负责人出差")
    # 10-02 + 30 = Sun 11-01: legal Mon 11-02, counted from the unrolled day.
    assert life.clock("handling") == "handling from 2026-08-03 until 2026-11-01 (legal 2026-11-02): runs"
    clock = life.case.deadlines.get(rule="handling")
    assert (clock.lapsed_before_extension, clock.was_in_time) == (True, None)
    said = text_of(life, "extension")
    for words in ("2026年10月8日", "2026年10月2日", "2026年11月2日", "2026年11月1日"):
        assert words in said
    life.refused(Move.ASK_EXTENSION, "2026-10-12", "不能再次延长")


def test_what_was_merged_counts_as_a_repeat_and_what_was_split_off_does_not(office: Office) -> None:
    master, life = begins(office, "2026-09-21"), begins(office, "2026-09-22")
    life.do(Move.MERGE, "2026-09-22", into=master.case.number)
    assert set(Petition.objects.filter(REPEATS).values_list("case", flat=True)) == {life.case.pk}
    master.reload()
    assert master.case.petition_count == 2
    life.do(Move.SPLIT, "2026-09-23")
    assert not Petition.objects.filter(REPEATS).exists()
    assert master.reload().petition_count == 1


def test_the_matters_of_a_handler_whose_post_has_ended_go_on_at_the_unit(office: Office) -> None:
    life = begins(office, "2026-09-14")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT):
        life.do(move, "2026-09-15")
    assert life.case.assignee == office.handler.user
    Post.objects.filter(pk=office.handler.pk).update(to_on=date(2026, 9, 16))
    life.do(Move.INVESTIGATE, "2026-09-21", by=office.colleague)
    assert Unit.objects.get(pk=life.case.holder_id) == office.housing
    life.until("2026-11-14")
    alerts = {line.split()[1] for line in life.watch()}
    assert "handling" in alerts
