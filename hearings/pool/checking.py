"""Check of the draws that were made: pool, seed, ranking and members against what was promised in the chain."""

from collections.abc import Iterator
from typing import Any

from hearings.models import Draw, DrawState
from hearings.pool import drawing


def published(draw: Draw) -> dict[str, Any]:
    """Gather what is made known of a draw; seed and ranking once it was made."""
    told = {
        "rule": drawing.RULE, "pool": draw.pool, "pool_sha256": draw.pool_sha256, "seed_sha256": draw.seed_sha256,
        "number": draw.number,
    }  # fmt: skip
    return {**told, "seed": draw.seed, "word": draw.word, "ranking": draw.ranking} if draw.ranking else told


def findings(draw: Draw) -> Iterator[str]:
    """List what of the draw was altered after its promise, a sentence each; three queries."""
    if drawing.sha256(*draw.pool) != draw.pool_sha256:
        yield "候选名单与封存时的校验值不符"
    if drawing.sha256(draw.seed) != draw.seed_sha256:
        yield "种子与封存时的校验值不符"
    events = {event.kind: event for event in draw.events.filter(kind__in=["commit", "draw"])}
    if "commit" not in events:
        yield "没有封存的记录"
    elif any(
        events["commit"].detail.get(name) != getattr(draw, name) for name in ("pool", "pool_sha256", "seed_sha256")
    ):
        yield "候选名单、校验值与封存的记录不符"
    if draw.ranking or draw.state == DrawState.DRAWN:
        yield from _of_the_ranking(draw, events["draw"].detail if "draw" in events else {})


def _of_the_ranking(draw: Draw, told: dict[str, Any]) -> Iterator[str]:
    if told.get("ranking") != draw.ranking or told.get("seed") != draw.seed:
        yield "排序、种子与抽取的记录不符"
    if [code for _, code in drawing.ranked(draw.pool, seed=draw.seed, word=draw.word)] != draw.ranking:
        yield "重新计算的排序与登记的排序不符"
    seats = list(draw.members.select_related("expert"))
    by_place = [seat.expert.code for seat in seats]
    if by_place != draw.ranking[: len(seats)] or len([one for one in seats if not one.withdrawn_at]) != draw.number:
        yield "听证员与排序不符"
