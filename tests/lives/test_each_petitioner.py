"""Several petitioners of one matter: each is given the answer, and each has his own days from his own copy."""

from datetime import date

import pytest

from cases.models import Petitioner
from cases.states import Move, State
from cases.vocabulary import PartyRole
from cases.window.registration import Party, register
from tests.lives.story import Life, begins, hour
from tests.office import Office, arrival, matter

ROAD = (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN)


def signed_by_two(office: Office, role: PartyRole = PartyRole.JOINT) -> Life:
    beside = [Party(Petitioner(name="王某", phone="13900000000"), role)]
    came = arrival(date(2026, 8, 3), companions=beside)
    life = Life(office, register(came, matter(office), by=office.clerk, at=hour("2026-08-03")).case, date(2026, 8, 3))
    for move in ROAD:
        life.do(move, "2026-08-04")
    return life


@pytest.mark.parametrize("role", [PartyRole.JOINT, PartyRole.REPRESENTATIVE])
def test_the_days_of_the_first_end_no_right_of_the_other(office: Office, role: PartyRole) -> None:
    life = signed_by_two(office, role)
    life.do(Move.DELIVER, "2026-08-05")
    assert len(life.case.unserved) == 1
    assert life.clock("delivery-to-others").startswith("delivery-to-others from 2026-08-05 until 2026-08-15")
    # 08-05 + 30 = Fri 09-04; the file stays open for who has not been given the answer.
    life.until("2026-09-08")
    assert (life.case.state, life.clock("review-request")[-17:]) == (State.DELIVERED, ": void 2026-09-05")
    life.do(Move.DELIVER_OTHER, "2026-09-10", delivered_on="2026-09-10", late_reason="信访人外出")
    assert life.case.unserved == []
    # His own days: 09-10 + 30 = Sat 10-10, a make-up workday.
    assert life.clock("review-request") == "review-request from 2026-09-10 until 2026-10-10: runs"
    life.until("2026-10-12")
    assert life.case.state == State.CLOSED


def test_a_copy_within_the_days_of_the_first_leaves_the_later_day(office: Office) -> None:
    life = signed_by_two(office)
    life.do(Move.DELIVER, "2026-08-05")
    life.do(Move.DELIVER_OTHER, "2026-08-12", delivered_on="2026-08-12")
    assert life.clock("review-request").startswith("review-request from 2026-08-12 until 2026-09-11")
    assert life.case.deliveries.exclude(party=None).get().delivered_on.isoformat() == "2026-08-12"


def test_each_asks_within_his_own_days(office: Office) -> None:
    life = signed_by_two(office)
    life.do(Move.DELIVER, "2026-08-05")
    life.do(Move.DELIVER_OTHER, "2026-08-20", delivered_on="2026-08-20")
    other = life.case.deliveries.exclude(party=None).get().party
    # 08-05 + 30 = 09-04: late for the first; 08-20 + 30 = Sat 09-19, until Sun 09-20 a make-up workday: in time.
    life.do(Move.ASK_REVIEW, "2026-09-10", requested_on="2026-09-10")
    assert life.case.reviews.get().is_late
    life.do(Move.WITHDRAW_REVIEW, "2026-09-11")
    life.do(Move.ASK_REVIEW, "2026-09-11", requested_on="2026-09-11", applicant=other.pk)
    again = life.case.reviews.first()
    assert (again.is_late, again.applicant, life.case.events.last().detail["applicant"]) == (False, other, "王某")


def test_who_was_never_given_the_answer_is_never_late(office: Office) -> None:
    life = signed_by_two(office)
    life.do(Move.DELIVER, "2026-08-05")
    waits = Petitioner.objects.get(pk=life.case.unserved[0])
    life.do(Move.ASK_REVIEW, "2026-11-02", requested_on="2026-11-02", applicant=waits.pk)
    assert not life.case.reviews.get().is_late


def test_nothing_is_refused_as_final_to_who_was_never_given_the_end(office: Office) -> None:
    life = signed_by_two(office)
    for move in (Move.DELIVER, Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW,
                 Move.DELIVER_REVIEW, Move.ASK_RECHECK, Move.ACCEPT_RECHECK, Move.DRAFT_RECHECK, Move.SIGN_RECHECK,
                 Move.DELIVER_RECHECK):  # fmt: skip
        life.do(move, "2026-08-05")
    assert life.case.state == State.ENDED
    again = begins(office, "2026-09-07", lead=Petitioner(name="王某", phone="13900000000"))
    again.do(Move.TRIAGE, "2026-09-07")
    again.refused(Move.REFUSE_AGAIN, "2026-09-08", "还没有送达该信访人", earlier=life.case.number)
    life.refused(Move.ARCHIVE, "2026-09-08", "还有信访人没有收到答复")
    life.do(Move.DELIVER_OTHER, "2026-09-09", by=office.rechecker, late_reason="信访人外出")
    again.do(Move.REFUSE_AGAIN, "2026-09-09", earlier=life.case.number)


def test_who_came_by_a_merged_matter_is_given_the_answer_too(office: Office) -> None:
    master = begins(office, "2026-08-03")
    other = begins(office, "2026-08-03", lead=Petitioner(name="王某", phone="13900000000"))
    other.do(Move.MERGE, "2026-08-03", into=master.case.number)
    master.reload()
    for move in (*ROAD, Move.DELIVER):
        master.do(move, "2026-08-04")
    assert [Petitioner.objects.get(pk=key).name for key in master.case.unserved] == ["王某"]


def test_an_agent_has_no_right_of_his_own(office: Office) -> None:
    life = signed_by_two(office, PartyRole.AGENT)
    life.do(Move.DELIVER, "2026-08-05")
    assert life.case.unserved == []
    life.refused(Move.DELIVER_OTHER, "2026-08-06", "没有尚未送达的其他信访人")
