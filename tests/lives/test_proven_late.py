"""A proof that comes after the end: a request that was in time by it is in time, whatever became of it."""

from datetime import date
from typing import Any

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.models import Review
from cases.states import Move, PaperKind, State
from tests.lives.story import Life, assert_whole, hour
from tests.lives.test_delivery import RECEIPT, direct, signed
from tests.office import Office


@pytest.fixture
def life(office: Office) -> Life:
    """Entered without its proof on Tue 2026-09-01: 30 days are Thu 10-01, National Day; the watch ends it on 10-09."""
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01") | {RECEIPT: None, "no_proof": "信访人带走了回证"})
    return life


def declined(life: Life, day: str) -> None:
    life.do(Move.ASK_REVIEW, day)
    assert Review.objects.get(case=life.case).is_late
    life.do(Move.DECLINE_REVIEW, day, o_clock=10, ground="late")


def test_a_request_declined_as_late_that_was_in_time_by_the_proof_may_be_made_again(life: Life) -> None:
    declined(life, "2026-10-12")
    # Received on Fri 09-11: 30 days are Sun 10-11, legal Mon 10-12. The proof comes a week later.
    life.refused(Move.PROVE_DELIVERY, "2026-10-19", "应当告知信访人", proven_on="2026-09-11", told_by="")
    life.do(Move.PROVE_DELIVERY, "2026-10-19", proven_on="2026-09-11", told_by="phone")
    assert Review.objects.get(case=life.case).is_late is False
    # Ten days from the word: Thu 10-29.
    assert life.clock("review-request") == "review-request from 2026-09-11 until 2026-10-11 (legal 2026-10-29): runs"
    told = life.case.events.get(kind=Move.PROVE_DELIVERY).detail
    assert (told["revived"], told["told_by"], told["units"]) == ("2026-10-29", "phone", [life.office.government.pk])
    write_due(at=hour("2026-10-19", 10))
    assert {"reviewer", "review-head"} <= set(Message.objects.values_list("user__username", flat=True))
    with pytest.raises(Refusal, match="尚未届满"):
        life.do(Move.END, "2026-10-19", ground="no-request")
    life.reload()
    life.do(Move.ASK_REVIEW, "2026-10-29")
    assert (life.case.state, life.case.reviews.latest("pk").is_late) == (State.REVIEW_ASKED, False)
    assert_whole()


def test_who_asked_in_time_by_the_proof_and_not_again_is_nobody_who_did_not_ask(life: Life) -> None:
    declined(life, "2026-10-12")
    life.do(Move.PROVE_DELIVERY, "2026-10-19", proven_on="2026-09-11", told_by="phone")
    life.until("2026-10-30")
    assert life.clock("review-request").endswith("void 2026-10-30")
    life.refused(Move.END, "2026-11-02", "不能以此终结", ground="no-request")


@pytest.mark.parametrize(("proven_on", "is_revived"), [("2026-09-10", False), ("2026-09-11", True)])
def test_a_request_that_is_late_by_the_proof_too_stays_late(life: Life, proven_on: str, is_revived: bool) -> None:
    # 09-10 + 30 = Sat 10-10, a working day; 09-11 + 30 = Sun 10-11, legal Mon 10-12.
    declined(life, "2026-10-12")
    life.do(Move.PROVE_DELIVERY, "2026-10-19", proven_on=proven_on, told_by="phone" if is_revived else "")
    assert Review.objects.get(case=life.case).is_late is not is_revived
    assert life.clock("review-request").endswith("runs") is is_revived


def test_a_day_put_right_later_gives_back_what_was_declined_as_late(office: Office) -> None:
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    declined(life, "2026-10-12")
    correction: dict[str, Any] = {"by": office.unit_head, "right_on": "2026-09-11"}
    life.refused(Move.CORRECT_DELIVERY, "2026-10-19", "应当告知信访人", **correction, told_by="")
    life.do(Move.CORRECT_DELIVERY, "2026-10-19", **correction, told_by="face")
    assert life.clock("review-request").endswith("(legal 2026-10-29): runs")
    assert life.case.deliveries.get().counts_from == date(2026, 9, 11)


def test_a_matter_withdrawn_while_its_review_runs_leaves_what_is_left_of_the_right(office: Office) -> None:
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    life.do(Move.ASK_REVIEW, "2026-09-14")
    life.do(Move.ACCEPT_REVIEW, "2026-09-15")
    life.do(Move.WITHDRAW, "2026-09-21")
    assert (life.case.state, life.case.holder) == (State.WITHDRAWN, office.housing)
    assert life.clock("review-request") == "review-request from 2026-09-01 until 2026-10-01 (legal 2026-10-08): runs"
    letter = life.case.letters.order_by("-pk")[0].letter
    assert "可以在2026年10月8日以前（含当日）提出" in "".join(letter.paragraphs)
    assert "09月" not in "".join(letter.paragraphs)
    life.refused(Move.ARCHIVE, "2026-10-08", "尚未届满")
    life.do(Move.ASK_REVIEW, "2026-10-08")
    assert life.case.reviews.latest("pk").is_late is False
    assert life.case.attachments.filter(kind=PaperKind.REQUEST).count() == 2
    assert_whole()


def test_a_matter_withdrawn_after_the_last_day_of_the_right_promises_none(office: Office) -> None:
    life = signed(office)
    life.do(Move.DELIVER, "2026-09-01", **direct("2026-09-01"))
    life.do(Move.ASK_REVIEW, "2026-10-08")
    life.do(Move.ACCEPT_REVIEW, "2026-10-09")
    life.do(Move.WITHDRAW, "2026-10-09", o_clock=10)
    assert life.clock("review-request").endswith("met 2026-10-08")
    assert "以前（含当日）" not in "".join(life.case.letters.order_by("-pk")[0].letter.paragraphs)
    life.do(Move.ARCHIVE, "2026-10-10")


def test_without_the_proof_no_right_has_ended_for_good(life: Life) -> None:
    life.until("2026-10-12")
    assert life.case.state == State.CLOSED
    life.refused(Move.END, "2026-10-12", "送达没有凭证", ground="no-request")
    life.do(Move.PROVE_DELIVERY, "2026-10-12", proven_on="2026-09-01")
    life.do(Move.END, "2026-10-13", ground="no-request")
    assert life.case.state == State.ENDED
