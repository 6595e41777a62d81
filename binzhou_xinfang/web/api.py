"""Parsing and errors of the API: the same sentences as the pages."""

import math
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as FormError
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotAcceptable,
    NotAuthenticated,
    NotFound,
    ParseError,
    PermissionDenied,
    Throttled,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.fields import get_error_detail
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.typed import cleaned_deeply
from binzhou_xinfang.web.middleware import cleaned_form

NOTHING = "没有这条记录，或者不在您的岗位可以看到的范围内。"
UNREADABLE = "请求内容无法识别，请发送有效的 JSON"
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
    if isinstance(exc, APIException):
        exc.detail = _in_our_words(exc, context)
    return exception_handler(exc, context)


_SAID: Mapping[type[APIException], str] = {
    AuthenticationFailed: "登录或者令牌无效，请重新登录或者更换令牌。",
    NotAuthenticated: "请先登录，或者在请求中带上有效的令牌。",
    PermissionDenied: "您当前的岗位不能这样办理。",
    NotFound: NOTHING,
    NotAcceptable: "不能按所要的格式回答，请改用 JSON。",
}


def _in_our_words(exc: APIException, context: Mapping[str, Any]) -> Any:
    """Say in the office's words what the framework would say in its own; a sentence of ours stays."""
    if isinstance(exc, MethodNotAllowed):
        return f"这个地址不接受 {context['request'].method} 请求。"
    if isinstance(exc, UnsupportedMediaType):
        return UNREADABLE
    if isinstance(exc, Throttled):
        return f"请求太频繁，请在{math.ceil(getattr(exc, 'wait', None) or 1)}秒后再试。"
    is_stock = isinstance(exc.detail, str) and exc.detail == str(exc.default_detail)
    return _SAID.get(type(exc), exc.detail) if is_stock else exc.detail
