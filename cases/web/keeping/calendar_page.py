"""工作日历: the days the office has entered, and what they do to the clocks that run."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.calendar import SEED, DayKind, DayMark, missing_festivals
from binzhou_xinfang.statute.models import Holiday, current_calendar
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.fields import DayInput
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import version_of
from cases.keeping.recalculation import recalculate, shifts

LONGEST_BREAK = 15
# All of its years, as the ledger names them.
CALENDAR = "calendar:"


class ShiftKind(NamedTuple):
    """A line of the preview."""

    rule: str
    before: date
    after: date
    is_provisional: bool


@dataclass(frozen=True)
class EnteredYear:
    """A year entered by the office: the festivals it lacks, and the entry on which somebody said that it is whole."""

    year: int
    missing: list[str]
    said: Holiday | None

    @property
    def is_published(self) -> bool:
        return not self.missing or self.said is not None


class BreakForm(OfficeForm):
    """One break of a notice, or one day that is worked in exchange."""

    first_day = forms.DateField(label="自", widget=DayInput)
    last_day = forms.DateField(label="至（含当日）", widget=DayInput, required=False)
    kind = forms.ChoiceField(label="安排", choices=DayKind.choices)
    name = forms.CharField(label="节日", max_length=20, required=False, help_text="放假的必须填写，例如：春节")
    source = forms.CharField(label="依据", max_length=60, help_text="放假安排通知的文号；更正的写明理由")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data.get("first_day")
        last = data["last_day"] = data.get("last_day") or first
        if data.get("kind") == DayKind.OFF and not data.get("name"):
            self.add_error("name", "放假的日子请填写节日名称。")
        if first and last and not 0 <= (last - first).days < LONGEST_BREAK:
            self.add_error("last_day", f"最后一天不能早于第一天，一次最多录入{LONGEST_BREAK}天。")
        return data


class TakeBackForm(OfficeForm):
    """取消录入或者确认的理由。"""

    reason = forms.CharField(label="理由", max_length=200)


@holds(Right.MANAGE_CALENDAR)
def work_calendar(request: StaffRequest) -> HttpResponse:
    """Show the page; a break sent to it is entered, a day entered before is corrected."""
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            enter_break(form.cleaned_data, by=request.post, seen=version_of(request.POST))
            messages.success(request, "已录入。请核对下方受影响的期限，确认后重算。")
            return redirect("cases:work-calendar")
    context = {
        "form": form, "entries": Holiday.objects.order_by("-day")[:200], "groups": shift_groups(),
        "years": entered_years(), "version": ledger.version_of(CALENDAR), "built_in_until": max(SEED).year,
    }  # fmt: skip
    return render(request, "cases/keeping/work_calendar.html", context)


def shift_groups() -> list[tuple[ShiftKind, list[str]]]:
    """List the numbers of the ordinary matters whose running clocks would move, by old and new day."""
    groups: dict[ShiftKind, list[str]] = defaultdict(list)
    for shift in shifts(current_calendar()):
        clock, due = shift.clock, shift.due
        if not clock.case.is_sealed:
            kind = ShiftKind(str(clock.get_rule_display()), clock.legal_on, due.legal, due.provisional)
            groups[kind].append(clock.case.number)
    return sorted(groups.items(), key=lambda entry: (entry[0].before, entry[0].rule))


def entered_years() -> list[EnteredYear]:
    """Say of each year with entries that the program does not bring itself what is missing and who has said that
    nothing is."""
    rows = list(Holiday.objects.filter(day__year__gt=max(SEED).year).select_related("whole_said_by").order_by("-day"))
    marks = {row.day: DayMark(DayKind(row.kind), row.name) for row in rows}
    by_year = {row.day.year: row for row in rows}
    said = {row.day.year: row for row in rows if row.whole_said_at}
    return [EnteredYear(year, missing_festivals(marks, year), said.get(year)) for year in by_year]


@transaction.atomic
def enter_break(data: dict[str, Any], *, by: Post, seen: int | None = None) -> None:
    """Enter the days of a break, and write them into the ledger of the house. Raises Stale when the calendar was
    changed after the event `seen`.
    """
    _refuse_stale(seen)
    days = _days(data["first_day"], data["last_day"])
    before = {row.day: row for row in Holiday.objects.filter(day__in=days)}
    entry: dict[str, Any] = {"kind": data["kind"], "name": data["name"], "source": data["source"]}
    changes = []
    for day in days:
        row, _ = Holiday.objects.update_or_create(day=day, defaults=entry)
        changes.append(ledger.Changed(day.isoformat(), _said(before.get(day)), _said(row)))
    label = " ".join(word for word in (data["name"], data["source"]) if word) or str(days[0])
    _note(ledger.CALENDAR_ENTERED, days[0].year, label, changes, by=by, reason=data["source"])


def _refuse_stale(seen: int | None) -> None:
    ledger.lock()
    ledger.refuse_stale(CALENDAR, seen=seen)


def _said(entry: Holiday | None) -> str:
    """Word an entry; "" where there is none."""
    return f"{entry.get_kind_display()} {entry.name}".strip() if entry else ""


def _note(kind: str, year: int, label: str, changes: list[ledger.Changed], *, by: Post, reason: str = "") -> None:
    of = f"{CALENDAR}{year}"
    ledger.note(kind, by=by, at=timezone.now(), of=of, label=label, changes=changes, reason=reason)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@require_http_methods(["GET", "HEAD", "POST"])
@holds(Right.MANAGE_CALENDAR)
def remove_entry(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask why an entry is taken back; POST takes it back: the built-in calendar holds again for that day."""
    entry = get_object_or_404(Holiday, pk=pk)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        with refusals_at(form):
            _remove(entry, form.cleaned_data["reason"], by=request.post, seen=version_of(request.POST))
            messages.success(request, "已删除。请核对下方受影响的期限，确认后重算。")
            return redirect("cases:work-calendar")
    return _ask_why(request, form, f"删除{entry}", "删除后按内置的日历计算，受影响的期限由您确认后重算。")


