"""Standing of the clocks of a matter: before, on and after the day it is due."""

from datetime import date
from typing import Any

import pytest

from binzhou_xinfang.web.lights import Light
from cases.casefile.stations import stations
from cases.clocks.standing import clock_now, clocks_of, light_of
from cases.models import Deadline, PetitionCase

DUE = date(2025, 5, 6)


def clock(rule: str = "handling", *, pk: int = 1, started: date = date(2025, 3, 3), **facts: Any) -> Deadline:
    return Deadline(pk=pk, rule=rule, started_on=started, strict_on=date(2025, 5, 2), **({"legal_on": DUE} | facts))


def matter(**facts: Any) -> PetitionCase:
    return PetitionCase(
        sender_id=1, state="handling", received_on=date(2025, 3, 3), due_on=DUE, due_rule="handling", **facts
    )


@pytest.mark.parametrize(
    ("on", "light"),
    [
        (date(2025, 5, 2), Light("green", "还剩 4 天")),
        (date(2025, 5, 3), Light("amber", "还剩 3 天")),
        (date(2025, 5, 6), Light("amber", "今天到期")),
        (date(2025, 5, 7), Light("red", "逾期 1 天")),
    ],
)
def test_a_running_duty_counts_down_to_its_legal_day(on: date, light: Light) -> None:
    assert light_of(clock(), on=on) == light


@pytest.mark.parametrize(
    ("met_on", "light"),
    [
        (date(2025, 5, 5), Light("green", "5月5日(周一)完成，按期")),
        (date(2025, 5, 6), Light("green", "5月6日(周二)完成，按期")),
        (date(2025, 5, 8), Light("red", "5月8日(周四)完成，逾期 2 天")),
    ],
)
def test_a_met_duty_says_whether_it_was_in_time(met_on: date, light: Light) -> None:
    assert light_of(clock(met_on=met_on), on=date(2025, 6, 1)) == light


@pytest.mark.parametrize(
    ("on", "light"), [(DUE, Light("amber", "今天到期")), (date(2025, 5, 7), Light("grey", "已届满"))]
)
def test_the_end_of_a_right_is_no_fault(on: date, light: Light) -> None:
    assert light_of(clock("review-request"), on=on) == light


def test_a_cancelled_clock_says_since_when() -> None:
    assert light_of(clock(cancelled_on=date(2025, 4, 1)), on=DUE) == Light("grey", "4月1日(周二)取消")


def test_running_clocks_come_first_by_their_day() -> None:
    late, soon = clock(pk=1), clock("assignment", pk=2, legal_on=date(2025, 4, 17))
    old, new = clock("triage", pk=3, met_on=DUE), clock("notice", pk=4, met_on=DUE)
    assert [each.deadline for each in clocks_of([late, soon, old, new], on=DUE)] == [soon, late, new, old]


def test_the_clock_now_is_the_one_that_orders_the_worklists() -> None:
    clocks = clocks_of([clock("assignment", pk=2, legal_on=date(2025, 4, 17)), clock(pk=1)], on=DUE)
    assert clock_now(matter(), clocks) == clocks[1]


def test_a_closed_matter_has_no_clock_now() -> None:
    closed = PetitionCase(state="closed", closed_on=DUE, due_rule="handling", due_on=DUE)
    assert clock_now(closed, clocks_of([clock()], on=DUE)) is None


def test_the_road_is_read_from_the_clocks() -> None:
    reached = [
        clock("triage", pk=1),
        clock("notice", pk=2, started=date(2025, 3, 5), met_on=date(2025, 3, 7)),
        clock("handling", pk=3, started=date(2025, 3, 7)),
    ]
    assert [(station.label, station.on, station.is_current) for station in stations(matter(), reached)] == [
        ("登记", date(2025, 3, 3), False),
        ("转送交办", date(2025, 3, 5), False),
        ("受理", date(2025, 3, 7), False),
        ("发出意见", None, True),
        ("送达", None, False),
        ("办结", None, False),
    ]
