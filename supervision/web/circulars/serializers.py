"""Answers of the API about 通报. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.web.serializers import FreeText, ListPageSerializer, UnitSerializer
from supervision.circulars.life import circulars
from supervision.figures.figure import Item
from supervision.models import Circular, CircularStage
from supervision.web.figures.serializers import CountedSerializer


class CircularSerializer(serializers.Serializer[Any]):
    """通报。"""

    id = serializers.IntegerField(label="编号")
    title = serializers.CharField(label="标题")
    number = serializers.CharField(allow_blank=True, label="文号；未印发的为空")
    stage = serializers.ChoiceField(choices=CircularStage.choices, label="状态")
    office = UnitSerializer(label="印发单位")
    area = UnitSerializer(label="印发范围")
    since = serializers.DateField(label="统计起始日")
    until = serializers.DateField(label="统计截止日")
    issued_on = serializers.DateField(allow_null=True, label="印发日期")
    sha256 = serializers.CharField(allow_blank=True, label="校验值；未印发的为空")
    version = serializers.IntegerField(label="版本")
    url = serializers.SerializerMethodField(label="地址")

    def get_url(self, circular: Circular) -> str:
        return reverse("api-supervision:circular", args=[circular.pk])


class CircularPageSerializer(ListPageSerializer):
    """一页通报。游标原样送回即得相邻页，空表示没有。"""

    rows = CircularSerializer(many=True, label="通报")


class CircularColumnSerializer(serializers.Serializer[Any]):
    """一项数据。"""

    slug = serializers.CharField(label="代码")
    name = serializers.CharField(source="label", label="名称")
    says = serializers.CharField(label="口径")


class CircularRowSerializer(serializers.Serializer[Any]):
    """一个单位的数据，次序同各项数据。"""

    code = serializers.CharField(label="单位代码")
    name = serializers.CharField(label="单位名称")
    counts = serializers.ListField(child=serializers.IntegerField(), label="数据")
    before = serializers.ListField(
        child=serializers.IntegerField(), default=None, allow_null=True, label="上期的数据；没有汇总上期的为空"
    )


class CircularSpanSerializer(serializers.Serializer[Any]):
    """统计期。"""

    since = serializers.DateField(label="起始日")
    until = serializers.DateField(label="截止日")


class CircularFiguresSerializer(serializers.Serializer[Any]):
    """各单位的数据。检举控告不计。"""

    on = serializers.DateField(label="汇总日期")
    columns = CircularColumnSerializer(many=True, label="各项数据")
    rows = CircularRowSerializer(many=True, label="各单位")
    total = serializers.ListField(child=serializers.IntegerField(), label="合计")
    before = CircularSpanSerializer(default=None, allow_null=True, label="上期的起止日；没有汇总上期的为空")
    total_before = serializers.ListField(
        child=serializers.IntegerField(), default=None, allow_null=True, label="上期的合计；没有汇总上期的为空"
    )


class CircularFileSerializer(CircularSerializer):
    """通报的全部。"""

    figures = CircularFiguresSerializer(label="数据")
    good = FreeText(label="好的做法")
    problems = FreeText(label="存在的问题")
    demands = FreeText(label="工作要求")
    acts = serializers.SerializerMethodField(label="本岗位现在可以办理的动作")

    def get_acts(self, circular: Circular) -> list[str]:
        offers = Ahead(circulars, [circular], timezone.localdate()).offers(circular, self.context["post"])
        return [offer.row.key.value for offer in offers if not offer.gap]


class CircularItemsSerializer(ListPageSerializer):
    """通报中一个数的明细，每页50件。"""

    item = serializers.ChoiceField(choices=Item.choices, label="明细的种类")
    told = serializers.IntegerField(label="汇总时的数；比总数大的，差数现在不在本岗位可以看到的范围内")
    rows = CountedSerializer(many=True, label="明细")
