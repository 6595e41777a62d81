"""Grounds: why a move may end a duty or a right, each with its article and what must be true for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from binzhou_xinfang.errors import Refusal
from cases.states.papers import PaperKind
from cases.states.vocabulary import State


def always(case: Any, on: date) -> bool:
    """Ask nothing of the matter: the clerk answers for the ground with the reason that is written down."""
    return True


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of a move.

    `holds`: a test of the matter on the day of the act, `says`: the sentence of refusal where it fails. `sources`: the
    states from which it is named, None: all of the row. `papers`: what must come with it, of the papers of the row.
    `is_told`: there is somebody to be written to. `untested`: why neither a test nor a paper shows it; a ground with
    none of the three does not start.
    """

    article: str
    says: str = ""
    holds: Callable[[Any, date], bool] = always
    sources: frozenset[State] | None = None
    papers: tuple[PaperKind, ...] = ()
    is_told: bool = True
    untested: str = ""

    @property
    def is_shown(self) -> bool:
        """Check that something besides the words of who acts shows the ground."""
        return self.holds is not always or bool(self.papers)

    def fits(self, case: Any, on: date) -> bool:
        """Check that the matter bears the ground on the day."""
        return (self.sources is None or State(case.state) in self.sources) and self.holds(case, on)


# By the value of the list from which the form chooses; what a list has beside them is only read in old events.
Grounds = Mapping[str, Ground]


def refuse_ground(grounds: Grounds, value: str, case: Any, on: date) -> None:
    """Raise Refusal, at its field, for a ground that the move does not know or the matter does not bear."""
    ground = grounds.get(value)
    if ground is None:
        raise Refusal("不能以此为理由，请从列出的情形中选择。", field="ground")
    if not ground.fits(case, on):
        raise Refusal(ground.says or "该事项不符合这一情形，请核对。", field="ground")
