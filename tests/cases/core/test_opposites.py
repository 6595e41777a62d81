"""Two people at one matter at the same moment: one wins, the other is told why in words, and nothing is half done."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from binzhou_xinfang.errors import Refusal, Stale
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records import audit
from cases.attaching import ATTACHED
from cases.models import Alert, CoHandling, Deadline, PetitionCase
from cases.states import Move, State
from cases.watch.sweep import sweep
from tests import patience
from tests.office import MONDAY, Office, case_in, make_office, ready_for, register, step

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _no_anchors(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def city(transactional_db: None) -> Iterator[Office]:
    yield make_office()
    assert audit.verify(None).findings == []


def at_once(*acts: Callable[[], object]) -> list[str]:
    """List the answer to each act of one moment; "" when it was done."""
    start = Barrier(len(acts))

    def tell(act: Callable[[], object]) -> str:
        try:
            start.wait(patience.SECONDS)
            act()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tell, acts))


def moving(
    office: Office, case: PetitionCase, move: Move, *, at: datetime = LATER, **changes: Any
) -> Callable[[], PetitionCase]:
    """A move from a page that was opened before anybody moved."""
    seen = PetitionCase.objects.get(pk=case.pk)
    return lambda: step(office, seen, move, at=at, **changes)


OPPOSITES = [
    (State.OBJECTED, Move.AGREE_OBJECTION, Move.REFUSE_OBJECTION),
    (State.DRAFTED, Move.CHECK, Move.RETURN_DRAFT),
    (State.CHECKED, Move.SIGN, Move.RETURN_DRAFT),
    (State.CHECKED, Move.SIGN, Move.WITHDRAW),
    (State.EXTENSION_ASKED, Move.APPROVE_EXTENSION, Move.REFUSE_EXTENSION),
    (State.EXTENSION_REFERRED, Move.CONFIRM_EXTENSION, Move.DENY_EXTENSION),
    (State.EXTENSION_REFERRED, Move.CONFIRM_EXTENSION, Move.WITHDRAW_EXTENSION),
    (State.SIGNED_FOR, Move.ACCEPT, Move.ACCEPT),
    (State.REVIEW_ASKED, Move.ACCEPT_REVIEW, Move.WITHDRAW),
    (State.ENDED, Move.REOPEN, Move.ARCHIVE),
    (State.RECHECK_HEARING, Move.CONCLUDE_RECHECK_HEARING, Move.CANCEL_RECHECK_HEARING),
    (State.EXECUTING, Move.FINISH_EXECUTION, Move.WITHDRAW),
    (State.REGISTERED, Move.CORRECT, Move.TRIAGE),
    (State.TRIAGED, Move.CORRECT, Move.REFER),
    (State.TRIAGED, Move.VOID, Move.REFER),
    (State.REFERRED, Move.TAKE_BACK, Move.SIGN_FOR),
    (State.REFERRED, Move.AMEND, Move.SIGN_FOR),
    (State.HANDLING, Move.ASK_END, Move.DRAFT),
    (State.DELIVERED, Move.SUCCEED, Move.CLOSE),
]


def moves_of(case: PetitionCase) -> int:
    """Count the events of moves; the papers that come with one have events of their own."""
    return case.events.exclude(kind=ATTACHED).count()


@pytest.mark.parametrize(("state", "one", "other"), OPPOSITES)
def test_of_two_opposite_moves_one_wins_and_the_other_is_told_by_which(
    city: Office, state: State, one: Move, other: Move
) -> None:
    case = case_in(city, state)
    version, events, letters = case.version, moves_of(case), Letter.objects.count()
    said = at_once(moving(city, case, one), moving(city, case, other))
    case.refresh_from_db()
    won = (one, other)[said.index("")]
    assert sorted(said)[1] == f"该事项刚刚已由他人“{won.label}”，请核对最新情况后再操作，已填写的内容仍保留。"
    assert (case.version, case.last_move, moves_of(case)) == (version + 1, won, events + 1)
    told = case.events.order_by("-seq")[0].detail.get("letters", [])
    assert Letter.objects.count() == letters + len(told)
    running = list(Deadline.objects.running().filter(case=case).values_list("rule", flat=True))
    assert len(running) == len(set(running))


def test_a_day_of_delivery_is_judged_once(city: Office) -> None:
    ready = ready_for(city, Move.CONFIRM_DELIVERY)
    judged = moving(city, ready.case, Move.CONFIRM_DELIVERY), moving(city, ready.case, Move.CONFIRM_DELIVERY)
    assert sorted(at_once(*judged))[0] == ""
    assert ready.case.events.filter(kind=Move.CONFIRM_DELIVERY).count() == 1


def test_the_loser_of_a_signature_and_a_withdrawal_leaves_no_signature(city: Office) -> None:
    case = case_in(city, State.CHECKED)
    said = at_once(moving(city, case, Move.WITHDRAW), moving(city, case, Move.SIGN))
    case.refresh_from_db()
    is_signed = case.opinions.exclude(signed_on=None).exists()
    assert (case.state, is_signed) == ((State.WITHDRAWN, False) if said[0] == "" else (State.ISSUED, True))


def test_of_two_matters_merged_into_each_other_one_is_the_other_s_master(city: Office) -> None:
    first, second = register(city, at=MONDAY).case, register(city, at=MONDAY).case
    said = at_once(
        moving(city, first, Move.MERGE, into=second.number), moving(city, second, Move.MERGE, into=first.number)
    )
    first.refresh_from_db()
    second.refresh_from_db()
    merged, master = (first, second) if said[0] == "" else (second, first)
    assert (merged.merged_into, merged.state, merged.petition_count) == (master, State.MERGED, 1)
    assert (master.merged_into, master.state, master.petition_count) == (None, State.REGISTERED, 2)
    assert sorted(said)[0] == ""
    assert "并入" in sorted(said)[1]


def test_a_merge_into_a_matter_that_is_merged_on_at_that_moment_arrives_at_its_master(city: Office) -> None:
    first, second, third = (register(city, at=MONDAY).case for _ in range(3))
    said = at_once(
        moving(city, first, Move.MERGE, into=second.number), moving(city, second, Move.MERGE, into=third.number)
    )
    for case in (first, second, third):
        case.refresh_from_db()
    assert said == ["", ""]
    assert (second.merged_into, third.petition_count) == (third, 3)
    assert first.merged_into in (second, third)


def test_of_two_co_handlers_at_once_the_second_is_told_and_sends_again(city: Office) -> None:
    case = case_in(city, State.HANDLING)
    for unit in ("bzsl", "bzzj-zj"):
        case = step(city, case, Move.CALL_IN, at=MONDAY, to_unit=unit)
    helpers = (city.water_handler, city.county_housing)
    said = at_once(*(moving(city, case, Move.FEED_BACK, by=by) for by in helpers))
    late = helpers[1 - said.index("")]
    assert sorted(said)[1].startswith("该事项刚刚已由他人“协办反馈”")
    case = step(city, PetitionCase.objects.get(pk=case.pk), Move.FEED_BACK, at=LATER, by=late)
    assert (case.co_handlers, CoHandling.objects.filter(case=case, fed_back_on=None).count()) == ([], 0)
    assert set(case.deadlines.filter(rule="co-handling").values_list("met_on", flat=True)) == {LATER.date()}


def test_the_watch_and_a_clerk_at_one_moment_both_do_their_part(city: Office) -> None:
    case = case_in(city, State.TRIAGED)
    late = MONDAY + timedelta(days=30)
    said = at_once(moving(city, case, Move.REFER, at=late), lambda: sweep(at=late))
    case.refresh_from_db()
    clock = case.deadlines.get(rule="triage")
    assert (said, case.state, clock.met_on, clock.was_in_time) == (["", ""], State.REFERRED, late.date(), False)
    assert Alert.objects.filter(deadline=clock, days=1).count() <= 1


def test_the_watch_does_not_close_what_the_petitioner_brings_before_the_body_above_at_that_moment(
    city: Office,
) -> None:
    case = case_in(city, State.DELIVERED)
    late = MONDAY + timedelta(days=40)
    said = at_once(moving(city, case, Move.ASK_REVIEW, at=late, excuse="住院治疗"), lambda: sweep(at=late))
    case.refresh_from_db()
    assert said[1] == ""
    assert case.state == (State.REVIEW_ASKED if said[0] == "" else State.CLOSED)
    assert said[0] == "" or "办结" in said[0]


def test_a_page_older_than_two_moves_is_told_of_the_last(city: Office) -> None:
    case = case_in(city, State.ACCEPTED)
    old = PetitionCase.objects.get(pk=case.pk)
    case = step(city, case, Move.INVESTIGATE, at=LATER)
    step(city, case, Move.DRAFT, at=LATER)
    with pytest.raises(Stale, match="拟稿意见书"):
        step(city, old, Move.INVESTIGATE, at=LATER)
