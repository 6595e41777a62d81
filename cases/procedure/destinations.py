"""去向: to which bodies a matter may be passed on, and to which by no means (条例第二十二条、第二十三条、第三十条)."""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, final_unit
from binzhou_xinfang.errors import Refusal
from cases.models import PetitionCase
from cases.states import State, may_keep
from cases.vocabulary import Channel, Kind


def refuse_unfit_unit(case: PetitionCase, unit: Unit, *, by: Post, at: datetime) -> None:
    """Raise Refusal when the unit may not receive this matter."""
    if not unit.exists_on(timezone.localdate(at)):
        raise Refusal(f"{unit.name}已撤销或并入其他单位，请选择承接其职权的单位（第二十四条）。", field="to_unit")
    if unit == by.unit:
        raise Refusal("不能转送给本单位。", field="to_unit")
    if unit.kind == UnitKind.AREA:
        raise Refusal(f"{unit.name}是地区，请选择该地区的具体单位。", field="to_unit")
    if not may_keep(State.REFERRED, unit.kind):
        what = f"{unit.name}是{unit.get_kind_display()}，不承办转送、交办的信访事项"
        raise Refusal(f"{what}，请选择有权处理的机关、单位。", field="to_unit")
    if case.is_sealed:
        _refuse_leak(case, unit)
    elif case.kind == Kind.LITIGATION:
        _refuse_litigation(case, unit)


def _refuse_litigation(case: PetitionCase, unit: Unit) -> None:
    """Keep what concerns litigation to the 政法 organ of the same level; who came in person is guided there on the spot
    (第二十二条第二款)."""
    if case.channel == Channel.VISIT:
        raise Refusal(
            "走访反映涉法涉诉问题的，应当当场释法明理，引导信访人向有关政法部门反映，不转送；请“导入法定途径”"
            "（第二十二条第二款）。",
            field="to_unit",
        )
    if unit.kind != UnitKind.JUDICIAL or unit.area != case.holder.area:
        raise Refusal("涉法涉诉信访事项只能转送同级政法部门依法处理（第二十二条第二款）。", field="to_unit")


def _refuse_leak(case: PetitionCase, unit: Unit) -> None:
    """第三十条第三款：不得将检举、揭发材料转给被检举、揭发的人员或者单位."""
    if unit.kind != UnitKind.DISCIPLINE:
        raise Refusal("检举控告类事项只能按照管理权限转送纪检监察机关。", field="to_unit")
    if case.accused_unit is not None and is_within(unit, case.accused_unit):
        raise Refusal("不得将检举控告材料转给被检举单位或其下属单位，请选择上一级纪检监察机关。", field="to_unit")


def is_within(unit: Unit, accused: Unit) -> bool:
    """Check that the unit stands at or below the accused one, or where that has gone by a merger: its people do."""
    return any(unit.path.startswith(one.path) for one in (accused, final_unit(accused)))


def refuse_other_system(case: PetitionCase, unit: Unit, *, by: Post) -> None:
    """Keep what a body received directly to the bodies below it: to others it tells the petitioner the way
    (第二十三条第一款). A report of wrongdoing and 涉法涉诉 have organs of their own (第二十二条第二款)."""
    is_special = case.is_sealed or case.kind == Kind.LITIGATION
    if by.unit.kind == UnitKind.PETITION_OFFICE or is_special or is_below(unit, by.unit):
        return
    raise Refusal(
        f"{unit.name}不是本系统的下级单位，不能转送、交办；不属于本机关、本系统职权范围的，应当告知信访人向有权处理的机关、"
        "单位提出，请“不予受理”并写明正确途径（第二十三条第一款）。",
        field="to_unit",
    )


def refuse_other_place(case: PetitionCase, unit: Unit, *, by: Post) -> None:
    """Keep what a petition office passes on to its own level and the levels below (第二十二条第一款第一项、第二项).

    What belongs above, or to another place, goes to the petition office above, which has both below it.
    """
    office = by.unit
    is_above = unit.kind == UnitKind.PETITION_OFFICE and office.path.startswith(unit.area.path)
    if office.kind != UnitKind.PETITION_OFFICE or case.is_sealed or unit.has_own_rules or is_above:
        return
    if not unit.path.startswith(office.area.path):
        above = office_above(office)
        where = f"请转送{above.name}" if above else "请告知信访人向有权处理的机关、单位提出"
        raise Refusal(
            f"{unit.name}不是{office.area.name}本级或者下级的机关、单位，本单位不能转送、交办；"
            f"属于上级、其他地区的，{where}（第二十二条第一款）。",
            field="to_unit",
        )


def is_below(unit: Unit, above: Unit) -> bool:
    """Check that the unit is of the place of a petition office, or of the system of a body: its branch, or at a lower
    level of its line (`guided_by`: 本系统下级机关、单位)."""
    if above.kind == UnitKind.PETITION_OFFICE:
        return unit.path.startswith(above.area.path)
    known: set[int] = set()
    while unit.pk not in known:
        if unit.path.startswith(above.path):
            return True
        known.add(unit.pk)
        unit = unit.guided_by or unit
    return False
