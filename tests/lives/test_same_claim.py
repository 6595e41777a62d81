"""Claims that another matter, or another name, would take away: 不再受理、重复登记、并件、存件、甄别."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.attaching import attach
from cases.models import Petitioner
from cases.states import Move, State
from cases.vocabulary import Channel, Kind, LegalWay
from tests.lives.story import Life, begins, hour
from tests.office import Office, case_in

REWORDED = ["尽快明确由谁维修", "公开维修资金使用情况"]
ADVICE = {"kind": Kind.ADVICE.value, "legal_way": LegalWay.ADVICE.value}


def ended(office: Office) -> str:
    return case_in(office, State.ENDED, at=hour("2026-08-03")).number


def comes_again(office: Office, **changes: object) -> Life:
    life = begins(office, "2026-09-21", **changes)  # type: ignore[arg-type]
    life.do(Move.TRIAGE, "2026-09-21")
    return life


def test_what_another_person_was_told_bars_nobody(office: Office) -> None:
    earlier = ended(office)
    life = comes_again(office, lead=Petitioner(name="王某", phone="13900000000"))
    life.refused(Move.REFUSE_AGAIN, "2026-09-22", "不是同一人", earlier=earlier)


def test_a_request_that_was_never_answered_is_not_refused_as_answered(office: Office) -> None:
    earlier = ended(office)
    life = comes_again(office, requests=REWORDED)
    life.refused(Move.REFUSE_AGAIN, "2026-09-22", "尽快明确由谁维修", earlier=earlier)
    life.do(Move.REFUSE_AGAIN, "2026-09-22", earlier=earlier, same_requests=["1"])
    event = life.case.events.get(kind="refuse-again")
    assert (life.case.state, event.detail["same"]) == (State.NOT_AGAIN, ["尽快明确由谁维修"])


def test_what_a_body_took_in_on_itself_is_refused_by_the_office_above_alone(office: Office) -> None:
    earlier = ended(office)
    life = begins(office, "2026-09-21", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-09-21", by=office.housing_registrar)
    life.refused(Move.REFUSE_AGAIN, "2026-09-22", "岗位", by=office.unit_head, earlier=earlier)
    life.do(Move.REFUSE_AGAIN, "2026-09-22", by=office.head, earlier=earlier)


def test_what_is_under_way_elsewhere_is_compared_request_by_request(office: Office) -> None:
    first, life = case_in(office, State.ACCEPTED, at=hour("2026-09-14")), comes_again(office, requests=REWORDED)
    life.refused(Move.DECLINE, "2026-09-22", "逐项核对", ground="pending", pending=first.number)
    life.do(Move.DECLINE, "2026-09-22", ground="pending", pending=first.number, same_requests=["1"])
    assert life.case.events.get(kind="decline").detail["same"] == ["尽快明确由谁维修"]


@pytest.mark.parametrize(("day", "is_double"), [("2026-09-18", True), ("2026-09-17", False)])
def test_an_arrival_is_double_within_three_days_of_the_other(office: Office, day: str, is_double: bool) -> None:
    first, life = begins(office, day), begins(office, "2026-09-21")
    sent = {"ground": "double", "same_as": first.case.number}
    if is_double:
        life.do(Move.VOID, "2026-09-22", **sent)
    else:
        life.refused(Move.VOID, "2026-09-22", "不是同一次来信、来访", **sent)


def test_a_letter_and_a_visit_are_two_arrivals(office: Office) -> None:
    first, life = begins(office, "2026-09-21", channel=Channel.LETTER), begins(office, "2026-09-21")
    life.refused(Move.VOID, "2026-09-22", "不是同一次", ground="double", same_as=first.case.number)


def test_a_request_of_its_own_is_not_voided_with_the_entry(office: Office) -> None:
    first, life = begins(office, "2026-09-21"), begins(office, "2026-09-21", requests=["退还物业费"])
    life.refused(Move.VOID, "2026-09-22", "退还物业费", ground="double", same_as=first.case.number)


def test_what_came_with_papers_did_arrive(office: Office) -> None:
    life = begins(office, "2026-09-21")
    upload = SimpleUploadedFile("信访信.txt", "请求查处".encode())
    attach(life.case, upload=upload, by=office.registrar, at=hour("2026-09-21", 10))
    life.refused(Move.VOID, "2026-09-22", "附有信访人的材料", ground="mistake")


def test_a_claim_joins_no_matter_that_owes_less(office: Office) -> None:
    master = begins(office, "2026-09-21", purpose="advise")
    master.do(Move.TRIAGE, "2026-09-21", **ADVICE)
    life = comes_again(office)
    life.refused(Move.MERGE, "2026-09-22", "得不到这样的答复", into=master.case.number)


def test_advice_joins_a_claim(office: Office) -> None:
    master, life = comes_again(office), begins(office, "2026-09-21", purpose="advise")
    life.do(Move.MERGE, "2026-09-22", into=master.case.number)
    assert life.case.state == State.MERGED


@pytest.mark.parametrize("purpose", ["settle", "appeal"])
def test_who_asks_for_something_is_not_thanked_for_advice(office: Office, purpose: str) -> None:
    life = begins(office, "2026-09-21", purpose=purpose)
    life.refused(Move.TRIAGE, "2026-09-21", "请先更正登记", **ADVICE)


@pytest.mark.parametrize("ground", ["thanks", "empty"])
def test_a_claim_is_not_laid_aside(office: Office, ground: str) -> None:
    life = begins(office, "2026-09-21")
    life.refused(Move.FILE, "2026-09-22", "不能存件", ground=ground)


def test_who_can_be_reached_is_told_that_it_was_laid_aside(office: Office) -> None:
    life = begins(office, "2026-09-21", purpose="other")
    life.refused(Move.FILE, "2026-09-22", "存件应当告知信访人", told_by="")
    life.do(Move.FILE, "2026-09-22", told_by="phone")
    assert life.case.events.get(kind="file").detail["told_by"] == "phone"


@pytest.mark.parametrize("ground", ["litigation", "skipped"])
def test_only_who_came_here_in_person_came_to_the_wrong_door(office: Office, ground: str) -> None:
    letter = begins(office, "2026-09-21", channel=Channel.LETTER)
    letter.do(Move.TRIAGE, "2026-09-21")
    letter.refused(Move.DECLINE, "2026-09-22", "走访", ground=ground)
    sent_on = comes_again(office)
    sent_on.do(Move.REFER, "2026-09-22")
    sent_on.do(Move.SIGN_FOR, "2026-09-22")
    sent_on.refused(Move.DECLINE, "2026-09-23", "走访", by=office.unit_head, ground=ground)