def _ask_why(request: StaffRequest, form: TakeBackForm, title: str, follows: str) -> HttpResponse:
    context = {"form": form, "title": title, "follows": follows, "version": ledger.version_of(CALENDAR)}
    status = 422 if form.is_bound else 200
    return render(request, "cases/keeping/calendar_take_back.html", context, status=status)


@transaction.atomic
def _remove(entry: Holiday, reason: str, *, by: Post, seen: int) -> None:
    _refuse_stale(seen)
    changes = [ledger.Changed(entry.day.isoformat(), _said(entry), "")]
    entry.delete()
    _note(ledger.CALENDAR_REMOVED, entry.day.year, str(entry.day), changes, by=by, reason=reason)


@require_POST
@holds(Right.MANAGE_CALENDAR)
def say_whole(request: StaffRequest, year: int) -> HttpResponse:
    """Write down that the notice of a year was entered whole, by whom and when."""
    if not _entered(year).exists():
        raise Refusal(f"还没有录入{year}年的放假安排。")
    _say_whole(year, is_whole=True, by=request.post, seen=version_of(request.POST))
    messages.success(request, f"已确认{year}年的放假安排录入完整。请核对下方受影响的期限，确认后重算。")
    return redirect("cases:work-calendar")


@require_http_methods(["GET", "HEAD", "POST"])
@holds(Right.MANAGE_CALENDAR)
def take_word_back(request: StaffRequest, year: int) -> HttpResponse:
    """Ask why the word that a year is whole is taken back; POST takes it back."""
    if not _entered(year).filter(whole_said_at__isnull=False).exists():
        raise Refusal(f"没有人确认{year}年的放假安排录入完整。")
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        with refusals_at(form):
            seen, reason = version_of(request.POST), form.cleaned_data["reason"]
            _say_whole(year, is_whole=False, by=request.post, seen=seen, reason=reason)
            messages.success(request, f"已撤回：{year}年的放假安排按尚未录全处理，有关期限标注“暂算”。")
            return redirect("cases:work-calendar")
    return _ask_why(request, form, f"撤回{year}年录入完整的确认", "撤回后该年的期限标注“暂算”。")


def _entered(year: int) -> QuerySet[Holiday]:
    return Holiday.objects.filter(day__year=year) if 1 <= year < date.max.year else Holiday.objects.none()


@transaction.atomic
def _say_whole(year: int, *, is_whole: bool, by: Post, seen: int, reason: str = "") -> None:
    _refuse_stale(seen)
    words = ["尚未录全", "录入完整"] if is_whole else ["录入完整", "尚未录全"]
    said_at, said_by = (timezone.now(), by.user) if is_whole else (None, None)
    _entered(year).update(whole_said_at=said_at, whole_said_by=said_by)
    changes = [ledger.Changed("放假安排", *words)]
    _note(ledger.CALENDAR_WHOLE, year, f"{year}年", changes, by=by, reason=reason)


@require_POST
@holds(Right.MANAGE_CALENDAR)
def recalculate_clocks(request: StaffRequest) -> HttpResponse:
    """Move the running clocks, after the office has seen which."""
    with transaction.atomic():
        _refuse_stale(version_of(request.POST))
    moved, year = recalculate(by=request.post, at=timezone.now()), timezone.localdate().year
    _note(ledger.CLOCKS_RECKONED, year, f"{moved}个期限", [], by=request.post)
    messages.success(request, "受影响的未结期限已重算，并逐件记入流转记录。")
    return redirect("cases:work-calendar")
