"""Acts on units: founded, renamed, moved, put right, ended, with the days from which they hold."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from binzhou_xinfang.accounts.models import ChangeKind, Post, Unit, UnitChange, UnitKind, path_below
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.statute.wording import say_date
from cases.house import foretelling
from cases.house.acts import Act, Done, Hand, Said, change, table
from cases.house.forms import AmendUnitForm, EndUnitForm, MoveForm, NewUnitForm, ReasonForm, RenameForm
from cases.house.keepers import refuse_last_keeper
from cases.house.names import move, rename
from cases.house.powers import refuse_other_powers, refuse_wider_sight
from cases.models import ENDING_KINDS, HandOver

# A year further off is a slip of the keyboard.
_FURTHEST = timedelta(days=366)
_MANAGE = Right.MANAGE_UNITS


def _create(unit: Unit, said: Said, hand: Hand) -> Done:
    values = {name: value for name, value in said.items() if name != "basis"}
    changes = change(unit, values)
    unit.path = path_below(unit.parent, unit.code)
    _refuse_taken(unit, unit.parent, unit.name)
    _refuse_invalid(unit)
    unit.save()
    return Done(unit.name, changes, effective_on=unit.valid_from)


def _refuse_invalid(unit: Unit) -> None:
    """Raise Refusal at the field for what the columns or the unit itself do not allow."""
    try:
        unit.full_clean(exclude={"path"}, validate_constraints=False)
        unit.validate_unique()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            raise Refusal("；".join(messages), field=field) from error
    mark = unit.letter_mark
    other = Unit.objects.filter(letter_mark=mark).exclude(pk=unit.pk).first() if mark else None
    if other is not None:
        raise Refusal(f"发文代字“{mark}”已由{other.name}使用，请改用别的。", field="letter_mark")


def _rename(unit: Unit, said: Said, hand: Hand) -> Done:
    day, basis = said["effective_on"], said["basis"]
    if (unit.name, unit.short_name) == (said["name"], said["short_name"]):
        raise Refusal("与现在的名称相同，没有可以变更的。", field="name")
    _refuse_taken(unit, unit.parent, said["name"])
    _refuse_day(unit, day, hand.today)
    changes = [Changed("名称", unit.name, said["name"]), Changed("简称", unit.short_name, said["short_name"])]
    if day > hand.today:
        _plan(unit, ChangeKind.RENAME, day, basis, hand, name=said["name"], short_name=said["short_name"])
        return Done(unit.name, changes, effective_on=day, told=_planned(day, hand.today, "更名"))
    rename(unit, said["name"], said["short_name"], day)
    return Done(unit.name, changes, effective_on=day)


def _refuse_taken(unit: Unit, parent: Unit | None, name: str) -> None:
    """Raise Refusal for a name that another body of the same place bears: nobody could tell them apart."""
    if Unit.objects.filter(parent=parent, name=name, valid_to=None).exclude(pk=unit.pk).exists():
        raise Refusal("同一上级下已有同名机构，请核对。", field="name")


def _refuse_day(unit: Unit, day: date, today: date) -> None:
    _refuse_far(day, today)
    if unit.valid_from and day < unit.valid_from:
        raise Refusal("生效日期不能早于设立日期。", field="effective_on")
    last = max((names[2] for names in unit.former_names), default="")
    if day.isoformat() <= last:
        raise Refusal(f"现名称自{last}次日起使用，生效日期不能早于该日。", field="effective_on")


def _move(unit: Unit, said: Said, hand: Hand) -> Done:
    day, parent = said["effective_on"], said["parent"]
    if unit.parent == parent:
        raise Refusal("与现在的上级相同，没有可以变更的。", field="parent")
    if parent.path.startswith(unit.path):
        raise Refusal("上级不能是本机构或其下级。", field="parent")
    if not parent.exists_on(max(day, hand.today)):
        raise Refusal(f"{parent.name}届时不存在，请选择现有的机构。", field="parent")
    if day < hand.today:
        raise Refusal("隶属只能从今天起调整：此前的清单和统计已按原隶属归集。", field="effective_on")
    _refuse_far(day, hand.today)
    refuse_wider_sight(unit, parent, max(day, hand.today))
    changes = [Changed("上级", str(unit.parent or ""), parent.name)]
    if day > hand.today:
        _plan(unit, ChangeKind.MOVE, day, said["basis"], hand, parent=parent)
        return Done(unit.name, changes, effective_on=day, told=_planned(day, hand.today, "调整"))
    move(unit, parent)
    return Done(unit.name, changes, effective_on=day)


def _refuse_far(day: date, today: date) -> None:
    if day > today + _FURTHEST:
        raise Refusal("生效日期在一年以后，请核对年份。", field="effective_on")


def _plan(unit: Unit, kind: ChangeKind, day: date, basis: str, hand: Hand, **what: object) -> None:
    if UnitChange.objects.filter(unit=unit, kind=kind, done_at=None, cancelled_at=None).exists():
        raise Refusal(f"已有一项尚未生效的{kind.label}，改变的请先取消。", field="effective_on")
    UnitChange.objects.create(
        unit=unit, kind=kind, effective_on=day, basis=basis, ordered_by=hand.by.user, ordered_post=hand.by,
        ordered_at=hand.at, **what,
    )  # fmt: skip


def _planned(day: date, today: date, word: str) -> str:
    return f"已登记，{say_date(day, today)}自动{word}。"


def _amend(unit: Unit, said: Said, hand: Hand) -> Done:
    if said["kind"] != unit.kind:
        refuse_other_powers(unit, hand.today)
    changes = change(unit, {name: value for name, value in said.items() if name != "reason"})
    if not changes:
        raise Refusal("没有改动，无需保存。")
    _refuse_invalid(unit)
    unit.save()
    return Done(unit.name, changes)


def _end(unit: Unit, said: Said, hand: Hand) -> Done:
    if held := unit.held_at_its_end():
        raise Refusal(held, field="valid_to")
    if below := Unit.objects.filter(parent=unit, valid_to=None).first():
        raise Refusal(f"下属机构{below.name}还没有撤销或者调整隶属，请先办理。", field="valid_to")
    changes = change(unit, {"valid_to": said["valid_to"], "moved_to": said["moved_to"]})
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise Refusal("最后一日不能早于设立日期。", field="valid_to")
    _refuse_invalid_end(unit)
    refuse_last_keeper(_posts(unit, hand.today), said["valid_to"])
    unit.save()
    return Done(unit.name, changes, people=[post.user for post in _posts(unit, hand.today)])


def _refuse_invalid_end(unit: Unit) -> None:
    following = unit.moved_to
    if following is not None and (following == unit or following.has_ended(unit.valid_to or date.max)):
        raise Refusal("承接职能的机构届时应当存在，也不能是本机构，请改选。", field="moved_to")


def _posts(unit: Unit, on: date) -> list[Post]:
    return list(Post.objects.held(on).filter(unit=unit).select_related("user"))


def _reopen(unit: Unit, said: Said, hand: Hand) -> Done:
    changes = change(unit, {"valid_to": None, "moved_to": None})
    unit.save()
    return Done(unit.name, changes)


def _foretell_new(unit: Unit, said: Said, on: date) -> list[str]:
    mark = said.get("letter_mark")
    return [
        f"文书以“{said['name']}”署名"
        + (f"，文号如“{mark}…〔{on.year}〕1号”" if mark else "；没有发文代字，不能签发文书"),
        "新机构还没有人员，须另行申请授予岗位",
    ]


def _foretell_rename(unit: Unit, said: Said, on: date) -> list[str]:
    return foretelling.after_renaming(unit, on)


def _foretell_move(unit: Unit, said: Said, on: date) -> list[str]:
    return foretelling.after_moving(unit, said["parent"], on)


def _foretell_end(unit: Unit, said: Said, on: date) -> list[str]:
    if held := unit.held_at_its_end():
        return [held]
    number = len(_posts(unit, on))
    return [f"现任岗位{number}个随机构结束", "此后不能以其名义制发文书；已经制发的不变"]


def _ended(unit: Unit, on: date) -> str:
    return f"{unit.name}已撤销，不能再变更。" if unit.valid_to is not None else ""


def _not_ended(unit: Unit, on: date) -> str:
    """Word why an end is not taken back: it was none, or it was a hand-over, which has a way back of its own."""
    if unit.valid_to is None:
        return f"{unit.name}没有撤销。"
    if HandOver.objects.filter(unit=unit, kind__in=ENDING_KINDS).exists():
        return "经承接移交撤销的机构，在“承接移交”中更正。"
    return ""


def _area(unit: Unit, on: date) -> str:
    return _ended(unit, on) or ("地区不在这里撤销。" if unit.kind == UnitKind.AREA else "")


CREATE = Act[Unit]("unit", "create", "新设机构", _MANAGE, NewUnitForm, _create, _foretell_new)
ACTS = table(
    Act[Unit]("unit", "rename", "更名", _MANAGE, RenameForm, _rename,
              _foretell_rename, _ended),
    Act[Unit]("unit", "move", "调整隶属", _MANAGE, MoveForm, _move,
              _foretell_move, _ended),
    Act[Unit]("unit", "amend", "更正资料", _MANAGE, AmendUnitForm, _amend),
    Act[Unit]("unit", "end", "撤销", _MANAGE, EndUnitForm, _end, _foretell_end, _area, is_end=True),
    Act[Unit]("unit", "reopen", "恢复", _MANAGE, ReasonForm, _reopen, shut=_not_ended),
)  # fmt: skip
