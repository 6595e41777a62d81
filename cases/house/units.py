"""Acts on units that one hand takes: founded, renamed, put right, with the days from which they hold. What moves, ends
or reopens one needs two (`changes`)."""

from datetime import date

from django.core.exceptions import ValidationError

from binzhou_xinfang.accounts.models import ChangeKind, Unit, UnitChange, path_below
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.statute.wording import say_date
from cases.house import change_acts, foretelling
from cases.house.acts import Act, Done, Hand, Said, change, table
from cases.house.change_acts import refuse_far
from cases.house.forms import AmendUnitForm, NewUnitForm, RenameForm
from cases.house.names import rename
from cases.house.powers import refuse_other_powers

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
        _plan(unit, day, basis, hand, name=said["name"], short_name=said["short_name"])
        return Done(unit.name, changes, effective_on=day, told=f"已登记，{say_date(day, hand.today)}自动更名。")
    rename(unit, said["name"], said["short_name"], day)
    return Done(unit.name, changes, effective_on=day)


def _refuse_taken(unit: Unit, parent: Unit | None, name: str) -> None:
    """Raise Refusal for a name that another body of the same place bears: nobody could tell them apart."""
    if Unit.objects.filter(parent=parent, name=name, valid_to=None).exclude(pk=unit.pk).exists():
        raise Refusal("同一上级下已有同名机构，请核对。", field="name")


def _refuse_day(unit: Unit, day: date, today: date) -> None:
    refuse_far(day, today)
    if unit.valid_from and day < unit.valid_from:
        raise Refusal("生效日期不能早于设立日期。", field="effective_on")
    last = max((names[2] for names in unit.former_names), default="")
    if day.isoformat() <= last:
        raise Refusal(f"现名称自{last}次日起使用，生效日期不能早于该日。", field="effective_on")


def _plan(unit: Unit, day: date, basis: str, hand: Hand, **names: str) -> None:
    kind = ChangeKind.RENAME
    if UnitChange.objects.filter(unit=unit, kind=kind, done_at=None, cancelled_at=None).exists():
        raise Refusal(f"已有一项尚未生效的{kind.label}，改变的请先取消。", field="effective_on")
    UnitChange.objects.create(
        unit=unit, kind=kind, effective_on=day, basis=basis, ordered_by=hand.by.user, ordered_post=hand.by,
        ordered_at=hand.at, by_one_hand=True, **names,
    )  # fmt: skip


def _amend(unit: Unit, said: Said, hand: Hand) -> Done:
    if said["kind"] != unit.kind:
        refuse_other_powers(unit, hand.today)
    if said["valid_from"] and said["valid_from"] > max(unit.valid_from or hand.today, hand.today):
        # A unit of a day to come is none today: it would be ended by one hand.
        raise Refusal("设立日期不能改到今天以后，撤销机构请申请。", field="valid_from")
    changes = change(unit, {name: value for name, value in said.items() if name != "reason"})
    if not changes:
        raise Refusal("没有改动，无需保存。")
    _refuse_invalid(unit)
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


def _ended(unit: Unit, on: date) -> str:
    return f"{unit.name}已撤销，不能再变更。" if unit.valid_to is not None else ""


CREATE = Act[Unit]("unit", "create", "新设机构", _MANAGE, NewUnitForm, _create, _foretell_new)
ACTS = {
    **table(
        Act[Unit]("unit", "rename", "更名", _MANAGE, RenameForm, _rename, _foretell_rename, _ended),
        Act[Unit]("unit", "amend", "更正资料", _MANAGE, AmendUnitForm, _amend),
    ),
    **change_acts.UNIT_ACTS,
}
