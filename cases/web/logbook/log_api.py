"""专项记录 by a program: the same acts, through the same forms, as the pages'."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.wording import cite
from binzhou_xinfang.web.fields import line
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for
from binzhou_xinfang.web.serializers import UnitSerializer
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG
from cases.logbook.books import BOOKS
from cases.logbook.telling import told_entries
from cases.logbook.verbs import correct_entry, refuse_writer, write_entry
from cases.models import LogEntry, PetitionCase
from cases.vocabulary_beside import Book
from cases.web.finding import CaseView
from cases.web.logbook.log_forms import ENTRY_FORMS


class LogEntrySerializer(serializers.Serializer[Any]):
    """一条专项记录。更正后，原记录和更正的记录都在。"""

    id = serializers.IntegerField(source="entry.pk", label="编号")
    book = serializers.ChoiceField(source="entry.book", choices=Book.choices, label="记录")
    unit = UnitSerializer(source="entry.unit", label="记录单位")
    by = serializers.CharField(source="entry.by_user.name", label="记录人")
    at = serializers.DateTimeField(source="entry.at", label="记录时间")
    lines = serializers.ListField(child=serializers.CharField(), label="内容")
    corrects = serializers.IntegerField(source="entry.corrects_id", allow_null=True, label="更正的记录")
    corrected = serializers.BooleanField(label="已被更正")


class LogView(CaseView):
    """The base: answers all entries of the matter."""

    def entries(self, case: PetitionCase, *, code: int = status.HTTP_200_OK) -> Response:
        told = told_entries(case, on=timezone.localdate())
        return Response(LogEntrySerializer(told, many=True).data, status=code)


class LogList(LogView):
    @extend_schema(
        operation_id="case_log",
        summary="读取专项记录",
        description="信访秩序、救助帮扶、回访帮扶、通报组织（人事）部门，先登记的在前。",
        tags=["专项记录"],
        responses={200: LogEntrySerializer(many=True)} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        return self.entries(self.find(number))


class BookView(LogView):
    """One book of one matter; with `pk` the correction of an entry."""

    book: ClassVar[Book]
    input_class: ClassVar[type[FormSerializer]]

    def post(self, request: Request, number: str, pk: int | None = None) -> Response:
        case = self.find(number)
        wrong = get_object_or_404(LogEntry, case=case, book=self.book, pk=pk) if pk is not None else None
        refuse_writer(self.by, self.book, case)
        given = self.input_class(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        reason = data.pop("reason", "")
        if wrong is None:
            write_entry(case, book=self.book, data=data, by=self.by, at=timezone.now())
        else:
            correct_entry(wrong, data=data, reason=reason, by=self.by, at=timezone.now())
        return self.entries(case, code=status.HTTP_201_CREATED)


def _input_of(book: Book, *, corrects: bool) -> type[FormSerializer]:
    """Derive the input of an entry, or of a correction, which asks for its reason."""
    fields = {name: field for name, field in ENTRY_FORMS[book].base_fields.items() if name != "reason"}
    if corrects:
        fields["reason"] = line("更正理由", max_length=500)
    name = f"{book.name.title().replace('_', '')}{'Correction' if corrects else 'Entry'}"
    form = type(name, (OfficeForm,), {**fields, "__module__": __name__, "__doc__": f"{book.label}。"})
    derived = serializer_for(form)
    return type(f"{name}InputSerializer", (derived,), {"__doc__": f"{book.label}。"})


def _view_of(book: Book, *, corrects: bool) -> type[BookView]:
    about = {"book": book, "input_class": _input_of(book, corrects=corrects), "__module__": __name__}
    view: type[BookView] = type(
        f"{book.name.title().replace('_', '')}{'Correct' if corrects else 'Write'}", (BookView,), about
    )
    word = "更正" if corrects else "登记"
    described = extend_schema(
        operation_id=f"log_{book.name.lower()}_{'correct' if corrects else 'write'}",
        summary=f"{word}{book.label}",
        description=f"依据：{cite(BOOKS[book].article)}。",
        tags=["专项记录"],
        request=view.input_class,
        responses={201: OpenApiResponse(LogEntrySerializer(many=True), "该事项的全部专项记录")}
        | WRONG
        | READ
        | REFUSED,
    )
    return extend_schema_view(post=described)(view)


LOG_VIEWS = {book: _view_of(book, corrects=False) for book in Book}
CORRECTION_VIEWS = {book: _view_of(book, corrects=True) for book in Book}
