"""Parsing and errors of the API: the same sentences as the pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as FormError
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import NotFound, ParseError, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.typed import cleaned_deeply
from binzhou_xinfang.web.middleware import cleaned_form

UNREADABLE = "请求的内容读不懂，请发送有效的 JSON"
TOO_LARGE = f"请求的内容太大，最多 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB"


class JsonReader(JSONParser):
    """Parser of JSON of a sane depth, its texts cleaned; a hundred thousand brackets are no failure of ours."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return cleaned_deeply(super().parse(*args, **kwargs))
        except RecursionError as fault:
            raise ParseError(UNREADABLE) from fault


class FormReader(MultiPartParser):
    """Parser of values and files in one body, the texts cleaned."""

    def parse(self, *args: Any, **kwargs: Any) -> "DataAndFiles[Any, Any]":
        read = super().parse(*args, **kwargs)
        return DataAndFiles(cleaned_form(read.data), read.files)


def handle_error(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an error, as `EXCEPTION_HANDLER`: `Refusal` 409, `NotPermitted` 403, both `{"detail", "field"}`; a wrong
    value 400 with the sentences per field; None for what is a failure of ours (Django then answers 500)."""
    if isinstance(exc, Refusal):
        set_rollback()
        refused = status.HTTP_403_FORBIDDEN if isinstance(exc, NotPermitted) else status.HTTP_409_CONFLICT
        return Response({"detail": str(exc), "field": exc.field}, status=refused)
    if isinstance(exc, RequestDataTooBig):
        return Response({"detail": TOO_LARGE}, status=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
    if isinstance(exc, Http404):
        # Its own words name the table, in English.
        exc = NotFound()
    if isinstance(exc, ParseError):
        exc = ParseError(UNREADABLE)
    if isinstance(exc, FormError):
        exc = ValidationError(get_error_detail(exc))
    return exception_handler(exc, context)
