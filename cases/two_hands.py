"""Two hands for what ends a sealed report or takes off its seal where it was taken in (`states.seconded`)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.errors import Refusal
from cases.models import PetitionCase
from cases.states import SECONDED, Move, answers


def seconded(move: Move, act: Callable[..., Any]) -> Callable[..., Any]:
    """Have the verb look first whether another named person has asked for what it does to a report."""
    if move not in SECONDED:
        return act

    @wraps(act)
    def acting(case: PetitionCase, *, by: Post | None, at: datetime, **given: Any) -> Any:
        refuse_alone(case, move, by)
        return act(case, by=by, at=at, **given)

    return acting


def refuse_alone(case: PetitionCase, move: Move, by: Post | None) -> None:
    """Raise Refusal for a sealed report of which nobody else who is named has asked for this; its organ, and the
    system itself, need nobody. One query, of a report alone."""
    if by is None or not case.is_sealed:
        return
    if by.unit_id == case.holder_id and by.unit.kind == UnitKind.DISCIPLINE:
        return
    asked = case.events.filter(kind=Move.ASK_END.value).order_by("-seq").first()
    if move not in answers(case.end_asked) or asked is None:
        raise Refusal(
            f"检举控告保密件不能由一人“{move.label}”：请先由另一名指定人员“{Move.ASK_END.label}”，写明理由，"
            "再由其他指定人员决定（第三十条第三款）。"
        )
    if asked.actor_id == by.user_id:
        raise Refusal(f"提请的人员不能自己决定“{move.label}”，请由其他指定人员决定（第三十条第三款）。")
