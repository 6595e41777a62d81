"""场所: forms, list and page of a place."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import PickField, line
from hearings.calendar.places import places
from hearings.models import Place, PlaceKind, PlaceState
from hearings.permissions import BOOKERS
from hearings.web.pool.expert_door import PLACES, reason


class OpenForm(OfficeForm):
    """登记。"""

    name = line("名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=PlaceKind.choices)
    region = PickField(PLACES, source="cases:places", label="所在地区")
    address = line("地址", help_text="写到门牌、楼层；家门口听证点写村、社区和具体位置")
    seats = forms.IntegerField(label="座位", min_value=1, max_value=2000)
    note = line("说明", required=False, help_text="例如无障碍通道、视频设备、离信访人住处多远")


class CorrectForm(OpenForm):
    """更正。"""

    reason = reason()


class ReasonForm(OfficeForm):
    """理由。"""

    reason = reason()


class PlaceFilter(OfficeForm):
    """Filter of the list."""

    q = line("名称、地址", required=False, max_length=40)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *PlaceKind.choices])
    office = PickField(Unit.objects.all(), source="cases:units", label="管理单位", required=False, takes_ended=True)
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PlaceState.choices])


def select(rows: "QuerySet[Place]", said: dict[str, Any]) -> "QuerySet[Place]":
    """Select the places that a filter asks for."""
    if said["q"]:
        rows = rows.filter(name__contains=said["q"]) | rows.filter(address__contains=said["q"])
    asked = {"kind": said["kind"], "office": said["office"], "state": said["standing"]}
    return rows.filter(**{column: value for column, value in asked.items() if value})


def facts(place: Place) -> dict[str, str]:
    """Tell of a place what its page shows."""
    return {
        "编号": place.code, "类别": place.get_kind_display(), "管理单位": place.office.name,
        "所在地区": place.region.name, "地址": place.address, "座位": f"{place.seats}个", "说明": place.note or "没有",
    }  # fmt: skip


def columns(place: Place) -> dict[str, str]:
    """Tell of a place what the list shows."""
    return {
        "类别": place.get_kind_display(), "地区": place.region.short_name, "地址": place.address,
        "座位": f"{place.seats}个", "管理单位": place.office.short_name,
    }  # fmt: skip


def prepare(form: forms.Form, place: Place | None, post: Post) -> None:
    """Let what is known stand in a form."""
    if place is not None:
        form.initial.update({name: getattr(place, name) for name in form.fields if hasattr(place, name)})
        form.initial["region"] = place.region.code


PLACES_DOOR = Door(
    places, "places", facts=facts, begins="open", beginning="登记场所",
    icon="building-community", group="听证", readers=BOOKERS,
    columns=columns, finder=Finder(PlaceFilter, select), prepare=prepare,
    forms={"open": OpenForm, "correct": CorrectForm, "close": ReasonForm, "reopen": ReasonForm},
)  # fmt: skip
