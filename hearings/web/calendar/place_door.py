"""场所: forms, list and page of a place."""

from django import forms

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process.pages import Door
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import PickField, line
from hearings.calendar.places import places
from hearings.models import Place, PlaceKind
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
    places, "places", facts=facts, begins="open", icon="building-community", group="听证", readers=BOOKERS,
    columns=columns, prepare=prepare,
    forms={"open": OpenForm, "correct": CorrectForm, "close": ReasonForm, "reopen": ReasonForm},
)  # fmt: skip
