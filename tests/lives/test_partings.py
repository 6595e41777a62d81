"""Matters of several petitioners that were merged: no one's act, and no refusal of one, ends what another has asked
for."""

from datetime import date
from typing import Any

import pytest

from cases.models import Companion, PetitionCase, Petitioner
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, PartyRole
from cases.window.registration import Party, register
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office, arrival, matter

LI = {"name": "李某", "phone": "13900000001"}
WANG = {"name": "王某", "phone": "13900000000"}
ROAD = (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE)


def master_and_other(office: Office, *moves: Move, same_requests: bool = False, **person: str) -> tuple[Life, Life]:
    master = begins(office, "2026-09-07", lead=Petitioner(**LI))
    for move in moves:
        master.do(move, "2026-09-07")
    other = begins(
        office, "2026-09-08", lead=Petitioner(**(person or WANG)), requests=None if same_requests else ["退还物业费"]
    )
    other.do(Move.TRIAGE, "2026-09-08")
    other.do(Move.MERGE, "2026-09-09", into=master.case.number)
    master.reload()
    return master, other


def stands_alone(master: Life, other: Life, day: str) -> None:
    other.watched = master.watched
    other.reload()
    assert (other.case.state, other.case.merged_into) == (State.TRIAGED, None)
    assert other.clock("triage").startswith(f"triage from {day}")
    assert other.clock("triage").endswith(": runs")
    letter = other.case.letters.get(letter__kind="split-notice").letter
    assert "没有在其中得到答复" in letter.facts["reason"] or "不在其中答复" in letter.facts["reason"]
    assert master.events()[-1] == "split-off"
    assert PetitionCase.objects.get(pk=master.case.pk).petition_count == 1
    assert not Companion.objects.filter(petition__case=master.case, role="joint").exists()


ENDS: list[tuple[tuple[Move, ...], Move, dict[str, Any]]] = [
    (ROAD, Move.WITHDRAW, {}),
    (ROAD[:3], Move.WITHDRAW, {}),
    (ROAD, Move.END, {"ground": "no-successor"}),
    (ROAD, Move.LEAD_OUT, {}),
    (ROAD, Move.TAKE_AS_DUTY, {}),
    (ROAD[:3], Move.DECLINE, {"by": "unit_head"}),
    (ROAD[:1], Move.DECLINE, {}),
    (ROAD[:3], Move.CHANGE_WAY, {"legal_way": LegalWay.STATUTORY_DUTY.value}),
]


@pytest.mark.parametrize(("road", "move", "given"), ENDS)
def test_what_another_has_asked_for_stands_by_itself_when_the_matter_ends_or_turns(
    office: Office, road: tuple[Move, ...], move: Move, given: dict[str, Any]
) -> None:
    master, other = master_and_other(office, *road)
    by = getattr(office, given["by"]) if "by" in given else None
    master.do(move, "2026-10-12", **(given | {"by": by}))
    stands_alone(master, other, "2026-10-12")
    other.do(Move.REFER, "2026-10-13")
    assert_whole()


def test_a_repeat_of_the_one_who_withdraws_goes_with_him_and_takes_nobody_along(office: Office) -> None:
    master, repeat = master_and_other(office, *ROAD, **LI)
    joined = begins(office, "2026-09-10", lead=Petitioner(**WANG))
    joined.do(Move.TRIAGE, "2026-09-10")
    joined.do(Move.MERGE, "2026-09-10", into=repeat.case.number)
    master.reload()
    master.do(Move.WITHDRAW, "2026-09-21")
    assert (repeat.reload().state, joined.reload().state) == (State.MERGED, State.TRIAGED)


def test_who_has_had_his_answer_with_the_matter_is_not_split_off(office: Office) -> None:
    master, other = master_and_other(office, *ROAD, same_requests=True)
    for move in (Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER, Move.WITHDRAW):
        master.do(move, "2026-09-21")
    assert other.reload().state == State.MERGED


def test_a_report_of_wrongdoing_takes_no_claim_of_another_with_it_and_is_not_named(office: Office) -> None:
    master, other = master_and_other(office, *ROAD)
    master.do(Move.TO_DISCIPLINE, "2026-09-21")
    event = other.reload().events.get(kind="split")
    assert (other.case.state, other.case.is_sealed, "case" in event.detail) == (State.TRIAGED, True, False)
    assert master.case.number not in str(other.case.letters.get(letter__kind="split-notice").letter.facts)


def test_a_triage_that_leads_another_way_leaves_the_claims_of_others(office: Office) -> None:
    master = begins(office, "2026-09-07", lead=Petitioner(**LI), purpose="other")
    other = begins(office, "2026-09-08", lead=Petitioner(**WANG), purpose="other")
    master.do(Move.TRIAGE, "2026-09-08")
    other.do(Move.TRIAGE, "2026-09-08")
    other.do(Move.MERGE, "2026-09-08", into=master.case.number)
    master.reload()
    master.do(Move.TRIAGE, "2026-09-09", kind=Kind.ADVICE.value, legal_way=LegalWay.ADVICE.value)
    assert other.reload().state == State.TRIAGED


def test_nobody_withdraws_what_another_has_signed(office: Office) -> None:
    beside = [Party(Petitioner(name="王某", phone="13900000000"), PartyRole.JOINT)]
    came = arrival(date(2026, 9, 7), companions=beside)
    life = Life(office, register(came, matter(office), by=office.clerk, at=hour("2026-09-07")).case, date(2026, 9, 7))
    life.refused(Move.WITHDRAW, "2026-09-08", "王某没有在撤回申请书上签名")
    life.do(Move.WITHDRAW, "2026-09-08", signed_by=[beside[0].person.pk])
    assert life.case.events.get(kind="withdraw").detail["signed_by"] == ["王某"]
