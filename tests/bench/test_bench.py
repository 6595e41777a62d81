"""The pieces of the measurement fit together; nothing here asks how long anything takes."""

import json
import os
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from cases.made_up.synthetic import Load
from cases.models import Petition, PetitionCase
from tests.bench import importing, report, sweeping
from tests.bench.drive import Effort, Measured, asks_of, measure, signed_in
from tests.bench.memory import Memory, memory_of
from tests.bench.scene import EMPTY, Scene
from tests.bench.sweeping import Sweeping
from tests.bench.timing import Times, at_once, in_turn, times_of
from tests.bench.ways import ways
from tests.cases.made_up.test_synthetic import NOW
from tests.office import make_office

WEB = Memory(1, 100, 90)
SWEPT = Sweeping(100, 1.5, 1.0, 0.9, lost=0, doubled=0, still_open=1000, idle_ms=4.0)


@pytest.fixture
def filled(transactional_db: None, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.bench.urls"
    make_office()
    Load(cases=120, seed=1, now=NOW, processes=1).run([].append)


def test_each_way_around_django_does_what_plain_django_does(filled: None) -> None:
    for way in ways(Scene()):
        clever = way.act()
        with way.plain():
            assert shown(way.act()) == shown(clever), way.name


def shown(outcome: object) -> object:
    """The outcome without the tokens of its forms, and blanks between tags."""
    if not isinstance(outcome, str):
        return outcome
    return re.sub(r">\s+<", "><", re.sub(r'"[\w-]{24,}"', "", outcome))


def test_every_row_of_the_table_can_be_driven_over_http(filled: None, live_server: LiveServer) -> None:
    port, scene = int(live_server.url.rpartition(":")[2]), Scene()
    asks = asks_of(scene)
    before = PetitionCase.objects.count()
    with signed_in([ask.by for ask in asks], scene.password, port) as browsers:
        rows = [measure(ask, browsers, Effort(times=2, seconds=0.01)) for ask in asks]
    assert [row.name for row in rows] == [ask.name for ask in asks]
    assert [(row.name, row.queries) for row in rows if not 0 < row.queries < 30] == []
    # Two in turn, one to warm up, one inside, eight clients at least once; and as many bare ones in turn.
    assert PetitionCase.objects.count() - before >= 2 * 3 + 1 + 8


def test_messages_are_imported_and_the_same_rows_written_bare(filled: None, tmp_path: Path) -> None:
    importing.write_export(tmp_path / "messages.xlsx", 3, until=NOW)
    before = Petition.objects.count()
    assert importing.import_seconds(tmp_path / "messages.xlsx") > 0
    assert importing.bare_seconds(2) > 0
    assert Petition.objects.count() == before + 5


def test_clocks_are_swept_by_one_by_bare_statements_and_by_two(filled: None) -> None:
    found = sweeping.measure(30, 40)
    assert (found.due, found.lost, found.doubled, found.still_open > 130) == (30, 0, 0, True)
    assert min(found.seconds, found.bare_seconds, found.pair_seconds, found.idle_ms) > 0


@pytest.mark.parametrize(
    ("wrong", "holds"),
    [
        ({}, [True, True, True]),
        ({"seconds": 2.1}, [False, True, True]),
        ({"lost": 1}, [True, False, True]),
        ({"doubled": 1}, [True, False, True]),
        ({"idle_ms": 5.1}, [True, True, False]),
    ],
)
def test_the_aims_of_the_sweep_are_speed_exactness_and_rest(wrong: dict[str, Any], holds: list[bool]) -> None:
    results = report.Results(100_000, 60, [], report.Imported(10, 1, 0.5), replace(SWEPT, **wrong), WEB, WEB)
    assert [aim.holds for aim in results.aims] == holds


def test_the_empty_page_is_for_somebody_who_is_signed_in(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.bench.urls"
    assert client.get(EMPTY).status_code == 302


def test_what_is_measured_in_turn_is_done_once_more_to_warm_up() -> None:
    done: list[str] = []
    in_turn([lambda: done.append("a"), lambda: done.append("b")], times=2)
    assert done == ["a", "b"] * 3


def test_eight_clients_each_do_at_least_one_act() -> None:
    done: list[int] = []
    at_once([lambda: done.append(1)] * 8, seconds=0.01)
    assert len(done) >= 8


def test_what_fails_at_once_fails_the_measurement() -> None:
    def fail() -> None:
        raise RuntimeError("503")

    with pytest.raises(RuntimeError, match="503"):
        at_once([fail, lambda: None], seconds=0.01)


def test_times_are_the_middle_and_the_slow_end_in_milliseconds() -> None:
    assert times_of([float(n) for n in range(101)]) == Times(p50=50_000, p95=95_000)


def test_the_memory_of_this_process_is_found() -> None:
    found = memory_of(os.getpid())
    assert (found.processes >= 1, found.rss >= found.pss > 10) == (True, True)


def row(name: str, p50: float, *, most: float = 0, first: float | None = None) -> Measured:
    times = Times(p50, p50 * 2)
    return Measured(name, times, Times(1, 2), Times(2, 3), 50, 6, most, Times(first, first) if first else None)


@pytest.mark.parametrize(("p50", "holds"), [(16.0, True), (16.1, False)])
def test_an_aim_holds_up_to_its_measure(p50: float, holds: bool) -> None:
    results = report.Results(100_000, 60, [row("待办", p50, most=8)], report.Imported(10, 1, 0.5), SWEPT, WEB, WEB)
    assert [aim.holds for aim in results.aims] == [holds, True, True, True]


@pytest.mark.parametrize(("p50", "holds"), [(12.0, True), (12.1, False)])
def test_a_far_page_is_held_against_the_first(p50: float, holds: bool) -> None:
    results = report.Results(1000, 6, [row("第20页", p50, first=10.0)], report.Imported(10, 1, 0.5), SWEPT, WEB, WEB)
    assert [aim.holds for aim in results.aims] == [holds, True, True, True]


def test_the_report_says_every_row_and_every_aim_and_keeps_them_as_json(db: None, tmp_path: Path) -> None:
    rows = [row("待办", 10.0, most=8), row("第20页", 11.0, first=10.0)]
    results = report.Results(1000, 6, rows, report.Imported(10, 1, 0.5), SWEPT, WEB, WEB)
    printed = report.table(results)
    report.write(tmp_path / "var" / "bench.json", results, at=datetime(2026, 3, 2, 9))
    kept = json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8"))
    assert [
        words in printed for words in ("达到  待办 / E：5.00", "达到  第20页 / 第1页：1.10", "本次为 1,000 件")
    ] == [True] * 3
    assert (kept["size"], [aim["holds"] for aim in kept["aims"]], kept["machine"]["cores"]) == (
        1000,
        [True] * 5,
        os.cpu_count(),
    )
