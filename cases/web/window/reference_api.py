"""Code lists that programs look up, and the reckoning of due days."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.offers import LONGEST
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import STATUTORY, Rule
from binzhou_xinfang.statute.reckoning import ReckoningError, reckon
from binzhou_xinfang.web.input_serializers import InputSerializer
from binzhou_xinfang.web.serializers import UnitSerializer
from binzhou_xinfang.web.staff_api import NOT_SIGNED_IN, WRONG, StaffView
from cases.legal_routes import routes_for
from cases.models import LegalRoute, Topic
from cases.vocabulary import LegalWay
from cases.web.entry_serializers import TopicSerializer
from cases.web.parts_serializers import ReckoningSerializer
from cases.window.code_search import topics_like, units_like

OFFERED = 50


class SearchSerializer(InputSerializer):
    """Input of a search."""

    q = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST, label="名称或代码的开头，可用空格分开几个词"
    )


class UnitSearchSerializer(SearchSerializer):
    kind = serializers.ChoiceField(choices=UnitKind.choices, required=False, label="类别")


class ReckoningQuerySerializer(InputSerializer):
    """The words of `manage.py deadline`."""

    rule = serializers.ChoiceField(choices=[(rule.value, rule.label) for rule in STATUTORY], label="期限")
    start = serializers.DateField(label="起算日；hearing-notice 为听证会当日")
    extend = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=366, label="批准延长的天数，只用于 handling，最多30"
    )


def _query(serializer_class: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = serializer_class(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


class TopicList(StaffView):
    @extend_schema(
        operation_id="topics_list",
        summary="查询内容分类",
        description=f"在用的三级内容分类，最多{OFFERED}条。",
        tags=["代码"],
        parameters=[SearchSerializer],
        responses={200: TopicSerializer(many=True)} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        topics = topics_like(_query(SearchSerializer, request)["q"])
        return Response(TopicSerializer(topics[:OFFERED], many=True).data)


class LegalRouteSearchSerializer(InputSerializer):
    """Input of the table of legal ways."""

    topic = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=6, label="内容分类代码：先列出专门适用的，再列出一般的"
    )


class LegalRouteSerializer(serializers.Serializer[Any]):
    """一种法定途径（第三十一条第一项至第四项）。"""

    code = serializers.CharField(label="代码：导入时作为listed送回")
    way = serializers.ChoiceField(choices=LegalWay.choices, label="途径")
    name = serializers.CharField(label="程序")
    organ = serializers.CharField(label="受理机关")
    papers = serializers.ListField(source="paper_lines", child=serializers.CharField(), label="提交材料")
    time_limit = serializers.CharField(label="提出期限")
    answer_limit = serializers.CharField(label="办理期限")
    basis = serializers.CharField(source="source", label="依据")


class LegalRouteList(StaffView):
    @extend_schema(
        operation_id="legal_ways_list",
        summary="查询法定途径",
        description="本局的法定途径清单；不填内容分类为全部。",
        tags=["代码"],
        parameters=[LegalRouteSearchSerializer],
        responses={200: LegalRouteSerializer(many=True)} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        code = _query(LegalRouteSearchSerializer, request)["topic"]
        topic = Topic.objects.filter(code=code).first() if code else None
        if code and topic is None:
            raise ValidationError({"topic": ["没有这个内容分类。"]})
        routes = routes_for(topic) if topic else list(LegalRoute.objects.filter(is_current=True))
        return Response(LegalRouteSerializer(routes, many=True).data)


class UnitList(StaffView):
    @extend_schema(
        operation_id="units_list",
        summary="查询机关、单位和地区",
        description=f"现存的机关、单位、地区和乡镇街道，最多{OFFERED}条。",
        tags=["代码"],
        parameters=[UnitSearchSerializer],
        responses={200: UnitSerializer(many=True)} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        asked = _query(UnitSearchSerializer, request)
        text = asked.pop("q")
        units = units_like(Unit.objects.current(timezone.localdate()).filter(**asked), text)
        return Response(UnitSerializer(units[:OFFERED], many=True).data)


class ReckoningView(StaffView):
    @extend_schema(
        operation_id="deadline_reckon",
        summary="计算期限",
        description="与 manage.py deadline 相同：strict 为不顺延的届满日，legal 为遇休息日顺延后的届满日。",
        tags=["期限"],
        parameters=[ReckoningQuerySerializer],
        responses={200: ReckoningSerializer} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        asked = _query(ReckoningQuerySerializer, request)
        try:
            rule, start = Rule(asked["rule"]), asked["start"]
            period = current_rulebook().period(rule, start)
            reckoning = reckon(rule, start, calendar=current_calendar(), period=period, extend=asked["extend"])
        except ReckoningError as fault:
            raise ValidationError({fault.field: [str(fault)]}) from fault
        return Response(ReckoningSerializer(reckoning).data)
