"""调解点: forms, list and page of a point."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import LinesField, PickField, line
from cases.web.procedure.forms.base import BODIES
from hearings.mediation.points import points
from hearings.mediation.tallies import tallies_of
from hearings.models import MediationPoint, PointKind, PointState, Speciality
from hearings.permissions import POINT_READERS
from hearings.web.pool.expert_door import PLACES, reason, specialities


class OpenPointForm(OfficeForm):
    """登记。"""

    name = line("名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=PointKind.choices)
    region = PickField(PLACES, source="cases:places", label="所在地区")
    address = line("地址", help_text="写到门牌、楼层")
    hours = line("开放时间", max_length=100, help_text="例如：工作日8:30至17:30")
    phone = line("联系电话", required=False, max_length=30)
    specialities = specialities(required=False, help_text="委派时据此查找")
    unit = PickField(
        BODIES, source="cases:units", label="负责接收委派的单位", required=False,
        help_text="由其人员在系统中接收、登记；没有的，由委派单位依据书面材料代为登记",
    )  # fmt: skip
    mediators = LinesField(
        label="调解员", required=False, max_lines=40, max_length=20, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个专家编号，例如ZJ0001；没有入库的，先在听证专家中以人民调解员身份入库",
    )  # fmt: skip


class CorrectForm(OpenPointForm):
    """更正。"""

    proposes: ClassVar[Mapping[str, str]] = {EVERY: "原来登记的内容"}
    reason = reason()


class ReasonForm(OfficeForm):
    """理由。"""

    reason = reason()


class PointFilter(OfficeForm):
    """Filter of the list."""

    q = line("名称、地址", required=False, max_length=40)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *PointKind.choices])
    field = forms.ChoiceField(label="擅长领域", required=False, choices=[("", "全部"), *Speciality.choices])
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PointState.choices])


def select(rows: "QuerySet[MediationPoint]", said: dict[str, Any]) -> "QuerySet[MediationPoint]":
    """Select the points that a filter asks for."""
    if said["q"]:
        rows = rows.filter(name__contains=said["q"]) | rows.filter(address__contains=said["q"])
    if said["kind"]:
        rows = rows.filter(kind=said["kind"])
    if said["field"]:
        rows = rows.filter(specialities__contains=[said["field"]])
    return rows.filter(state=said["standing"]) if said["standing"] else rows


def facts(point: MediationPoint) -> dict[str, str]:
    """Tell of a point what its page shows."""
    return {
        "编号": point.code, "类别": point.get_kind_display(), "管理单位": point.office.name,
        "所在地区": point.region.name, "地址": point.address, "开放时间": point.hours,
        "联系电话": point.masked_phone or "没有登记", "擅长领域": point.fields_said or "没有登记",
        "负责接收委派的单位": point.unit.name if point.unit else "没有，由委派单位代为登记",
        "调解员": "、".join(str(one) for one in point.mediators.all()) or "没有登记",
    }  # fmt: skip


def columns(point: MediationPoint) -> dict[str, str]:
    """Tell of a point what the list shows."""
    counts = {"委派": "referred", "达成协议": "agreed", "调解不成": "failed"}
    told = {"类别": point.get_kind_display(), "地区": point.region.short_name, "开放时间": point.hours}
    return told | {label: f"{getattr(point, name, 0)}件" for label, name in counts.items()}


def beside(point: MediationPoint, post: Post) -> dict[str, Any]:
    """Gather the tallies of the point and of its mediators."""
    return {"tallies": tallies_of(point, post)}


def prepare(form: forms.Form, point: MediationPoint | None, post: Post) -> None:
    """Let what is known stand in a form."""
    if point is None or "mediators" not in form.fields:
        return
    form.initial.update({name: getattr(point, name) for name in form.fields if hasattr(point, name)})
    form.initial["region"], form.initial["unit"] = point.region.code, point.unit.code if point.unit else ""
    form.initial["mediators"] = "\n".join(one.code for one in point.mediators.all())


POINTS_DOOR = Door(
    points, "mediation-points", facts=facts, begins="open", icon="heart-handshake", group="访调对接",
    readers=POINT_READERS, columns=columns, finder=Finder(PointFilter, select), prepare=prepare,
    part="hearings/mediation/_point.html", beside=beside,
    forms={"open": OpenPointForm, "correct": CorrectForm, "close": ReasonForm, "reopen": ReasonForm},
)  # fmt: skip
