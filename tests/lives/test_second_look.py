"""Off the straight road once more: what is answered again is reported again, and nobody reviews himself."""

import pytest

from binzhou_xinfang.accounts.models import Unit
from cases.handover.orders import Share
from cases.models import Deadline, Opinion, PetitionCase, Petitioner, Review
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins
from tests.lives.test_hand_over import DAY, handed, hour, order
from tests.office import Office, case_in


def text_of(life: Life, kind: str) -> str:
    return "\n".join(life.case.letters.get(letter__kind=kind).letter.paragraphs)


@pytest.fixture
def reported(office: Office) -> Life:
    """An assigned matter that was closed with its report, and answered again by a review on Thu 2026-09-10."""
    life = begins(office, "2026-07-06")
    life.do(Move.TRIAGE, "2026-07-07")
    life.do(Move.ASSIGN, "2026-07-08", days=60)
    for move, day in (
        (Move.SIGN_FOR, "2026-07-09"), (Move.ACCEPT, "2026-07-10"), (Move.INVESTIGATE, "2026-07-20"),
        (Move.DRAFT, "2026-08-03"), (Move.CHECK, "2026-08-04"), (Move.SIGN, "2026-08-05"),
        (Move.DELIVER, "2026-08-06"),
    ):  # fmt: skip
        life.do(move, day)
    # The period of the assignment watches by itself.
    assert not life.case.deadlines.filter(rule="completion").exists()
    life.do(Move.CLOSE, "2026-08-07")
    assert life.clock("assignment").endswith("met 2026-08-07")
    for move, day in (
        (Move.ASK_REVIEW, "2026-08-10"), (Move.ACCEPT_REVIEW, "2026-08-11"), (Move.DRAFT_REVIEW, "2026-09-08"),
        (Move.SIGN_REVIEW, "2026-09-09"), (Move.DELIVER_REVIEW, "2026-09-10"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def test_an_assigned_matter_that_was_reported_and_is_answered_again_owes_its_report_by_a_day(
    office: Office, reported: Life
) -> None:
    life = reported
    # Sun 09-20 is a make-up workday.
    assert life.clock("completion") == "completion from 2026-09-10 until 2026-09-20: runs"
    assert life.case.deadlines.get(rule="completion").unit == office.housing
    life.do(Move.CLOSE, "2026-09-18")
    assert life.clock("completion").endswith("met 2026-09-18")
    assert [number for number in life.letters() if "结" in number] == ["滨住建结〔2026〕1号", "滨住建结〔2026〕2号"]
    assert_whole()


def test_a_report_that_a_recheck_overtakes_is_owed_to_nobody_meanwhile(reported: Life) -> None:
    reported.do(Move.ASK_RECHECK, "2026-09-14")
    assert reported.clock("completion").endswith("void 2026-09-14")


def test_nobody_is_asked_to_tell_a_petitioner_without_a_name(office: Office) -> None:
    life = begins(office, "2026-07-06", lead=Petitioner(name="匿名", is_anonymous=True))
    life.do(Move.TRIAGE, "2026-07-07")
    life.do(Move.REFER, "2026-07-08")
    text = text_of(life, "referral")
    assert "信访人的姓名（名称）、住址不清，不需要书面告知（《信访工作条例》第二十三条第二款）。" in text
    assert "书面告知信访人" not in text
    assert "请依照《信访工作条例》第二十三条第三款的规定，最迟于" in text


def test_who_gave_a_name_is_told(office: Office) -> None:
    life = begins(office, "2026-07-06")
    life.do(Move.TRIAGE, "2026-07-07")
    life.do(Move.REFER, "2026-07-08")
    text = text_of(life, "referral")
    assert "书面告知信访人接收情况以及处理途径和程序" in text
    assert "请依照同款规定" in text


@pytest.fixture
def branch(office: Office) -> PetitionCase:
    """A review at 市住建局 of what its branch answered."""
    case = case_in(office, State.REVIEW_ASKED, at=hour("2026-09-21"))
    Review.objects.filter(case=case).update(body=office.housing)
    Deadline.objects.filter(case=case, unit=office.government).update(unit=office.housing)
    PetitionCase.objects.filter(pk=case.pk).update(responsible=office.housing_below, holder=office.housing)
    return PetitionCase.objects.get(pk=case.pk)


def test_a_branch_that_merges_into_its_reviewer_leaves_the_review_to_the_next_above(
    office: Office, branch: PetitionCase
) -> None:
    before = dict(branch.deadlines.running().filter(unit=office.housing).values_list("rule", "legal_on"))
    handed(order(office, Share(office.housing, takes_rest=True), unit=office.housing_below), office.head)
    case = PetitionCase.objects.get(pk=branch.pk)
    assert (case.responsible, case.holder, case.reviews.get().body) == (
        office.housing, office.government, office.government,
    )  # fmt: skip
    # The clocks of the review go along with their days.
    lifted = case.deadlines.running().filter(unit=office.government, rule__startswith="review")
    assert {clock.rule: clock.legal_on for clock in lifted} == {
        rule: day for rule, day in before.items() if rule in ("review", "review-acceptance")
    }
    event = case.events.order_by("-seq")[0]
    assert event.detail["reviewer"] == office.government.name
    life = Life(office, case, hour(DAY).date())
    said = text_of(life, "change-of-unit")
    assert f"你的申请由其上一级机关{office.government.name}继续办理" in said
    life.do(Move.ACCEPT_REVIEW, "2026-10-09")
    assert_whole()


def test_a_review_of_another_body_stays_where_it_is(office: Office) -> None:
    case = case_in(office, State.REVIEW_ASKED, at=hour("2026-09-21"))
    handed(order(office, Share(office.water, takes_rest=True)), office.head)
    case = PetitionCase.objects.get(pk=case.pk)
    assert (case.responsible, case.holder) == (office.water, office.government)
    assert case.events.order_by("-seq")[0].detail["reviewer"] == ""
    letter = case.letters.filter(letter__kind="change-of-unit").get().letter
    assert "上一级机关" not in "".join(letter.paragraphs)


def test_a_request_against_the_body_that_has_swallowed_its_reviewer_goes_to_the_next_above(office: Office) -> None:
    case = case_in(office, State.DELIVERED, at=hour("2026-09-21"))
    Opinion.objects.filter(case=case).update(review_body=office.water)
    Unit.objects.filter(pk=office.water.pk).update(valid_to=hour("2026-09-22").date(), moved_to=office.housing)
    life = Life(office, case, hour("2026-09-21").date())
    life.do(Move.ASK_REVIEW, "2026-09-24")
    assert (life.case.holder, life.case.reviews.get().body) == (office.government, office.government)
