"""并件: a repeat that was a matter of its own after all, and merges of merges."""

import pytest

from cases.models import Companion, PetitionCase, Petitioner
from cases.people import is_same_person
from cases.queries import on_desk
from cases.states import Move, State
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office


def count_of(life: Life) -> int:
    return PetitionCase.objects.get(pk=life.case.pk).petition_count


def test_a_wrong_merge_is_split_again_with_the_first_due_day_kept(office: Office) -> None:
    first = begins(office, "2025-09-22")
    second = begins(office, "2025-09-25", title="小区广场渗水")
    second.do(Move.TRIAGE, "2025-09-26")
    second.do(Move.MERGE, "2025-09-28", into=first.case.number)
    first.reload()
    assert (second.case.state, second.case.merged_into, count_of(first)) == (State.MERGED, first.case, 2)
    assert second.clocks() == ["triage from 2025-09-25 until 2025-10-10: void 2025-09-28"]
    assert first.events()[-1] == "merged-in"
    waiting = {case.pk for case in on_desk(office.registrar)}
    assert waiting == {first.case.pk}

    # The repeat has come to the master's file; the master goes on as if nothing had happened.
    first.do(Move.TRIAGE, "2025-09-29")
    second.watched = first.watched
    second.do(Move.SPLIT, "2025-10-09", reason="第二件反映的是广场，不是车库")
    first.reload()
    assert (second.case.state, second.case.merged_into, count_of(first)) == (State.TRIAGED, None, 1)
    # It counts from its own receipt: 09-25 + 15 = Fri 10-10, the second day after National Day.
    assert second.clocks()[1:] == ["triage from 2025-09-25 until 2025-10-10: runs"]
    second.do(Move.REFER, "2025-10-10", to_unit="bzsl")
    assert second.clocks()[1] == "triage from 2025-09-25 until 2025-10-10: met 2025-10-10"
    assert second.events() == ["register", "triage", "merge", "split", "refer"]
    assert (first.events()[-1], first.clocks()) == (
        "split-off",
        # 09-22 + 15 = Tue 10-07: legal Thu 10-09; warned of before the strict day, lapsed after the legal one.
        ["triage from 2025-09-22 until 2025-10-07 (legal 2025-10-09): runs"],
    )
    assert first.watch() == ["-3 triage 2025-10-04", "-1 triage 2025-10-06", "lapsed triage 2025-10-10"]
    assert_whole()


def test_merges_of_merges_lead_to_the_one_matter_that_is_open(office: Office) -> None:
    first, second, third = (begins(office, "2026-02-13", title=f"渗水{n}") for n in (1, 2, 3))
    second.do(Move.MERGE, "2026-02-14", into=first.case.number)
    third.do(Move.MERGE, "2026-02-14", into=second.case.number)
    assert (third.case.merged_into, count_of(first), count_of(second)) == (first.case, 3, 1)
    first.reload()
    first.refused(Move.MERGE, "2026-02-24", "已经并入本事项", into=third.case.number)
    first.refused(Move.MERGE, "2026-02-24", "不能并入本事项自身", into=first.case.number)


def test_a_master_that_is_merged_takes_its_own_with_it_and_gives_them_back_when_split(office: Office) -> None:
    first, second, third = (begins(office, "2026-02-13", title=f"渗水{n}") for n in (1, 2, 3))
    third.do(Move.MERGE, "2026-02-14", into=second.case.number)
    second.reload()
    second.do(Move.MERGE, "2026-02-24", into=first.case.number)
    assert (count_of(first), count_of(second)) == (3, 2)
    second.do(Move.SPLIT, "2026-02-25")
    assert (count_of(first), count_of(second), third.reload().merged_into) == (1, 2, second.case)
    # Split off while its master is merged itself: it leaves the count of both.
    second.do(Move.MERGE, "2026-02-26", into=first.case.number)
    third.do(Move.SPLIT, "2026-02-27")
    assert (count_of(first), count_of(second), third.case.state) == (2, 1, State.REGISTERED)
    # 02-13 + 15 = Sat 02-28, a make-up workday: in time until then.
    assert third.clock("triage") == "triage from 2026-02-13 until 2026-02-28: runs"
    assert_whole()


def with_opinion(office: Office, *moves: Move) -> Life:
    life = begins(office, "2026-08-03")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, *moves):
        life.do(move, "2026-08-04")
    return life


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ((Move.DRAFT,), "退回修改以后再并件"),
        ((Move.DRAFT, Move.CHECK, Move.SIGN), "不会再答复新的诉求"),
        ((Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER), "不会再答复新的诉求"),
    ],
)
def test_nothing_joins_a_matter_whose_opinion_is_written(office: Office, moves: tuple[Move, ...], words: str) -> None:
    master = with_opinion(office, *moves)
    second = begins(office, "2026-08-05")
    second.refused(Move.MERGE, "2026-08-05", words, into=master.case.number)


WANG = {"name": "王某", "phone": "13900000000"}


def test_another_person_is_joined_by_the_office_as_a_joint_petitioner_until_it_is_split(office: Office) -> None:
    master = with_opinion(office)
    other = begins(office, "2026-08-05", lead=Petitioner(**WANG))
    other.do(Move.MERGE, "2026-08-05", into=master.case.number)
    assert joint(master) == ["王某"]
    other.do(Move.SPLIT, "2026-08-06")
    assert joint(master) == []


def joint(life: Life) -> list[str]:
    beside = Companion.objects.filter(petition__case=life.case, role="joint").select_related("petitioner")
    return [companion.petitioner.name for companion in beside]


def test_a_namesake_who_has_shown_another_id_is_another_person() -> None:
    one, other = Petitioner(name="刘某", id_digest=b"1"), Petitioner(name="刘某", id_digest=b"2")
    assert (is_same_person(one, other), is_same_person(one, Petitioner(name="刘某"))) == (False, True)


def test_what_a_unit_took_in_on_itself_is_merged_by_the_office_above_alone(office: Office) -> None:
    master = with_opinion(office)
    own = begins(office, "2026-08-05", by=office.housing_registrar)
    own.refused(Move.MERGE, "2026-08-05", "不能对该事项", by=office.housing_registrar, into=master.case.number)
    own.do(Move.MERGE, "2026-08-06", by=office.registrar, into=master.case.number)
    own.do(Move.SPLIT, "2026-08-07", by=office.registrar)
    assert own.case.state == State.REGISTERED


def test_the_master_answers_what_is_merged_in_and_the_petitioner_is_told_by_letter(office: Office) -> None:
    master = with_opinion(office)
    second = begins(office, "2026-08-05", requests=["公开维修资金使用情况", "退还物业费"])
    second.do(Move.MERGE, "2026-08-06", into=master.case.number)
    asked = [request.text for request in master.case.requests.all()]
    assert asked == ["明确维修责任单位和期限", "公开维修资金使用情况", "退还物业费"]
    letter = second.case.letters.get(letter__kind="merge-notice").letter
    assert (letter.facts["into_number"], letter.facts["into_unit"]) == (master.case.number, office.housing.name)
    second.do(Move.SPLIT, "2026-08-07")
    assert [request.text for request in master.case.requests.all()] == asked[:2]
