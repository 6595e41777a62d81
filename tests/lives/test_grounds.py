"""撤回、变更信访人、终结: grounds, hands and papers of what ends a right, or moves it to an heir."""

import pytest

from binzhou_xinfang.letters.kinds.ending import ENDING_NOTICE, SUCCESSION, WITHDRAWAL
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.periods import Rule
from cases.facts import earlier_letter
from cases.made_up.demo.scans import scan
from cases.models import Deadline, Petitioner
from cases.permissions import moves_now
from cases.queries import asked_to_end
from cases.states import Move, PaperKind, State
from cases.states.ground_lists import AskedEnd
from cases.vocabulary import EndGround
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office

TO_UNIT = ((Move.TRIAGE, 10), (Move.REFER, 11), (Move.SIGN_FOR, 14))
ANSWERED = (Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN)


def told_of_moves() -> list[str]:
    """The people who were told of something else than a letter that nobody has delivered."""
    bells = Message.objects.select_related("user").order_by("pk")
    return [bell.user.username for bell in bells if "尚未登记送达" not in bell.title]


def at_work(office: Office, day: str = "2026-09-22") -> Life:
    """A matter that the unit has had since the day on which it came, and has accepted on it."""
    life = begins(office, day)
    for move, o_clock in (*TO_UNIT, (Move.ACCEPT, 15)):
        life.do(move, day, o_clock=o_clock)
    return life


def delivered(office: Office) -> Life:
    life = at_work(office)
    for move in ANSWERED:
        life.do(move, "2026-09-28")
    life.do(Move.DELIVER, "2026-09-29")
    return life


def letter_text(life: Life, kind: object) -> str:
    letter = earlier_letter(life.case, kind)  # type: ignore[arg-type]
    return "" if letter is None else "".join([str(letter.addressee), *letter.paragraphs])


def test_the_handler_of_the_unit_asks_and_the_office_decides_on_the_petitioner_s_own_writing(office: Office) -> None:
    life = at_work(office)
    for move in (Move.WITHDRAW, Move.END, Move.SUCCEED):
        assert move not in moves_now(office.handler, life.case)
        life.refused(move, "2026-10-08", "岗位", by=office.handler)
        life.refused(move, "2026-10-08", "岗位", by=office.unit_head)
    life.refused(Move.ASK_END, "2026-10-08", "撤回申请书", by=office.handler, paper_withdrawal=None)
    life.refused(Move.ASK_END, "2026-10-08", "岗位", by=office.water_handler)
    life.do(Move.ASK_END, "2026-10-08", by=office.handler)
    # The work goes on, and so do the 60 days; the head has it on a list, and is told.
    assert (life.case.state, life.case.end_asked) == (State.ACCEPTED, AskedEnd.WITHDRAWN)
    assert life.clock("handling").endswith("runs")
    assert list(asked_to_end(office.head)) == [life.case]
    write_due(at=hour("2026-10-08", 10))
    assert "head" in Message.objects.values_list("user__username", flat=True)
    assert "clerk" not in told_of_moves()
    life.refused(Move.ASK_END, "2026-10-09", "已有一项", by=office.handler)
    life.do(Move.REFUSE_END, "2026-10-09", reason="申请书没有签名")
    assert (life.case.end_asked, life.case.state) == ("", State.ACCEPTED)
    life.do(Move.ASK_END, "2026-10-10", by=office.handler)
    paper = life.case.attachments.filter(kind=PaperKind.WITHDRAWAL).order_by("-pk")[0]
    life.refused(Move.WITHDRAW, "2026-10-12", "自愿", is_free_will=False)
    life.do(Move.WITHDRAW, "2026-10-12", paper_withdrawal=str(paper.pk))  # the paper that the unit had handed in
    assert (life.case.state, life.case.end_asked) == (State.WITHDRAWN, "")
    assert "2026年10月12日书面申请撤回" in letter_text(life, WITHDRAWAL)
    assert "void 2026-10-12" in life.clock("handling")
    assert_whole()


