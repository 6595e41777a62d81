"""API of the papers: one address a paper, with the input of its page."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.web.form_serializers import FormSerializer
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG, input_of
from cases.papers.kinds import PAPERS, arrival_of, refuse_printer
from cases.papers.printing import print_paper
from cases.web.finding import CaseView
from cases.web.papers.paper_forms import PAPER_FORMS
from cases.web.parts_serializers import CaseLetterSerializer


class PaperView(CaseView):
    """One paper of one matter. A subclass names the kind and its input."""

    kind: ClassVar[LetterKind]
    input_class: ClassVar[type[FormSerializer]]

    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        petition = arrival_of(self.by, list(case.petitions.select_related("lead", "registrar", "unit").order_by("-pk")))
        refuse_printer(self.by, self.kind, case, petition)
        given = self.input_class(data=request.data)
        given.is_valid(raise_exception=True)
        said = {name: value for name, value in given.validated_data.items() if value}
        link = print_paper(petition, kind=self.kind, by=self.by, at=timezone.now(), given=said)
        return Response(CaseLetterSerializer(link).data, status=status.HTTP_201_CREATED)


# One input a form, which several papers may share.
_INPUTS = {form: input_of(form, "出具文书的填写内容。") for form in dict.fromkeys(PAPER_FORMS.values())}


def _view_of(kind: LetterKind) -> type[PaperView]:
    name = f"{''.join(part.title() for part in kind.split('-'))}View"
    own = {"kind": kind, "input_class": _INPUTS[PAPER_FORMS[kind]]}
    described = extend_schema(
        operation_id=f"case_paper_{kind.replace('-', '_')}",
        summary=f"出具{kind.label}",
        description="存入事项的文书（登记表和回执编号，信访人的申请书不编号）；打印、下载见其下载地址。不改变事项的状态和期限。",
        tags=["文书和附件"],
        request=own["input_class"],
        responses={201: OpenApiResponse(CaseLetterSerializer, "已出具")} | WRONG | READ | REFUSED,
    )
    return extend_schema_view(post=described)(type(name, (PaperView,), own))


PAPER_VIEWS: Mapping[LetterKind, type[PaperView]] = {kind: _view_of(kind) for kind in PAPERS}
