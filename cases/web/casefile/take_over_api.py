"""接手办理 by a program: the same act as the page's."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG, input_of
from cases.casefile.dossier import RELATED
from cases.casefile.take_over import refuse_taker, take_over
from cases.web.casefile.cases_api import file_answer
from cases.web.casefile.cases_serializer import CaseFileSerializer
from cases.web.casefile.papers_forms import TakeOverForm
from cases.web.finding import CaseView

TakeOverInput = input_of(TakeOverForm, "接手办理的理由，以及所见的原承办人。")


class TakeOver(CaseView):
    @extend_schema(
        operation_id="case_take_over",
        summary="接手办理",
        description="责任单位的其他承办人、负责人成为承办人；状态和期限不变，理由记入办理经过。",
        tags=["办理"],
        request=TakeOverInput,
        responses={200: OpenApiResponse(CaseFileSerializer, "接手后的事项")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        refuse_taker(self.by, case)
        given = TakeOverInput(data=request.data)
        given.is_valid(raise_exception=True)
        take_over(case, by=self.by, at=timezone.now(), **given.validated_data)
        return file_answer(self, self.find(number, *RELATED))
