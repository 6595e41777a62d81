"""Forms of the acts of 督办."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import DayInput, LinesField, day, line
from binzhou_xinfang.web.file_fields import FilesField
from binzhou_xinfang.web.sought import note_all_sought
from cases.models import PetitionCase
from cases.queries import Cases
from cases.web.procedure.forms.base import unit
from supervision.models import WAY_CHOICES, Adoption, Level, Measure


def _long(
    label: str, *, rows: int = 6, required: bool = True, help_text: str = "", missing: str = ""
) -> forms.CharField:
    errors = {"required": missing or f"请填写{label}。"}
    return forms.CharField(
        label=label, max_length=4000, required=required, help_text=help_text, error_messages=errors,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _lines(label: str, *, required: bool = False, help_text: str = "每行一项") -> LinesField:
    return LinesField(
        label=label, required=required, max_lines=40, max_length=500, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": f"请填写{label}。"},
    )  # fmt: skip


def _files(label: str = "照片、材料") -> FilesField:
    return FilesField(label=label)


class BringUpForm(OfficeForm):
    """提出督办."""

    proposes = {"measure": "从挂牌督办等页面提出的，措施由该页面带来"}

    case = line("事项编号", help_text="本单位可以查看的事项")
    measure = forms.ChoiceField(label="措施", choices=Measure.choices)
    unit = unit("被督办单位", help_text="建议书填写有权采纳建议的机关、单位")
    problem = forms.CharField(
        label="存在的问题", max_length=200, help_text="例如“受理后四十日未开展调查”",
        error_messages={"required": "请写明存在的问题。"},
    )  # fmt: skip
    article = forms.CharField(
        label="依据", max_length=200, required=False, help_text="例如“《信访工作条例》第四十条第一款”"
    )
    also = LinesField(
        label="其他关联事项", required=False, max_lines=50, max_length=40,
        help_text="每行一个事项编号；三项建议可以依据多件事项提出",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, visible: Cases, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = visible.filter(is_sealed=False)

    def clean_case(self) -> PetitionCase:
        return self._find([self.cleaned_data["case"]])[0]

    def clean_also(self) -> list[PetitionCase]:
        return self._find(self.cleaned_data["also"])

    def _find(self, numbers: list[str]) -> list[PetitionCase]:
        wanted = [number.strip().upper() for number in numbers]
        by_number = {case.number: case for case in self.visible.filter(number__in=wanted)}
        if unknown := [number for number in wanted if number not in by_number]:
            note_all_sought(unknown)
            raise ValidationError(f"没有找到事项{'、'.join(unknown)}，请核对编号。")
        return [by_number[number] for number in dict.fromkeys(wanted)]


class DropForm(OfficeForm):
    """不予督办."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如“单位已当日办结，系统登记稍后”。理由记入办理经过。", error_messages={"required": "请写明理由。"},
    )  # fmt: skip


class RecordForm(OfficeForm):
    """登记督查."""

    held_on = day("督查日期")
    place = line("地点", required=False, help_text="网上、电话督办可以不填")
    people = line("参加人员", required=False, max_length=500, help_text="督查人员、被督查单位人员")
    text = _long("督查情况", help_text="检查的内容、听取说明的情况、指出的问题。")
    findings = _lines("发现的问题", help_text="每行一项；没有发现问题的不填，登记后即办结")
    demands = _lines("整改要求")
    due_on = day("整改期限", required=False, help_text="发现问题的必须填写")
    papers = _files()


class ListForm(OfficeForm):
    """列入挂牌督办."""

    level = forms.ChoiceField(label="挂牌层级", choices=Level.choices)
    text = _long("挂牌理由", rows=4)
    demands = _lines("整改要求", required=True)
    due_on = day("整改期限")


class ReceiptForm(OfficeForm):
    """签收: asks nothing; who and when is written down."""


class AnswerForm(OfficeForm):
    """书面反馈."""

    text = _long(
        "反馈内容", rows=8, help_text="逐项说明督办要求的落实情况、逾期原因和责任人。", missing="请填写反馈内容。"
    )
    papers = _files("证明材料")


class SignAnswerForm(OfficeForm):
    """签发反馈: asks nothing; the answer and the demand stand above it."""


class ReturnAnswerForm(OfficeForm):
    """退回修改."""

    reason = _long("退回理由", rows=3, missing="请写明退回的理由。")


class AdoptionForm(OfficeForm):
    """反馈采纳情况 (第四十条第四款)."""

    adoption = forms.ChoiceField(label="采纳情况", choices=Adoption.choices, widget=forms.RadioSelect)
    text = _long(
        "反馈内容",
        rows=8,
        help_text="采纳的写明落实措施和时间；部分采纳、未采纳的说明理由。",
        missing="请填写反馈内容。",
    )
    papers = _files("证明材料")


class _Received(OfficeForm):
    given_on = day("收到反馈的日期", help_text="书面反馈送到本单位的日期")


class ReceiveForm(_Received, AnswerForm):
    """登记书面反馈."""


class ReceiveAdoptionForm(_Received, AdoptionForm):
    """登记采纳情况."""


def _verdict(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    choices = [("yes", yes), ("no", no)]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        error_messages={"required": f"请选择{label}。"},
    )  # fmt: skip


class JudgeForm(OfficeForm):
    """审核反馈."""

    is_accepted = _verdict("审核结论", "通过，办结", "退回补充")
    verdict = forms.CharField(
        label="审核意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="退回补充的必须写明理由。",
    )  # fmt: skip
    due_on = day("再次反馈的期限", required=False, help_text="退回补充的必须填写。")


class RecheckForm(OfficeForm):
    """复核整改."""

    is_accepted = _verdict("复核结论", "整改到位，办结", "未整改到位，继续整改")
    way = forms.ChoiceField(label="复核方式", choices=WAY_CHOICES)
    held_on = forms.DateField(label="复核日期", widget=DayInput, initial=timezone.localdate)
    place = line("地点", required=False)
    text = _long("复核情况", rows=4, help_text="逐项写明是否整改到位。")
    papers = _files()
    due_on = day("继续整改的期限", required=False, help_text="未整改到位的必须填写。")
