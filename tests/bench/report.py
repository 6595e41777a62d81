"""The table, whether the aims hold, and the file that remembers both."""

import json
import os
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.db import connection

from tests.bench.drive import Measured
from tests.bench.memory import Memory
from tests.bench.sweeping import Sweeping

FULL_SIZE = 100_000
FAR_AT_MOST = 1.2
_HEADINGS = ("", "p50 ms", "p95 ms", "次/秒（8客户端）", "查询数", "裸psycopg2 ms", "E ms", "×E", "目标")
_WIDE = frozenset({"W", "F"})


@dataclass(frozen=True)
class Aim:
    """An aim, and the outcome."""

    name: str
    most: float
    found: float

    @property
    def holds(self) -> bool:
        return self.found <= self.most

    def __str__(self) -> str:
        return f"{'达到' if self.holds else '未达'}  {self.name}：{self.found:.2f}（目标 ≤ {self.most:g}）"


@dataclass(frozen=True)
class Imported:
    """Rows of an export, and how long they took with the system and as bare writes."""

    rows: int
    seconds: float
    bare_seconds: float


@dataclass(frozen=True)
class Results:
    """All that was measured at one size."""

    size: int
    load_seconds: float
    rows: Sequence[Measured]
    imported: Imported
    sweeping: Sweeping
    web: Memory
    postgres: Memory

    @property
    def aims(self) -> list[Aim]:
        """Against E row by row; a far page against the first page of its list, both measured in turn."""
        against_empty = [Aim(f"{row.name} / E", row.most, row.ratio) for row in self.rows if row.most]
        far_pages = [
            Aim(f"{row.name} / 第1页", FAR_AT_MOST, row.times.p50 / row.first.p50) for row in self.rows if row.first
        ]
        return against_empty + far_pages + _aims_of(self.sweeping)


def _aims_of(swept: Sweeping) -> list[Aim]:
    """Half of the speed of the bare statements, nothing lost or doubled, and a round with nothing due within 5 ms."""
    return [
        Aim("期限巡查用时 / 裸 psycopg2", 2, swept.seconds / swept.bare_seconds),
        Aim("两个巡查进程漏发、重发", 0, swept.lost + swept.doubled),
        Aim(f"{swept.still_open:,} 个期限在计算、无一到级时一次巡查（毫秒）", 5, swept.idle_ms),
    ]


def table(results: Results) -> str:
    """The figures under each other, in a terminal's font."""
    lines = [_HEADINGS, *(_line(row) for row in results.rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    printed = [_row(line, widths) for line in lines]
    imported, swept, web, postgres = results.imported, results.sweeping, results.web, results.postgres
    return "\n".join([
        *printed,
        "",
        f"导入留言：{imported.rows / imported.seconds:.0f} 行/秒（{imported.rows} 行）；"
        f"裸 psycopg2 写入同样的行：{imported.rows / imported.bare_seconds:.0f} 行/秒",
        f"期限巡查：同一分钟到级 {swept.due:,} 个，{swept.due / swept.seconds:,.0f} 个/秒，"
        f"两个进程 {swept.due / swept.pair_seconds:,.0f} 个/秒；"
        f"裸 psycopg2 {swept.due / swept.bare_seconds:,.0f} 个/秒",
        f"库中 {results.size} 件，装入用时 {results.load_seconds:.0f} 秒",
        f"内存：网页服务 {web.processes} 个进程 RSS {web.rss} MiB（PSS {web.pss}）；"
        f"PostgreSQL {postgres.processes} 个进程 RSS {postgres.rss} MiB（PSS {postgres.pss}）",
        "",
        "E：已登录的空白页。每行的三种时间轮流测得，系统以 make run 的方式运行。",
        *(str(aim) for aim in results.aims),
        *([] if results.size >= FULL_SIZE else [f"目标以 {FULL_SIZE:,} 件为准，本次为 {results.size:,} 件。"]),
    ])  # fmt: skip


def write(path: Path, results: Results, *, at: datetime) -> None:
    """The same as JSON, with what the machine is."""
    content = {
        "at": at.isoformat(timespec="seconds"),
        "machine": machine(),
        **asdict(results),
        "aims": [asdict(aim) | {"holds": aim.holds} for aim in results.aims],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Describe what the figures depend on."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = str(cursor.fetchone()[0])
    return {
        "cores": os.cpu_count(),
        "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2,
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": postgres,
    }


def _line(row: Measured) -> tuple[str, ...]:
    return (
        row.name,
        f"{row.times.p50:.1f}",
        f"{row.times.p95:.1f}",
        f"{row.a_second:.0f}",
        str(row.queries),
        f"{row.bare.p50:.2f}",
        f"{row.empty.p50:.2f}",
        f"{row.ratio:.1f}",
        f"≤ {row.most:g}" if row.most else "",
    )


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """The name to the left, the figures to the right."""
    name, *figures = (text + " " * (width - _width(text)) for text, width in zip(cells, widths, strict=True))
    return "  ".join([name, *(figure.rstrip().rjust(len(figure)) for figure in figures)])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)
