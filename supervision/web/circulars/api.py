"""通报 by a program: the list, one of them, drafting, and what is done with a draft."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.process.api import StepView, step_views, whatever
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView, input_of
from cases.looks import log_lines
from supervision.circulars import verbs
from supervision.circulars.life import circulars
from supervision.circulars.permissions import listed, refuse_drafter, visible_circulars
from supervision.circulars.steps import CircularStep
from supervision.models import Circular, CircularStage
from supervision.web.circulars.figures_page import find_figure, items_for
from supervision.web.circulars.form import CircularForm, text_in
from supervision.web.circulars.serializers import (
    CircularFileSerializer,
    CircularItemsSerializer,
    CircularPageSerializer,
)
from supervision.web.figures.list_page import RELATED

_TAG = ["督查督办"]


class CircularVersionForm(OfficeForm):
    """Form for the version that was read; an act on another one is refused."""

    version = forms.IntegerField(label="版本", min_value=1, max_value=2**31 - 1, help_text="读取通报时得到的version")


class CircularRevisionForm(CircularForm, CircularVersionForm):
    """修改通报."""


_Text = input_of(CircularForm, "通报的标题、统计期和正文。数据由系统汇总。")
_Revision = input_of(CircularRevisionForm, "修改后的标题、统计期和正文。")
_Version = input_of(CircularVersionForm, "读到的版本；此后他人已办理的，不予办理并回答409。")


class CircularView(StaffView):
    """The base: finds what exists for the post, and tells it."""

    def find_one(self, pk: int) -> Circular:
        related = ("office", "area", "drafted_by", "signed_by")
        return get_object_or_404(visible_circulars(self.by).select_related(*related), pk=pk)

    def answer(self, pk: int, *, code: int = status.HTTP_200_OK) -> Response:
        return Response(CircularFileSerializer(self.find_one(pk), context={"post": self.by}).data, status=code)


class CircularList(CircularView):
    @extend_schema(
        operation_id="circulars_list",
        summary="查询通报",
        description="印发给本地区的通报，和本单位拟制的通报，新的在前，每页50件。不选状态时不含已作废的。",
        tags=_TAG,
        parameters=[OpenApiParameter("stage", str, enum=list(CircularStage.values)), *CURSORS],
        responses={200: CircularPageSerializer} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        stage = request.query_params.get("stage", "")
        if stage and stage not in CircularStage.values:
            raise ValidationError({"stage": ["没有这个值。"]})
        circulars = listed(self.by, stage)
        rows = circulars.select_related("office", "area").defer("figures", "good", "problems", "demands")
        page = page_of(rows, by=("-pk",), query=request.query_params)
        return Response(CircularPageSerializer(page_answer(page, capped_count(circulars))).data)

    @extend_schema(
        operation_id="circular_draft",
        summary="拟制通报",
        description="由信访部门拟制，数据按统计期汇总；由负责人签发后印发，不再改动。",
        tags=_TAG,
        request=_Text,
        responses={201: OpenApiResponse(CircularFileSerializer, "已拟制")} | WRONG | NOT_SIGNED_IN | REFUSED,
    )
    def post(self, request: Request) -> Response:
        refuse_drafter(self.by)
        given = _Text(data=request.data)
        given.is_valid(raise_exception=True)
        made = verbs.draft(text_in(given.validated_data), by=self.by, at=timezone.now())
        return self.answer(made.pk, code=status.HTTP_201_CREATED)


class CircularDetail(CircularView):
    @extend_schema(
        operation_id="circular_read",
        summary="读取通报",
        description="数据、正文，以及本岗位现在可以办理的动作。",
        tags=_TAG,
        responses={200: CircularFileSerializer} | READ,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(pk)


class CircularFigure(CircularView):
    @extend_schema(
        operation_id="circular_figure",
        summary="通报数据的明细",
        description="通报中一个数所数的全部，以汇总时为准；其中现在不在本岗位可以看到的范围内的不列。",
        tags=_TAG,
        parameters=[OpenApiParameter("unit", str, description="单位代码；不填为合计"), *CURSORS],
        responses={200: CircularItemsSerializer} | READ,
    )
    def get(self, request: Request, pk: int, figure: str) -> Response:
        code = request.query_params.get("unit", "")
        shown, chosen = find_figure(self.by, pk, figure, code)
        rows = items_for(shown, chosen, code, self.by)
        page = page_of(rows.select_related(*RELATED[chosen.item]), by=("-pk",), query=request.query_params)
        log_lines(self.by, page.rows, ip=self.ip)
        told = {"item": chosen.item, "told": len(shown.keys(code, figure))}
        return Response(CircularItemsSerializer(page_answer(page, capped_count(rows)) | told).data)


class CircularStepView(CircularView, StepView):
    life = circulars

    def arguments(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"text": text_in(said)} if self.row.key is CircularStep.REVISE else said


_INPUTS = {
    slug: _Revision if slug == CircularStep.REVISE else _Version
    for slug, row in circulars.steps.items()
    if not row.begins
}
ACT_VIEWS = step_views(
    CircularStepView,
    {slug: whatever(given) for slug, given in _INPUTS.items()},
    prefix="circular", tag=_TAG[0], answer=CircularFileSerializer,
)  # fmt: skip
