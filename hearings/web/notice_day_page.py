"""听证通知: until which day the notice of a hearing has to be delivered."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import Reckoning, ReckoningError, reckon
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.fields import DayInput


class HearingDayForm(OfficeForm):
    """The day on which the hearing is to be held."""

    day = forms.DateField(label="听证会日期", widget=DayInput)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        try:
            period = current_rulebook().period(Rule.HEARING_NOTICE, day)
            self.reckoning: Reckoning = reckon(Rule.HEARING_NOTICE, day, calendar=current_calendar(), period=period)
        except ReckoningError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return day


@staff
def notice_day(request: StaffRequest) -> HttpResponse:
    """Reckon back from the hearing day in `?day=`, with the days counted."""
    form = HearingDayForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "article": PERIODS[Rule.HEARING_NOTICE].article}
    if form.is_valid():
        due = form.reckoning
        context |= {"due": due, "is_too_late": due.legal < timezone.localdate()}
    return render(request, "hearings/calendar/notice_day.html", context)
