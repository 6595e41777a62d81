"""Marks beside the state: a recusal, an early end, a doubted day wait for somebody by a clock of their own."""

from datetime import date

import pytest

from binzhou_xinfang.accounts.models import Post
from cases.models import CoHandling, Recusal
from cases.procedure.preview import consequences
from cases.queries import QUEUES
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import MONDAY, Office, case_in, ready_for


@pytest.fixture
def life(office: Office) -> Life:
    """A matter at work since Mon 2026-09-21, before National Day."""
    life = begins(office, "2026-09-14")
    for move, day in (
        (Move.TRIAGE, "2026-09-15"), (Move.REFER, "2026-09-16"), (Move.SIGN_FOR, "2026-09-17"),
        (Move.ACCEPT, "2026-09-21"), (Move.INVESTIGATE, "2026-09-22"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def rungs(life: Life, rule: str) -> list[str]:
    return [line for line in life.watch() if line.split()[1] == rule]


def test_an_early_end_is_decided_by_its_day_and_the_work_goes_on(life: Life) -> None:
    life.do(Move.ASK_END, "2026-09-29")
    # Three working days: 09-30, 10-08, 10-09.
    assert life.clock("end-decision") == "end-decision from 2026-09-29 until 2026-10-09: runs"
    asked = life.case.deadlines.get(rule="end-decision")
    assert (asked.unit_id, life.case.due_rule) == (life.office.bureau.pk, "handling")
    life.do(Move.DRAFT, "2026-10-08")
    assert life.clock("end-decision").endswith("runs")
    life.do(Move.REFUSE_END, "2026-10-12")
    assert life.clock("end-decision").endswith("met 2026-10-12")
    assert rungs(life, "end-decision") == ["-1 end-decision 2026-10-08", "lapsed end-decision 2026-10-10"]
    assert_whole()


def test_an_end_that_is_granted_was_decided_too(life: Life) -> None:
    life.do(Move.ASK_END, "2026-09-29")
    life.do(Move.WITHDRAW, "2026-09-30")
    assert life.clock("end-decision").endswith("met 2026-09-30")
    assert life.clock("handling").endswith("void 2026-09-30")


def test_what_nobody_can_decide_any_longer_waits_for_nobody_and_the_course_says_so(life: Life) -> None:
    life.do(Move.ASK_END, "2026-09-29")
    life.do(Move.LEAD_OUT, "2026-09-30", by=life.office.unit_head)
    assert (life.case.state, life.case.end_asked) == (State.ROUTED, "")
    assert life.clock("end-decision").endswith("void 2026-09-30")
    assert life.case.events.order_by("-seq")[0].detail["dropped"] == ["end_asked"]
    queue = next(queue for queue in QUEUES if queue.slug == "end-asked")
    assert list(queue.cases(life.office.head)) == []


def test_a_recusal_is_decided_in_two_working_days_and_stands_in_the_list_of_the_head(life: Life) -> None:
    life.do(Move.ASK_RECUSAL, "2026-09-30")
    assert life.clock("recusal-decision") == "recusal-decision from 2026-09-30 until 2026-10-09: runs"
    queue = next(queue for queue in QUEUES if queue.slug == "recusals")
    assert list(queue.cases(life.office.unit_head)) == [life.case]
    life.refused(Move.LEAD_OUT, "2026-10-08", "有回避申请尚未决定", by=life.office.unit_head)
    life.do(Move.REFUSE_RECUSAL, "2026-10-08")
    assert life.clock("recusal-decision").endswith("met 2026-10-08")
    assert (list(queue.cases(life.office.unit_head)), Recusal.objects.get().is_granted) == ([], False)


def test_a_part_that_nobody_waits_for_any_longer_accuses_nobody(life: Life) -> None:
    life.do(Move.CALL_IN, "2026-09-23", days=30)
    for move, day in ((Move.DRAFT, "2026-09-28"), (Move.CHECK, "2026-09-28"), (Move.SIGN, "2026-09-29")):
        life.do(move, day)
    assert life.clock("co-handling").endswith("void 2026-09-29")
    assert (life.case.co_handlers, CoHandling.objects.get().released_on is not None) == ([], True)
    life.do(Move.DELIVER, "2026-09-30")
    life.until("2026-11-30")
    assert rungs(life, "co-handling") == []
    assert_whole()


def test_a_part_can_be_given_while_an_objection_is_checked(office: Office) -> None:
    life = begins(office, "2026-09-14")
    for move, day in (
        (Move.TRIAGE, "2026-09-15"), (Move.REFER, "2026-09-16"), (Move.SIGN_FOR, "2026-09-17"),
        (Move.CALL_IN, "2026-09-18"), (Move.OBJECT, "2026-09-21"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.FEED_BACK, "2026-09-22")
    assert life.clock("co-handling").endswith("met 2026-09-22")


def test_the_only_head_of_a_unit_does_not_decide_on_himself_and_the_office_does(life: Life) -> None:
    office = life.office
    life.do(Move.ASK_RECUSAL, "2026-09-29", person="unit-head")
    assert life.case.events.order_by("-seq")[0].detail["units"] == sorted([office.housing.pk, office.bureau.pk])
    life.refused(Move.REFUSE_RECUSAL, "2026-09-29", "不能决定自己的回避", by=office.unit_head)
    life.do(Move.REFUSE_RECUSAL, "2026-09-30", by=office.head)
    assert (life.case.is_recusal_asked, life.case.holder) == (False, office.housing)


def test_the_only_head_of_a_unit_that_took_the_matter_in_itself_is_decided_on_by_the_office_above(
    office: Office,
) -> None:
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    for move, by in ((Move.TRIAGE, office.housing_registrar), (Move.TAKE_UP, office.housing_registrar)):
        life.do(move, "2026-09-22", by=by)
    life.do(Move.ACCEPT, "2026-09-23")
    life.do(Move.ASK_RECUSAL, "2026-09-29", person="unit-head")
    assert life.case.events.order_by("-seq")[0].detail["units"] == sorted([office.housing.pk, office.bureau.pk])
    queue = next(queue for queue in QUEUES if queue.slug == "recusals")
    assert list(queue.cases(office.head)) == [life.case]
    assert list(queue.cases(office.county_head)) == []
    life.refused(Move.REFUSE_RECUSAL, "2026-09-29", "不能决定自己的回避", by=office.unit_head)
    life.refused(Move.REFUSE_RECUSAL, "2026-09-29", "岗位", by=office.county_head)
    life.do(Move.GRANT_RECUSAL, "2026-09-30", by=office.head, successor="handler")
    assert (life.case.is_recusal_asked, life.case.recused) == (False, [office.unit_head.user_id])
    assert list(queue.cases(office.head)) == []


def test_a_handler_of_such_a_unit_is_decided_on_by_its_head_alone(office: Office) -> None:
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    for move in (Move.TRIAGE, Move.TAKE_UP):
        life.do(move, "2026-09-22", by=office.housing_registrar)
    life.do(Move.ASK_RECUSAL, "2026-09-29", person="colleague")
    life.refused(Move.REFUSE_RECUSAL, "2026-09-30", "登记机构、上级信访部门只决定单位负责人的回避", by=office.head)
    life.do(Move.REFUSE_RECUSAL, "2026-09-30")


def test_an_only_reviewer_is_decided_on_by_the_office_that_took_the_matter_in(office: Office) -> None:
    case = case_in(office, State.REVIEWING, at=hour("2026-09-21"))
    Post.objects.filter(pk=office.review_head.pk).update(to_on=date(2026, 9, 1))
    life = Life(office, case, date(2026, 9, 21))
    life.do(Move.ASK_RECUSAL, "2026-09-29", by=office.reviewer, person="reviewer", is_own_request=True)
    life.refused(Move.REFUSE_RECUSAL, "2026-09-29", "不能决定自己的回避", by=office.reviewer)
    life.do(Move.REFUSE_RECUSAL, "2026-09-30", by=office.head)


def test_the_office_decides_on_no_handler_of_a_unit(life: Life) -> None:
    life.do(Move.ASK_RECUSAL, "2026-09-29", person="colleague")
    assert life.case.events.order_by("-seq")[0].detail["units"] == [life.office.housing.pk]
    life.refused(Move.REFUSE_RECUSAL, "2026-09-30", "登记机构、上级信访部门只决定单位负责人的回避", by=life.office.head)
    life.do(Move.GRANT_RECUSAL, "2026-09-30", successor="handler")
    assert life.case.assignee == life.office.handler.user


def test_a_hearing_that_is_asked_for_is_answered_by_its_day_and_before_the_opinion(life: Life) -> None:
    office = life.office
    life.do(Move.ASK_HEARING, "2026-09-29")
    # Five working days: 09-30, 10-08, 10-09, Sat 10-10 (make-up), 10-12.
    assert life.clock("hearing-decision") == "hearing-decision from 2026-09-29 until 2026-10-12: runs"
    assert life.case.deadlines.get(rule="hearing-decision").unit == office.housing
    assert life.case.events.order_by("-seq")[0].detail["units"] == [office.housing.pk]
    queue = next(queue for queue in QUEUES if queue.slug == "hearings")
    assert (list(queue.cases(office.unit_head)), list(queue.cases(office.water_head))) == ([life.case], [])
    life.refused(Move.ASK_HEARING, "2026-09-30", "有听证申请尚未答复")
    for move, day in ((Move.DRAFT, "2026-10-08"), (Move.CHECK, "2026-10-08")):
        life.do(move, day)
    life.refused(Move.SIGN, "2026-10-09", "有听证申请尚未答复，请先决定是否举行听证")
    life.refused(Move.REFUSE_HEARING, "2026-10-09", "岗位", by=office.handler)
    life.do(Move.REFUSE_HEARING, "2026-10-12")
    assert life.clock("hearing-decision").endswith("met 2026-10-12")
    assert rungs(life, "hearing-decision") == ["-1 hearing-decision 2026-10-11"]
    assert list(queue.cases(office.unit_head)) == []
    life.do(Move.SIGN, "2026-10-12")
    assert_whole()


def test_an_answer_a_day_late_lapses_and_the_hearing_itself_is_a_yes(life: Life) -> None:
    life.do(Move.ASK_HEARING, "2026-09-29", by=life.office.handler)
    assert "units" not in life.case.events.order_by("-seq")[0].detail
    life.do(Move.CALL_HEARING, "2026-10-13")
    assert (life.case.state, life.case.is_hearing_asked) == (State.HEARING, False)
    assert life.clock("hearing-decision").endswith("met 2026-10-13")
    assert rungs(life, "hearing-decision")[-1] == "lapsed hearing-decision 2026-10-13"


def test_a_hearing_that_nobody_can_hold_any_longer_waits_for_nobody(life: Life) -> None:
    life.do(Move.ASK_HEARING, "2026-09-29")
    life.do(Move.LEAD_OUT, "2026-09-30", by=life.office.unit_head)
    assert life.case.events.order_by("-seq")[0].detail["dropped"] == ["is_hearing_asked"]
    assert life.clock("hearing-decision").endswith("void 2026-09-30")


def test_a_recheck_is_not_signed_before_its_petitioner_knows_whether_there_is_a_hearing(office: Office) -> None:
    recheck = Life(office, case_in(office, State.RECHECKING, at=hour("2026-09-21")), date(2026, 9, 21))
    recheck.do(Move.ASK_HEARING, "2026-09-22")
    assert recheck.case.deadlines.get(rule="hearing-decision").unit == office.province
    recheck.do(Move.DRAFT_RECHECK, "2026-09-23")
    recheck.refused(Move.SIGN_RECHECK, "2026-09-24", "有听证申请尚未答复")
    recheck.do(Move.REFUSE_HEARING, "2026-09-24", by=office.rechecker)
    recheck.do(Move.SIGN_RECHECK, "2026-09-24")


def test_what_an_answer_settles_is_foretold(life: Life) -> None:
    life.do(Move.ASK_HEARING, "2026-09-29")
    said = consequences(life.case, Move.REFUSE_HEARING, by=life.office.unit_head, on=date(2026, 9, 30))
    assert said == ["听证决定期限停止计算（已完成）"]


def test_the_word_on_a_day_of_delivery_is_foretold_to_move_clocks(office: Office) -> None:
    ready = ready_for(office, Move.CONFIRM_DELIVERY)
    said = consequences(ready.case, Move.CONFIRM_DELIVERY, by=office.head, on=MONDAY.date())
    assert said[0] == "送达日期核实期限停止计算（已完成）"
    assert "办理期限按发出之日计算" in said[1]
