"""A matter of the demo on the straight road: the actors of its moves, and their input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.cast import BUREAU, REVIEW, Cast, Desk
from cases.made_up.demo.roads import EXTENSION
from cases.made_up.demo.themes import SEALED, Theme
from cases.made_up.demo.words import JURISDICTION, PHONE
from cases.models import PetitionCase
from cases.procedure import perform
from cases.procedure.reply import Delivery
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
            by, data = _PARTS[step](self)
            self.case = perform(step, self.known, by=by, at=at, **data)
        if move is Move.AGREE_OBJECTION:
            self.gives_back = False

    def _steps(self, move: Move) -> tuple[Move, ...]:
        """List the steps that the table asks for besides: the assigner's consent, and the execution before the
        close."""
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


Part = tuple[Post, dict[str, Any]]


def _triage(story: Story) -> Part:
    theme = story.theme
    basis = "按照管理权限移送" if theme in SEALED else JURISDICTION
    data = {"kind": theme.kind, "legal_way": theme.way, "legal_basis": basis, "topic": story.known.topic}
    return story.office_post(), data


def _refer(story: Story) -> Part:
    unit = story.wrong.unit if story.gives_back else story.to
    return story.office_post(), {"to_unit": unit, "note": "请依法按政策办理，并按期答复信访人。"}


def _assign(story: Story) -> Part:
    days = (60, 75, 90)[story.turn % 3]
    return story.office_post(is_head=True), {
        "to_unit": story.to,
        "days": days,
        "note": "请重点办理，按期报送办结报告。",
    }


def _object(story: Story) -> Part:
    reason = "经核对职责分工，该事项涉及的管理职责不在本单位，请转送有权处理的单位。"
    return story.desk().handler, {"reason": reason, "proper_unit": story.to.name if story.gives_back else ""}


def _accept(story: Story) -> Part:
    return story.desk().handler, {"contact_phone": PHONE}


def _investigate(story: Story) -> Part:
    note = f"到现场查看并听取信访人陈述，调阅有关材料。{story.theme.facts}"
    return story.desk().handler, {"note": note, "heard_petitioner": True}


def _ask_extension(story: Story) -> Part:
    return story.desk().handler, {"days": EXTENSION, "reason": "情况复杂，需要委托专业机构检测鉴定。"}


def _draft(story: Story) -> Part:
    answers = {
        request.pk: (result.value, text)
        for request, (result, text) in zip(story.known.requests.all(), story.theme.answers, strict=True)
    }
    review_body = story.cast.units[REVIEW]
    data = {"facts": story.theme.facts, "basis": story.theme.basis, "review_body": review_body, "answers": answers}
    return story.desk().handler, data


def _deliver(story: Story) -> Part:
    way = (DeliveryWay.DIRECT, DeliveryWay.POST, DeliveryWay.ELECTRONIC)[story.turn % 3]
    return story.desk().handler, {"delivery": Delivery(story.today, way, story.known.lead.name)}


def _order_execution(story: Story) -> Part:
    return story.desk().handler, {"executor": story.to.name, "task": "按处理意见限期落实予以支持的诉求。", "days": 30}


def _finish_execution(story: Story) -> Part:
    return story.desk().handler, {"done_on": story.today, "evidence": "已落实到位，有验收单和现场照片。"}


def _close(story: Story) -> Part:
    outcome = (Outcome.SOLVED, Outcome.SOLVED, Outcome.PERSUADED, Outcome.HELPED)[story.turn % 4]
    return story.desk().handler, {
        "outcomes": {outcome.value: "见现场照片和回访记录。"},
        "heart": (Heart.CALM, Heart.EASED)[story.turn % 2],
        "note": "已回访，信访人对办理过程和结果表示认可。",
    }


_PARTS: Mapping[Move, Callable[[Story], Part]] = {
    Move.TRIAGE: _triage,
    Move.REFER: _refer,
    Move.ASSIGN: _assign,
    Move.SIGN_FOR: lambda story: (story.desk().handler, {}),
    Move.OBJECT: _object,
    Move.AGREE_OBJECTION: lambda story: (story.office_post(), {"note": "核实属实，收回后另行转办。"}),
    Move.REFUSE_OBJECTION: lambda story: (story.office_post(), {"note": "经核实属于你单位职责，请继续办理。"}),
    Move.ACCEPT: _accept,
    Move.INVESTIGATE: _investigate,
    Move.ASK_EXTENSION: _ask_extension,
    Move.APPROVE_EXTENSION: lambda story: (story.desk().head, {}),
    Move.REFUSE_EXTENSION: lambda story: (story.desk().head, {"note": "现有材料可以按期办结，请抓紧办理。"}),
    Move.DRAFT: _draft,
    Move.CHECK: lambda story: (story.desk().head, {"note": "同意"}),
    Move.RETURN_DRAFT: lambda story: (story.desk().head, {"note": "请补充政策依据，逐项回应诉求。"}),
    Move.SIGN: lambda story: (story.desk().head, {"late_reason": "情况复杂，检测鉴定结果出具较晚。"}),
    Move.AGREE_EXTENSION: lambda story: (story.desk().head, {"note": "同意，报交办机关批准。"}),
    Move.CONFIRM_EXTENSION: lambda story: (story.office_post(is_head=True), {}),
    Move.ORDER_EXECUTION: _order_execution,
    Move.FINISH_EXECUTION: _finish_execution,
    Move.DELIVER: _deliver,
    Move.CLOSE: _close,
}
