"""工作日历: the days the office has entered, and what they do to the clocks that run."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.statute.calendar import SEED, DayKind
from binzhou_xinfang.statute.models import Holiday, current_calendar
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.fields import DayInput
from cases.keeping.recalculation import recalculate, shifts

LONGEST_BREAK = 15


class ShiftKind(NamedTuple):
    """A line of the preview."""

    rule: str
    before: date
    after: date
    is_provisional: bool


class BreakForm(forms.Form):
    """One break of a notice, or one day that is worked in exchange."""

    first_day = forms.DateField(label="自", widget=DayInput)
    last_day = forms.DateField(label="至（含当日）", widget=DayInput, required=False)
    kind = forms.ChoiceField(label="安排", choices=DayKind.choices)
    name = forms.CharField(label="节日", max_length=20, required=False, help_text="放假的必须填写，例如：春节")
    source = forms.CharField(label="依据", max_length=60, required=False, help_text="放假安排通知的文号")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data.get("first_day")
        last = data["last_day"] = data.get("last_day") or first
        if data.get("kind") == DayKind.OFF and not data.get("name"):
            self.add_error("name", "放假的日子请填写节日名称。")
        if first and last and not 0 <= (last - first).days < LONGEST_BREAK:
            self.add_error("last_day", f"最后一天不能早于第一天，一次最多录入{LONGEST_BREAK}天。")
        return data


@holds(Right.MANAGE_CALENDAR)
def work_calendar(request: StaffRequest) -> HttpResponse:
    """Show the page; a break sent to it is entered, a day entered before is corrected."""
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _enter(form.cleaned_data)
        messages.success(request, "已录入。请核对下方受影响的期限，确认后重算。")
        return redirect("cases:work-calendar")
    context = {"form": form, "entries": Holiday.objects.order_by("-day")[:200], "groups": shift_groups()}
    return render(request, "cases/keeping/work_calendar.html", context | {"built_in_until": max(SEED).year})


def shift_groups() -> list[tuple[ShiftKind, int]]:
    """Count the running clocks of ordinary matters that would move, by old and new day; names no matter."""
    groups = Counter(
        ShiftKind(str(shift.clock.get_rule_display()), shift.clock.legal_on, shift.due.legal, shift.due.provisional)
        for shift in shifts(current_calendar())
        if not shift.clock.case.is_sealed
    )
    return sorted(groups.items(), key=lambda entry: (entry[0].before, entry[0].rule))


@transaction.atomic
def _enter(data: dict[str, Any]) -> None:
    first, last = data["first_day"], data["last_day"]
    for day in _days(first, last):
        entry = {"kind": data["kind"], "name": data["name"], "source": data["source"]}
        Holiday.objects.update_or_create(day=day, defaults=entry)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@require_POST
@holds(Right.MANAGE_CALENDAR)
def remove_entry(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an entry back: the built-in calendar holds again for that day."""
    get_object_or_404(Holiday, pk=pk).delete()
    messages.success(request, "已删除。请核对下方受影响的期限，确认后重算。")
    return redirect("cases:work-calendar")


@require_POST
@holds(Right.MANAGE_CALENDAR)
def recalculate_clocks(request: StaffRequest) -> HttpResponse:
    """Move the running clocks, after the office has seen which."""
    recalculate(by=request.post, at=timezone.now())
    messages.success(request, "受影响的未结期限已重算，并逐件记入流转记录。")
    return redirect("cases:work-calendar")
