"""The table of moves as a graph: its edges, and the layer of each state by the longest way that leads forward to it."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from binzhou_xinfang.statute.wording import cite, listed
from cases.casefile.charts.road import who_may
from cases.states import CLOSED_STATES, OPEN_STATES, TRANSITIONS, Move, State, Transition

# A move that is open from so many states stands once beside the graph, not as an arrow from each of them.
EVERYWHERE = 7


class Goes(Enum):
    """Directions of an edge; the value is the sign before the number of its target."""

    FORWARD = "→"
    RETURN = "↩"
    BEFORE = "⟲"
    STAY = "○"


@dataclass(frozen=True, slots=True)
class Edge:
    """A move from one state. `target` None: back to the state before, or no change."""

    move: Move
    source: State
    target: State | None
    goes: Goes


@cache
def numbers() -> dict[State, int]:
    """Number the states as on the wall."""
    return {state: number for number, state in enumerate(State, 1)}


def edges() -> list[Edge]:
    """List every arrow of the wall chart, in the order of the table."""
    return [
        _edge(move, source)
        for move, row in TRANSITIONS.items()
        if len(row.sources) < EVERYWHERE
        for source in State
        if source in row.sources
    ]


def _edge(move: Move, source: State) -> Edge:
    row = TRANSITIONS[move]
    if row.returns:
        return Edge(move, source, None, Goes.BEFORE)
    if row.target is None or row.target is source:
        return Edge(move, source, None, Goes.STAY)
    order = numbers()
    goes = Goes.FORWARD if order[row.target] > order[source] else Goes.RETURN
    return Edge(move, source, row.target, goes)


def general() -> list[tuple[str, list[Move]]]:
    """List the moves that are open nearly everywhere, by the words for where they are open."""
    by_words: dict[str, list[Move]] = {}
    for move, row in TRANSITIONS.items():
        if len(row.sources) >= EVERYWHERE:
            by_words.setdefault(where_open(row.sources), []).append(move)
    return list(by_words.items())


def where_open(sources: frozenset[State]) -> str:
    """Word the states of a move: 任何未结状态, or their numbers on the wall."""
    if not sources:
        return "来件"
    for words, states in (
        ("任何未结状态", OPEN_STATES),
        ("任何已结状态", tuple(CLOSED_STATES)),
        ("任何状态", tuple(State)),
    ):
        if sources == frozenset(states):
            return words
        if len(states) > 1 and sources > frozenset(states):
            more = "、".join(str(state.label) for state in State if state in sources and state not in states)
            return f"{words}，以及{more}"
    order = numbers()
    return "状态" + "、".join(str(order[state]) for state in State if state in sources)


@cache
def layers() -> dict[State, int]:
    """Lay each state: the longest way of forward edges that leads to it."""
    layer = dict.fromkeys(State, 0)
    forward = [edge for edge in edges() if edge.goes is Goes.FORWARD and edge.target]
    # Forward means forward in the order of the states, so one walk in that order is enough.
    for state in State:
        for edge in forward:
            if edge.source is state and edge.target:
                layer[edge.target] = max(layer[edge.target], layer[state] + 1)
    return layer


def edge_words(edge: Edge) -> str:
    """Word the target of an edge as it stands at the end of its line: → 5."""
    if edge.target:
        return f"{edge.goes.value} {numbers()[edge.target]}"
    return "回原状态" if edge.goes is Goes.BEFORE else "不变"


def goal_words(move: Move) -> str:
    """Word the target of a move."""
    row = TRANSITIONS[move]
    if row.returns:
        return "回到原状态"
    first = f"（有待执行的诉求的，先“{row.owing.label}”）" if row.owing else ""
    return f"{row.target.label}{first}" if row.target else "状态不变"


def clock_words(row: Transition) -> str:
    """Word the clocks that a row of the table turns, as one phrase; what it merely cancels is left out."""
    turned = (
        ("起算", row.starts), ("简易程序另起算", row.simple), ("完成", row.meets),
        ("中止", (row.suspends,) if row.suspends else ()), ("恢复", (row.resumes,) if row.resumes else ()),
    )  # fmt: skip
    return "；".join(f"{verb}{listed(str(rule.label) for rule in rules)}" for verb, rules in turned if rules)


def entries() -> list[Move]:
    """List the moves that bring a matter into being."""
    return [move for move, row in TRANSITIONS.items() if not row.sources]


def table() -> list[dict[str, str]]:
    """List all moves as the rows of a table, in words."""
    return [
        {
            "move": str(move.label),
            "sources": "、".join(str(state.label) for state in State if state in row.sources)
            if len(row.sources) < EVERYWHERE
            else where_open(row.sources),
            "target": goal_words(move),
            "article": cite(row.article),
            "who": who_may(move),
            "clocks": clock_words(row),
            "letters": "、".join(str(kind.label) for kind in row.letters),
        }
        for move, row in TRANSITIONS.items()
    ]
