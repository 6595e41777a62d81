"""A matter of the demo that takes a branch: its moves are sent through the forms of the pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.branches import LATE_BY, Bend
from cases.made_up.demo.cast import BUREAU, CITY, PROVINCE, REVIEW, TOWNSHIP, Cast, Desk
from cases.made_up.demo.sending import send
from cases.made_up.demo.themes import Theme
from cases.made_up.demo.words import HELPER, Sent, sent
from cases.models import PetitionCase
from cases.states import Move
from cases.vocabulary import Channel
from cases.window.registration import Arrival, register


@dataclass
class BranchStory:
    """A matter that the bureau passes to the city's department `to`; `earlier` is named by a merge or a refusal."""

    theme: Theme
    cast: Cast
    to: Unit
    arrival: Arrival
    matter: PetitionCase
    turn: int
    earlier: "BranchStory | None" = None
    case: PetitionCase | None = None

    def register(self, at: datetime) -> None:
        """登记 at the bureau."""
        is_visit = self.arrival.channel is Channel.VISIT
        clerk = self.cast.post(BUREAU, Role.WINDOW_CLERK if is_visit else Role.REGISTRAR, self.turn)
        self.case = register(self.arrival, self.matter, by=clerk, at=at).case

    def act(self, bend: Bend, at: datetime) -> None:
        """Make the move of the bend by whoever makes it. Raises Refusal with what the form refuses."""
        move, own = bend if isinstance(bend, tuple) else (bend, {})
        by = _WHO.get(move, _handler)(self)
        done_on = timezone.localdate(at) - timedelta(days=own.get(LATE_BY, 0))
        own = {name: value for name, value in own.items() if name != LATE_BY}
        data = _complete(sent(move, self.theme, done_on) | self._named(move), own)
        # The row may have been turned by the watch or by a repeat since.
        self.known.refresh_from_db()
        self.case = send(move, self.known, data, by=by, at=at)

    @property
    def known(self) -> PetitionCase:
        """The registered matter."""
        assert self.case is not None  # noqa: S101  every road begins with the registration
        return self.case

    def _named(self, move: Move) -> Sent:
        """Name the units, persons and matters of this move."""
        if move in _TO_THE_UNIT:
            return {"to_unit": self.to.code}
        if move is Move.PASS_DOWN:
            return {"to_unit": TOWNSHIP}
        if move in _HANDED_OVER:
            return {"recipient": self.known.lead.name}
        if move is Move.ASK_RECUSAL:
            return {"person": self.cast.desk(self.to.code).handler.user.username}
        if self.earlier is not None and move in _OF_ANOTHER:
            return {_OF_ANOTHER[move]: self.earlier.known.number}
        return {}


_TO_THE_UNIT = frozenset({Move.REFER, Move.ASSIGN, Move.DECIDE_JURISDICTION})
_HANDED_OVER = frozenset({Move.DELIVER, Move.DELIVER_REVIEW, Move.DELIVER_RECHECK, Move.ORDER_REDO})
_OF_ANOTHER: Mapping[Move, str] = {Move.MERGE: "into", Move.REFUSE_AGAIN: "earlier"}


def _complete(data: Sent, own: Sent) -> Sent:
    """Add the bend to the input; a result that the bend sets for an opinion is that of every answer."""
    if "answers" in data and "result" in own:
        return data | {"answers": [answer | {"result": own["result"]} for answer in data["answers"]]}
    return data | own


def _desk(story: BranchStory) -> Desk:
    """Find the desk that answers for the matter now: the unit's, or where it was passed down."""
    unit = story.known.responsible or story.to
    return story.cast.desk(unit.code if story.cast.has_desk(unit.code) else story.to.code)


def _handler(story: BranchStory) -> Post:
    return _desk(story).handler


def _unit_head(story: BranchStory) -> Post:
    return _desk(story).head


def _passer(story: BranchStory) -> Post:
    return story.cast.desk(story.to.code).head


def _post(unit: str, role: Role, turn: int = 0) -> Callable[[BranchStory], Post]:
    return lambda story: story.cast.post(unit, role, turn)


_CLERK, _REGISTRAR = _post(BUREAU, Role.WINDOW_CLERK), _post(BUREAU, Role.REGISTRAR)
_OFFICE_HEAD = _post(BUREAU, Role.OFFICE_HEAD)
_REVIEWER, _REVIEW_HEAD = _post(REVIEW, Role.REVIEWER), _post(REVIEW, Role.REVIEWER, 1)
_RECHECKER, _RECHECK_HEAD = _post(PROVINCE, Role.REVIEWER), _post(PROVINCE, Role.REVIEWER, 1)

# Whoever is not named here handles at the unit.
_WHO: Mapping[Move, Callable[[BranchStory], Post]] = {
    **dict.fromkeys(
        (Move.ASK_DATA, Move.GO_ON, Move.CORRECT, Move.SUPPLEMENT, Move.ASK_HEARING, Move.ASK_REVIEW,
         Move.ASK_RECHECK), _CLERK
    ),
    **dict.fromkeys(
        (
            Move.REPORT_URGENT, Move.TELL_URGENT, Move.TRIAGE, Move.REFER, Move.TAKE_BACK, Move.ANSWER_DIRECTLY,
            Move.MERGE, Move.SPLIT, Move.SUCCEED, Move.ARCHIVE,
        ),
        _REGISTRAR,
    ),
    **dict.fromkeys(
        (
            Move.AMEND, Move.VOID, Move.ASSIGN, Move.FILE, Move.ROUTE, Move.DECLINE, Move.REFUSE_AGAIN,
            Move.DENY_EXTENSION,
            Move.PUBLISH, Move.END, Move.REFUSE_END, Move.WITHDRAW, Move.CONFIRM_END, Move.REOPEN,
            Move.TAKE_BACK_URGENT,
        ),
        _OFFICE_HEAD,
    ),
    **dict.fromkeys(
        (
            Move.DISPUTE, Move.REPLY, Move.REFUSE_RECUSAL, Move.REFUSE_HEARING, Move.CALL_HEARING, Move.AGREE_EXTENSION,
            Move.CHECK,
            Move.SIGN, Move.RESOLVE, Move.LEAD_OUT, Move.TO_DISCIPLINE, Move.TAKE_AS_DUTY, Move.CHANGE_WAY,
        ),
        _unit_head,
    ),
    **dict.fromkeys((Move.ACCEPT_REVIEW, Move.DECLINE_REVIEW, Move.DRAFT_REVIEW, Move.DELIVER_REVIEW), _REVIEWER),
    **dict.fromkeys(
        (
            Move.ACCEPT_RECHECK, Move.CALL_RECHECK_HEARING, Move.CONCLUDE_RECHECK_HEARING,
            Move.CANCEL_RECHECK_HEARING, Move.DRAFT_RECHECK, Move.DELIVER_RECHECK,
        ),
        _RECHECKER,
    ),
    **dict.fromkeys((Move.PASS_DOWN, Move.RETRIEVE), _passer),
    Move.ORDER_REDO: _REVIEWER,
    Move.SIGN_REVIEW: _REVIEW_HEAD,
    Move.SIGN_RECHECK: _RECHECK_HEAD,
    Move.DECIDE_JURISDICTION: _post(CITY, Role.LEADER),
    Move.FEED_BACK: _post(HELPER, Role.UNIT_HANDLER),
}  # fmt: skip
