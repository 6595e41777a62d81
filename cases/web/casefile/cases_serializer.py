"""Answers of the API about 信访事项: the row of a list, the file, the course. Docstrings go into the schema.

All of them want `today` in the context.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import cite
from binzhou_xinfang.web.serializers import FreeText, ListPageSerializer, UnitSerializer
from cases.casefile.dossier import Dossier
from cases.casefile.event_text import tell
from cases.casefile.urgent import Urgency, urgencies
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.states import TRANSITIONS, Move, State
from cases.vocabulary import Answer, Channel, Kind, Outcome
from cases.vocabulary_beside import Informed
from cases.web.casefile.annexes_serializer import AnnexesSerializer
from cases.web.entry_serializers import EntriesSerializer, TopicSerializer
from cases.web.parts_serializers import (
    AttachmentSerializer,
    CaseLetterSerializer,
    ClockSerializer,
    PersonSerializer,
)
from cases.web.window.petitions_serializer import ArrivalSerializer


class CaseRowSerializer(serializers.Serializer[Any]):
    """信访事项，清单中的一行。"""

    number = serializers.CharField(label="事项编号")
    url = serializers.SerializerMethodField(label="地址")
    title = FreeText(label="标题")
    state = serializers.ChoiceField(choices=State.choices, label="状态")
    state_label = serializers.CharField(source="get_state_display", label="状态名称")
    kind = serializers.ChoiceField(choices=Kind.choices, allow_blank=True, label="事项性质")
    channel = serializers.ChoiceField(choices=Channel.choices, label="首次信访形式")
    topic = TopicSerializer(allow_null=True, label="内容分类")
    region = UnitSerializer(label="问题属地")
    name = serializers.CharField(source="lead.masked_name", read_only=True, label="信访人")
    people = serializers.IntegerField(label="信访人数")
    holder = UnitSerializer(label="当前单位")
    responsible = UnitSerializer(allow_null=True, label="责任单位")
    received_on = serializers.DateField(label="收到日期")
    due_on = serializers.DateField(label="到期日；没有期限在计算时为等候之日")
    due_rule = serializers.ChoiceField(choices=Rule.choices, allow_blank=True, label="当前期限")
    days_left = serializers.SerializerMethodField(label="剩余天数")
    flags = serializers.ListField(child=serializers.CharField(), label="标记")
    petition_count = serializers.IntegerField(label="信访件数")

    def get_url(self, case: PetitionCase) -> str:
        return reverse("api:case", args=[case.number])

    def get_days_left(self, case: PetitionCase) -> int | None:
        today: date = self.context["today"]
        return case.days_left(today)


class CasePageSerializer(ListPageSerializer):
    """一页信访事项。游标原样送回即得相邻页，空表示没有。"""

    rows = CaseRowSerializer(many=True, label="本页事项")


class CaseHeadSerializer(EntriesSerializer, CaseRowSerializer):
    """信访事项的基本情况。"""

    entries_model = PetitionCase

    version = serializers.IntegerField(label="版本：办理时原样送回，可防止覆盖他人刚做的办理")
    is_sealed = serializers.BooleanField(label="检举控告保密件")
    registered_unit = UnitSerializer(label="首次登记机构")
    sender = UnitSerializer(allow_null=True, label="转办单位：最近一次转出的单位")
    assigner = UnitSerializer(allow_null=True, label="交办机关；不是交办件，或者旧数据没有记载的，为空")
    assignee = serializers.CharField(source="assignee.name", default=None, allow_null=True, label="承办人")
    assignee_username = serializers.CharField(
        source="assignee.username", default=None, allow_null=True, label="承办人用户名，接手办理时送回"
    )
    registered_at = serializers.DateTimeField(label="登记时间")
    last_move = serializers.ChoiceField(choices=Move.choices, label="最近办理")
    last_move_at = serializers.DateTimeField(label="最近办理时间")
    closed_on = serializers.DateField(allow_null=True, label="办结日期")
    outcomes = serializers.ListField(
        child=serializers.ChoiceField(choices=Outcome.choices), label="办理结果（三到位一处理）"
    )


class AnswerSerializer(serializers.Serializer[Any]):
    """对一项诉求的处理意见。"""

    result = serializers.ChoiceField(choices=Answer.choices, label="处理意见")
    text = FreeText(label="答复内容")


class RequestSerializer(serializers.Serializer[Any]):
    """诉求和答复；意见书签发前，答复只有承办单位可以看到。"""

    order = serializers.IntegerField(label="序号")
    text = FreeText(label="诉求")
    answer = AnswerSerializer(allow_null=True, label="答复")


class MergedSerializer(serializers.Serializer[Any]):
    """并入本事项的另一事项提出的诉求，随本事项一并答复。"""

    number = serializers.CharField(label="事项编号")
    requests = serializers.ListField(child=FreeText(), label="诉求")


class OpinionSerializer(serializers.Serializer[Any]):
    """处理意见书；签发前只有承办单位可以看到。"""

    facts = FreeText(label="事实认定情况")
    basis = serializers.CharField(label="依据")
    review_body = UnitSerializer(label="复查机关")
    signed_on = serializers.DateField(allow_null=True, label="签发日期")
    delivered_on = serializers.DateField(allow_null=True, label="送达日期")


class OpenMoveSerializer(serializers.Serializer[Any]):
    """本岗位现在可以办理的动作：向该地址 POST 即办理。"""

    move = serializers.ChoiceField(choices=Move.choices, label="办理动作")
    name = serializers.CharField(label="名称")
    article = serializers.CharField(label="依据")
    url = serializers.CharField(label="地址")


@dataclass(frozen=True)
class CaseFile:
    """A matter and its file, as one post sees it."""

    case: PetitionCase
    dossier: Dossier

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [
            {"order": request.order, "text": request.text, "answer": answer}
            for request, answer in self.dossier.requests
        ]

    @property
    def merged(self) -> list[dict[str, Any]]:
        return [
            {"number": other.number, "requests": [request.text for request in requests]}
            for other, requests in self.dossier.merged
        ]

    @property
    def urgent(self) -> list[Urgency]:
        return urgencies(self.case) if self.case.is_urgent else []

    @property
    def clocks(self) -> list[Deadline]:
        return [clock.deadline for clock in self.dossier.clocks]

    @property
    def moves(self) -> list[dict[str, str]]:
        return [
            {
                "move": move.value,
                "name": str(move.label),
                "article": cite(TRANSITIONS[move].article),
                "url": reverse(f"api:move-{move.value}", args=[self.case.number]),
            }
            for move in self.dossier.moves
        ]


class UrgentBodySerializer(serializers.Serializer[Any]):
    """应当报告、通报的一个机关；told_at为空的尚待报告。"""

    receiver = serializers.ChoiceField(choices=Informed.choices, label="对象")
    due_at = serializers.DateTimeField(label="应在此前报告")
    told_at = serializers.DateTimeField(allow_null=True, label="报告时间")
    means = serializers.CharField(label="方式")
    told_by = serializers.CharField(label="报告人")


class UrgentCallSerializer(serializers.Serializer[Any]):
    """系统内通知的一个人。"""

    name = serializers.CharField(source="user.name", label="姓名")
    post = serializers.CharField(source="post_label", label="岗位")
    called_at = serializers.DateTimeField(label="通知时间")
    read_at = serializers.DateTimeField(allow_null=True, label="阅读时间")
    climbed_at = serializers.DateTimeField(allow_null=True, label="因未阅报上一级的时间")


class UrgentSerializer(serializers.Serializer[Any]):
    """一次重大紧急报告（第二十五条）。"""

    unit = UnitSerializer(source="report.unit", label="报告单位")
    content = FreeText(source="report.content", label="报告内容")
    measures = FreeText(source="report.measures", label="已采取的措施")
    made_at = serializers.DateTimeField(source="report.made_at", label="报告时间")
    taken_back_at = serializers.DateTimeField(source="report.taken_back_at", allow_null=True, label="撤回时间")
    taken_back_reason = serializers.CharField(source="report.taken_back_reason", label="撤回理由")
    told = UrgentBodySerializer(many=True, label="应当报告、通报的机关")
    calls = UrgentCallSerializer(many=True, label="系统内的通知")


class CaseFileSerializer(serializers.Serializer[Any]):
    """信访事项的案卷。"""

    head = CaseHeadSerializer(source="case", label="基本情况")
    person = PersonSerializer(source="case.lead", label="信访人")
    requests = RequestSerializer(many=True, label="诉求")
    merged = MergedSerializer(many=True, label="并入的事项提出的诉求")
    opinion = OpinionSerializer(source="dossier.opinion", allow_null=True, label="处理意见书")
    petitions = ArrivalSerializer(source="dossier.arrivals", many=True, label="信访件，并入的在内，新的在前，最多20件")
    clocks = ClockSerializer(many=True, label="期限，正在计算的在前")
    letters = CaseLetterSerializer(source="dossier.letters", many=True, label="文书")
    annexes = AnnexesSerializer(source="dossier.annexes", label="协办、回避、复查复核、关联事项、满意度评价")
    urgent = UrgentSerializer(many=True, label="重大紧急报告")
    attachments = AttachmentSerializer(source="dossier.attachments", many=True, label="附件，并入的事项的在内")
    may_attach = serializers.BooleanField(source="dossier.may_attach", label="可以上传附件")
    may_take_over = serializers.BooleanField(source="dossier.may_take_over", label="可以接手办理")
    may_evaluate = serializers.BooleanField(source="dossier.may_evaluate", label="可以登记满意度评价")
    moves = OpenMoveSerializer(many=True, label="本岗位现在可以办理的动作")
    events_url = serializers.SerializerMethodField(label="流转记录的地址")
    charts_url = serializers.SerializerMethodField(label="流程图、责任图、时限图的地址")

    def get_events_url(self, file: CaseFile) -> str:
        return reverse("api:events", args=[file.case.number])

    def get_charts_url(self, file: CaseFile) -> str:
        return reverse("api:charts", args=[file.case.number])


class EventSerializer(serializers.Serializer[Any]):
    """一条流转记录。"""

    seq = serializers.IntegerField(label="序号")
    kind = serializers.CharField(label="事件")
    name = serializers.CharField(source="get_kind_display", label="事件名称")
    actor = serializers.CharField(source="actor_name", label="经办人；系统自动办理时为空")
    unit = UnitSerializer(allow_null=True, label="经办单位")
    happened_at = serializers.DateTimeField(label="发生时间")
    recorded_at = serializers.DateTimeField(label="记录时间")
    lines = serializers.SerializerMethodField(label="内容")
    letters = serializers.SerializerMethodField(label="生成文书的文号")

    def get_lines(self, event: CaseEvent) -> list[str]:
        return tell(event, on=self.context["today"], hidden=self.context["hidden"]).lines

    def get_letters(self, event: CaseEvent) -> list[str]:
        return tell(event, on=self.context["today"]).letters


class EventPageSerializer(serializers.Serializer[Any]):
    """一页流转记录，新的在前。"""

    after = serializers.CharField(label="下一页游标")
    before = serializers.CharField(label="上一页游标")
    rows = EventSerializer(many=True, label="本页记录")
