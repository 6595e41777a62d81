"""Filters of a list: each is one parameter of the address, kept by the pager and shown as a chip."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, TextChoices
from django.db.models.functions import Left
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from binzhou_xinfang.accounts.models import PLACES, Unit, UnitKind
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.web.days import day_words
from binzhou_xinfang.web.fields import DayInput, PickField
from binzhou_xinfang.web.lights import SOON_DAYS
from binzhou_xinfang.web.templatetags.xinfang import CURSORS
from cases.models import Deadline, Topic
from cases.queries import Cases, due_within, overdue
from cases.states import STATE_GROUPS, State
from cases.vocabulary import Channel
from cases.worklists.counting import OF_RIGHTS
from cases.worklists.search import is_private, named

BRANCH_DIGITS = 2
# How a matter without a handler stands in an address.
NOBODY = "-"
PRIVATE = "证件号码和电话请在页面顶部的搜索框查找，以免留在网址里。"


class Due(TextChoices):
    LATE = "late", "已逾期"
    TODAY = "today", "今天到期"
    SOON = str(SOON_DAYS), f"{SOON_DAYS}天内到期"
    WEEK = "7", "7天内到期"


class Flag(TextChoices):
    URGENT = "urgent", "重大紧急"
    THREAT = "threat", "扬言"
    GROUP = "group", "集体访"
    REPEAT = "repeat", "重复"
    SKIP_LEVEL = "skip-level", "越级"
    CROSS_BORDER = "cross-border", "三跨三分离"
    SUPERVISED = "supervised", "督办中"
    TO_EVALUATE = "to-evaluate", "待评价"


# Answers of which the petitioner may still say something: whom the office asks back.
_WINDOWS = Deadline.objects.running().filter(rule=Rule.EVALUATION, lapsed_at=None).values("case")

_FLAGS: Mapping[str, Q] = {
    Flag.URGENT: Q(is_urgent=True),
    Flag.THREAT: ~Q(threat=""),
    Flag.GROUP: Q(is_group=True),
    Flag.REPEAT: Q(petition_count__gt=1),
    Flag.SKIP_LEVEL: Q(is_skip_level=True),
    Flag.CROSS_BORDER: Q(is_cross_border=True),
    Flag.SUPERVISED: Q(is_supervised=True),
    Flag.TO_EVALUATE: Q(pk__in=_WINDOWS),
}


def of_flag(flag: Flag) -> Q:
    """Give the condition of a flag, for whoever counts what the filter lists."""
    return _FLAGS[flag]


def late(cases: Cases, on: date) -> Cases:
    """Select matters with a duty whose last day lies before `on`."""
    return overdue(cases.exclude(due_rule__in=OF_RIGHTS), on)


def due_soon(cases: Cases, on: date, *, days: int = SOON_DAYS) -> Cases:
    """Select matters with a duty whose last day is `on` or one of the `days` natural days after it."""
    return due_within(cases.exclude(due_rule__in=OF_RIGHTS), on, days=days)


# Of the exact filters the column that each compares.
_COLUMNS = {
    "state": "state", "channel": "channel", "unit": "holder", "since": "received_on__gte",
    "until": "received_on__lte",
}  # fmt: skip
MORE = "more"
RARER = ("unit", "place", "since", "until", "person")
_BODIES = Unit.objects.exclude(kind=UnitKind.AREA)
_AREAS = Unit.objects.filter(kind__in=PLACES)
_DUE: Mapping[str, Callable[[Cases, date], Cases]] = {
    Due.LATE: late,
    Due.TODAY: lambda cases, on: due_soon(cases, on, days=0),
    Due.SOON: due_soon,
    Due.WEEK: lambda cases, on: due_soon(cases, on, days=7),
}


def of_handler(username: str) -> Q:
    """Give the condition of who handles a matter; `NOBODY` is no handler yet."""
    return Q(assignee=None) if username == NOBODY else Q(assignee__username=username)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter as a link: `url` sets it, or takes it out when it `is_on`."""

    label: str
    url: str
    is_on: bool = False


