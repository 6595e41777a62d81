"""What the API tells of 信访件: one arrival, and the answer to a registration. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.records.masking import mask_name
from binzhou_xinfang.web.serializers import FreeText, Masked, UnitSerializer
from cases.models import Petition
from cases.vocabulary import Channel, PartyRole, Source
from cases.web.parts_serializers import ClockSerializer, PersonSerializer


class CompanionSerializer(serializers.Serializer[Any]):
    """代表、代理人、联名人。"""

    role = serializers.ChoiceField(choices=PartyRole.choices, label="身份")
    name = Masked(mask_name, source="petitioner.name", label="姓名")


class ArrivalSerializer(serializers.Serializer[Any]):
    """信访件：一次来访、来信等。"""

    number = serializers.CharField(label="信访件编号")
    url = serializers.SerializerMethodField(label="地址")
    channel = serializers.ChoiceField(choices=Channel.choices, label="信访形式")
    source = serializers.ChoiceField(choices=Source.choices, label="信访来源")  # type: ignore[assignment]
    arrived_on = serializers.DateField(label="信访日期")
    registered_at = serializers.DateTimeField(label="登记时间")
    unit = UnitSerializer(label="登记机构")
    name = Masked(mask_name, source="lead.name", label="信访人")
    companions = CompanionSerializer(source="companions.all", many=True, label="代表、代理人、联名人")
    people = serializers.IntegerField(label="信访人数")
    content = FreeText(label="投诉内容")
    is_repeat = serializers.BooleanField(label="重复件")

    def get_url(self, petition: Petition) -> str:
        return reverse("api:petition", args=[petition.number])


class PetitionSerializer(ArrivalSerializer):
    """信访件的全部登记内容。"""

    case = serializers.CharField(source="case.number", label="事项编号")
    person = PersonSerializer(source="lead", label="信访人")
    external_id = serializers.CharField(label="外部编号")
    addressed_to = serializers.CharField(label="受信人")
    postmarked_on = serializers.DateField(allow_null=True, label="邮戳日期")
    affected_people = serializers.IntegerField(allow_null=True, label="涉及人数")
    window = serializers.CharField(label="接待窗口")


class RegisteredSerializer(serializers.Serializer[Any]):
    """登记的结果。查询码只在此处和回执上出现。"""

    number = serializers.CharField(label="信访件编号")
    query_code = serializers.CharField(label="查询码")
    case = serializers.CharField(source="case.number", label="事项编号")
    case_url = serializers.SerializerMethodField(label="事项地址")
    clocks = ClockSerializer(source="case.deadlines.all", many=True, label="期限")

    def get_case_url(self, petition: Petition) -> str:
        return reverse("api:case", args=[petition.case.number])
