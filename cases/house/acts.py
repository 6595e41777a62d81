"""Acts that keep the house: rows of a table, taken in one transaction with their event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms import Form
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from cases.house.notices import CONCERNED

M = TypeVar("M", bound=Model)
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Done:
    """The work of an act, as its event tells it. `told`: what its taker is told, when it is not simply done; `secret`:
    shown once to who took the act, and kept nowhere."""

    label: str
    changes: Sequence[Changed] = ()
    people: Sequence[User] = ()
    effective_on: date | None = None
    told: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Hand:
    """The post that acts, and the moment."""

    by: Post
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def _nothing(obj: Any, said: Said, on: date) -> list[str]:
    return []


def _always(obj: Any, on: date) -> str:
    return ""


@dataclass(frozen=True)
class Act(Generic[M]):
    """One row. `key`: its address; `does`: the work, which raises Refusal; `foretells`: what follows, before it is
    done; `shut`: why it is not offered now, "" when it is; `is_end`: it ends something, and stands apart; `tells`: its
    event is told to whom it concerns (`grants` have notices of their own); `subject`: the thing whose event and version
    it is, where that is another."""

    thing: str
    key: str
    label: str
    right: Right
    form: type[Form]
    does: Callable[[M, Said, Hand], Done]
    foretells: Callable[[M, Said, date], list[str]] = _nothing
    shut: Callable[[M, date], str] = _always
    is_end: bool = False
    tells: bool = True
    subject: Callable[[M], str] | None = None
    event: str = field(default="", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", ledger.declare(f"{self.thing}-{self.key}", self.label))

    def of(self, obj: M) -> str:
        """Name the thing as the ledger does: unit:12."""
        return self.subject(obj) if self.subject else f"{self.thing}:{obj.pk}"


def table(*acts: Act[M]) -> Mapping[str, Act[M]]:
    """Make a table of acts by their keys."""
    return {act.key: act for act in acts}


def refuse(act: Act[M], obj: M, by: Post, on: date) -> None:
    """Raise NotPermitted without the right, Refusal for what the thing does not allow now."""
    if not has_right(by, act.right):
        raise NotPermitted(f"您当前的岗位不能{act.label}，{act.right.label}的岗位才能办理。")
    if obj.pk and (why := act.shut(obj, on)):
        raise Refusal(why)


def offered(acts: Mapping[str, Act[M]], obj: M, by: Post, on: date) -> list[Act[M]]:
    """List the acts that the post may take on the thing now."""
    return [act for act in acts.values() if has_right(by, act.right) and not act.shut(obj, on)]


def take(act: Act[M], obj: M, said: Said, *, by: Post, at: datetime, seen: int | None = None) -> Done:
    """Take the act; `seen`: the number of the last event of the thing when the form was made (None: a program's word).

    Raises NotPermitted, Refusal, and Stale when somebody has changed the thing since.
    """
    hand = Hand(by, at)
    try:
        with transaction.atomic():
            return _take(act, obj, said, hand, seen)
    except IntegrityError as error:
        raise Refusal(_clash(error)) from error


def _take(act: Act[M], obj: M, said: Said, hand: Hand, seen: int | None) -> Done:
    # One lock for the whole house: such acts are rare, and each is judged by what the others have left.
    ledger.lock()
    if obj.pk:
        ledger.refuse_stale(act.of(obj), seen=seen)
        obj.refresh_from_db()
    refuse(act, obj, hand.by, hand.today)
    done = act.does(obj, said, hand)
    event = ledger.note(
        act.event, by=hand.by, at=hand.at, of=act.of(obj), label=done.label, changes=done.changes, people=done.people,
        reason=next((str(said[name]) for name in _WHY if said.get(name)), ""), effective_on=done.effective_on,
    )  # fmt: skip
    if act.tells and done.people:
        tell(CONCERNED, event.pk, at=hand.at)
    return done


# The fields that say why, of whatever act.
_WHY = ("reason", "basis", "decided_why")
_CLASHES = {
    "post_held_once_at_a_time": "此人在该机构的同一角色在这段时间内已有岗位，请核对任职日期。",
    "keepers_exclude_each_other": "系统管理员、安全保密管理员、安全审计员不得由同一人兼任。",
    "unit_letter_mark_unique": "发文代字与其他机构重复，请改用别的。",
    "unit_stands_in_no_circle": "上级不能是本机构或其下级。",
    "one_planned_change_a_kind": "已有一项等待审批或者尚未生效的同类变更，请先取消。",
}


def _clash(error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return _CLASHES.get(name, "与已有的记录冲突，没有改动，请核对后再办理。")


def change(obj: Model, values: Mapping[str, Any]) -> list[Changed]:
    """Set the values on the row, not saved yet, and list what changes, by the names of the columns."""
    changes = []
    for name, value in values.items():
        column = obj._meta.get_field(name)
        before, after = _word(obj, name), value
        setattr(obj, name, after)
        changes.append(Changed(str(getattr(column, "verbose_name", name)), before, _word(obj, name)))
    return [one for one in changes if one.before != one.after]


def _word(obj: Model, name: str) -> str:
    said = getattr(obj, f"get_{name}_display")() if hasattr(obj, f"get_{name}_display") else getattr(obj, name)
    if isinstance(said, bool):
        return "是" if said else "否"
    return "" if said is None else str(said)
