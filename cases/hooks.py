"""Hooks of matters for the apps above, each called where the thing happens, in its transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.hooks import Hook, Registry
from binzhou_xinfang.web.lights import Light
from binzhou_xinfang.web.paging import Count
from cases.models import Evaluation, PetitionCase
from cases.states import Move


class Panel(Protocol):
    """Protocol of an app's panel on the page of a matter; the template is given it as `panel`."""

    @property
    def template(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done from a card; `in_sheet`: its form opens beside the page."""

    label: str
    url: str
    in_sheet: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits for the post's own decision: its subject, what is proposed, by when, and what may be
    done."""

    title: str
    url: str
    number: str
    beside: str
    said: Sequence[str]
    acts: Sequence[Act]
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The things that wait for the post under one word; `size` is the length of the list at `url`, of which the cards
    are the first."""

    label: str
    url: str
    size: Count
    cards: Sequence[Card] = ()


# A matter has moved: (case, move, by, at). `by` None: the system.
AFTER_MOVE: Hook[[PetitionCase, Move, Post | None, datetime], None] = Hook("cases.AFTER_MOVE")
# A matter that others knew has become 检举控告: (case, by, at). What they still have to do with it ends here.
AFTER_SEALING: Hook[[PetitionCase, Post | None, datetime], None] = Hook("cases.AFTER_SEALING")
# What had been sealed is ordinary again: (case, by, at). What the seal has ended of a lapse begins anew here.
AFTER_UNSEALING: Hook[[PetitionCase, Post | None, datetime], None] = Hook("cases.AFTER_UNSEALING")
# A clock that had lapsed has not after all, by no move of the matter: (case, by, at). The caller holds the matter.
AFTER_HEALING: Hook[[PetitionCase, Post | None, datetime], None] = Hook("cases.AFTER_HEALING")
# The petitioner has evaluated one object: (evaluation, by, at). `by` None: in person.
AFTER_EVALUATION: Hook[[Evaluation, Post | None, datetime], None] = Hook("cases.AFTER_EVALUATION")
# Clocks have reached a rung in the round of the moment: (keys of the clocks, at); how many 督办件 were brought up.
AFTER_RUNGS: Hook[[Sequence[int], datetime], int] = Hook("cases.AFTER_RUNGS")
# The form of one of these moves is made: (matter); what an app above knows already for its fields.
PROPOSALS: Registry[Move, Callable[[PetitionCase], Mapping[str, Any]]] = Registry("cases.PROPOSALS")
# The page of a matter is made: (case, post, today); None shows nothing.
PANELS: Hook[[PetitionCase, Post, date], Panel | None] = Hook("cases.PANELS")
# The home page is made: (post, today, ip); what waits for the post in an app's own lives.
HOME: Hook[[Post, date, str | None], Sequence[Waiting]] = Hook("cases.HOME")
# The home page is made: (post); addresses of parts that an app shows there, each fetched after the page stands.
HOME_PARTS: Hook[[Post], Sequence[str]] = Hook("cases.HOME_PARTS")
# The demo has been made: (now).
DEMO: Hook[[datetime], None] = Hook("cases.DEMO")


def after_move(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Call the followers of a move; before them those of the seal, where the move has set or taken it."""
    if case.was_sealed is not None and case.is_sealed != case.was_sealed:
        case.was_sealed, case.is_newly_sealed = case.is_sealed, case.is_sealed
        (AFTER_SEALING if case.is_sealed else AFTER_UNSEALING)(case, by, at)
    AFTER_MOVE(case, move, by, at)
