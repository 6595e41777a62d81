"""登记满意度评价 by a program: the same act as the page's."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.form_serializers import serializer_for
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG
from cases.casefile.dossier import RELATED
from cases.evaluation.verbs import evaluate, refuse_evaluator
from cases.models import PetitionCase
from cases.web.casefile.cases_api import file_answer
from cases.web.casefile.cases_serializer import CaseFileSerializer
from cases.web.evaluation.evaluation_form import EvaluationForm
from cases.web.finding import CaseView
from cases.web.procedure.moves_api import MoveInput


class EvaluationInput(MoveInput, serializer_for(EvaluationForm)):  # type: ignore[misc]  # made of the form
    """信访人对信访部门、责任单位的评价，可以只填其一；评价后不能更改。"""


class EvaluateView(CaseView):
    @extend_schema(
        operation_id="case_evaluate",
        summary="登记满意度评价",
        description="登记该事项的信访部门回访后登记；答复送达后、评价期限内可以登记，每个对象只评价一次。状态和版本不变。",
        tags=["办理"],
        request=EvaluationInput,
        responses={200: OpenApiResponse(CaseFileSerializer, "评价后的事项")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        refuse_evaluator(self.by, case)
        given = EvaluationInput(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        seen = PetitionCase(pk=case.pk, version=sent["version"] or case.version)
        evaluate(seen, by=self.by, at=timezone.now(), **sent["fields"])
        return file_answer(self, self.find(number, *RELATED))
