"""Input and answers of the API about 督办件. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.web.input_serializers import InputSerializer
from binzhou_xinfang.web.serializers import FreeText, ListPageSerializer, UnitSerializer
from supervision.causes.life import causes
from supervision.models import WAY_CHOICES, Adoption, Level, Measure, Stage, SupervisionCase, Trigger
from supervision.queries import answers_to


class SupervisionSerializer(serializers.Serializer[Any]):
    """督办件：一个事由、一项措施。"""

    id = serializers.IntegerField(label="编号")
    case = serializers.CharField(source="case.number", label="事项编号")
    measure = serializers.ChoiceField(choices=Measure.choices, label="措施")
    trigger = serializers.ChoiceField(choices=Trigger.choices, label="来由")
    stage = serializers.ChoiceField(choices=Stage.choices, label="状态")
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True, label="挂牌层级")
    office = UnitSerializer(label="督办单位")
    unit = UnitSerializer(label="被督办单位、送达单位")
    problem = FreeText(label="存在的问题")
    article = serializers.CharField(label="依据")
    opened_at = serializers.DateTimeField(label="提出时间")
    waits_since = serializers.DateTimeField(
        default=None, allow_null=True, label="到达现在这一环节的时间；已办结、不予督办的为空"
    )
    issued_on = serializers.DateField(allow_null=True, label="发出日期")
    due_on = serializers.DateField(source="clock.legal_on", default=None, allow_null=True, label="反馈、整改期限")
    url = serializers.SerializerMethodField(label="地址")

    def get_url(self, supervision: SupervisionCase) -> str:
        return reverse("api-supervision:one", args=[supervision.pk])


class SupervisionPageSerializer(ListPageSerializer):
    """一页督办件。游标原样送回即得相邻页，空表示没有。"""

    rows = SupervisionSerializer(many=True, label="督办件")


class SupervisionAnswerSerializer(serializers.Serializer[Any]):
    """一次书面反馈。"""

    unit = UnitSerializer(label="反馈单位")
    text = FreeText(label="反馈内容")
    signed_by = serializers.CharField(source="signed_by.name", default="", label="签发人；待签发、以前的为空")
    adoption = serializers.ChoiceField(choices=Adoption.choices, allow_blank=True, label="采纳情况")
    given_on = serializers.DateField(label="反馈日期")
    is_late = serializers.BooleanField(label="是否逾期")
    is_received = serializers.BooleanField(label="是否由督办单位登记")
    is_accepted = serializers.BooleanField(allow_null=True, label="审核是否通过；未审核为空")
    verdict = FreeText(label="审核意见")


class RecordSerializer(serializers.Serializer[Any]):
    """一次督查记录，或者整改的复核。"""

    is_recheck = serializers.BooleanField(label="是否复核整改")
    way = serializers.ChoiceField(choices=WAY_CHOICES, allow_blank=True, label="方式")
    held_on = serializers.DateField(label="日期")
    place = serializers.CharField(label="地点")
    people = FreeText(label="参加人员")
    text = FreeText(label="情况")
    findings = serializers.ListField(child=FreeText(), label="发现的问题")
    demands = serializers.ListField(child=FreeText(), label="整改要求")
    due_on = serializers.DateField(allow_null=True, label="整改期限")


class SupervisionFileSerializer(SupervisionSerializer):
    """督办件的全部：函件、记录、反馈，以及本岗位现在可以办理的动作。"""

    note = FreeText(label="处理说明")
    letter = serializers.SerializerMethodField(label="文号")
    records = RecordSerializer(many=True, label="督查记录")
    answers = serializers.SerializerMethodField(label="反馈")
    acts = serializers.SerializerMethodField(label="本岗位现在可以办理的动作")

    @extend_schema_field(SupervisionAnswerSerializer(many=True))
    def get_answers(self, supervision: SupervisionCase) -> list[dict[str, Any]]:
        rows = answers_to(supervision, self.context["post"])
        return list(SupervisionAnswerSerializer(rows.select_related("unit", "signed_by"), many=True).data)

    def get_letter(self, supervision: SupervisionCase) -> str | None:
        return supervision.draft.letter.number if supervision.draft and supervision.draft.letter else None

    def get_acts(self, supervision: SupervisionCase) -> list[str]:
        offers = Ahead(causes, [supervision], timezone.localdate()).offers(supervision, self.context["post"])
        return [offer.row.key.value for offer in offers if not offer.gap]


class SupervisionLetterInputSerializer(InputSerializer):
    """拟函：要素的名称依文种而定，可以暂缺；主送对象就是函件送达、应当反馈的单位。"""

    facts = serializers.DictField(label="要素")
