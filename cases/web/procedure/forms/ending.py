"""The forms that end a matter, or begin it again."""

from typing import Any

from django import forms
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import parameter
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.web.fields import LinesField, day, days, line, text
from cases.models import Petitioner
from cases.states import Move, State
from cases.states.ground_lists import Succession
from cases.vocabulary import Heart, IdKind, Outcome, Retention
from cases.web.procedure.forms.base import MoveForm
from cases.web.procedure.forms.people import offer_others
from cases.web.procedure.forms.table import form_of
from cases.window.identity import read_id_number, read_phone


class OutcomesForm(MoveForm):
    """三到位一处理 and 事心双解: what is filled in counts; the JSON has one text for each outcome."""

    solved = text(Outcome.SOLVED.label, required=False, rows=2, help_text="已经解决的问题和依据材料")
    persuaded = text(Outcome.PERSUADED.label, required=False, rows=2)
    helped = text(Outcome.HELPED.label, required=False, rows=2)
    punished = text(Outcome.PUNISHED.label, required=False, rows=2)
    heart = forms.ChoiceField(label="信访人情绪（事心双解）", choices=Heart.choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = {outcome.value: str(data.pop(outcome.value, "")).strip() for outcome in Outcome}
        outcomes = {outcome: evidence for outcome, evidence in said.items() if evidence}
        if not outcomes:
            self.add_error("solved", "请至少写明一项办理结果及其依据（三到位一处理，第二十七条）。")
        return data | {"outcomes": outcomes}


@form_of(Move.CLOSE)
class CloseForm(OutcomesForm):
    note = text("信访人态度和办结说明", rows=3, help_text="对交办件将写入《办结报告》")


@form_of(Move.ORDER_EXECUTION)
class OrderExecutionForm(MoveForm):
    executor = line("执行单位", max_length=100)
    task = text("执行内容", rows=3)
    days = days("执行期限（日）", initial=30, help_text="自然日；已经督促过的，原期限不变")

    def proposed(self) -> dict[str, Any]:
        return {"executor": self.post.unit.name}


@form_of(Move.FINISH_EXECUTION)
class FinishExecutionForm(MoveForm):
    done_on = day("执行完毕日期")
    evidence = text("执行情况和凭证", rows=3, help_text="凭证可以上传为附件")
    today = ("done_on",)


@form_of(Move.RESOLVE)
class ResolveForm(OutcomesForm):
    result = text("化解结果", rows=3)
    measures = text("化解经过和措施", rows=3)
    attitude = text("信访人态度", rows=2)
    follow_up = text("跟踪回访安排", rows=2)
    commitments = LinesField(
        label="息诉罢访承诺",
        required=False,
        max_lines=10,
        max_length=200,
        help_text="信访人作出承诺的填写，一行一项，将生成《息诉罢访承诺书》",
    )
    field_order = ["result", "measures"]


@form_of(Move.WITHDRAW)
class WithdrawForm(MoveForm):
    statement = text("撤回的理由（信访人书面申请内容）", rows=3)
    withdrawn_on = day("申请撤回日期")
    verified_by = line("核实人员和方式", max_length=100, help_text="例如：窗口当面核实")
    is_free_will = forms.BooleanField(label="已核实系信访人自愿，并由其本人签名", required=False)
    signed_by = forms.ModelMultipleChoiceField(
        Petitioner.objects.none(), label="在申请书上一并签名的其他信访人", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="没有签名的，其诉求继续办理",
    )  # fmt: skip
    today = ("withdrawn_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_others(self, "signed_by")


@form_of(Move.WITHDRAW_REVIEW, Move.WITHDRAW_RECHECK)
class WithdrawRequestForm(WithdrawForm):
    signed_by = None  # type: ignore[assignment]  # of a request there is one petitioner
    statement = text("撤回申请的理由（信访人书面申请内容）", rows=3)


@form_of(Move.SUCCEED)
class SucceedForm(MoveForm):
    ground = forms.ChoiceField(label="变更的情形", choices=Succession.choices)
    reason = forms.CharField(label="变更原因", max_length=200, help_text="例如：原信访人死亡，由其子女承继")
    name = line("承继人姓名（名称）", max_length=100)
    relation = line("与原信访人关系", max_length=40)
    id_number = line("证件号码", required=False, max_length=40)
    phone = line("手机号码", max_length=30)
    address = line("住址")

    def clean_phone(self) -> str:
        try:
            return read_phone(self.cleaned_data["phone"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_id_number(self) -> str:
        typed = self.cleaned_data["id_number"]
        try:
            return read_id_number(IdKind.RESIDENT, typed, on=timezone.localdate())[0] if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@form_of(Move.ARCHIVE)
class ArchiveForm(MoveForm):
    proposes = {"retention": "本单位对这样结束的事项设定的保管期限"}
    retention = forms.ChoiceField(label="保管期限", choices=Retention.choices)
    note = text("说明", required=False, rows=2)

    def proposed(self) -> dict[str, Any]:
        """Propose what the office has set for matters that ended this way."""
        key = next((key for key, states in _KEPT.items() if self.case.state in states), Key.RETENTION_ORDINARY)
        return {"retention": parameter(key, on=timezone.localdate())}


_KEPT = {
    Key.RETENTION_ENDED: (State.ENDED, State.END_CONFIRMED),
    Key.RETENTION_SIMPLE: (State.ANSWERED, State.FILED),
}
