"""安全审计: one search over who looked at what, who did what to which matter, and what was changed of the house."""

from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import Anchor
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.typed import shortened
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.fields import DayInput
from cases.keeping.trail import Asked, Kind, read, trail

SIZE = 50
_KINDS = [("", "全部记录"), (Kind.LOOK, "查阅、登录"), (Kind.MATTER, "办理事项"), (Kind.HOUSE, "系统维护")]


class AuditFilter(OfficeForm):
    """Filter of the trail; kept in the address."""

    q = forms.CharField(label="编号、姓名、用户名或者机构", max_length=100, required=False)
    kind = forms.ChoiceField(label="记录", choices=_KINDS, required=False)
    act = forms.ChoiceField(label="查阅行为", choices=[("", "全部行为"), *AccessAct.choices], required=False)
    first = forms.DateField(label="自", required=False, widget=DayInput)
    last = forms.DateField(label="至", required=False, widget=DayInput)

    def asked(self, until: str) -> Asked:
        """Read the search; what is wrong in it narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        rest = {name: said.get(name) or None for name in ("first", "last")}
        return read(said.get("q", ""), kind=said.get("kind", ""), act=said.get("act", ""), until=_moment(until), **rest)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@holds(Right.READ_AUDIT)
def audit(request: StaffRequest) -> HttpResponse:
    """Show the lines, newest first; reading them is written down as well, with what was looked for."""
    form = AuditFilter(request.GET)
    lines, onward = trail(form.asked(request.GET.get("until", "")), size=SIZE)
    words = shortened(request.GET.get("q", ""), 100).replace("\x00", "")
    access.log(request.post, AccessAct.READ_AUDIT, "审计记录", reason=words, ip=request.META.get("REMOTE_ADDR"))
    context = {
        "form": form, "lines": lines, "onward": onward.isoformat() if onward else "",
        "anchors": Anchor.objects.order_by("-day")[:7],
    }  # fmt: skip
    return render(request, "cases/keeping/audit.html", context)
