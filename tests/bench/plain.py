"""`python -m tests.bench.plain`: what each way around Django saves beside plain Django, on the servers that are named.

    .venv/bin/python -m binzhou_xinfang.local with --throwaway -- .venv/bin/python -m tests.bench.plain --size 20000

Both variants run in this one process, in turn, through the same middleware and views; what is taken is the processor's
time, ours and that of our connection's server process, so that other work on the machine does not count.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.db import connection  # noqa: E402  the settings are chosen above

from binzhou_xinfang.local.steps import say  # noqa: E402
from tests.bench.__main__ import prepare, vacuum  # noqa: E402
from tests.bench.scene import Scene  # noqa: E402
from tests.bench.ways import Way, ways  # noqa: E402

NANOSECONDS = 1e9
# The first rounds prepare what a process prepares once.
UNCOUNTED = 2


class Processor:
    """The seconds of processor time of this process and of the server process of its connection."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            # Helpers of a query would work outside of what is taken.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("SELECT pg_backend_pid()")
            self.server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def __call__(self) -> float:
        return time.process_time() + int(self.server.read_text().split()[0]) / NANOSECONDS


def main(arguments: Sequence[str]) -> int:
    """Measure and print one line a way."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.plain")
    parser.add_argument("--size", type=int, default=20_000, help="made-up matters to load; 0: what is there")
    parser.add_argument("--times", type=int, default=40, help="rounds, each of one act in either variant")
    parser.add_argument("--only", default="", help="ways whose name holds this")
    words = parser.parse_args(arguments)
    prepare(words.size, 1)
    vacuum()
    say("绕开 Django 的做法、测速表的行：普通 Django 的处理器毫秒数，该做法省下多少")
    for way in ways(Scene()):
        if words.only in way.name:
            say(line(way, *compare(way, words.times)))
    return 0


def compare(way: Way, times: int) -> tuple[float, float]:
    """The milliseconds of the act by plain Django, and what the way saves of them in the middle of all pairs."""
    processor, pairs = Processor(), list[tuple[float, float]]()
    for _ in range(times + UNCOUNTED):
        clever = _spent(way.act, processor)
        with way.plain():
            pairs.append((clever, _spent(way.act, processor)))
    pairs = pairs[UNCOUNTED:]
    return 1000 * median(plain for _, plain in pairs), 1000 * median(plain - clever for clever, plain in pairs)


def _spent(act: Callable[[], object], processor: Processor) -> float:
    began = processor()
    act()
    return processor() - began


def line(way: Way, plain: float, saved: float) -> str:
    """One way: the row with plain Django, and what the way saves of it."""
    return f"{way.name:<28} {way.row}：普通 {plain:.2f}，省 {saved:.2f}（{100 * saved / plain:.0f}%）"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
