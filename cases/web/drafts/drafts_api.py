"""文书拟制 by a program: the same acts, and the same forms, as the pages'."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.web.form_serializers import serializer_for
from binzhou_xinfang.web.staff_api import NOT_SIGNED_IN, READ, REFUSED, WRONG
from cases.drafts.kinds import kinds_for
from cases.drafts.life import LISTED, drafts, listed, told, visible_drafts, waiting_for
from cases.drafts.receiver import Readers
from cases.drafts.steps import DraftStep
from cases.drafts.verbs import draft_letter
from cases.looks import log_lines
from cases.models import LetterDraft
from cases.web.drafts.draft_form import ASK_WHY, form_for
from cases.web.drafts.drafts_serializer import LetterDraftSerializer, NewDraftSerializer, StepInputSerializer
from cases.web.finding import CaseView


class DraftView(CaseView):
    """The base: answers drafts as the post sees them, and reads facts by the form of their kind."""

    def answer_of(self, draft: LetterDraft) -> Any:
        return self.answers_of([draft])[0]

    def answers_of(self, letter_drafts: Iterable[LetterDraft]) -> Any:
        rows = list(letter_drafts)
        today = timezone.localdate()
        readers = Readers([row.facts for row in rows], today)
        context = {"post": self.by, "ahead": Ahead(drafts, rows, today), "readers": readers}
        return LetterDraftSerializer(rows, many=True, context=context).data

    def read_facts(self, kind: LetterKind, facts: Any) -> dict[str, Any]:
        given = serializer_for(form_for(kind))(data=facts)
        if not given.is_valid():
            raise ValidationError({"facts": given.errors})
        return dict(given.validated_data)

    def find_draft(self, number: str, pk: int) -> LetterDraft:
        return get_object_or_404(told(visible_drafts(self.by)), case=self.find(number), pk=pk)


class WaitingDrafts(DraftView):
    @extend_schema(
        operation_id="letter_drafts_waiting",
        summary="待我办理的文书稿",
        description=f"等待本岗位审核、签发，或者退回给本人修改的文书稿，新的在前，最多{LISTED}份。",
        tags=["文书和附件"],
        responses={200: LetterDraftSerializer(many=True)} | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        rows = listed(waiting_for(self.by))
        log_lines(self.by, rows, ip=self.ip)
        return Response(self.answers_of(rows))


class CaseDrafts(DraftView):
    @extend_schema(
        operation_id="case_letter_drafts",
        summary="本单位为该事项拟制的文书稿",
        description="新的在前，已签发、已作废的也在内。",
        tags=["文书和附件"],
        responses={200: LetterDraftSerializer(many=True)} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        rows = told(visible_drafts(self.by).filter(case=self.find(number)))
        return Response(self.answers_of(rows))

    @extend_schema(
        operation_id="case_letter_draft",
        summary="拟制文书",
        description="拟制不随办理动作生成的文书。要素可以暂缺，签发前须补齐。",
        tags=["文书和附件"],
        request=NewDraftSerializer,
        responses={201: OpenApiResponse(LetterDraftSerializer, "已拟制，等待审核")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        if not kinds_for(self.by, case):
            raise NotPermitted("您当前的岗位不能为该事项拟制文书。")
        given = NewDraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        kind = LetterKind(given.validated_data["kind"])
        facts = self.read_facts(kind, given.validated_data["facts"])
        draft = draft_letter(case, kind=kind, facts=facts, by=self.by, at=timezone.now())
        return Response(self.answer_of(draft), status=status.HTTP_201_CREATED)


class DraftDetail(DraftView):
    @extend_schema(
        operation_id="letter_draft_read",
        summary="读取文书稿",
        description="要素、尚缺的要素，以及本岗位现在可以办理的步骤。",
        tags=["文书和附件"],
        responses={200: LetterDraftSerializer} | READ,
    )
    def get(self, request: Request, number: str, pk: int) -> Response:
        return Response(self.answer_of(self.find_draft(number, pk)))

    @extend_schema(
        operation_id="letter_draft_step",
        summary="办理文书稿",
        description="修改、审核通过、退回修改、签发、作废。拟稿、审核、签发由三个人分别办理；签发时编号，列入事项的文书。",
        tags=["文书和附件"],
        request=StepInputSerializer,
        responses={200: OpenApiResponse(LetterDraftSerializer, "办理后的文书稿")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str, pk: int) -> Response:
        draft = self.find_draft(number, pk)
        sent = StepInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        step = DraftStep(sent.validated_data["step"])
        given: dict[str, Any] = {"note": sent.validated_data.get("note", "")} if step in ASK_WHY else {}
        if step is DraftStep.REVISE:
            given = {"facts": self.read_facts(LetterKind(draft.kind), sent.validated_data.get("facts", {}))}
        seen = LetterDraft(pk=draft.pk, case_id=draft.case_id, version=sent.validated_data["version"])
        take(drafts, step, seen, by=self.by, at=timezone.now(), **given)
        return Response(self.answer_of(self.find_draft(number, pk)))
