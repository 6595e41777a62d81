"""Forms of the steps of a mediation."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import LinesField, day, line, moment, text
from hearings.models import Court, MediationState
from hearings.web.pool.expert_door import reason

_PAPER = "调解点没有人员在系统中登记的必须写明，例如：调解点某月某日回函"


def _people(label: str, help_text: str, *, required: bool = False) -> LinesField:
    return LinesField(
        label=label, required=required, max_lines=30, max_length=100, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReferToPointForm(OfficeForm):
    """委派。"""

    case = line("信访事项编号", max_length=40)
    point = line("调解点", max_length=12)
    dispute = text(
        "纠纷概况",
        rows=4,
        max_length=2000,
        help_text="调解点据此调解，写明争议的事项和双方的主张；不写与调解无关的内容",
    )


class AcceptForm(OfficeForm):
    """接收。"""

    mediator = line("调解员", max_length=20, required=False)
    accepted_on = day("接收日期")
    paper = line("依据的书面材料", required=False, max_length=100, help_text=_PAPER)


class DeclineForm(OfficeForm):
    """不予接收。"""

    reason = reason()
    declined_on = day("答复日期")
    paper = line("依据的书面材料", required=False, max_length=100, help_text=_PAPER)


class ChangeMediatorForm(OfficeForm):
    """变更调解员。"""

    mediator = line("调解员", max_length=20)
    reason = reason()


class PlanForm(OfficeForm):
    """约定调解。"""

    starts_at = moment("开始时间")
    ends_at = moment("结束时间")
    place = line("预订的场所", required=False, max_length=12, help_text="在本系统登记的场所，同时列入日程")
    where = line("其他地点", required=False, max_length=100, help_text="没有预订场所的写明；不填的为调解点")


class CallOffForm(OfficeForm):
    """取消约定。"""

    session = line("第几次调解", max_length=4)
    reason = reason()


class HoldForm(OfficeForm):
    """登记调解情况。"""

    session = line("第几次调解", required=False, max_length=4, help_text="没有事先约定的不选")
    held_on = day("调解日期")
    where = line("地点", required=False, max_length=100, help_text="与约定不同的写明")
    came = _people("到场人员", "每行一人，写明身份", required=True)
    excused = _people("有正当理由未到场", "每行一人，写明理由")
    absent = _people("无正当理由未到场", "每行一人")
    said = text("调解情况", rows=6, help_text="双方的主张和让步、调解员的意见、下一步")


class AmendForm(HoldForm):
    """更正调解记录。"""

    proposes: ClassVar[Mapping[str, str]] = {EVERY: "从这一次的记录进入"}
    session = line("第几次调解", max_length=4)
    reason = reason()


class TellAgreementForm(OfficeForm):
    """报送调解协议。"""

    findings = text("纠纷的主要事实", rows=3)
    disputes = text("争议事项", rows=2)
    liability = text("各方责任", rows=2)
    terms = LinesField(label="协议内容", max_lines=20, max_length=500, help_text="一行一项")
    performance = line("履行方式")
    performance_time = line("履行期限", max_length=100)
    signed_on = day("签订日期", help_text="各方签名，调解员签名并加盖调解组织印章之日；申请司法确认的30日自此起算")


class TellFailureForm(OfficeForm):
    """报送调解不成。"""

    note = text("调解不成的情况", rows=4, max_length=500)
    failed_on = day("终止调解日期")


class ApplyForm(OfficeForm):
    """登记申请司法确认。"""

    court = line("受理法院", max_length=60)
    applied_on = day("双方共同申请的日期")


class DecideForm(OfficeForm):
    """登记法院决定。"""

    decision = forms.ChoiceField(label="决定", choices=Court.choices)
    decided_on = day("决定日期")
    number = line("裁定书编号", required=False, max_length=60)


class ReasonForm(OfficeForm):
    """理由。"""

    reason = reason()


class MediationFilter(OfficeForm):
    """Filter of the list."""

    q = line("事项编号", required=False, max_length=40)
    point = line("调解点", required=False, max_length=60)
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *MediationState.choices])


FORMS: Mapping[str, Any] = {
    "refer": ReferToPointForm, "accept": AcceptForm, "decline": DeclineForm, "recall": ReasonForm, "plan": PlanForm,
    "change-mediator": ChangeMediatorForm, "call-off": CallOffForm, "hold": HoldForm, "amend": AmendForm,
    "tell-agreement": TellAgreementForm, "tell-failure": TellFailureForm, "return": ReasonForm, "apply": ApplyForm,
    "decide": DecideForm, "take-back": ReasonForm,
}  # fmt: skip
