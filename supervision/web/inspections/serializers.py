"""Input and answers of the API about 一案双督三查. Docstrings go into the schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from binzhou_xinfang.web.serializers import FreeText, ListPageSerializer, UnitSerializer
from cases.models import PetitionCase
from supervision.inspections.items import ITEMS, Calm, Fulfilment, Item, Part, Standing, score
from supervision.inspections.results import brought_up_by, chapters_of, left_to_itself
from supervision.models import Inspection
from supervision.web.causes.serializers import SupervisionSerializer
from supervision.web.inspections.form import Known

_ANSWERS = list(dict.fromkeys([*Standing.choices, *Calm.choices, *Fulfilment.choices]))


class InspectionSerializer(serializers.Serializer[Any]):
    """一次一案双督三查。"""

    id = serializers.IntegerField(label="编号")
    case = serializers.CharField(source="case.number", label="事项编号")
    office = UnitSerializer(label="督查单位")
    inspector = serializers.CharField(source="by_user.name", label="督查人员")
    held_on = serializers.DateField(label="督查日期")
    recorded_at = serializers.DateTimeField(source="at", label="登记时间")
    conclusion = FreeText(label="督查结论")
    substance = serializers.SerializerMethodField(label="一督：化解实效得分，百分制；均不适用时为空")
    procedure = serializers.SerializerMethodField(label="二督：办理程序得分，百分制；均不适用时为空")
    url = serializers.SerializerMethodField(label="地址")

    def get_substance(self, inspection: Inspection) -> int | None:
        return score(inspection.answers, Part.SUBSTANCE)

    def get_procedure(self, inspection: Inspection) -> int | None:
        return score(inspection.answers, Part.PROCEDURE)

    def get_url(self, inspection: Inspection) -> str:
        return reverse("api-supervision:inspection", args=[inspection.pk])


class InspectionPageSerializer(ListPageSerializer):
    """一页督查。游标原样送回即得相邻页，空表示没有。"""

    rows = InspectionSerializer(many=True, label="督查")


class InspectionLineSerializer(serializers.Serializer[Any]):
    """督查表的一项及其结论。"""

    code = serializers.CharField(source="item.code", label="项目代码")
    name = serializers.CharField(source="item.label", label="项目")
    article = serializers.CharField(source="item.article", label="依据")
    part = serializers.ChoiceField(source="item.part", choices=Part.choices, label="部分")
    answer = serializers.ChoiceField(choices=_ANSWERS, label="结论")
    answer_name = serializers.CharField(source="answer_label", label="结论名称")
    finding = FreeText(label="发现的问题")
    who = FreeText(label="责任单位、责任人")


class InspectionFileSerializer(InspectionSerializer):
    """一次督查的全部：逐项结论和由此提出的督办件。"""

    lines = serializers.SerializerMethodField(label="逐项结论")
    brought_up = serializers.SerializerMethodField(label="由此提出的督办件")
    left_to_itself = serializers.SerializerMethodField(label="属于督查单位自己责任、不发函的项目")

    @extend_schema_field(InspectionLineSerializer(many=True))
    def get_lines(self, inspection: Inspection) -> Any:
        lines = [line for chapter in chapters_of(inspection) for line in chapter.lines]
        return InspectionLineSerializer(lines, many=True).data

    @extend_schema_field(SupervisionSerializer(many=True))
    def get_brought_up(self, inspection: Inspection) -> Any:
        rows = brought_up_by(inspection, self.context["post"]).select_related("case", "office", "unit", "clock")
        return SupervisionSerializer(rows, many=True).data

    def get_left_to_itself(self, inspection: Inspection) -> list[str]:
        return left_to_itself(inspection)


@dataclass(frozen=True, slots=True)
class SheetView:
    """An empty sheet beside what the file says."""

    case: PetitionCase
    known: Known
    who: Mapping[str, str]


class SheetItemSerializer(serializers.Serializer[Any]):
    """督查表的一项，尚未作出结论。"""

    code = serializers.CharField(label="项目代码")
    name = serializers.CharField(label="项目")
    article = serializers.CharField(label="依据")
    part = serializers.ChoiceField(choices=Part.choices, label="部分")
    answers = serializers.DictField(child=serializers.CharField(), label="可以作出的结论：代码和名称")
    fact = serializers.CharField(label="案卷反映的情况")
    proposed = serializers.ChoiceField(choices=Standing.choices, allow_null=True, label="据此建议的结论")
    who = serializers.CharField(label="责任单位")


class SheetSerializer(serializers.Serializer[Any]):
    """一个事项的督查表。"""

    case = serializers.CharField(source="case.number", label="事项编号")
    items = serializers.SerializerMethodField(label="项目")

    @extend_schema_field(SheetItemSerializer(many=True))
    def get_items(self, sheet: SheetView) -> Any:
        return SheetItemSerializer([_row(sheet, item) for item in ITEMS], many=True).data


def _row(sheet: SheetView, item: Item) -> dict[str, Any]:
    fact, proposed = sheet.known.get(item.code, ("", None))
    return {
        "code": item.code, "name": item.label, "article": item.article, "part": item.part,
        "answers": dict(item.answers.choices), "fact": fact, "proposed": proposed, "who": sheet.who.get(item.code, ""),
    }  # fmt: skip
