"""A table of steps told to people: what a step will do, who may take it, and how the states hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.steps import M, State, Step
from binzhou_xinfang.records.event_fields import sentences
from binzhou_xinfang.records.events import ChainedEvent
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.web.paging import Page, page_of

# Events on one page of the course.
COURSE = 50


def consequences(life: Life[M], row: Step[M], obj: M) -> list[str]:
    """List what the step will do, a sentence each, before it is taken."""
    said = [f"{rule.label}停止计算（已完成）" for rule in life.clocks(obj, row.meets)]
    said += [f"{rule.label}取消" for rule in life.clocks(obj, row.cancels)]
    targets = [target for target in life.targets(obj, row) if target != life.state_of(obj)]
    said += [f"{_only_for(life, rule, targets)}{rule.label}开始计算" for rule in life.clocks(obj, row.starts)]
    said += [f"生成《{kind.label}》" for kind in row.letters]
    if targets:
        said.append(f"{life.label}变为{'或者'.join(f'“{target.label}”' for target in targets)}")
    return [*said, *([row.says] if row.says else [])]


def _only_for(life: Life[M], rule: Rule, targets: Sequence[State]) -> str:
    """Name the states for which alone the clock starts, where a step has several."""
    owing = [target for target in targets if any(rule in debt.watched_by for debt in life.owed[target].owed)]
    if not owing or len(owing) == len(targets):
        return ""
    return f"变为{'或者'.join(f'“{target.label}”' for target in owing)}的，"


@dataclass(frozen=True, slots=True)
class Permit:
    """One line of the matrix of permissions: posts that take a step. `but`: hands that are shut out; `only`: the hand
    that alone takes it, unless by one of the roles `or_by`.
    """

    life: str
    step: str
    roles: frozenset[str]
    desk: str
    but: tuple[str, ...]
    only: str
    or_by: frozenset[str]


def permits(life: Life[M]) -> Iterator[Permit]:
    """Read the matrix of permissions of a life off its table."""
    for key, row in life.steps.items():
        but, only = tuple(str(hand.value) for hand in row.others_than), str(row.own.value) if row.own else ""
        for seat in row.who:
            for desk in seat.desks:
                yield Permit(life.name, key, seat.roles, str(desk.value), but, only, row.or_by)


def flow(life: Life[M]) -> list[tuple[str, str, str]]:
    """Draw the states as arrows in words: from where, by which step, to where; "" where the life begins."""
    arrows: list[tuple[str, str, str]] = []
    for row in life.steps.values():
        sources: list[State | None] = [state for state in life.states if state in row.sources]
        for source in sources or [None]:
            targets = row.targets or ((source,) if source else ())
            arrows += [(str(source.label) if source else "", str(row.key.label), str(to.label)) for to in targets]
    return arrows


def onward(life: Life[M], state: State) -> list[tuple[str, str]]:
    """List the steps from a state, each with where it may lead; what changes no state is left out."""
    here = str(state.label)
    return list(
        dict.fromkeys((step, target) for source, step, target in flow(life) if source == here and target != here)
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the course in words."""

    kind: str
    label: str
    who: str
    happened_at: datetime
    lines: list[str]


def course(life: Life[M], obj: M, *, query: Mapping[str, str], on: date) -> tuple[Page[ChainedEvent], list[Told]]:
    """Tell what has happened to the object, the newest first, a page of it; nothing for a life without a chain."""
    if life.chain is None:
        return Page([]), []
    rows = life.chain._default_manager.filter(**{life.chain.chain_field: obj}).select_related("unit")
    page = page_of(rows, by=("-seq",), query=query, size=COURSE)
    return page, [_told(life, event, on) for event in page.rows]


def _told(life: Life[M], event: ChainedEvent, on: date) -> Told:
    kind = life.kinds.get(event.kind) if life.kinds else None
    who = " ".join(filter(None, (event.unit.name if event.unit else "", event.actor_name))) or "系统"
    lines = sentences(kind.fields, event.detail, on=on) if kind else []
    return Told(event.kind, str(kind.label) if kind else event.kind, who, event.happened_at, lines)


def mermaid(life: Life[M]) -> str:
    """Draw the same as a state diagram, for the papers."""
    arrows = [f"    {source or '[*]'} --> {target}: {step}" for source, step, target in flow(life)]
    return "\n".join(["stateDiagram-v2", *arrows, *(f"    {state.label} --> [*]" for state in life.final)])
