"""Programs that are kept running: started again with growing waits, and nothing of them left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from binzhou_xinfang.local import kept, leftovers, processes, state_file
from binzhou_xinfang.local.kept import LOOP, STEADY_SECONDS, WAITS, Kept, Program
from tests.patience import wait_for

FOR_EVER = [sys.executable, "-c", "import time; time.sleep(600)"]
FALLS = [sys.executable, "-c", "raise SystemExit(3)"]
# A program with a child of its own in its group, which says its number.
WITH_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)",
]


def made(command: list[str], log: Path | None = None) -> Kept:
    def begin() -> "subprocess.Popen[bytes]":
        with (log or Path(os.devnull)).open("ab") as output:
            return processes.start(command, output=output)

    return Kept(Program("tried", "试验（tried）", begin))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept, "WAITS", (0.01,))
    return


@pytest.mark.usefixtures("waits")
def test_a_killed_program_is_started_again_and_its_children_end(tmp_path: Path) -> None:
    one = made(WITH_CHILD, tmp_path / "log")
    first = one.start()
    wait_for(lambda: (tmp_path / "log").read_text().endswith("\n"), "it has a child")
    child = int((tmp_path / "log").read_text())
    first.kill()
    wait_for(lambda: one.look() and one.is_up and one.process is not first, "it runs again")
    wait_for(lambda: processes.started_at(child) is None, "its child has ended")
    one.stop()


@pytest.mark.usefixtures("waits")
def test_one_that_falls_on_and_on_is_told_and_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    one = made(FALLS)
    one.start()
    wait_for(lambda: one.look() is not None and one.falls > LOOP, "it falls")
    said = capsys.readouterr().out
    assert "试验（tried）自己结束了（返回值 3）" in said
    assert f"试验（tried）反复退出：连续第 {LOOP} 次" in said
    assert one.is_looping
    one.stop()


def test_the_waits_grow_to_five_seconds_and_no_further() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert (WAITS[0], WAITS[-1]) == (0.5, 5.0)


@pytest.mark.usefixtures("waits")
def test_one_that_ran_steadily_is_no_longer_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    one = made(FOR_EVER)
    one.start()
    one.falls = LOOP
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + STEADY_SECONDS + 1)
    assert one.look()
    assert (one.falls, one.is_looping) == (0, False)
    one.stop()


@pytest.mark.usefixtures("waits")
def test_one_that_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    missing = tmp_path / "program"
    one = made([str(missing)])
    one.start = one._begin  # type: ignore[method-assign,assignment]
    one._next_at = 0.0
    assert one.look()
    assert (one.is_up, one.falls) == (False, 1)
    missing.write_text("#!/bin/sh\nsleep 600\n")
    missing.chmod(0o755)
    wait_for(lambda: one.look() and one.is_up, "it runs")
    one.stop()


def test_the_state_file_says_how_each_stands_and_has_one_size(tmp_path: Path) -> None:
    one = made(FOR_EVER)
    one.start()
    with state_file.opened(tmp_path) as state:
        state.write([one])
        read = state_file.read(tmp_path)
        assert (tmp_path / state_file.NAME).stat().st_size == state_file.SIZE
    assert read is not None
    assert read.is_alive
    assert [(part.name, part.is_up, state_file.is_running(part)) for part in read.parts] == [("tried", True, True)]
    one.stop()
    assert not state_file.is_running(read.parts[0])
    assert state_file.read(tmp_path) is None


def test_what_a_killed_supervisor_has_left_is_ended_before_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "PATIENCE_SECONDS", 0.2)
    one = made(FOR_EVER)
    process = one.start()
    state = state_file.StateFile(os.open(tmp_path / state_file.NAME, os.O_RDWR | os.O_CREAT))
    state.write([one])
    os.close(state.descriptor)
    leftovers.end(tmp_path)
    assert process.poll() is None, "its supervisor, this test, lives"
    said = (tmp_path / state_file.NAME).read_text().replace(f'"pid": {os.getpid()}, "started"', '"pid": 1, "started"')
    (tmp_path / state_file.NAME).write_text(said)
    leftovers.end(tmp_path)
    assert process.wait() == -signal.SIGKILL