class CaseFilters(OfficeForm):
    """The filters of `request.GET`. What is not understood is left out and said at its field, never an error page."""

    text = forms.CharField(label="编号或姓名", max_length=60, required=False)
    state = forms.ChoiceField(label="状态", required=False)
    topic = forms.ChoiceField(label="内容", required=False)
    channel = forms.ChoiceField(label="形式", required=False)
    flag = forms.ChoiceField(label="标记", required=False)
    unit = PickField(_BODIES, source="cases:units", label="当前单位", required=False)
    place = PickField(_AREAS, source="cases:places", label="问题属地", required=False)
    since = forms.DateField(label="收到自", required=False, widget=DayInput)
    until = forms.DateField(label="收到至", required=False, widget=DayInput)
    person = forms.CharField(label="承办人", max_length=30, required=False)
    due = forms.ChoiceField(choices=[("", "不限期限"), *Due.choices], required=False, widget=forms.HiddenInput)
    handler = forms.CharField(label="承办人", max_length=150, required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, states: Sequence[State]) -> None:
        super().__init__(query, auto_id="filter-%s")
        self.query = query
        self.offered: dict[str, list[tuple[str, str]]] = {
            "state": [("", "全部状态"), *((state.value, str(state.label)) for state in states)],
            "topic": [("", "全部内容"), *_branches(BRANCH_DIGITS)],
            "channel": [("", "全部形式"), *Channel.choices],
            "flag": [("", "全部标记"), *Flag.choices],
        }
        for name, choices in self.offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = choices
        self.is_valid()

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if is_private(text):
            raise ValidationError(PRIVATE)
        return text

    def narrow(self, cases: Cases, on: date) -> Cases:
        """Narrow to the matters that all filters let through, by the due days of the day `on`."""
        asked = self.cleaned_data
        if asked.get("due"):
            cases = _DUE[asked["due"]](cases, on)
        if asked.get("flag"):
            cases = cases.filter(_FLAGS[asked["flag"]])
        if asked.get("topic"):
            cases = cases.filter(topic__code__startswith=asked["topic"])
        if asked.get("text"):
            cases = cases.filter(pk__in=named(asked["text"]))
        if asked.get("handler"):
            cases = cases.filter(of_handler(asked["handler"]))
        exact = {column: asked[name] for name, column in _COLUMNS.items() if asked.get(name)}
        cases = cases.filter(**exact)
        if asked.get("place"):
            cases = cases.filter(region__path__startswith=asked["place"].path)
        if asked.get("person"):
            cases = cases.filter(Q(assignee__name=asked["person"]) | Q(registrar__name=asked["person"]))
        return cases

    @property
    def rarer(self) -> list[BoundField]:
        """The filters that are folded away."""
        return [self[name] for name in RARER]

    @property
    def plain(self) -> list[BoundField]:
        """The filters that always stand there."""
        return [bound for bound in self.visible_fields() if bound.name not in RARER]

    @property
    def is_rarer_open(self) -> bool:
        """True when they were asked for or are in force: written only then, for what a widget costs."""
        return MORE in self.query or any(self.cleaned_data.get(name) or self.errors.get(name) for name in RARER)

    @property
    def more(self) -> Chip:
        """The link that unfolds the rarer filters."""
        return Chip("更多条件", self._address(**{MORE: "1"}))

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.values())

    @property
    def selects(self) -> list[tuple[str, str, SafeString]]:
        """Name, label and written options of each filter: written without widgets, 18 % of 本地区在办 第1页
        (`python -m tests.bench.plain`).
        """
        return [
            (name, str(self.fields[name].label), _written(name, tuple(choices), self.cleaned_data.get(name, "")))
            for name, choices in self.offered.items()
        ]

    @property
    def due_chips(self) -> list[Chip]:
        """A link for each span of due days; the one in force takes itself out."""
        now = self.cleaned_data.get("due")
        return [Chip(due.label, self._address(due="" if due == now else due.value), due == now) for due in Due]

    @property
    def chips(self) -> list[Chip]:
        """The filters in force beside the due day, each taken out by its link."""
        return [
            Chip(self._words(name, value), self._address(**{name: ""}), is_on=True)
            for name, value in self.cleaned_data.items()
            if value and name != "due"
        ]

    def _words(self, name: str, value: Any) -> str:
        said = (
            day_words(value, this_year=0)
            if isinstance(value, date)
            else dict(self.offered.get(name, ())).get(value, value)
        )
        return f"{self.fields[name].label}：{said}"

    def _address(self, **changes: str) -> str:
        query = {**self.query.dict(), **changes}
        kept = QueryDict(mutable=True)
        kept.update({name: str(value) for name, value in query.items() if value and name not in CURSORS})
        return f"?{kept.urlencode()}"


# The first level of the list of contents: so many digits of the code, and the name.
_branches: Prepared[tuple[str, str]] = Prepared(
    lambda digits: (
        Topic.objects.filter(is_current=True)
        .values_list(Left("code", digits), "level_1")
        .order_by(Left("code", digits))
        .distinct()
    )
)

_FEW_STATES = 8
Options = Sequence[tuple[str, str]]


def _written(name: str, options: Options, now: str) -> SafeString:
    """Write the options under their headings, the one in force selected."""
    return format_html_join("", "{}", ((_group(heading, group, now),) for heading, group in _grouped(name, options)))


def _group(heading: str, options: Options, now: str) -> SafeString:
    written = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected" if value == now else ""), label) for value, label in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', heading, written) if heading else written


def _grouped(name: str, options: Options) -> list[tuple[str, Options]]:
    """Group many states under their headings; everything else is one list without."""
    if name != "state" or len(options) <= _FEW_STATES:
        return [("", options)]
    under = [(label, [option for option in options if option[0] in states]) for label, states in STATE_GROUPS]
    return [("", options[:1]), *((label, group) for label, group in under if group)]
