"""The forms of a unit at work: notices, the simple procedure, co-handlers, recusal, mediation, hearing, extension."""

from typing import Any

from django import forms

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.web.fields import LinesField, day, days, line, text
from cases.procedure.settling import Minutes, Summons, Terms
from cases.states import Move
from cases.states.ground_lists import OtherWay
from cases.vocabulary import ADOPTIONS_OF_WAY, Adoption, LegalWay
from cases.web.procedure.forms.answers import AnswersField
from cases.web.procedure.forms.base import MoveForm, body_above, person, told_by, unit
from cases.web.procedure.forms.reply import AnsweringForm
from cases.web.procedure.forms.table import form_of

_PHONE_HELP = "印在《受理告知书》上，供信访人查询"


def _period_basis() -> forms.CharField:
    return line(
        "期限的依据", required=False, max_length=200,
        help_text="规定该期限的法律、法规、规章等的名称和条款，写入告知书；没有规定的不填，期限不超过60日",
    )  # fmt: skip


@form_of(Move.ACCEPT)
class AcceptForm(MoveForm):
    contact_phone = line("承办联系电话", max_length=40, help_text=_PHONE_HELP)
    assignee = person("承办人", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_of("assignee", self.post.unit_id, empty=f"{self.post.user.name}（本人）")

    def proposed(self) -> dict[str, Any]:
        return {"contact_phone": self.post.unit.phone}


@form_of(Move.UNDERTAKE)
class UndertakeForm(AcceptForm):
    days = days("办理期限（日）", initial=60, help_text="自告知之日起计算的自然日")
    period_basis = _period_basis()
    field_order = ["days", "period_basis", "contact_phone", "assignee"]


@form_of(Move.FALL_BACK)
class FallBackForm(MoveForm):
    reason = text("转为普通程序的理由", rows=3)
    contact_phone = line("承办联系电话", max_length=40, help_text=_PHONE_HELP)

    def proposed(self) -> dict[str, Any]:
        return {"contact_phone": self.post.unit.phone}


@form_of(Move.TAKE_AS_CLAIM)
class TakeAsClaimForm(FallBackForm):
    reason = text("变更理由", rows=3, help_text="经核查没有应当依职责履行的法律规定等，写入告知书")


@form_of(Move.TAKE_AS_DUTY)
class TakeAsDutyForm(FallBackForm):
    ground = forms.ChoiceField(label="变更的情形", choices=OtherWay.choices)
    reason = text("变更理由", rows=3, help_text="写明应当履行的职责和依据，写入告知书")
    days = days("办理期限（日）", initial=60, help_text="自原受理之日起计算的自然日")
    period_basis = _period_basis()
    field_order = ["ground", "reason", "days", "period_basis", "contact_phone"]


@form_of(Move.ANSWER_SIMPLE)
class AnswerSimpleForm(AnsweringForm):
    facts = text("事实认定情况", rows=4)
    basis = text("依据", rows=3)
    answers = AnswersField(label="对各项诉求的答复")
    review_body = body_above("复查机关", help_text="信访人对简易答复不服的，仍可以申请复查")
    told_by = told_by()
    wants_paper = forms.BooleanField(label="信访人要求出具书面意见书", required=False)
    field_order = ["facts", "answers", "basis", "review_body", "told_by", "wants_paper"]


@form_of(Move.REPLY)
class ReplyForm(MoveForm):
    adoption = forms.ChoiceField(label="处理结果", choices=Adoption.choices)
    reply = text("答复内容", rows=6)
    told_by = told_by()
    rewarded = forms.BooleanField(label="已按规定给予奖励", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = ADOPTIONS_OF_WAY.get(LegalWay(self.case.legal_way)) if self.case.legal_way else None
        if fitting:
            choices = [(value, label) for value, label in Adoption.choices if value in fitting]
            self.fields["adoption"].choices = choices  # type: ignore[attr-defined]
        if self.case.legal_way != LegalWay.ADVICE:
            self.fields["rewarded"].widget = forms.HiddenInput()


@form_of(Move.CALL_IN)
class CallInForm(MoveForm):
    to_unit = unit("协办单位")
    task = text("请其办理的事项", rows=3, max_length=500)
    days = days("协办期限（日）", most=60, initial=15)
    field_order = ["to_unit", "task", "days"]


@form_of(Move.FEED_BACK)
class FeedBackForm(MoveForm):
    feedback = text("协办意见", rows=6)


@form_of(Move.RELEASE)
class ReleaseForm(MoveForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="协办单位", to_field_name="code")
    reason = text("取消理由", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = Unit.objects.filter(pk__in=self.case.co_handlers)


@form_of(Move.ASK_RECUSAL)
class AskRecusalForm(MoveForm):
    person = person("应当回避的人员")
    is_own_request = forms.BooleanField(label="本人申请（不勾选为信访人申请）", required=False)
    reason = text("理由", rows=3, max_length=500, help_text="与信访事项或者信访人有直接利害关系（第二十八条）")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_of("person", self.post.unit_id)


@form_of(Move.GRANT_RECUSAL)
class GrantRecusalForm(MoveForm):
    successor = person("由谁接办")
    note = text("决定说明", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_of("successor", self.case.holder_id)


@form_of(Move.MEDIATE)
class MediateForm(MoveForm):
    other_party = line("对方当事人", max_length=100)
    mediator = line("调解组织、调解员", max_length=100)
    both_consent = forms.BooleanField(label="争议双方当事人均同意调解（第三十三条）", required=False)
    consented_on = day("同意日期")
    today = ("consented_on",)


@form_of(Move.REACH_SETTLEMENT)
class SettlementForm(MoveForm):
    other_party = line("对方当事人", max_length=100)
    findings = text("纠纷的主要事实", rows=3)
    disputes = text("争议事项", rows=2)
    liability = text("各方责任", rows=2)
    terms = LinesField(label="协议内容", max_lines=20, max_length=500, help_text="一行一项")
    performance = line("履行方式")
    performance_time = line("履行期限", max_length=100)
    signed_on = day("签订日期", help_text="各方签名，调解员签名并加盖调解组织印章之日")
    today = ("signed_on",)
    counts_from = "signed_on"

    def proposed(self) -> dict[str, Any]:
        started = self.case.events.filter(kind="mediate").order_by("-seq").first()
        known = {name: started.detail.get(name, "") for name in ("other_party", "mediator")} if started else {}
        return super().proposed() | known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        return {"signed_on": data.pop("signed_on"), "agreed": Terms(**data)}


@form_of(Move.REACH_AGREEMENT)
class AgreementForm(SettlementForm):
    mediator = line("调解员", max_length=100)


@form_of(Move.CALL_HEARING, Move.CALL_RECHECK_HEARING)
class CallHearingForm(MoveForm):
    hearing_on = day("听证日期", help_text="应当留出送达听证通知书的时间，并在办理期限届满前举行")
    hour = line("时间", max_length=20, help_text="例如：上午9时")
    place = line("地点", max_length=100)
    host = line("听证主持人", max_length=50)
    recorder = line("记录员", max_length=50)
    members = LinesField(label="听证员", max_lines=15, max_length=60, help_text="一行一人，3人以上单数，一般5人以上")
    materials = text("请信访人携带的材料", rows=2)

    def proposed(self) -> dict[str, Any]:
        return {"materials": "身份证明、委托手续、有关证据材料"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data if self.errors else {"summons": Summons(**data)}


@form_of(Move.CONCLUDE_HEARING, Move.CONCLUDE_RECHECK_HEARING)
class ConcludeHearingForm(MoveForm):
    held_on = day("听证日期")
    attendees = LinesField(label="参加人员", max_lines=40, max_length=100, help_text="一行一人")
    record = text("听证笔录", rows=8)
    disputes = text("争议事项", rows=2)
    findings = text("听证查明的事实", rows=4)
    deliberation = text("评议表决情况", rows=2, help_text="例如：5人中4人认为……")
    minority = text("少数意见", required=False, rows=2)
    conclusion = text("听证结论", rows=3)
    today = ("held_on",)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data if self.errors else {"minutes": Minutes(**data)}


@form_of(Move.CONCLUDE_CONFERENCE)
class ConcludeConferenceForm(MoveForm):
    held_on = day("会商日期")
    decision = text("会商意见", rows=5)
    today = ("held_on",)