def test_a_withdrawal_after_the_delivery_leaves_the_right_to_a_review_alone(office: Office) -> None:
    life = delivered(office)
    right = "review-request from 2026-09-29 until 2026-10-29: runs"
    assert life.clock("review-request") == right
    life.do(Move.WITHDRAW, "2026-10-09")
    assert (life.clock("review-request"), life.clock("evaluation").endswith("runs")) == (right, True)
    assert "2026年10月29日以前（含当日）提出" in letter_text(life, WITHDRAWAL)
    # On the last day it is still in time; the body above has it.
    life.do(Move.ASK_REVIEW, "2026-10-29")
    assert (life.case.state, life.case.holder) == (State.REVIEW_ASKED, office.government)
    life.do(Move.DECLINE_REVIEW, "2026-10-30")
    assert (life.case.state, life.case.is_open) == (State.WITHDRAWN, False)
    assert_whole()


def test_a_right_that_nobody_used_after_a_withdrawal_ends_and_closes_nothing(office: Office) -> None:
    life = delivered(office)
    life.do(Move.WITHDRAW, "2026-10-09")
    life.refused(Move.ARCHIVE, "2026-10-29", "尚未届满")
    life.until("2026-10-30")
    assert (life.case.state, life.case.due_rule) == (State.WITHDRAWN, "")
    life.do(Move.ARCHIVE, "2026-11-02")


def test_a_duty_that_was_late_when_it_was_cancelled_stays_late_and_one_not_yet_due_leaves_the_base(
    office: Office,
) -> None:
    late, early = at_work(office), at_work(office)
    early.do(Move.WITHDRAW, "2026-10-09")
    late.do(Move.WITHDRAW, "2026-11-24")  # 09-22 + 60 = Sat 11-21: legal Mon 11-23
    handling = Deadline.objects.filter(rule=Rule.HANDLING)
    assert [handling.get(case=life.case).was_in_time for life in (late, early)] == [False, None]
    assert list(handling.counted().values_list("case", flat=True)) == [late.case.pk]
    # Cancelled between the strict and the legal day: late for the score alone.
    between = at_work(office)
    between.do(Move.WITHDRAW, "2026-11-23")
    assert between.case.pk not in handling.counted().values_list("case", flat=True)
    assert between.case.pk in handling.counted("strict").values_list("case", flat=True)


def test_heirs_come_with_the_proofs_and_are_told_and_no_clock_moves(office: Office) -> None:
    life = at_work(office)
    life.refused(Move.SUCCEED, "2026-10-09", "死亡、终止证明", paper_death_proof=None)
    life.refused(Move.SUCCEED, "2026-10-09", "承继关系证明", paper_kinship_proof=None)
    life.refused(Move.SUCCEED, "2026-10-09", "不是法人", ground="dissolved")
    before = life.clocks()
    life.do(Move.SUCCEED, "2026-10-09", by=office.clerk)
    assert (life.case.lead.name, life.clocks()) == ("刘小某", before)
    assert letter_text(life, SUCCESSION).startswith("刘小某刘某通过来访反映")
    kinds = set(life.case.attachments.values_list("kind", flat=True))
    assert kinds == {PaperKind.REQUEST, PaperKind.DEATH_PROOF, PaperKind.KINSHIP_PROOF}
    write_due(at=hour("2026-10-09", 10))
    assert told_of_moves() == ["handler"]


def test_an_heir_takes_up_the_right_after_the_closing_and_none_that_has_ended(office: Office) -> None:
    life = delivered(office)
    life.do(Move.CLOSE, "2026-10-08")
    life.do(Move.SUCCEED, "2026-10-29")  # the last day
    assert (life.case.state, life.case.lead.name) == (State.CLOSED, "刘小某")
    life.do(Move.ASK_REVIEW, "2026-10-29", o_clock=10)
    other = delivered(office)
    other.do(Move.CLOSE, "2026-10-08")
    other.refused(Move.SUCCEED, "2026-10-30", "期限也已届满")


