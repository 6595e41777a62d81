"""Answers of the API about 信访件: one arrival, and the answer to a registration. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.records.masking import mask_id_number, mask_phone
from binzhou_xinfang.web.serializers import Masked, UnitSerializer
from cases.models import Petition
from cases.vocabulary import PartyRole
from cases.web.entry_serializers import EntriesSerializer
from cases.web.parts_serializers import ClockSerializer, PersonSerializer


class CompanionSerializer(serializers.Serializer[Any]):
    """代表、代理人、联名人。"""

    role = serializers.ChoiceField(choices=PartyRole.choices, label="身份")
    name = serializers.CharField(source="petitioner.masked_name", read_only=True, label="姓名")
    id_number = Masked(mask_id_number, source="petitioner.id_number", label="证件号码")
    phone = Masked(mask_phone, source="petitioner.phone", label="手机号码")
    relation = serializers.CharField(label="代理人与信访人的关系")
    has_authorisation = serializers.BooleanField(label="代理人有授权委托书")


class ArrivalSerializer(EntriesSerializer):
    """信访件：一次来访、来信等。"""

    entries_model = Petition

    number = serializers.CharField(label="信访件编号")
    url = serializers.SerializerMethodField(label="地址")
    registered_at = serializers.DateTimeField(label="登记时间")
    unit = UnitSerializer(label="登记机构")
    name = serializers.CharField(source="lead.masked_name", read_only=True, label="信访人")
    companions = CompanionSerializer(source="companions.all", many=True, label="代表、代理人、联名人")
    is_repeat = serializers.BooleanField(label="重复件")

    def get_url(self, petition: Petition) -> str:
        return reverse("api:petition", args=[petition.number])


class PetitionSerializer(ArrivalSerializer):
    """信访件的全部登记内容。"""

    case = serializers.CharField(source="case.number", label="事项编号")
    person = PersonSerializer(source="lead", label="信访人")


class RegisteredSerializer(serializers.Serializer[Any]):
    """登记的结果。查询码只在此处和回执上出现。"""

    number = serializers.CharField(label="信访件编号")
    query_code = serializers.CharField(label="查询码")
    case = serializers.CharField(source="case.number", label="事项编号")
    case_url = serializers.SerializerMethodField(label="事项地址")
    clocks = ClockSerializer(source="case.deadlines.all", many=True, label="期限")

    def get_case_url(self, petition: Petition) -> str:
        return reverse("api:case", args=[petition.case.number])
