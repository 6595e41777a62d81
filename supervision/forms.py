"""What the acts of 督办 ask."""

from django import forms

from cases.forms.fields import DayInput
from cases.forms.papers import AttachForm


class DropForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如“单位已当日办结，系统登记稍后”。理由记入办理经过。", error_messages={"required": "请写明理由。"},
    )  # fmt: skip


class TalkForm(forms.Form):
    held_on = forms.DateField(label="约谈日期", widget=DayInput)
    note = forms.CharField(
        label="约谈、挂牌情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="约谈了谁、指出的问题、提出的要求和期限；列入挂牌督办的写明挂牌层级。",
        error_messages={"required": "请写明约谈、挂牌情况。"},
    )  # fmt: skip


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="整改反馈", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="逐项说明督办要求的落实情况、逾期原因和责任人。", error_messages={"required": "请填写整改反馈。"},
    )  # fmt: skip
    file = forms.FileField(
        label="证明材料", required=False, max_length=250, help_text=str(AttachForm.base_fields["file"].help_text),
        widget=forms.FileInput(attrs=dict(AttachForm.base_fields["file"].widget.attrs)),
        error_messages={"empty": "文件是空的，请重新选择。"},
    )  # fmt: skip


class JudgeForm(forms.Form):
    is_accepted = forms.TypedChoiceField(
        label="审核结论", choices=[("yes", "通过，办结"), ("no", "退回补充")], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect, error_messages={"required": "请选择审核结论。"},
    )  # fmt: skip
    verdict = forms.CharField(
        label="审核意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="退回补充的必须写明理由。",
    )  # fmt: skip
    due_on = forms.DateField(label="再次反馈的期限", required=False, widget=DayInput, help_text="退回补充的必须填写。")
