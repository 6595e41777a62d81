"""Other hands: a drafter is not offered to check or sign the opinion, and is refused in words when asked for all the
same."""

from dataclasses import dataclass

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from cases.models import PetitionCase
from cases.permissions import moves_now
from cases.states import MAY, Move, State
from cases.web.worklists.rows import lines
from tests.cases.api_client import program, url_of
from tests.cases.pages import move_url, signed_in
from tests.factories import PostFactory
from tests.moves import ROADS, Bend, sent
from tests.office import MONDAY, Office, led, register, step

pytestmark = pytest.mark.usefixtures("on_monday")


@dataclass(frozen=True)
class Draft:
    """A draft that waits for a move: who drafted it, a colleague with the same right, and somebody elsewhere."""

    state: State
    move: Move
    road: tuple[Bend, ...]
    draft: Move
    drafter: str
    colleague: str
    stranger: str


DRAFTS = [
    Draft(State.DRAFTED, Move.CHECK, ROADS[State.HANDLING], Move.DRAFT, "handler", "colleague", "water_handler"),
    Draft(State.CHECKED, Move.SIGN, ROADS[State.HANDLING], Move.DRAFT, "unit_head", "second_head", "water_head"),
    Draft(
        State.REVIEW_DRAFTED, Move.SIGN_REVIEW, ROADS[State.REVIEWING], Move.DRAFT_REVIEW,
        "reviewer", "review_head", "rechecker",
    ),
    Draft(
        State.RECHECK_DRAFTED, Move.SIGN_RECHECK, ROADS[State.RECHECKING], Move.DRAFT_RECHECK,
        "rechecker", "recheck_head", "water_head",
    ),
]  # fmt: skip
EVERY_DRAFT = pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.move.value)


def waiting(office: Office, draft: Draft) -> PetitionCase:
    """The matter as the database holds it, with the draft that waits."""
    case = led(office, register(office).case, draft.road, at=MONDAY)
    # The only head would draft what nobody could sign.
    colleague_of(office, draft)
    case = step(office, case, draft.draft, at=MONDAY, by=getattr(office, draft.drafter))
    if draft.state is State.CHECKED:
        case = step(office, case, Move.CHECK, at=MONDAY)
    assert case.state == draft.state
    return PetitionCase.objects.get(pk=case.pk)


def colleague_of(office: Office, draft: Draft) -> Post:
    """Somebody else with the same right; the housing unit gets a second head."""
    if draft.colleague == "second_head":
        return PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    post: Post = getattr(office, draft.colleague)
    return post


def is_offered(post: Post, case: PetitionCase, move: Move) -> tuple[bool, bool, bool]:
    """Look for the move on the page, in the API, and in a line of a list."""
    page = signed_in(post).get(case.get_absolute_url()).content.decode()
    file = program(post).get(url_of(case)).json()
    (line,) = lines([case], post=post, on=MONDAY.date())
    return move_url(case, move) in page, move in [each["move"] for each in file["moves"]], line.move == move.label


def test_these_are_all_the_moves_that_another_hand_makes() -> None:
    assert {move for move in Move if MAY[move].other_hand} == {draft.move for draft in DRAFTS}


@EVERY_DRAFT
def test_the_drafter_is_offered_neither_check_nor_signature(office: Office, draft: Draft) -> None:
    case = waiting(office, draft)
    assert is_offered(getattr(office, draft.drafter), case, draft.move) == (False, False, False)


@EVERY_DRAFT
def test_a_colleague_is_offered_it_and_does_it(office: Office, draft: Draft) -> None:
    case, colleague = waiting(office, draft), colleague_of(office, draft)
    assert is_offered(colleague, case, draft.move) == (True, True, True)
    done = step(office, case, draft.move, at=MONDAY, by=colleague)
    assert (done.last_move, done.events.order_by("-seq")[0].actor) == (draft.move, colleague.user)


@EVERY_DRAFT
def test_the_drafter_who_asks_all_the_same_is_told_why_not(office: Office, draft: Draft) -> None:
    case, drafter = waiting(office, draft), getattr(office, draft.drafter)
    why = f"拟稿人不能“{draft.move.label}”自己起草的意见，请由本单位其他有权的人员办理。"
    answer = program(drafter).post(url_of(case, f"moves/{draft.move}/"), sent(draft.move, MONDAY.date()))
    assert (answer.status_code, answer.json()) == (403, {"detail": why, "field": ""})
    browser = signed_in(drafter)
    for page in (
        browser.get(move_url(case, draft.move)),
        browser.post(move_url(case, draft.move), {"version": case.version}),
    ):
        assert (page.status_code, why in page.content.decode()) == (403, True)
    with pytest.raises(NotPermitted, match=why):
        step(office, case, draft.move, at=MONDAY, by=drafter)
    case.refresh_from_db()
    assert case.state == draft.state


@EVERY_DRAFT
def test_a_stranger_finds_no_draft(office: Office, draft: Draft) -> None:
    case, stranger = waiting(office, draft), getattr(office, draft.stranger)
    assert moves_now(stranger, case) == []
    assert program(stranger).post(url_of(case, f"moves/{draft.move}/"), {}).status_code == 404


def test_who_drafted_an_earlier_round_may_sign_what_another_hand_drafted_now(office: Office) -> None:
    # A second head stands by, or the first one could not draft: nobody would be left to sign.
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    case = led(office, register(office).case, ROADS[State.HANDLING], at=MONDAY)
    case = step(office, case, Move.DRAFT, at=MONDAY, by=office.unit_head)
    case = step(office, case, Move.RETURN_DRAFT, at=MONDAY)
    assert case.drafter is None
    case = step(office, case, Move.DRAFT, at=MONDAY, by=office.colleague)
    case = step(office, case, Move.CHECK, at=MONDAY, by=office.handler)
    assert (step(office, case, Move.SIGN, at=MONDAY, by=office.unit_head).state, case.drafter) == (
        State.ISSUED, office.colleague.user,
    )  # fmt: skip


def test_the_likely_move_of_a_line_is_not_that_of_a_neighbour_who_stands_otherwise(office: Office) -> None:
    own = waiting(office, DRAFTS[0])
    other = led(office, register(office).case, ROADS[State.HANDLING], at=MONDAY)
    other = step(office, other, Move.DRAFT, at=MONDAY, by=office.colleague)
    advice = led(office, register(office, purpose="advise").case, ROADS[State.UNDERTAKEN][:-1], at=MONDAY)
    petition = led(office, register(office).case, ROADS[State.SIGNED_FOR], at=MONDAY)
    told = [line.move for line in lines([own, other, advice, petition], post=office.handler, on=MONDAY.date())]
    assert told == ["", "审核通过", "告知并依职责办理", "告知受理"]