def test_an_organisation_is_followed_by_who_took_its_rights(office: Office) -> None:
    lead = Petitioner(name="滨州众合公司", phone="13800000003", address="黄河五路", is_organisation=True)
    life = begins(office, "2026-09-22", lead=lead)
    life.refused(Move.SUCCEED, "2026-09-23", "不是自然人", ground="died")
    life.do(Move.SUCCEED, "2026-09-23", ground="dissolved", name="滨州新众合公司")
    assert life.case.lead.name == "滨州新众合公司"


def test_other_reasons_end_nothing(office: Office) -> None:
    life = at_work(office)
    life.refused(Move.END, "2026-10-08", "不在可选的范围内", ground="other")
    life.refused(Move.END, "2026-10-08", "死亡、终止证明", paper_death_proof=None)
    life.refused(Move.END, "2026-10-08", "尚未届满", ground="no-request")


def test_an_agreement_ends_a_matter_when_both_have_signed_it(office: Office) -> None:
    life = at_work(office)
    life.do(Move.INVESTIGATE, "2026-10-09")
    life.do(Move.MEDIATE, "2026-10-10")
    life.do(Move.REACH_AGREEMENT, "2026-10-12")
    life.refused(Move.END, "2026-10-13", "签字的协议书", ground="mediated")
    life.do(Move.END, "2026-10-13", ground="mediated", paper_agreement=scan("协议书"))
    assert (life.case.state, life.case.end_ground) == (State.ENDED, EndGround.MEDIATED)
    assert "第四十六条第一项" in letter_text(life, ENDING_NOTICE)
    assert life.clock("judicial-confirmation").endswith("runs")  # the court is not the office's to close
    assert_whole()


def test_what_the_watch_ended_is_told_in_writing_when_the_head_confirms_it(office: Office) -> None:
    life = delivered(office)
    for move in (Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW):
        life.do(move, "2026-10-09")
    life.until("2026-11-12")
    assert (life.case.state, life.case.end_ground, letter_text(life, ENDING_NOTICE)) == (
        State.ENDED, EndGround.NO_REQUEST, "",
    )  # fmt: skip
    life.do(Move.CONFIRM_END, "2026-11-13")
    assert "第四十六条第二项" in letter_text(life, ENDING_NOTICE)


def test_a_claim_has_a_unit_and_is_not_answered_at_the_window(office: Office) -> None:
    life = begins(office, "2027-02-01")
    life.do(Move.TRIAGE, "2027-02-01", o_clock=10)
    for ground, words in (("advice", "建议意见类"), ("inquiry", "不能直接答复")):
        life.refused(Move.ANSWER_DIRECTLY, "2027-02-02", words, ground=ground)
    asked = begins(office, "2027-02-01", purpose="other")
    asked.do(Move.TRIAGE, "2027-02-01", o_clock=10)
    asked.do(Move.ANSWER_DIRECTLY, "2027-02-02", ground="inquiry")
    assert asked.case.state == State.ANSWERED


@pytest.mark.parametrize(("day", "is_taken"), [("2026-11-02", False), ("2026-11-03", True), ("2026-11-04", True)])
def test_nobody_stayed_away_from_a_hearing_before_its_day(office: Office, day: str, is_taken: bool) -> None:
    life = at_work(office, "2026-10-08")
    life.do(Move.CALL_HEARING, "2026-10-09")  # for 11-03
    if not is_taken:
        life.refused(Move.CANCEL_HEARING, day, "听证日期还没有到", ground="absent")
        return
    life.do(Move.CANCEL_HEARING, day, ground="absent")
    assert life.case.state == State.HANDLING


def test_a_hearing_is_given_up_in_writing(office: Office) -> None:
    life = at_work(office, "2026-10-08")
    life.do(Move.CALL_HEARING, "2026-10-09")
    life.refused(Move.CANCEL_HEARING, "2026-10-10", "其他证明材料", ground="waived")
    life.do(Move.CANCEL_HEARING, "2026-10-10", ground="waived", paper_other_proof=scan("书面意见"))
