"""督办件 by a program: the same acts, through the same forms, as the pages'."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.process.ahead import refuse_now
from binzhou_xinfang.process.api import Inputs, StepView, step_views
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for
from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView
from cases.looks import log_lines, log_look
from cases.queries import visible_to
from cases.web.drafts.draft_form import form_for
from supervision.causes import verbs
from supervision.causes.life import causes
from supervision.causes.steps import CauseStep
from supervision.models import Family, Measure, SupervisionCase
from supervision.permissions import READERS, may_open
from supervision.queries import FILTERS, RELATED, chosen, narrowed, visible_supervisions, with_waits
from supervision.web.causes.forms import BringUpForm
from supervision.web.causes.forms_of_acts import FORMS, OF_PROPOSALS
from supervision.web.causes.serializers import (
    SupervisionFileSerializer,
    SupervisionLetterInputSerializer,
    SupervisionPageSerializer,
)

_TAG = ["督查督办"]


def without_papers(form_class: type[forms.Form]) -> type[forms.Form]:
    """Derive the form without its files: a program puts them into the matter by the address of its attachments."""
    about = {"papers": None, "__module__": form_class.__module__, "__doc__": form_class.__doc__}
    return type(f"Api{form_class.__name__}", (form_class,), about)


class SupervisionView(StaffView):
    """The base: finds what exists for the post, and tells it."""

    def find_one(self, pk: int) -> SupervisionCase:
        return get_object_or_404(with_waits(visible_supervisions(self.by)).select_related(*RELATED), pk=pk)

    def answer(self, pk: int, *, code: int = status.HTTP_200_OK) -> Response:
        found = self.find_one(pk)
        log_look(self.by, found.case, ip=self.ip)
        return Response(SupervisionFileSerializer(found, context={"post": self.by}).data, status=code)


class SupervisionList(SupervisionView):
    @extend_schema(
        operation_id="supervisions_list",
        summary="查询督办件",
        description="本岗位可以看到的督办件，新的在前，每页50件。",
        tags=_TAG,
        parameters=[
            *(OpenApiParameter(name, str, enum=list(kind.values)) for name, kind in FILTERS.items()),
            *CURSORS,
        ],
        responses={200: SupervisionPageSerializer} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        if self.by.role not in READERS:
            raise NotPermitted("您当前的岗位不办理督办件。")
        query = request.query_params.dict()
        if unknown := {name: ["没有这个值。"] for name in FILTERS if query.get(name) and name not in chosen(query)}:
            raise ValidationError(unknown)
        supervisions = narrowed(visible_supervisions(self.by), query)
        page = page_of(
            with_waits(supervisions).select_related("case", "office", "unit", "clock"),
            by=("-pk",), query=request.query_params,
        )  # fmt: skip
        log_lines(self.by, page.rows, ip=self.ip)
        return Response(SupervisionPageSerializer(page_answer(page, capped_count(supervisions))).data)

    @extend_schema(
        operation_id="supervision_bring_up",
        summary="提出督办",
        description="由信访部门提出；函件、建议书由三人拟稿、审核、签发后才发出。",
        tags=_TAG,
        request=serializer_for(BringUpForm),
        responses={201: OpenApiResponse(SupervisionFileSerializer, "已提出")} | WRONG | NOT_SIGNED_IN | REFUSED,
    )
    def post(self, request: Request) -> Response:
        if not may_open(self.by):
            raise NotPermitted("您当前的岗位不能提出督办。")
        asked = serializer_for(BringUpForm)(
            data=request.data, context={"form_kwargs": {"visible": visible_to(self.by)}}
        )
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        case, measure = given.pop("case"), Measure(given.pop("measure"))
        supervision = verbs.bring_up(case, measure=measure, **given, by=self.by, at=timezone.now())
        return self.answer(supervision.pk, code=status.HTTP_201_CREATED)


class SupervisionDetail(SupervisionView):
    @extend_schema(
        operation_id="supervision_read",
        summary="读取督办件",
        description="事由、函件、督查记录、反馈，以及本岗位现在可以办理的动作。",
        tags=_TAG,
        responses={200: SupervisionFileSerializer} | READ,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(pk)


class DraftView(SupervisionView):
    @extend_schema(
        operation_id="supervision_draft",
        summary="拟函",
        description="拟制函件或建议书，交审核、签发；此后按文书稿办理。",
        tags=_TAG,
        request=SupervisionLetterInputSerializer,
        responses={200: OpenApiResponse(SupervisionFileSerializer, "已拟制")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, pk: int) -> Response:
        supervision = self.find_one(pk)
        refuse_now(causes, causes.steps[CauseStep.DRAFT], supervision, self.by, timezone.localdate())
        kind = supervision.letter_kind
        assert kind is not None  # noqa: S101  DRAFT fits what has a letter alone
        sent = SupervisionLetterInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = serializer_for(form_for(kind))(data=sent.validated_data["facts"])
        if not facts.is_valid():
            raise ValidationError({"facts": facts.errors})
        verbs.draft(supervision, facts=dict(facts.validated_data), by=self.by, at=timezone.now())
        return self.answer(pk)


class CauseStepView(SupervisionView, StepView):
    life = causes


def _asked(slug: str) -> tuple[Inputs, type[FormSerializer]]:
    """Make the input of a step; a proposal's asks for more than an ordinary one's, and stands in the schema."""
    ordinary = serializer_for(without_papers(FORMS[slug]))
    of_proposal = serializer_for(without_papers(OF_PROPOSALS.get(slug, FORMS[slug])))
    return (lambda cause: of_proposal if cause.family is Family.PROPOSAL else ordinary), of_proposal


ACT_VIEWS = step_views(
    CauseStepView, {slug: _asked(slug) for slug in FORMS}, prefix="supervision", tag=_TAG[0],
    answer=SupervisionFileSerializer,
)  # fmt: skip
