"""Memory of processes, from /proc."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MIB = 1024


@dataclass(frozen=True)
class Memory:
    """MiB over a process and all below it: `rss` counts shared pages once for each process, `pss` once for all."""

    processes: int
    rss: int
    pss: int


def memory_of(root: int) -> Memory:
    """The process and everything it has started."""
    figures = [_figures(pid) for pid in _family(root)]
    rss, pss = sum(rss for rss, _ in figures), sum(pss for _, pss in figures)
    return Memory(len(figures), rss // MIB, pss // MIB)


def postmaster(var_dir: Path) -> int:
    """The process number of the PostgreSQL that keeps its data under `var_dir`."""
    lock = var_dir / "servers" / "postgres" / "postmaster.pid"
    return int(lock.read_text(encoding="ascii").split("\n", 1)[0])


def _family(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal() and (parent := _parent(folder)):
            children.setdefault(parent, []).append(int(folder.name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children.get(pid, [])


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


def _figures(pid: int) -> tuple[int, int]:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("Rss:", "Pss:"))}
    return found.get("Rss", 0), found.get("Pss", 0)
