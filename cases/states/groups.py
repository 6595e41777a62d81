"""Groups of moves and of states on the screen: the headings of the menu of moves and of a list of states."""

from dataclasses import dataclass
from enum import Enum

from cases.states.vocabulary import State


class Group(Enum):
    """The headings of the menu of moves, in its order."""

    INTAKE = "甄别转办"
    HANDLING = "办理"
    SETTLING = "调解、听证、会商"
    EXTENSION = "延期"
    JOINT = "协办、回避、报告"
    REVIEW = "复查复核"
    ENDING = "化解、终结、归档"


@dataclass(frozen=True, slots=True)
class Place:
    """Place of a move on the screen: its heading in the menu; `beside`: a rarer one, no step along the road.

    `road`: how far along the road it is, for the one primary button when several are open, the furthest first; `asks`:
    the order in which a form asks for the fields of the event, where it is not the order in which they are told;
    `shows_opinion`: who makes it reads the opinion first; `tone`: the colour of its dot in the course;
    `together`: it asks nothing of one matter that it would not ask of the next, so that it is made for several at once.
    """

    group: Group
    beside: bool = False
    road: int | None = None
    asks: tuple[str, ...] = ()
    shows_opinion: bool = False
    tone: str = ""
    together: bool = False


STATE_GROUPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("受理前", (
        State.REGISTERED, State.AWAITING_DATA, State.TRIAGED, State.REFERRED, State.ASSIGNED, State.OBJECTED,
        State.DISPUTED, State.SIGNED_FOR,
    )),
    ("办理", (
        State.ACCEPTED, State.UNDERTAKEN, State.SIMPLE, State.HANDLING, State.MEDIATING, State.HEARING,
        State.CONFERRING, State.EXTENSION_ASKED, State.EXTENSION_REFERRED, State.DRAFTED, State.CHECKED, State.ISSUED,
        State.DELIVERED, State.EXECUTING, State.REDO_ORDERED,
    )),
    ("复查", (
        State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.REVIEW_ISSUED, State.REVIEW_DELIVERED,
    )),
    ("复核", (
        State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED,
    )),
    ("办结、化解、终结", (
        State.CLOSED, State.RESOLVED, State.ANSWERED, State.ENDED, State.END_CONFIRMED, State.ARCHIVED,
    )),
    ("不办理、并件、撤回", (
        State.FILED, State.DECLINED, State.NOT_AGAIN, State.ROUTED, State.WITHDRAWN, State.MERGED, State.VOIDED,
    )),
)  # fmt: skip
