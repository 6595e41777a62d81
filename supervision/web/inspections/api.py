"""一案双督三查 by a program: the list, one sheet, and a new one by the form of the page."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView, input_of
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision.inspections.facts import answerable, facts_of_file
from supervision.inspections.results import RESULTS, with_result
from supervision.inspections.verbs import inspect
from supervision.permissions import refuse_inspector
from supervision.queries import visible_inspections
from supervision.web.inspections.form import InspectionForm, answers_in
from supervision.web.inspections.serializers import (
    InspectionFileSerializer,
    InspectionPageSerializer,
    SheetSerializer,
    SheetView,
)

_TAG = ["督查督办"]
_RELATED = ("case", "office", "by_user")
_Sheet = input_of(InspectionForm, "督查表：每一项的结论、发现的问题，三查的责任单位、责任人。")


class InspectionView(StaffView):
    """The base: of a post that inspects; others learn nothing here."""

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        refuse_inspector(self.by)

    def answer(self, pk: int, *, code: int = status.HTTP_200_OK) -> Response:
        inspection = get_object_or_404(visible_inspections(self.by).select_related(*_RELATED), pk=pk)
        return Response(InspectionFileSerializer(inspection, context={"post": self.by}).data, status=code)


class InspectionList(InspectionView):
    @extend_schema(
        operation_id="inspections_list",
        summary="查询一案双督三查",
        description="本岗位可以看到的督查，新的在前，每页50件。",
        tags=_TAG,
        parameters=[
            OpenApiParameter(
                "result", str, enum=list(RESULTS),
                description="结果：" + "；".join(f"{value} {label}" for value, label in RESULTS.items()),
            ),
            *CURSORS,
        ],
        responses={200: InspectionPageSerializer} | WRONG | NOT_SIGNED_IN,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        result = request.query_params.get("result", "")
        if result and result not in RESULTS:
            raise ValidationError({"result": ["没有这个值。"]})
        inspections = with_result(visible_inspections(self.by), result)
        page = page_of(inspections.select_related(*_RELATED), by=("-pk",), query=request.query_params)
        return Response(InspectionPageSerializer(page_answer(page, capped_count(inspections))).data)


class InspectionDetail(InspectionView):
    @extend_schema(
        operation_id="inspection_read",
        summary="读取一案双督三查",
        description="逐项结论、双督得分，以及由此提出的督办件。",
        tags=_TAG,
        responses={200: InspectionFileSerializer} | READ,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(pk)


class NewInspection(InspectionView):
    """The sheet of one matter that is not 检举控告."""

    def find_matter(self, number: str) -> PetitionCase:
        related = ("responsible", "holder", "sender", "assigner", "registered_unit")
        return get_object_or_404(visible_to(self.by).filter(is_sealed=False).select_related(*related), number=number)

    @extend_schema(
        operation_id="inspection_sheet",
        summary="督查表",
        description="督查表的各项：可以作出的结论，案卷反映的情况，据此建议的结论。由督查人员决定。",
        tags=_TAG,
        responses={200: SheetSerializer} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        case = self.find_matter(number)
        return Response(
            SheetSerializer(SheetView(case, facts_of_file(case, on=timezone.localdate()), answerable(case))).data
        )

    @extend_schema(
        operation_id="inspection_record",
        summary="登记一案双督三查",
        description="对每一项作出结论；有问题的写明发现的问题。应发的函件、建议书随之提出，由人拟稿、审核、签发后才发出。",
        tags=_TAG,
        request=_Sheet,
        responses={201: OpenApiResponse(InspectionFileSerializer, "已登记")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> Response:
        case = self.find_matter(number)
        given = _Sheet(data=request.data, context={"form_kwargs": {"known": {}, "who": {}}})
        given.is_valid(raise_exception=True)
        said = given.validated_data
        made = inspect(
            case, held_on=said["held_on"], answers=answers_in(said), conclusion=said["conclusion"],
            by=self.by, at=timezone.now(),
        )  # fmt: skip
        return self.answer(made.pk, code=status.HTTP_201_CREATED)
