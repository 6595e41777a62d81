"""The import of one sheet: every row imported, found again, or rejected with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DataError, IntegrityError

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from cases.importing.desks import ReplyDesk
from cases.importing.messages import Message, read_message, read_reply
from cases.importing.register import register_message, replay_reply
from cases.importing.sheet import Row, Sheet
from cases.models import Petition, PetitionCase
from cases.states import Move, State
from cases.vocabulary import Channel

# What a row can be guilty of; a lost connection is not among it and ends the import, which can be started again.
_FAULTS = (Refusal, DataError, IntegrityError)
Progress = Callable[[list[Message]], Iterable[Message]]


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, or its reply alone (`is_reply`), that was not taken, and why."""

    row: Row
    reason: str
    is_reply: bool = False


@dataclass
class Result:
    """Result of an import: `imported` + `already_present` + rejected rows = all rows."""

    numbers: list[str] = field(default_factory=list)
    imported: int = 0
    already_present: int = 0
    rejects: list[Reject] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Rows that are not in the system; a rejected reply leaves its message imported."""
        return sum(not reject.is_reply for reject in self.rejects)


@dataclass(frozen=True)
class Import:
    """Settings of an import: `desk` None leaves the replies alone. `now`: the moment after which nothing can have
    happened."""

    office: Unit
    by: Post
    now: datetime
    desk: ReplyDesk | None = None

    def run(self, sheet: Sheet, *, progress: Progress = iter) -> Result:
        """Take the rows in the order of their time, each message and each replay in a transaction of its own."""
        result = Result()
        messages = sorted(self._readable(sheet, result), key=lambda message: (message.posted_at, message.row.number))
        present = _cases_of([message.number for message in messages])
        for message in progress(messages):
            case = self._take(message, present.get(message.number), result)
            if case is not None:
                result.numbers.append(message.number)
                self._replay(case, message, sheet, result)
        result.rejects.sort(key=lambda reject: reject.row.number)
        return result

    def _readable(self, sheet: Sheet, result: Result) -> list[Message]:
        first: dict[str, Message] = {}
        for row in sheet.rows:
            try:
                message = read_message(row, epoch=sheet.epoch, now=self.now)
            except Refusal as refusal:
                result.rejects.append(Reject(row, str(refusal)))
                continue
            if earlier := first.get(message.number):
                result.rejects.append(Reject(row, f"留言编号{message.number}与第{earlier.row.number}行重复"))
            else:
                first[message.number] = message
        return list(first.values())

    def _take(self, message: Message, present: PetitionCase | None, result: Result) -> PetitionCase | None:
        if present is not None:
            result.already_present += 1
            return present
        try:
            case = register_message(message, area=self.office.area, by=self.by)
        except _FAULTS as fault:
            return self._not_registered(message, fault, result)
        result.imported += 1
        return case

    def _not_registered(self, message: Message, fault: Exception, result: Result) -> PetitionCase | None:
        """Find the matter that a quicker import registered under this number; else reject the row."""
        present = _cases_of([message.number]).get(message.number)
        if present is None:
            result.rejects.append(Reject(message.row, _say(fault)))
        else:
            result.already_present += 1
        return present

    def _replay(self, case: PetitionCase, message: Message, sheet: Sheet, result: Result) -> None:
        if self.desk is None:
            return
        try:
            reply = read_reply(message, epoch=sheet.epoch, now=self.now)
            if reply is not None and _is_untouched(case):
                replay_reply(case, message, reply, by=self.by, desk=self.desk, now=self.now)
        except _FAULTS as fault:
            result.rejects.append(Reject(message.row, f"留言已导入，答复未导入：{_say(fault)}", is_reply=True))


def _cases_of(numbers: list[str]) -> dict[str, PetitionCase]:
    """Map the messages that were imported before to their matters."""
    petitions = Petition.objects.filter(channel=Channel.MESSAGE_BOARD, external_id__in=numbers)
    return {petition.external_id: petition.case for petition in petitions.select_related("case")}


def _is_untouched(case: PetitionCase) -> bool:
    """Check that nobody has worked on the matter: a reply is replayed once, and never into somebody's work."""
    return case.state == State.REGISTERED and case.last_move == Move.REGISTER


def _say(fault: Exception) -> str:
    return str(fault) if isinstance(fault, Refusal) else f"数据库不接受（{str(fault).splitlines()[0]}）"
