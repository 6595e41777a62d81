"""Acts on where a unit stands, and whether it is there at all, by two hands: an administrator asks, the 安全保密管理员
decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from binzhou_xinfang.accounts.models import ChangeKind, Unit, UnitChange, UnitKind, User
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.statute.wording import say_date
from cases.house import changes, foretelling
from cases.house.acts import Act, Done, Hand, Said, table
from cases.house.forms import DecideForm, EndUnitForm, MoveForm, ReasonForm, RefuseForm
from cases.house.notices import CHANGE_ASKED, CHANGE_DECIDED

# A year further off is a slip of the keyboard.
FURTHEST = timedelta(days=366)
_ASK, _DECIDE = Right.MANAGE_UNITS, Right.CONFIRM_GRANTS
_ASKED = "已提交，由安全保密管理员审批后生效。"
# Kinds of events that were written before a second hand was asked for, or in another way; they are read still.
BEFORE = (
    ledger.declare("unit-move", "调整隶属"), ledger.declare("unit-end", "撤销"), ledger.declare("unit-reopen", "恢复"),
    ledger.declare("unit-change-cancelled", "取消机构变更计划"),
)  # fmt: skip


def refuse_far(day: date, today: date) -> None:
    """Raise Refusal for a day further off than anybody plans."""
    if day > today + FURTHEST:
        raise Refusal("生效日期在一年以后，请核对年份。", field="effective_on")


def _ask_move(unit: Unit, said: Said, hand: Hand) -> Done:
    day = said["effective_on"]
    if day < hand.today:
        raise Refusal("隶属只能从今天起调整：此前的清单和统计已按原隶属归集。", field="effective_on")
    refuse_far(day, hand.today)
    return _ask(unit, ChangeKind.MOVE, hand, effective_on=day, parent=said["parent"], basis=said["basis"])


def _ask_end(unit: Unit, said: Said, hand: Hand) -> Done:
    what = {"effective_on": said["valid_to"], "moved_to": said["moved_to"], "basis": said["basis"]}
    return _ask(unit, ChangeKind.END, hand, **what)


def _ask_reopening(unit: Unit, said: Said, hand: Hand) -> Done:
    return _ask(unit, ChangeKind.REOPEN, hand, effective_on=hand.today, basis=said["reason"])


def _ask(unit: Unit, kind: ChangeKind, hand: Hand, **what: Any) -> Done:
    """Write down what is asked for, and tell who decides."""
    if UnitChange.objects.filter(unit=unit, kind=kind, done_at=None, cancelled_at=None).exists():
        raise Refusal(f"已有一项等待审批或者尚未生效的{kind.label}，改变的请先取消。")
    asked = UnitChange(unit=unit, kind=kind, ordered_by=hand.by.user, ordered_post=hand.by, ordered_at=hand.at, **what)
    changed = changes.refuse(asked, max(asked.effective_on, hand.today))
    asked.save()
    tell(CHANGE_ASKED, asked.pk, at=hand.at)
    return Done(unit.name, changed, effective_on=asked.effective_on, told=_ASKED)


def _give(change: UnitChange, said: Said, hand: Hand) -> Done:
    if hand.by.user_id == change.ordered_by_id:
        raise Refusal("申请和审批不得由同一人办理，请由其他安全保密管理员审批。")
    changed = changes.refuse(change, max(change.effective_on, hand.today))
    people = _concerned(change, hand.today)
    _decide(change, said, hand, is_given=True)
    is_done = changes.carry_out(change, at=hand.at)
    label = change.get_kind_display()
    told = f"已同意{label}。" if is_done else f"已同意，{say_date(change.effective_on, hand.today)}自动{label}。"
    changed = [Changed(label, "待审批", "同意"), *changed]
    return Done(change.unit.name, changed, people, effective_on=change.effective_on, told=told)


def _concerned(change: UnitChange, on: date) -> list[User]:
    """List whose posts the change moves, ends or brings back; who asked is told by a notice of his own."""
    posts = changes.posts_of(change.unit, min(on, change.unit.valid_to or on), below=change.kind == ChangeKind.MOVE)
    posts = posts.exclude(to_on__lt=on).exclude(user=change.ordered_by_id)
    return list({post.user_id: post.user for post in posts}.values())


def _turn_down(change: UnitChange, said: Said, hand: Hand) -> Done:
    change.cancelled_at = hand.at
    _decide(change, said, hand, is_given=False)
    return Done(change.unit.name, [Changed(change.get_kind_display(), "待审批", "不同意")], told="已退回申请。")


def _decide(change: UnitChange, said: Said, hand: Hand, *, is_given: bool) -> None:
    change.is_given, change.decided_by, change.decided_at = is_given, hand.by.user, hand.at
    change.decided_why = said["decided_why"]
    change.save(update_fields=["is_given", "decided_by", "decided_at", "decided_why", "cancelled_at"])
    tell(CHANGE_DECIDED, change.pk, at=hand.at)


def _cancel(change: UnitChange, said: Said, hand: Hand) -> Done:
    """Cancel what has not come into force: everything stays as it is. Who was told of it is told again."""
    before = "待审批" if change.waits else f"{say_date(change.effective_on, hand.today)}生效"
    hands = [user for user in (change.ordered_by, change.decided_by) if user is not None]
    people = hands if change.waits else [*hands, *_concerned(change, hand.today)]
    change.cancelled_at = hand.at
    change.save(update_fields=["cancelled_at"])
    return Done(change.unit.name, [Changed(change.get_kind_display(), before, "已取消")], people, told="已取消。")


def _area(unit: Unit, on: date) -> str:
    return _ended(unit, on) or ("地区不在这里撤销。" if unit.kind == UnitKind.AREA else "")


def _ended(unit: Unit, on: date) -> str:
    return f"{unit.name}已撤销，不能再变更。" if unit.valid_to is not None else ""


def _not_ended(unit: Unit, on: date) -> str:
    return changes.why_not_reopened(unit)


def _decided(change: UnitChange, on: date) -> str:
    return "" if change.waits else "这项变更已经审批、取消，或者无需审批。"


def _closed(change: UnitChange, on: date) -> str:
    return "" if change.is_open else "这项变更已经生效或者取消，请刷新页面查看。"


_WAITS = "由安全保密管理员审批后生效，审批以前不变"


def _foretell_move(unit: Unit, said: Said, on: date) -> list[str]:
    return [_WAITS, *foretelling.after_moving(unit, said["parent"], on)]


def _foretell_end(unit: Unit, said: Said, on: date) -> list[str]:
    if held := unit.held_at_its_end():
        return [held]
    number = changes.posts_of(unit, on).count()
    return [_WAITS, f"现任岗位{number}个随机构结束", "此后不能以其名义制发文书；已经制发的不变"]


def _foretell_reopening(unit: Unit, said: Said, on: date) -> list[str]:
    return [_WAITS, "恢复后，随机构结束的岗位一并恢复"]


def _foretell_given(change: UnitChange, said: Said, on: date) -> list[str]:
    told: dict[str, Callable[[], list[str]]] = {
        ChangeKind.MOVE: lambda: foretelling.after_moving(change.unit, change.parent, on),
        ChangeKind.END: lambda: _foretell_end(change.unit, said, on)[1:],
        ChangeKind.REOPEN: lambda: _foretell_reopening(change.unit, said, on)[1:],
    }
    return [f"{change.unit.name}：{change.what}", *told[change.kind]()]


def _unit(change: UnitChange) -> str:
    return f"unit:{change.unit_id}"


UNIT_ACTS = table(
    Act[Unit]("unit", "ask-move", "申请调整隶属", _ASK, MoveForm, _ask_move, _foretell_move, _ended),
    Act[Unit]("unit", "ask-end", "申请撤销", _ASK, EndUnitForm, _ask_end, _foretell_end, _area, is_end=True),
    Act[Unit]("unit", "ask-reopen", "申请恢复", _ASK, ReasonForm, _ask_reopening, _foretell_reopening, _not_ended),
)
# What somebody decides is what he read: the version is that of the unit.
ACTS = table(
    Act[UnitChange](
        "unit-change", "give", "同意变更", _DECIDE, DecideForm, _give, _foretell_given, _decided, subject=_unit
    ),
    Act[UnitChange](
        "unit-change", "turn-down", "不同意变更", _DECIDE, RefuseForm, _turn_down, shut=_decided, is_end=True,
        subject=_unit,
    ),
    Act[UnitChange](
        "unit-change", "cancel", "取消变更", _ASK, ReasonForm, _cancel, shut=_closed, is_end=True, subject=_unit
    ),
)  # fmt: skip
