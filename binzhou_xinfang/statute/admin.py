"""Administration of the calendar: the State Council's notice of each winter, and corrections to the built-in one."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest

from binzhou_xinfang.statute.models import Holiday
from binzhou_xinfang.statute.wording import say_day, weekday

LONGEST_BREAK = 15

# Django's own classes take a type parameter in the stubs only.
if TYPE_CHECKING:
    _HolidayModelForm = forms.ModelForm[Holiday]
    _HolidayModelAdmin = admin.ModelAdmin[Holiday]
else:
    _HolidayModelForm = forms.ModelForm
    _HolidayModelAdmin = admin.ModelAdmin


class HolidayForm(_HolidayModelForm):
    """One day, or when entering a new break all its days at once."""

    last_day = forms.DateField(
        label="至（含当日）",
        required=False,
        widget=AdminDateWidget,
        help_text="连续几天安排相同时填写最后一天；只有一天的不填",
    )

    class Meta:
        model = Holiday
        fields = ("day", "kind", "name", "source")

    def clean(self) -> dict[str, Any]:
        """Check that the break runs forward, is not absurdly long, and has no day that was entered before."""
        data = super().clean() or {}
        first, last = data.get("day"), data.get("last_day")
        if first and last:
            if not 0 <= (last - first).days < LONGEST_BREAK:
                self.add_error("last_day", f"最后一天不能早于第一天，一次最多录入{LONGEST_BREAK}天。")
            elif taken := Holiday.objects.filter(day__gt=first, day__lte=last).order_by("day").first():
                self.add_error("last_day", f"{say_day(taken.day, first)}已经录入，请先修改或者删除。")
        return data


@admin.register(Holiday)
class HolidayAdmin(_HolidayModelAdmin):
    form = HolidayForm
    fields = ("day", "last_day", "kind", "name", "source")
    list_display = ("day", "weekday", "kind", "name", "source")
    list_filter = ("kind",)
    search_fields = ("name", "source")
    date_hierarchy = "day"
    ordering = ("-day",)

    @admin.display(description="星期")
    def weekday(self, holiday: Holiday) -> str:
        """周四, so that a slip of the date is seen."""
        return weekday(holiday.day)

    def get_fields(self, request: HttpRequest, obj: Holiday | None = None) -> Any:
        """Offer a day that exists alone, without a span."""
        return self.fields if obj is None else [name for name in self.fields if name != "last_day"]

    def save_model(self, request: HttpRequest, obj: Holiday, form: HolidayForm, change: bool) -> None:
        """Store the day and, for a new break, its other days; each is logged."""
        super().save_model(request, obj, form, change)
        last: date = form.cleaned_data.get("last_day") or obj.day
        for number in range(1, (last - obj.day).days + 1):
            day = obj.day + timedelta(days=number)
            other = Holiday.objects.create(day=day, kind=obj.kind, name=obj.name, source=obj.source)
            self.log_addition(request, other, [{"added": {}}])
