"""The forms from the triage to the unit's desk."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from binzhou_xinfang.web.fields import PickField, days, line, text
from cases.legal_routes import routes_for, way_of
from cases.models import PetitionCase, Topic
from cases.people import Known, arrivals_of_person
from cases.procedure.jurisdiction import parties_in
from cases.queries import visible_to
from cases.states import Move
from cases.vocabulary import DeclineReason, Kind, LegalWay, SimpleReason
from cases.web.procedure.forms.base import BODIES, MoveForm, ToldField, unit
from cases.web.procedure.forms.same_requests import SameRequests, same_requests
from cases.web.procedure.forms.table import form_of

# Neither party of a dispute.
OTHER = "other"


@form_of(Move.TRIAGE)
class TriageForm(MoveForm):
    proposes = {
        "kind": "以前甄别的，检举控告，或者内容分类对应的法定途径",
        "legal_way": "以前甄别的，检举控告，或者内容分类对应的法定途径",
    }
    kind = forms.ChoiceField(label="事项性质", choices=Kind.choices)
    legal_way = forms.ChoiceField(label="办理途径", choices=LegalWay.choices)
    legal_basis = line("管辖依据", help_text="由该单位管辖的理由，例如“属地管理、分级负责”")
    topic = PickField(Topic.objects.filter(is_current=True), source="cases:topics", label="内容分类")
    simple = forms.ChoiceField(
        label="简易办理",
        choices=[("", "普通程序"), *SimpleReason.choices],
        required=False,
        help_text="仅限初次信访事项；转出、决定受理和办结都按简易办理的期限计算",
    )

    def proposed(self) -> dict[str, Any]:
        case = self.case
        known = None if case.kind or case.is_sealed else way_of(case.topic)
        self._say_routes()
        return {
            "kind": case.kind or (Kind.REPORT if case.is_sealed else _KIND_OF_WAY.get(known, "")),
            "legal_way": case.legal_way or (LegalWay.DISCIPLINE if case.is_sealed else known or ""),
            "legal_basis": case.legal_basis or "属地管理、分级负责，谁主管、谁负责",
            "topic": case.topic_id,
        }

    def _say_routes(self) -> None:
        """Offer what the table of legal ways knows for the content."""
        named = [f"{route.name}（{route.organ}）" for route in routes_for(self.case.topic) if route.beginnings]
        if named:
            self.fields["legal_way"].help_text = f"该类内容的法定途径：{'；'.join(named)}。详见“法定途径导引图”"


# What the law has decided by a court's procedure is 涉法涉诉.
_KIND_OF_WAY: dict[LegalWay | None, Kind] = {LegalWay.JUSTICE: Kind.LITIGATION}


@form_of(Move.REFER, Move.PASS_DOWN)
class ReferForm(MoveForm):
    to_unit = unit("责任单位")
    note = text("转办意见", required=False, rows=3)


@form_of(Move.ASSIGN)
class AssignForm(ReferForm):
    days = days("办理期限（日）", most=90, initial=60, help_text="自收到之日起计算的自然日")
    field_order = ["to_unit", "days", "note"]


@form_of(Move.DECLINE)
class DeclineForm(SameRequests):
    shows_by = "ground"
    shows: Mapping[str, tuple[str, ...]] = {DeclineReason.PENDING.value: ("pending", "same_requests")}

    ground = forms.ChoiceField(label="不予受理的理由", choices=DeclineReason.choices)
    pending = line(
        "正在办理的事项编号", max_length=40, required=False, help_text="同一信访人的同一诉求，其他单位正在办理"
    )
    same_requests = same_requests()
    explanation = text("具体说明", rows=3, help_text="写入《不予受理告知书》")
    right_way = text("正确的提出方式", rows=2, help_text="告诉信访人向哪个机关、通过什么途径提出")

    def clean_pending(self) -> PetitionCase | None:
        return self.matter("pending") if self.cleaned_data["pending"] else None


@form_of(Move.REFUSE_AGAIN)
class RefuseAgainForm(SameRequests):
    earlier = line("此前事项编号", max_length=40, help_text="同一信访人以同一事实和理由提出、已经终结的事项")
    same_requests = same_requests()
    earlier_result = text("此前的处理结果", rows=3, help_text="写入《不再受理告知书》")

    def clean_earlier(self) -> PetitionCase:
        return self.matter("earlier")


@form_of(Move.SPLIT)
class SplitForm(MoveForm):
    reason = text("理由")


@form_of(Move.MERGE)
class MergeForm(MoveForm):
    into = line("并入事项编号", max_length=40)
    reason = text("认定为同一事项的理由", rows=3)
    told_by = ToldField(label="告知信访人已并入原事项办理的方式")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].help_text = self._same_person()

    def clean_into(self) -> PetitionCase:
        return self.matter("into")

    def _same_person(self) -> str:
        """List the person's other open matters that the post may read, so that nobody has to look up a number."""
        arrivals = arrivals_of_person(Known(self.case.lead.id_number, self.case.lead.phone))
        came = {arrival.case_id for arrival in arrivals} - {self.case.pk}
        seen = visible_to(self.post).filter(pk__in=came, closed_on=None, is_sealed=self.case.is_sealed).order_by("-pk")
        open_ones = dict(seen.values_list("number", "title"))
        listed = "；".join(f"{number} {title}" for number, title in list(open_ones.items())[:5])
        return f"此人在办事项：{listed}" if listed else "没有找到此人的其他在办事项，请填写要并入的事项编号"


@form_of(Move.DISPUTE)
class DisputeForm(MoveForm):
    other_unit = unit("有争议的单位")
    reason = text("争议情况和理由", rows=4)
    by_conference = forms.BooleanField(
        label="提请信访工作联席会议协调",
        required=False,
        help_text="没有共同的上一级机关、单位的，由共同的联席会议协调（第二十四条）",
    )


@form_of(Move.DECIDE_JURISDICTION)
class DecideJurisdictionForm(MoveForm):
    """The parties stand there to be chosen; another body is found by typing. A program sends `to_unit`."""

    proposes = {"party": "在首页卡片上点选的一方"}
    from_card = ("party",)
    looks_at = ("party",)
    shows_by = "party"
    shows: Mapping[str, tuple[str, ...]] = {OTHER: ("to_unit",)}

    party = forms.ChoiceField(label="决定的受理机关", required=False, widget=forms.RadioSelect)
    to_unit = PickField(BODIES, source="cases:units", label="其他受理机关", required=False)
    basis = text("决定理由和依据", rows=4, help_text="写入《管辖决定书》")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = parties_in([self.case], by=self.post, on=timezone.localdate())
        self.parties = {party.code: party for party in found.get(self.case.pk, [])}
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [*((code, party.name) for code, party in self.parties.items()), (OTHER, "其他单位")]

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        on, said = super().counted(typed)
        chosen = self.parties.get(typed("party") or "")
        return on, [*([f"送{chosen.name}办理"] if chosen else []), *said]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["to_unit"] = self.parties.get(data.pop("party", "")) or data.get("to_unit")
        if data["to_unit"] is None and "to_unit" not in self.errors:
            self.add_error("to_unit" if self.data.get("party") == OTHER else "party", "请选择决定的受理机关。")
        return data
