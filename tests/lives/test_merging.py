"""并件: a repeat that was a matter of its own after all, and merges of merges."""

from cases.models import PetitionCase
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
