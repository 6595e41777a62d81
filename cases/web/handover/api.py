"""承接移交 by a program: preview and act through the forms of the pages, the acts and their progress."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.form_serializers import FormSerializer
from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView, input_of
from cases.handover.acts import advance, begin, correct
from cases.handover.orders import may_order_people, may_order_units
from cases.handover.permissions import may_order, visible_hand_overs
from cases.handover.plans import cancel, plan, planned_for
from cases.handover.preview import preview
from cases.models import HandOver, HandOverKind
from cases.web.handover.forms import CancelForm, CorrectionForm, PersonHandOverForm, SharesForm, UnitHandOverForm
from cases.web.handover.pages import AT_ONCE, refuse_ordered
from cases.web.handover.plan_pages import find_plan

_TAG = ["承接移交"]
_SEEN = "不填只预览；填写预览得到的total即移交，事项在此期间有变动的重新预览"


class SeenUnitForm(UnitHandOverForm):
    seen = forms.IntegerField(label="预览所见件数", required=False, min_value=0, help_text=_SEEN)


class SeenPersonForm(PersonHandOverForm):
    seen = forms.IntegerField(label="预览所见件数", required=False, min_value=0, help_text=_SEEN)


class ShareSerializer(serializers.Serializer[Any]):
    """一方承接的件数。"""

    name = serializers.CharField(label="承接单位、人员")
    number = serializers.IntegerField(label="件数")


class PreviewSerializer(serializers.Serializer[Any]):
    """移交前的预览；检举控告只对指定人员计数。"""

    open = serializers.IntegerField(label="在办事项")
    closed = serializers.IntegerField(label="已办结事项")
    unseen = serializers.IntegerField(label="不在本岗位查阅范围的事项")
    stays = serializers.IntegerField(label="留在原单位的事项")
    total = serializers.IntegerField(label="普通事项合计，移交时作为seen送回")
    shares = serializers.SerializerMethodField(label="各方承接的件数")
    counts = serializers.SerializerMethodField(label="移交的内容")

    def get_shares(self, shown: Any) -> list[dict[str, Any]]:
        return [{"name": name, "number": number} for name, number in shown.shares]

    def get_counts(self, shown: Any) -> list[dict[str, Any]]:
        return [{"name": name, "number": number} for name, number in shown.counts]


class HandOverSerializer(serializers.Serializer[Any]):
    """一次承接移交。"""

    id = serializers.IntegerField(label="编号")
    kind = serializers.ChoiceField(choices=HandOverKind.choices, label="情形")
    unit = serializers.CharField(source="unit.name", label="移交单位")
    person = serializers.CharField(source="person.name", default=None, allow_null=True, label="移交人员")
    last_on = serializers.DateField(allow_null=True, label="最后一日")
    basis = serializers.CharField(label="依据")
    at = serializers.DateTimeField(label="办理时间")
    done_at = serializers.DateTimeField(allow_null=True, label="完成时间；空为正在移交")


class HandOverPlanSerializer(serializers.Serializer[Any]):
    """一项承接移交计划。"""

    id = serializers.IntegerField(label="编号")
    kind = serializers.ChoiceField(choices=HandOverKind.choices, label="情形")
    unit = serializers.CharField(source="unit.name", label="移交单位")
    person = serializers.CharField(source="person.name", default=None, allow_null=True, label="移交人员")
    last_on = serializers.DateField(allow_null=True, label="最后一日")
    effective_on = serializers.DateField(label="移交日期")
    basis = serializers.CharField(label="依据")
    planned_at = serializers.DateTimeField(label="登记时间")
    cancelled_at = serializers.DateTimeField(allow_null=True, label="取消时间")
    cancelled_why = serializers.CharField(label="取消的理由")
    act = serializers.IntegerField(source="act_id", allow_null=True, label="已执行的移交编号")
    failed_why = serializers.CharField(label="没有按计划移交的原因")


class HandOverPageSerializer(serializers.Serializer[Any]):
    """一页承接移交。"""

    count = serializers.CharField(label="合计")
    after = serializers.CharField(label="下一页游标")
    before = serializers.CharField(label="上一页游标")
    rows = HandOverSerializer(many=True, label="本页")


class HandOverAnswerSerializer(serializers.Serializer[Any]):
    """预览，以及已经办理的移交。"""

    preview = PreviewSerializer(label="预览")
    act = HandOverSerializer(allow_null=True, label="已办理的移交；只预览、登记计划的为空")
    plan = HandOverPlanSerializer(allow_null=True, label="已登记的计划；移交日期晚于今天的才有")


_UnitOrder = input_of(SeenUnitForm, "移交单位、依据和承接的单位。")
_PersonOrder = input_of(SeenPersonForm, "离岗人员、事由和接办的人员。")
_Correction = input_of(CorrectionForm, "移交错了的一方，和应当承接的一方。")
_Cancel = input_of(CancelForm, "取消的理由。")
_ANSWERS = {
    200: OpenApiResponse(HandOverAnswerSerializer, "只预览，或者事项已有变动"),
    201: OpenApiResponse(HandOverAnswerSerializer, "已移交，已开始移交，或者已登记计划"),
}


class HandOverView(StaffView):
    """The base: finds what exists for the post."""

    def acts(self) -> Any:
        if not may_order(self.by):
            raise NotPermitted("承接移交由信访部门负责人、单位负责人办理。")
        return visible_hand_overs(self.by).select_related("unit", "person")

    def ordered(self, inputs: type[FormSerializer]) -> Response:
        """Preview the order; make it when what was seen is still so."""
        given, at = self.read(inputs), timezone.now()
        form = given.form
        assert isinstance(form, SharesForm)  # noqa: S101  the inputs of this module
        order = form.order
        later = planned_for(order, timezone.localdate(at))
        refuse_ordered(order, later, by=self.by, at=at)
        shown = preview(order, by=self.by, on=later or timezone.localdate(at))
        if form.cleaned_data["seen"] != shown.total:
            return Response(HandOverAnswerSerializer({"preview": shown, "act": None, "plan": None}).data)
        if later is not None:
            kept = plan(order, later, by=self.by, at=at)
            answer = HandOverAnswerSerializer({"preview": shown, "act": None, "plan": kept})
            return Response(answer.data, status=status.HTTP_201_CREATED)
        act = begin(order, by=self.by, at=at)
        advance(act, at=timezone.now(), most=AT_ONCE)
        answer = HandOverAnswerSerializer({"preview": shown, "act": act, "plan": None})
        return Response(answer.data, status=status.HTTP_201_CREATED)


class HandOverList(HandOverView):
    @extend_schema(
        operation_id="hand_overs_list",
        summary="查询承接移交",
        description="本地区机构的移交，或者本单位人员的移交，新的在前，每页50件。",
        tags=_TAG,
        parameters=CURSORS,
        responses={200: HandOverPageSerializer} | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        acts = self.acts()
        page = page_of(acts, by=("-pk",), query=request.query_params)
        return Response(HandOverPageSerializer(page_answer(page, capped_count(acts))).data)


class HandOverDetail(HandOverView):
    @extend_schema(
        operation_id="hand_over_read", summary="读取承接移交", description="情形、依据和是否完成。", tags=_TAG,
        responses={200: HandOverSerializer} | READ,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        return Response(HandOverSerializer(get_object_or_404(self.acts(), pk=pk)).data)


class UnitHandOver(HandOverView):
    @extend_schema(
        operation_id="hand_over_unit", summary="机构承接移交",
        description="机构撤销、合并、分立、职能划转的移交（条例第二十四条第二款）。期限从原来的日期连续计算。",
        tags=_TAG, request=_UnitOrder, responses=_ANSWERS | WRONG | NOT_SIGNED_IN | REFUSED,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        if not may_order_units(self.by):
            raise NotPermitted("机构的承接移交由信访部门负责人办理。")
        return self.ordered(_UnitOrder)


class PersonHandOver(HandOverView):
    @extend_schema(
        operation_id="hand_over_person", summary="人员离岗移交",
        description="本单位人员离岗，其承办的事项和待修改的文书稿交给同事。", tags=_TAG,
        request=_PersonOrder, responses=_ANSWERS | WRONG | NOT_SIGNED_IN | REFUSED,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        if not may_order_people(self.by):
            raise NotPermitted("人员离岗的移交由单位负责人办理。")
        return self.ordered(_PersonOrder)


class HandOverPlanDetail(HandOverView):
    @extend_schema(
        operation_id="hand_over_plan_read", summary="读取承接移交计划", description="移交日期、依据和执行情况。",
        tags=_TAG, responses={200: HandOverPlanSerializer} | READ,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        return Response(HandOverPlanSerializer(find_plan(self.by, pk)).data)


class HandOverPlanCancel(HandOverView):
    @extend_schema(
        operation_id="hand_over_plan_cancel", summary="取消承接移交计划", description="到日不再移交，计划和理由留存。",
        tags=_TAG, request=_Cancel, responses={200: HandOverPlanSerializer} | WRONG | READ | REFUSED,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        found, given = find_plan(self.by, pk), _Cancel(data=request.data, context={})
        given.is_valid(raise_exception=True)
        kept = cancel(found, reason=given.form.cleaned_data["reason"], by=self.by, at=timezone.now())
        return Response(HandOverPlanSerializer(kept).data)


class HandOverCorrection(HandOverView):
    @extend_schema(
        operation_id="hand_over_correct", summary="更正承接移交",
        description="移交错了的一方所得的事项，改由正确的一方承接。", tags=_TAG, request=_Correction,
        responses={201: HandOverSerializer} | WRONG | READ | REFUSED,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        act: HandOver = get_object_or_404(self.acts(), pk=pk)
        given = _Correction(data=request.data, context={"form_kwargs": {"act": act}})
        given.is_valid(raise_exception=True)
        form, at = given.form, timezone.now()
        assert isinstance(form, CorrectionForm)  # noqa: S101  the input above
        basis = form.cleaned_data["basis"]
        made = correct(act, wrong=form.wrong_share, right=form.right_share, basis=basis, by=self.by, at=at)
        advance(made, at=timezone.now(), most=AT_ONCE)
        return Response(HandOverSerializer(made).data, status=status.HTTP_201_CREATED)
