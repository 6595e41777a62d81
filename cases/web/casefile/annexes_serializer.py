"""Answers of the API about the sides of a matter: 协办, 回避, 复查复核, other matters tied to it."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.web.serializers import FreeText, UnitSerializer
from cases.models import AnswerChannel, EvaluationObject, PetitionCase, Standing, Verdict
from cases.states import State
from cases.vocabulary import DeliveryWay, LastAnswer, ReviewKind, ReviewRefusal, ReviewResult


class CoHandlingSerializer(serializers.Serializer[Any]):
    """一个协办单位的任务和反馈。"""

    unit = UnitSerializer(source="task.unit", label="协办单位")
    task = FreeText(source="task.task", label="协办事项")
    asked_on = serializers.DateField(source="task.asked_on", label="提请日期")
    due_on = serializers.DateField(allow_null=True, label="应反馈日期；不再欠反馈时为空")
    feedback = FreeText(source="task.feedback", label="反馈意见")
    fed_back_on = serializers.DateField(source="task.fed_back_on", allow_null=True, label="反馈日期")
    released_on = serializers.DateField(source="task.released_on", allow_null=True, label="取消日期")


class RecusalSerializer(serializers.Serializer[Any]):
    """一次回避申请；只有办理该事项的单位可以看到。"""

    person = serializers.CharField(source="person.name", label="申请回避的人员")
    is_own_request = serializers.BooleanField(label="本人申请")
    reason = FreeText(label="理由")
    asked_on = serializers.DateField(label="申请日期")
    decided_on = serializers.DateField(allow_null=True, label="决定日期")
    is_granted = serializers.BooleanField(allow_null=True, label="同意回避；待决定时为空")


class ReviewSerializer(serializers.Serializer[Any]):
    """一次复查或者复核；签发前，意见只有复查复核机关可以看到。"""

    kind = serializers.ChoiceField(choices=ReviewKind.choices, label="级别")
    body = UnitSerializer(label="复查复核机关")
    requested_on = serializers.DateField(label="收到申请日期")
    posted_on = serializers.DateField(allow_null=True, label="投邮日期")
    proof = serializers.IntegerField(source="proof_id", allow_null=True, label="收到申请之日凭证的附件编号")
    no_proof = FreeText(label="没有凭证的原因")
    is_late = serializers.BooleanField(label="按登记的日期逾期；没有凭证的，不能认定逾期")
    grounds = FreeText(label="申请事实和理由")
    claim = FreeText(label="申请请求")
    against = serializers.CharField(label="不服的意见文号")
    accepted_on = serializers.DateField(allow_null=True, label="受理日期")
    declined_on = serializers.DateField(allow_null=True, label="不予受理日期")
    refusal = serializers.ChoiceField(choices=ReviewRefusal.choices, allow_blank=True, label="不予受理的理由")
    ended_on = serializers.DateField(allow_null=True, label="随事项结束日期")
    result = serializers.ChoiceField(choices=ReviewResult.choices, allow_blank=True, label="结论")
    decision = FreeText(label="复查复核意见")
    redo_days = serializers.IntegerField(allow_null=True, label="重新处理天数")
    was_heard = serializers.BooleanField(label="经过听证")
    signed_on = serializers.DateField(allow_null=True, label="签发日期")
    delivered_on = serializers.DateField(allow_null=True, label="送达日期")
    published_on = serializers.DateField(allow_null=True, label="公示日期")


class DeliverySerializer(serializers.Serializer[Any]):
    """一次送达：方式、凭证和申请期限的起算日。"""

    answer = serializers.ChoiceField(choices=LastAnswer.choices, label="送达的意见")
    way = serializers.ChoiceField(choices=DeliveryWay.choices, allow_blank=True, label="送达方式；不详的为空")
    delivered_on = serializers.DateField(label="送达日期")
    counts_from = serializers.DateField(label="期限起算日")
    standing = serializers.ChoiceField(choices=Standing.choices, label="凭证情况")
    says = serializers.CharField(label="起算的理由")
    posted_on = serializers.DateField(allow_null=True, label="交邮日期")
    item_number = serializers.CharField(label="邮件号")
    notice_on = serializers.DateField(allow_null=True, label="公告日期")
    proof = serializers.IntegerField(source="proof_id", allow_null=True, label="送达凭证的附件编号")
    no_proof = FreeText(label="没有凭证的原因")
    entered_on = serializers.DateField(allow_null=True, label="登录日期")
    judged_on = serializers.DateField(allow_null=True, label="核实日期")


class EvaluationSerializer(serializers.Serializer[Any]):
    """信访人的一份评价。"""

    verdict = serializers.ChoiceField(choices=Verdict.choices, label="评价")
    remark = FreeText(label="评价意见")
    channel = serializers.ChoiceField(choices=AnswerChannel.choices, label="评价方式")
    given_on = serializers.DateField(label="评价日期")
    recorded_unit = UnitSerializer(allow_null=True, label="登记单位；信访人自行评价的为空")


class EvaluatedSerializer(serializers.Serializer[Any]):
    """一个评价对象。"""

    object = serializers.ChoiceField(choices=EvaluationObject.choices, label="评价对象")
    unit = UnitSerializer(label="被评价单位")
    stand = serializers.CharField(label="已评价、待评价或者超期未评价")
    given = EvaluationSerializer(allow_null=True, label="评价")


class LinkedCaseSerializer(serializers.Serializer[Any]):
    """与该事项相关联的另一事项。"""

    number = serializers.CharField(label="事项编号")
    title = FreeText(label="标题")
    state = serializers.ChoiceField(choices=State.choices, label="状态")
    url = serializers.SerializerMethodField(label="地址")

    def get_url(self, case: PetitionCase) -> str:
        return reverse("api:case", args=[case.number])


class AnnexesSerializer(serializers.Serializer[Any]):
    """协办、回避、复查复核、关联事项、满意度评价；只含本岗位可以看到的。"""

    co_handlings = CoHandlingSerializer(many=True, label="协办")
    recusals = RecusalSerializer(many=True, label="回避")
    reviews = ReviewSerializer(many=True, label="复查复核，新的在前")
    deliveries = DeliverySerializer(many=True, label="送达，新的在前")
    merged_into = LinkedCaseSerializer(allow_null=True, label="已并入的事项")
    merged = LinkedCaseSerializer(many=True, label="并入本事项的事项")
    follows = LinkedCaseSerializer(allow_null=True, label="前一事项")
    followers = LinkedCaseSerializer(many=True, label="后续新事项")
    evaluations = EvaluatedSerializer(many=True, label="满意度评价的对象，答复送达后才有")
