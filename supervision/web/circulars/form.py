"""Form of a 通报's drafter."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import DayInput
from supervision.circulars.verbs import Text
from supervision.models import Circular

_TEXTS = ("title", "since", "until", "good", "problems", "demands")


def _text(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": f"请填写{label}。"},
    )  # fmt: skip


class CircularForm(OfficeForm):
    """拟制通报."""

    title = forms.CharField(label="标题", max_length=100, error_messages={"required": "请填写标题。"})
    since = forms.DateField(label="统计起始日", widget=DayInput)
    until = forms.DateField(label="统计截止日", widget=DayInput, help_text="起止两日都计算在内，不晚于今天")
    good = _text("好的做法", help_text="没有的不填")
    problems = _text("存在的问题", help_text="没有的不填；不写信访人姓名和具体事项的内容")
    demands = _text("工作要求", required=True)


def text_in(said: Mapping[str, Any]) -> Text:
    """Read the text of a form that has been validated, as the verbs take it."""
    return Text(**{name: said[name] for name in _TEXTS})


def proposed(today: date) -> dict[str, Any]:
    """Propose the month before this one."""
    last = today.replace(day=1) - timedelta(days=1)
    return {
        "title": f"关于{last.year}年{last.month}月信访工作情况的通报",
        "since": last.replace(day=1),
        "until": last,
    }


def written(circular: Circular) -> dict[str, Any]:
    """Read the form's values from the draft."""
    return {name: getattr(circular, name) for name in _TEXTS}
