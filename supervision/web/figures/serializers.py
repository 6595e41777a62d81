"""Answers of the API about figures. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.web.serializers import ListPageSerializer, UnitSerializer
from cases.models import Petition, PetitionCase
from supervision.figures.figure import Item
from supervision.models import SupervisionCase


class ValueSerializer(serializers.Serializer[Any]):
    """一项指标的数值。不是比率的，只看counted。"""

    counted = serializers.IntegerField(label="数量；比率为全月口径的分母")
    good = serializers.IntegerField(label="比率的分子")
    pending = serializers.IntegerField(label="未到期：期限未满、尚未完成的")
    due = serializers.IntegerField(label="已到期口径的分母")
    missing = serializers.IntegerField(label="已到期而未达到的")
    percent = serializers.CharField(label="比率（已到期口径）；分母为零时为“—”")
    whole_percent = serializers.CharField(label="比率（全月口径）")


class FigureSerializer(serializers.Serializer[Any]):
    """一项指标：名称、口径、来源和数值。"""

    slug = serializers.CharField(source="figure.slug", label="代码")
    name = serializers.CharField(source="figure.label", label="名称")
    unit = serializers.CharField(source="figure.unit", label="计量单位")
    formula = serializers.CharField(source="figure.formula", label="口径")
    counts_in = serializers.CharField(source="figure.month", label="计入月份的依据")
    basis = serializers.CharField(source="figure.source", label="来源")
    is_rate = serializers.BooleanField(source="figure.is_rate", label="是否比率")
    value = ValueSerializer(label="数值")
    url = serializers.CharField(allow_null=True, label="明细的地址；本岗位不列明细的为空")


class FiguresSerializer(serializers.Serializer[Any]):
    """各项指标，连同统计的期间和口径。"""

    since = serializers.DateField(label="统计起始日")
    until = serializers.DateField(label="统计截止日")
    mode = serializers.CharField(label="期限口径：legal 顺延后届满日，strict 不顺延届满日")
    unit = UnitSerializer(allow_null=True, label="单位；不限单位的为空")
    figures = FigureSerializer(many=True, label="指标")


class CountedSerializer(serializers.Serializer[Any]):
    """指标所数的一件、一项。"""

    id = serializers.IntegerField(source="pk", label="编号：信访件、期限、评价、督办件各自的编号")
    number = serializers.SerializerMethodField(label="信访件编号；不是信访件的，为事项编号")
    case = serializers.SerializerMethodField(label="事项编号")
    title = serializers.SerializerMethodField(label="事项标题；督办件为存在的问题")
    url = serializers.SerializerMethodField(label="地址")

    def _case(self, row: Any) -> PetitionCase:
        return row if isinstance(row, PetitionCase) else row.case

    def get_number(self, row: Any) -> str:
        return row.number if isinstance(row, Petition) else self._case(row).number

    def get_case(self, row: Any) -> str:
        return self._case(row).number

    def get_title(self, row: Any) -> str:
        return mask_numbers(row.problem if isinstance(row, SupervisionCase) else self._case(row).title)

    def get_url(self, row: Any) -> str:
        if isinstance(row, SupervisionCase):
            return reverse("api-supervision:one", args=[row.pk])
        return reverse("api:case", args=[self._case(row).number])


class CountedPageSerializer(ListPageSerializer):
    """指标的明细，每页50件。游标原样送回即得相邻页，空表示没有。"""

    item = serializers.ChoiceField(choices=Item.choices, label="明细的种类")
    value = ValueSerializer(label="整项指标的数值")
    rows = CountedSerializer(many=True, label="明细")
