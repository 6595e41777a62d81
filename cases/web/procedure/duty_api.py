"""值班表 by a program: the turns of the own unit, new ones, and taking one off, through the forms of the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.staff_api import NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView, input_of
from cases.models import DutyTurn
from cases.procedure.urgent.roster import SHOWN, put_on, refuse_keeper, take_off, turns_of
from cases.web.procedure.duty_form import RosterForm, TakeOffForm

_TAG = ["重大紧急"]
RosterInput = input_of(RosterForm, "本单位的值班安排，一行一班。")
TakeOffInput = input_of(TakeOffForm, "取消的理由。")


class DutyTurnSerializer(serializers.Serializer[Any]):
    """一个班次；取消的保留，写明由谁、为何。"""

    id = serializers.IntegerField(source="pk", label="编号")
    user = serializers.CharField(source="user.name", label="值班人员")
    from_at = serializers.DateTimeField(label="自")
    to_at = serializers.DateTimeField(label="至")
    entered_by = serializers.CharField(source="entered_by.name", label="登记人")
    removed_by = serializers.SerializerMethodField(label="取消人")
    removed_at = serializers.DateTimeField(allow_null=True, label="取消时间")
    removed_why = serializers.CharField(label="取消的理由")

    def get_removed_by(self, turn: DutyTurn) -> str:
        return turn.removed_by.name if turn.removed_by else ""


class _DutyView(StaffView):
    """The base: the turns of the post's own unit, for who keeps them."""

    def turns(self) -> QuerySet[DutyTurn]:
        refuse_keeper(self.by)
        return turns_of(self.by.unit, since=timezone.now() - SHOWN)


class Roster(_DutyView):
    @extend_schema(
        operation_id="duty_list", summary="查询值班表", description="本单位的班次，结束不满两日的仍列出。", tags=_TAG,
        responses={200: DutyTurnSerializer(many=True)} | NOT_SIGNED_IN,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response(DutyTurnSerializer(self.turns(), many=True).data)

    @extend_schema(
        operation_id="duty_put_on", summary="安排值班", description="已经安排过的班次不重复安排。", tags=_TAG,
        request=RosterInput,
        responses={201: OpenApiResponse(DutyTurnSerializer(many=True), "本单位的值班表")}
        | WRONG | NOT_SIGNED_IN | REFUSED,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        turns = self.turns()
        put_on(self.read(RosterInput).form.cleaned_data["read"], by=self.by, at=timezone.now())
        return Response(DutyTurnSerializer(turns, many=True).data, status=status.HTTP_201_CREATED)


class TakeOffDuty(_DutyView):
    @extend_schema(
        operation_id="duty_take_off", summary="取消班次", description="取消的班次和理由保留。", tags=_TAG,
        request=TakeOffInput, responses={200: DutyTurnSerializer} | WRONG | READ | REFUSED,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        turn = get_object_or_404(self.turns(), pk=pk)
        given = TakeOffInput(data=request.data, context={})
        given.is_valid(raise_exception=True)
        kept = take_off(turn, reason=given.form.cleaned_data["reason"], by=self.by, at=timezone.now())
        return Response(DutyTurnSerializer(kept).data)
