"""The forms of 复查 and 复核."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar

from django import forms

from binzhou_xinfang.web.fields import day, line, text
from cases.models import Petitioner
from cases.procedure.review import Decision
from cases.states import Move
from cases.vocabulary import NoHearing, ReviewKind, ReviewRefusal, ReviewResult
from cases.web.procedure.forms.base import MoveForm, body_above
from cases.web.procedure.forms.people import offer_applicant
from cases.web.procedure.forms.table import form_of


@form_of(Move.ASK_REVIEW)
class AskReviewForm(MoveForm):
    applicant = forms.ModelChoiceField(
        Petitioner.objects.none(), label="申请人", required=False, help_text="各信访人的期限自本人收到之日起算"
    )
    claim = line("申请请求", max_length=500, help_text="例如：撤销原处理意见，支持第一项诉求")
    grounds = text("事实和理由", rows=5)
    # Not the day on which it is typed in: that of the stamp.
    requested_on = day("收到申请日期", help_text="信访人交来之日，以收件凭证为准，不是登记之日")
    posted_on = day("投邮日期", required=False, help_text="邮寄的填写邮戳日期：在期限届满前交邮的，不算过期")
    excuse = line("逾期的正当理由", required=False, max_length=500)
    no_proof = line("没有凭证的原因", required=False, help_text="没有凭证的，不能认定逾期；是否逾期由复查复核机关审查")
    counts_from = "requested_on"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_applicant(self)


@form_of(Move.ASK_RECHECK)
class AskRecheckForm(AskReviewForm):
    proposes = {"body": "复查机关的上一级机关、单位由组织关系决定（第三十六条）"}
    body = body_above("复核机关", help_text="复查机关的上一级机关、单位")
    field_order = ["body", "applicant", "claim", "grounds", "requested_on", "posted_on", "excuse", "no_proof"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewed = self.case.reviews.filter(kind=ReviewKind.REVIEW).exclude(signed_on=None).first()
        if reviewed is not None:
            # What the petitioner was told, unless it is no longer next above.
            self.initial.setdefault("body", reviewed.above.code if reviewed.above else "")
            self.offer_above("body", reviewed.body)


@form_of(Move.CORRECT_REQUEST)
class CorrectRequestForm(MoveForm):
    requested_on = day("收到申请日期", help_text="信访人交来之日，按收件凭证、信封填写")
    posted_on = day("投邮日期", required=False, help_text="不是邮寄的不填")
    reason = line("理由", max_length=200)

    def proposed(self) -> dict[str, Any]:
        review = self.case.reviews.first()
        return {"requested_on": review.requested_on, "posted_on": review.posted_on} if review else {}


@form_of(Move.DECLINE_REVIEW, Move.DECLINE_RECHECK)
class DeclineReviewForm(MoveForm):
    ground = forms.ChoiceField(label="不予受理的理由", choices=ReviewRefusal.choices)
    explanation = text("具体说明和正确的提出方式", rows=3, help_text="写入《不予受理告知书》")


@form_of(Move.DRAFT_RECHECK)
class DraftReviewForm(MoveForm):
    proposes: ClassVar[Mapping[str, str]] = {"result": "本机关先前的草稿"}
    result = forms.ChoiceField(label="结论", choices=ReviewResult.choices)
    facts = text("查明的事实", rows=6)
    basis = text("依据", rows=3)
    decision = text("意见的理由", rows=4)
    changed_to = text("变更后的处理意见", required=False, rows=3, help_text="变更的必须填写")
    needs_execution = forms.BooleanField(label="变更后的意见中有予以支持、需要执行的诉求", required=False)
    redo_days = forms.IntegerField(
        label="责令重新处理的天数",
        required=False,
        min_value=1,
        max_value=90,
        help_text="撤销的必须填写，自收到之日起计算的自然日；原机关不得作出相同或者基本相同的意见",
    )

    shows_by = "result"
    shows: Mapping[str, tuple[str, ...]] = {
        ReviewResult.UPHOLD.value: (),
        ReviewResult.CHANGE.value: ("changed_to", "needs_execution"),
        ReviewResult.REVOKE.value: ("redo_days",),
    }

    def proposed(self) -> dict[str, Any]:
        review = self.case.reviews.first()
        names = [field.name for field in fields(Decision) if field.name in self.fields]
        kept = {name: getattr(review, name) for name in names if getattr(review, name)} if review else {}
        return kept | ({"above": review.above.code} if review and review.above else {})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data if self.errors else {"opinion": Decision(**data)}


@form_of(Move.DRAFT_REVIEW)
class DraftOfReviewForm(DraftReviewForm):
    proposes = {**DraftReviewForm.proposes, "above": "上一级机关、单位由组织关系决定（第三十六条）"}
    above = body_above(
        "复核机关", required=False, help_text="本机关的上一级机关、单位，写入《复查意见书》的救济途径；撤销的不写"
    )
    shows = {
        result: names if result == ReviewResult.REVOKE else (*names, "above")
        for result, names in DraftReviewForm.shows.items()
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.case.reviews.select_related("body").first()
        if review is not None:
            self.offer_above("above", review.body)


@form_of(Move.CANCEL_RECHECK_HEARING)
class CancelRecheckHearingForm(MoveForm):
    ground = forms.ChoiceField(
        label="取消的情形",
        choices=NoHearing.choices,
        help_text="复核机关自行取消的，听证没有举行，原扣除的时间仍计入复核期限",
    )
    reason = text("具体情况", rows=3)


@form_of(Move.PUBLISH)
class PublishForm(MoveForm):
    where = line("公示平台", max_length=100)
    published_on = day("公示日期")
    today = ("published_on",)
