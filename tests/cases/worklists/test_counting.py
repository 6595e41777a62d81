"""The figures of the worklists: exact up to the cap, told as “and more” above it, the second time as the first."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.web.paging import Count
from cases.queries import queues_of
from cases.worklists.counting import Figures, count_queues
from tests.office import MONDAY, Office, register

LATE_DAY = MONDAY.date() + timedelta(days=16)


def figures(office: Office, who: str, *, on: date, cap: int) -> Figures:
    post = getattr(office, who)
    return count_queues(post, queues_of(post), on, cap)


@pytest.mark.parametrize(("cap", "size"), [(2, Count(2, capped=True)), (3, Count(3, capped=False))])
@pytest.mark.parametrize(("who", "slug"), [("registrar", "triage"), ("head", "triage"), ("leader", "area")])
@pytest.mark.parametrize("time", [1, 2])
def test_what_exceeds_the_cap_is_told_as_and_more(
    office: Office, who: str, slug: str, cap: int, size: Count, time: int
) -> None:
    for _ in range(3):
        register(office)
    for _ in range(time):
        found = figures(office, who, on=LATE_DAY, cap=cap)
    assert (found.queues[slug], found.late, found.soon) == (size, size, Count(0, capped=False))


@pytest.mark.parametrize("who", ["registrar", "leader"])
def test_the_few_that_are_late_are_exact_among_more_than_the_cap(office: Office, who: str) -> None:
    register(office)
    for _ in range(3):
        register(office, at=MONDAY + timedelta(days=7))
    found = figures(office, who, on=LATE_DAY, cap=2)
    assert (found.late, found.soon) == (Count(1, capped=False), Count(0, capped=False))
