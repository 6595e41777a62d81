"""Seats of another kind (`seats.py`), each asked as the seat that it amounts to."""

from collections.abc import Callable

import pytest

from binzhou_xinfang.accounts.models import Post
from tests.access.asking import lines, meaning, send
from tests.access.seats import AMOUNTING, TASKS, with_a_task
from tests.access.table import Answer, seers
from tests.access.test_matrix import every_wrong
from tests.access.world import Seat, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seat", AMOUNTING)
def test_each_is_answered_as_the_seat_that_it_amounts_to(furnished: World, seat: Callable[[World], Seat]) -> None:
    assert every_wrong(furnished, seat(furnished)) == ""


@pytest.mark.parametrize(("of", "reads"), list(TASKS.items()))
def test_a_file_comes_with_a_task_and_no_report_does(
    furnished: World, of: Callable[[World], Post], reads: bool
) -> None:
    seat = with_a_task(of, furnished)
    wrong = []
    for line in lines():
        if line.method == "GET" and line.who is seers and "<int:pk>" not in line.route:
            for matter, wanted in zip(furnished.matters, (reads, False), strict=True):
                for url in line.urls(matter):
                    found = meaning(seat, send(seat, "GET", url, matter))
                    if found is not (Answer.IN if wanted else Answer.HIDDEN):
                        wrong.append(f"{url}: {found}")
    assert wrong == []
