"""A matter of the demo on the straight road: the actors of its moves, and their input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import body_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.cast import BUREAU, Cast, Desk
from cases.made_up.demo.deliveries import delivery
from cases.made_up.demo.roads import EXTENSION
from cases.made_up.demo.sending import send
from cases.made_up.demo.themes import SEALED, Theme
from cases.made_up.demo.words import Sent, sent
from cases.models import PetitionCase
from cases.procedure.delivery_entry import PROOFS
from cases.states import Move
from cases.vocabulary import Channel, DeliveryWay, Heart, Outcome
from cases.window.registration import Arrival, register, register_repeat


@dataclass
class Story:
    """A matter with its people. `office` registers and passes on, `to` gets it, `wrong` gives it back.

    `case` is the matter as its last move left it, on the day `today`; there is none before the registration.
    """

    theme: Theme
    cast: Cast
    office: str
    to: Unit
    arrival: Arrival
    matter: PetitionCase
    wrong: Desk
    turn: int
    gives_back: bool
    case: PetitionCase | None = None
    today: date = date.min

    def act(self, move: Move, at: datetime) -> None:
        """Make the move by whoever makes it, at the moment. Raises what the move raises."""
        self.today = timezone.localdate(at)
        if move is Move.REGISTER:
            self.case = register(self.arrival, self.matter, by=self._clerk(self.arrival), at=at).case
            return
        for step in self._steps(move):
            by, own = _PARTS[step](self)
            self.case = send(step, self.known, sent(step, self.theme, self.today) | own, by=by, at=at)
            while step is Move.DELIVER and self.known.unserved:  # each of several petitioners has his own copy
                own = sent(Move.DELIVER_OTHER, self.theme, self.today) | {"party": self.known.unserved[0]}
                self.case = send(Move.DELIVER_OTHER, self.known, own, by=by, at=at)
        if move is Move.AGREE_OBJECTION:
            self.gives_back = False

    def _steps(self, move: Move) -> tuple[Move, ...]:
        """List the steps that the table asks for besides: the assigner's consent, and the execution before the
        close; what goes to an organ with rules of its own is not 交办 (第二十三条第四款)."""
        if move is Move.ASSIGN and self.to.kind == UnitKind.DISCIPLINE:
            return (Move.REFER,)
        if move is Move.APPROVE_EXTENSION and self.known.needs_assigner:
            return Move.AGREE_EXTENSION, Move.CONFIRM_EXTENSION
        if move is Move.CLOSE and self.known.owes_execution:
            return Move.ORDER_EXECUTION, Move.FINISH_EXECUTION, Move.CLOSE
        return (move,)

    def come_again(self, arrival: Arrival, at: datetime) -> None:
        """登记 a repeated arrival that joins the matter."""
        register_repeat(arrival, self.known, by=self._clerk(arrival), at=at)

    @property
    def known(self) -> PetitionCase:
        """The registered matter."""
        assert self.case is not None  # noqa: S101  the first move of every road is the registration
        return self.case

    def _clerk(self, arrival: Arrival) -> Post:
        if self.office == BUREAU and arrival.channel is Channel.VISIT:
            return self.cast.post(BUREAU, Role.WINDOW_CLERK, self.turn)
        return self.cast.post(self.office, Role.REGISTRAR)

    def office_post(self, *, is_head: bool = False) -> Post:
        """Pick the post that passes on: a sealed matter is the head's alone (第三十条)."""
        head = is_head or self.theme in SEALED
        return self.cast.post(self.office, Role.OFFICE_HEAD if head else Role.REGISTRAR)

    def desk(self) -> Desk:
        """Find the desk outside the office on which the matter lies."""
        return self.wrong if self.gives_back else self.cast.desk(self.to.code)


# Who makes a move, and what is sent otherwise than usual.
Part = tuple[Post, Sent]


def _triage(story: Story) -> Part:
    own = {"topic": story.known.topic_id}
    return story.office_post(), own | ({"legal_basis": "按照管理权限移送"} if story.theme in SEALED else {})


def _refer(story: Story) -> Part:
    unit = story.wrong.unit if story.gives_back else story.to
    return story.office_post(), {"to_unit": unit.code}


def _assign(story: Story) -> Part:
    return story.office_post(is_head=True), {"to_unit": story.to.code, "days": (60, 75, 90)[story.turn % 3]}


def _deliver(story: Story) -> Part:
    way = (DeliveryWay.DIRECT, DeliveryWay.POST, DeliveryWay.ELECTRONIC)[story.turn % 3]
    own = {paper.field: None for paper in PROOFS} | delivery(story.today, way, recipient=story.known.lead.name)
    return story.desk().handler, own


def _close(story: Story) -> Part:
    outcome = (Outcome.SOLVED, Outcome.SOLVED, Outcome.PERSUADED, Outcome.HELPED)[story.turn % 4]
    own = {Outcome.SOLVED.value: "", outcome.value: "见现场照片和回访记录。"}
    return story.desk().handler, own | {"heart": (Heart.CALM, Heart.EASED)[story.turn % 2].value}


def _draft(story: Story) -> Part:
    above = body_above(story.desk().unit, on=story.today)
    return story.desk().handler, {"review_body": above.code if above else ""}


def _handler(story: Story) -> Part:
    return story.desk().handler, {}


def _head(story: Story) -> Part:
    return story.desk().head, {}


def _office(story: Story) -> Part:
    return story.office_post(), {}


_PARTS: Mapping[Move, Callable[[Story], Part]] = {
    Move.TRIAGE: _triage,
    Move.REFER: _refer,
    Move.ASSIGN: _assign,
    Move.SIGN_FOR: _handler,
    Move.OBJECT: lambda story: (
        story.desk().handler,
        {"proper_unit": story.to.name if story.gives_back else ""},
    ),
    Move.AGREE_OBJECTION: _office,
    Move.REFUSE_OBJECTION: _office,
    Move.ACCEPT: _handler,
    Move.INVESTIGATE: _handler,
    Move.ASK_EXTENSION: lambda story: (story.desk().handler, {"days": EXTENSION}),
    Move.APPROVE_EXTENSION: _head,
    Move.REFUSE_EXTENSION: _head,
    Move.DRAFT: _draft,
    Move.CHECK: _head,
    Move.RETURN_DRAFT: _head,
    Move.SIGN: _head,
    Move.AGREE_EXTENSION: _head,
    Move.CONFIRM_EXTENSION: lambda story: (story.office_post(is_head=True), {}),
    Move.ORDER_EXECUTION: lambda story: (story.desk().handler, {"executor": story.to.name}),
    Move.FINISH_EXECUTION: _handler,
    Move.DELIVER: _deliver,
    Move.CLOSE: _close,
}
