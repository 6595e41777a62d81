"""`python -m tests.bench --size N`: fill, serve, drive, report; on the servers that DATABASE_URL and REDIS_URL name."""

import argparse
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
# Who signed in is not worth a line each.
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.conf import settings  # noqa: E402  the settings are chosen above
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from binzhou_xinfang.local.product import HOST, Checkout, serving, wait_for_web  # noqa: E402
from binzhou_xinfang.local.steps import say, step  # noqa: E402
from cases.models import PetitionCase  # noqa: E402
from tests.bench import importing, report, sweeping  # noqa: E402
from tests.bench.drive import Effort, Measured, asks_of, measure, signed_in  # noqa: E402
from tests.bench.memory import memory_of, postmaster  # noqa: E402
from tests.bench.scene import Scene  # noqa: E402

BASE_DIR = Path(__file__).resolve().parents[2]
IMPORTED_ROWS = 500


def main(arguments: Sequence[str]) -> int:
    """Measure and print; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--size", type=int, default=report.FULL_SIZE, help="made-up matters to load; 0: what is there")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=200, help="requests of each kind, one after another")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each kind with eight clients")
    parser.add_argument("--due", type=int, default=100_000, help="clocks that fall due in one minute")
    parser.add_argument("--open", type=int, default=1_000_000, help="clocks that run while a round finds nothing due")
    words = parser.parse_args(arguments)
    load_seconds = prepare(words.size, words.seed)
    vacuum()
    size = PetitionCase.objects.count()
    port = free_port()
    with serving(Checkout(BASE_DIR, Path(settings.VAR_DIR)), os.environ, port) as running:
        wait_for_web(port, running)
        rows = drive(port, Effort(words.times, words.seconds))
        web = memory_of(running["web"].pid)
        postgres = memory_of(postmaster(Path(settings.VAR_DIR)))
        imported = import_rows(min(IMPORTED_ROWS, size))
    with step(f"测量：{words.due} 个期限同时到级，另有 {words.open} 个在计算"):
        swept = sweeping.measure(words.due, words.open)
    results = report.Results(size, load_seconds, rows, imported, swept, web, postgres)
    report.write(BASE_DIR / "var" / "bench.json", results, at=timezone.localtime())
    say(f"\n{report.table(results)}")
    return 0


def prepare(size: int, seed: int) -> float:
    """Bring the database up to date and add so many matters; the seconds that the load of them took."""
    with step("建立数据库结构，载入基础数据，汇集网页文件"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0, stdout=Path(os.devnull).open("w"))  # noqa: SIM115  lives as long
        call_command("collectstatic", interactive=False, verbosity=0)
    began = time.perf_counter()
    if size:
        with step(f"装入 {size} 件虚构的信访事项"):
            call_command("load_synthetic", cases=size, seed=seed)
    return time.perf_counter() - began


def vacuum() -> None:
    """Clear away the dead rows of the load and the round."""
    with step("整理表（PostgreSQL 平时自己会做）"), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def drive(port: int, effort: Effort) -> list[Measured]:
    """Every row of the table."""
    scene, rows = Scene(), []
    asks = asks_of(scene)
    with signed_in([ask.by for ask in asks], scene.password, port) as browsers:
        for ask in asks:
            with step(f"测量：{ask.name}"):
                rows.append(measure(ask, browsers, effort))
    return rows


def import_rows(count: int) -> report.Imported:
    """The import of so many messages, and the same rows as bare writes."""
    with step(f"测量：导入 {count} 条留言"):
        path = Path(settings.VAR_DIR) / "bench-messages.xlsx"
        importing.write_export(path, count, until=timezone.now())
        return report.Imported(count, importing.import_seconds(path), importing.bare_seconds(count))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
