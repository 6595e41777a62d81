"""Taking times: requests one after another, and eight clients at once."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles

Act = Callable[[], object]
LONGEST, ENOUGH = 60.0, 10


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float


def times_of(seconds: Sequence[float]) -> Times:
    """The middle and the slow end of at least two measurements."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    return Times(p50=cuts[9] * 1000, p95=cuts[18] * 1000)


def in_turn(acts: Sequence[Act], *, times: int, longest: float = LONGEST) -> list[Times]:
    """Each act so many times, always one of each after the other: what disturbs one disturbs all.

    After `longest` seconds there are no more rounds, once there have been ten.
    """
    taken: list[list[float]] = [[] for _ in acts]
    for act in acts:
        act()  # whatever is prepared once is not part of it
    until = time.perf_counter() + longest
    for done in range(times):
        if done >= ENOUGH and time.perf_counter() > until:
            break
        for act, found in zip(acts, taken, strict=True):
            began = time.perf_counter()
            act()
            found.append(time.perf_counter() - began)
    return [times_of(found) for found in taken]


def at_once(acts: Sequence[Act], *, seconds: float) -> float:
    """Count the acts a second when each of `acts` is repeated by a client of its own, once at least.

    Raises what an act raises.
    """
    began = time.perf_counter()

    def repeat(act: Act) -> int:
        done = 0
        while not done or time.perf_counter() < began + seconds:
            act()
            done += 1
        return done

    with ThreadPoolExecutor(len(acts)) as clients:
        done = sum(clients.map(repeat, acts))
    return done / (time.perf_counter() - began)
