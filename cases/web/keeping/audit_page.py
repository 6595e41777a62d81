"""安全审计: the log of look-ups, for the auditor; numbers of sealed reports stay covered here too."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog, Anchor
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.fields import DayInput
from binzhou_xinfang.web.paging import page_of
from cases.models import Petition, PetitionCase

# Whatever may be the number of a matter, however the office has its numbers written (Key.CASE_NUMBER).
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{5,}")
COVERED = "（保密件）"


class AuditFilter(OfficeForm):
    """Filter of the log; kept in the address."""

    act = forms.ChoiceField(label="行为", choices=[("", "全部行为"), *AccessAct.choices], required=False)
    username = forms.CharField(label="用户名", max_length=150, required=False)
    on = forms.DateField(label="日期", required=False, widget=DayInput)


class AuditLine(NamedTuple):
    """One line as it may be shown."""

    entry: AccessLog
    subject: str
    reason: str


@holds(Right.READ_AUDIT)
def audit(request: StaffRequest) -> HttpResponse:
    """Show the lines, newest first; reading them is written down as well."""
    form = AuditFilter(request.GET)
    lines = _narrow(AccessLog.objects.select_related("user", "unit"), form)
    page = page_of(lines, by=("-pk",), query=request.GET)
    access.log(request.post, AccessAct.READ_AUDIT, "查阅日志", ip=request.META.get("REMOTE_ADDR"))
    context = {"form": form, "page": page, "lines": covered(page.rows), "anchors": Anchor.objects.order_by("-day")[:7]}
    return render(request, "cases/keeping/audit.html", context)


def _narrow(entries: QuerySet[AccessLog], form: AuditFilter) -> QuerySet[AccessLog]:
    wanted = form.cleaned_data if form.is_valid() else {}
    if act := wanted.get("act"):
        entries = entries.filter(act=act)
    if username := wanted.get("username"):
        entries = entries.filter(user__username=username)
    if day := wanted.get("on"):
        zone = timezone.get_current_timezone()
        entries = entries.filter(
            at__gte=datetime.combine(day, time.min, zone), at__lte=datetime.combine(day, time.max, zone)
        )
    return entries


def covered(entries: Iterable[AccessLog]) -> list[AuditLine]:
    """Cover the numbers of sealed reports (条例第三十条第三款): the reader is told, the matter is not."""
    entries = list(entries)
    named = {number for entry in entries for text in (entry.subject, entry.reason) for number in _NUMBER.findall(text)}
    sealed = set(PetitionCase.objects.filter(number__in=named, is_sealed=True).values_list("number", flat=True))
    sealed |= set(Petition.objects.filter(number__in=named, case__is_sealed=True).values_list("number", flat=True))

    def cover(text: str) -> str:
        return COVERED if sealed & set(_NUMBER.findall(text)) else text

    return [AuditLine(entry, cover(entry.subject), cover(entry.reason)) for entry in entries]
