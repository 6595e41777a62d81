"""Forms of the 值班表: turns a line each, as they are pasted out of a table, and why one is taken off."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.typed import half_width, key
from binzhou_xinfang.web.fields import LinesField, line
from cases.procedure.urgent.roster import Turn

_DAY = re.compile(
    r"^(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})日?(?:\s*[(（]?(?:周|星期)[一二三四五六日天][)）]?)?[\s,，:：]+(.+)$"
)
_BETWEEN = re.compile(r"[\s、，,;；]+")
# A day without its year that lies further back than this is one of next year.
# A year further off is a slip of the keyboard.
_FURTHEST = timedelta(days=366)
_BACK = timedelta(days=60)


class RosterForm(OfficeForm):
    """值班安排。"""

    turns = LinesField(
        label="值班安排", max_lines=100, max_length=100, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一班，先写日期再写姓名，例如“12月1日 张三”；几人同班的用顿号隔开；可以从表格粘贴",
    )  # fmt: skip
    begins = forms.TimeField(
        label="接班时间", initial=time(8, 30), widget=forms.TimeInput(format="%H:%M"), help_text="24小时制，例如 08:30"
    )  # fmt: skip
    hours = forms.IntegerField(label="每班小时数", initial=24, min_value=1, max_value=72)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                said["read"] = list(self._read(said["turns"]))
            except ValidationError as fault:
                self.add_error("turns", fault)
        return said

    def _read(self, lines: list[str]) -> Iterator[Turn]:
        people = _people(self.post)
        for number, text in enumerate(lines, start=1):
            found = _DAY.match(half_width(text))
            if found is None:
                raise ValidationError(f"第{number}行没有读出日期和姓名，请按“12月1日 张三”的样子填写。")
            year, month, day, names = found.groups()
            start = datetime.combine(
                _day(number, year, month, day), self.cleaned_data["begins"], tzinfo=timezone.get_current_timezone()
            )
            end = start + timedelta(hours=self.cleaned_data["hours"])
            for name in filter(None, _BETWEEN.split(names)):
                yield Turn(_one(number, name, people.get(key(name), [])), start, end)


def _people(post: Post) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {}
    for user in User.objects.filter(posts__unit=post.unit_id, is_active=True).distinct():
        for name in {key(user.name), key(user.username)}:
            found.setdefault(name, []).append(user)
    return found


def _day(number: int, year: str | None, month: str, day: str) -> date:
    today = timezone.localdate()
    try:
        found = date(int(year or today.year), int(month), int(day))
        if year is None and found < today - _BACK:
            found = found.replace(year=found.year + 1)
    except ValueError as fault:
        raise ValidationError(f"第{number}行的日期不存在，请核对。") from fault
    if found > today + _FURTHEST:
        raise ValidationError(f"第{number}行在一年以后，请核对年份。")
    return found


def _one(number: int, name: str, known: list[User]) -> User:
    if not known:
        raise ValidationError(f"第{number}行：本单位没有“{name}”这个人。")
    if len(known) > 1:
        raise ValidationError(f"第{number}行：本单位有几个人叫“{name}”，请填写其用户名。")
    return known[0]


class TakeOffForm(OfficeForm):
    """取消班次。"""

    reason = line("取消的理由", help_text="例如：与他人调班")
