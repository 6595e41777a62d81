"""System checks: a kind of letter stands in the rows of the moves that it names as its owner, and in no other."""

from collections import defaultdict
from typing import Any

from django.core import checks

from binzhou_xinfang.letters.kinds import LetterKind, OfMoves
from cases.states import TRANSITIONS


def check_owners(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report every kind whose owner and rows differ."""
    rows: dict[LetterKind, set[str]] = defaultdict(set)
    for move, row in TRANSITIONS.items():
        for kind in row.letters:
            rows[kind].add(move.value)
    return [
        checks.Error(
            f"{kind.label}（{kind.value}）：声明由 {sorted(named)} 出具，办理表中是 {sorted(rows[kind])}",
            id="cases.E010",
        )
        for kind in LetterKind
        for named in [kind.owner.moves if isinstance(kind.owner, OfMoves) else frozenset()]
        if named != rows[kind]
    ]
