"""The registration form of the window, the letter desk and the API (reference §5.1)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.web.fields import DayInput, LinesField, PickField
from cases.models import PetitionCase, Topic
from cases.vocabulary import Channel, Purpose, Source, Threat
from cases.web.window.people_forms import PLACES, PersonForm
from cases.window.earlier_matters import case_to_follow
from cases.window.registration import Arrival


class ArrivalForm(PersonForm):
    """An arrival: who came, how, when, with how many, and what was said."""

    channel = forms.ChoiceField(label="信访形式", choices=Channel.choices, initial=Channel.VISIT)
    source = forms.ChoiceField(label="信访来源", choices=Source.choices, initial=Source.OWN, required=False)
    external_id = forms.CharField(label="外部编号", max_length=60, required=False)
    addressed_to = forms.CharField(label="受信人", max_length=60, required=False)
    arrived_on = forms.DateField(label="信访日期", widget=DayInput, initial=timezone.localdate)
    postmarked_on = forms.DateField(label="邮戳日期", widget=DayInput, required=False)
    window = forms.CharField(label="接待窗口", max_length=40, required=False)
    people = forms.IntegerField(label="信访人数", min_value=1, max_value=9999, initial=1)
    affected_people = forms.IntegerField(label="涉及人数", min_value=1, max_value=9_999_999, required=False)
    content = forms.CharField(
        label="投诉内容", min_length=5, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or str(Source.OWN)

    def clean_people(self) -> int:
        return int(self.cleaned_data["people"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_visit_of_many = data.get("people", 1) > 1 and data.get("channel") == Channel.VISIT
        if is_visit_of_many and not data.get("companions") and "companions" not in self.errors:
            self._want_representatives(data["people"])
        return data

    def _want_representatives(self, people: int) -> None:
        regime = current_rulebook().on(timezone.localdate())
        size, most = regime.number(Key.GROUP_SIZE), regime.number(Key.REPRESENTATIVES)
        if people >= size:
            self.add_error("companions", f"{size}人以上集体走访，请登记推选的代表（第二十条，不超过{most}人）。")

    def arrival(self, requests: list[str] | None = None) -> Arrival:
        """What the action takes, from the cleaned data."""
        data = self.cleaned_data
        columns = ("source", "external_id", "addressed_to", "postmarked_on", "window", "people", "affected_people")
        return Arrival(
            channel=Channel(data["channel"]),
            arrived_on=data["arrived_on"],
            content=data["content"],
            lead=self.person(),
            requests=requests or [],
            companions=data["companions"],
            petition={name: data[name] for name in columns},
        )


class RegistrationForm(ArrivalForm):
    """An arrival that opens a matter."""

    title = forms.CharField(label="标题", max_length=120, required=False, help_text="不填时取概况信息的开头")
    summary = forms.CharField(
        label="概况信息",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不填时取投诉内容",
    )
    requests = LinesField(label="主要诉求", max_lines=20, max_length=500, help_text="一行一项，答复时逐项处理")
    purpose = forms.ChoiceField(label="信访目的", choices=Purpose.choices, initial=Purpose.SETTLE)
    reason = forms.CharField(label="信访原因", max_length=200, required=False)
    topic = PickField(Topic.objects.filter(is_current=True), source="cases:topics", label="内容分类")
    region = PickField(PLACES, source="cases:places", label="问题属地")
    region_detail = forms.CharField(label="问题发生地点", max_length=200, required=False)
    accused = forms.CharField(label="被反映人或单位", max_length=200, required=False)
    accused_unit = PickField(
        Unit.objects.exclude(kind=UnitKind.AREA), source="cases:units", label="被反映单位（本系统内）", required=False
    )
    enterprise = forms.CharField(label="涉及企业", max_length=100, required=False)
    follows = forms.CharField(
        label="关联的已办结事项",
        max_length=40,
        required=False,
        help_text="就已办结的事项提出新的事实、理由或者请求的，填写其编号，按新事项登记",
    )
    is_urgent = forms.BooleanField(label="重大紧急", required=False)
    is_skip_level = forms.BooleanField(label="越级", required=False)
    is_livelihood = forms.BooleanField(label="民生诉求", required=False)
    is_cross_border = forms.BooleanField(label="三跨三分离", required=False)
    threat = forms.ChoiceField(label="扬言", choices=[("", "无"), *Threat.choices], required=False)
    threat_detail = forms.CharField(label="扬言内容", max_length=200, required=False)

    def clean_follows(self) -> PetitionCase | None:
        number = self.cleaned_data["follows"].strip().upper()
        try:
            return case_to_follow(self.post, number) if number else None
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("threat") and not data.get("threat_detail"):
            self.add_error("threat_detail", "有扬言的，请如实记录扬言内容。")
        return data

    def matter(self) -> PetitionCase:
        """The matter as an unsaved row."""
        data = self.cleaned_data
        summary = data["summary"] or data["content"][:2000]
        own = {name: data[name] for name in _MATTER_COLUMNS}
        return PetitionCase(**own, title=data["title"] or _first_sentence(summary), summary=summary)


_MATTER_COLUMNS = (
    "purpose", "reason", "topic", "region", "region_detail", "accused", "accused_unit", "enterprise", "is_urgent",
    "is_skip_level", "is_livelihood", "is_cross_border", "threat", "threat_detail", "follows",
)  # fmt: skip


def _first_sentence(text: str) -> str:
    """The beginning of a text as a title of at most 40 characters."""
    head = text.strip().splitlines()[0].split("。")[0]
    head = head or text.strip()
    return head if len(head) <= 40 else f"{head[:39]}…"


class RepeatForm(ArrivalForm):
    """An arrival that joins an open matter, named by its number."""

    case = forms.CharField(label="并入的事项编号", max_length=40)

    def clean_case(self) -> str:
        number = str(self.cleaned_data["case"]).strip().upper()
        if not number:
            raise ValidationError("请填写要并入的事项编号。")
        return number
