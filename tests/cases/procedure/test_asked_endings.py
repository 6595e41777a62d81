"""提请结束办理 before who decides: yes stands beside no, with the paper that came along."""

from typing import Any

import pytest
import time_machine

from cases.states import Move, State, answers, likely_move, menu_of
from cases.states.ground_lists import AskedEnd
from tests.cases.pages import move_url, signed_in
from tests.office import MONDAY, Office, case_in, step

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_what_agrees_stands_in_sight_beside_what_refuses(office: Office) -> None:
    case = step(office, case_in(office, State.HANDLING), Move.ASK_END, at=MONDAY, by=office.handler)
    page = signed_in(office.head).get(case.get_absolute_url()).content.decode()
    in_sight, folded = page[page.index("现在可以") :].split("其他办理", 1)
    assert (move_url(case, Move.WITHDRAW) in in_sight, move_url(case, Move.REFUSE_END) in in_sight) == (True, True)
    assert move_url(case, Move.WITHDRAW) not in folded


def test_without_a_request_it_stands_among_the_others(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    page = signed_in(office.head).get(case.get_absolute_url()).content.decode()
    in_sight = page[page.index("现在可以") :].split("其他办理", 1)[0]
    assert move_url(case, Move.WITHDRAW) not in in_sight


def test_the_paper_that_came_with_the_request_is_chosen_already(office: Office) -> None:
    case = step(office, case_in(office, State.HANDLING), Move.ASK_END, at=MONDAY, by=office.handler)
    paper = case.attachments.get(kind="withdrawal")
    page = signed_in(office.head).get(move_url(case, Move.WITHDRAW)).content.decode()
    assert f'<option value="{paper.pk}" selected>' in page


@pytest.mark.parametrize("asked", AskedEnd)
def test_every_ending_that_is_asked_for_has_its_yes(asked: AskedEnd) -> None:
    moves = [*Move]
    (yes,) = answers(asked)
    assert yes in menu_of(moves, likely_move(moves), answers(asked)).steps


def test_a_correction_of_the_day_says_that_the_days_move(office: Office) -> None:
    case = case_in(office, State.REGISTERED)
    url = move_url(case, Move.CORRECT)
    client = signed_in(office.clerk)
    assert "重新计算" not in client.get(url).content.decode()
    assert "改自3月1日" in client.get(url, {"arrived_on": "2025-03-01"}).content.decode()
