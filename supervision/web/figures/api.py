"""Figures by a program: the table with its numbers, and the list behind each of them."""

from dataclasses import dataclass

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, WRONG, StaffView
from cases.looks import log_lines
from supervision.figures.counting import PARTS, items_of, value_of
from supervision.figures.figure import MODES, Figure, Value
from supervision.figures.reaches import opens
from supervision.figures.table import CHAPTERS, FIGURES
from supervision.web.figures.asking import Asked, read
from supervision.web.figures.list_page import RELATED, figure_of, part_of
from supervision.web.figures.serializers import CountedPageSerializer, FiguresSerializer

_TAG = ["督查督办"]
_ASKED = [
    OpenApiParameter("month", str, description="月份，如2026-11；不填为本月"),
    OpenApiParameter("year", str, description="年份，如2026：全年"),
    OpenApiParameter("mode", str, enum=list(MODES), description="期限口径；不填为法定"),
    OpenApiParameter("unit", str, description="单位代码；不填为本岗位能看到的全部"),
]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its number, and the address of its list for who may open it."""

    figure: Figure
    value: Value
    url: str | None


class FigureView(StaffView):
    """The base: of a post that sees statistics."""

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if not has_right(self.by, Right.SEE_STATISTICS):
            raise PermissionDenied("您当前的岗位不查看统计。")

    def asked(self) -> Asked:
        """Read what is asked for. Raises ValidationError for a unit that there is not."""
        try:
            return read(self.by, self.request.query_params, timezone.localdate())
        except Unit.DoesNotExist as missing:
            raise ValidationError({"unit": ["没有这个单位。"]}) from missing


class FigureTable(FigureView):
    @extend_schema(
        operation_id="figures_list",
        summary="统计指标",
        description="指标表：每一项的名称、口径、来源和数值。检举控告和登记有误作废的不计。",
        tags=_TAG,
        parameters=[OpenApiParameter("chapter", str, enum=list(CHAPTERS), description="只要其中一部分"), *_ASKED],
        responses={200: FiguresSerializer} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        asked, chapter = self.asked(), request.query_params.get("chapter", "")
        if chapter and chapter not in CHAPTERS:
            raise ValidationError({"chapter": ["没有这个值。"]})
        figures = CHAPTERS[chapter] if chapter else FIGURES
        told = [self._told(figure, asked) for figure in figures.values()]
        period = asked.period
        answer = {"since": period.since, "until": period.until, "mode": period.mode, "unit": asked.unit}
        return Response(FiguresSerializer(answer | {"figures": told}).data)

    def _told(self, figure: Figure, asked: Asked) -> Told:
        url = asked.address("api-supervision:figure", figure.slug) if opens(self.by, figure) else None
        return Told(figure, value_of(figure, asked.reach, asked.period), url)


class FigureList(FigureView):
    @extend_schema(
        operation_id="figure_read",
        summary="统计指标的明细",
        description="一项指标所数的全部；比率可以只要分子、其余或者未到期的部分。",
        tags=_TAG,
        parameters=[OpenApiParameter("part", str, enum=list(PARTS), description="比率的一部分"), *_ASKED, *CURSORS],
        responses={200: CountedPageSerializer} | WRONG | READ,
    )
    def get(self, request: Request, figure: str) -> Response:
        chosen, asked = figure_of(self.by, figure), self.asked()
        part = part_of(chosen, request.query_params.get("part", ""))
        rows = items_of(chosen, asked.reach, asked.period, part)
        page = page_of(rows.select_related(*RELATED[chosen.item]), by=("-pk",), query=request.query_params)
        log_lines(self.by, page.rows, ip=self.ip)
        value = value_of(chosen, asked.reach, asked.period)
        answer = page_answer(page, capped_count(rows)) | {"item": chosen.item, "value": value}
        return Response(CountedPageSerializer(answer).data)
