"""Base of the API for staff: a post in use, input by the form of a page, and the answers that say no."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.web.api import JsonReader
from binzhou_xinfang.web.doors import WITHOUT_POST
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for


class HasPost(BasePermission):
    """Permission that refuses a user who holds no post today."""

    message = WITHOUT_POST

    def has_permission(self, request: Request, view: APIView) -> bool:
        return django_request(request).post is not None


def django_request(request: Request) -> PostRequest:
    """Find the request below DRF's, which carries the post in use."""
    return cast(PostRequest, request._request)


class StaffView(APIView):
    """The base of all: somebody signed in who acts through a post, `self.by`."""

    permission_classes = [IsAuthenticated, HasPost]
    parser_classes = [JsonReader]

    @property
    def by(self) -> Post:
        return cast(Post, django_request(self.request).post)

    @property
    def ip(self) -> str | None:
        return self.request.META.get("REMOTE_ADDR")

    def read(self, serializer_class: type[FormSerializer], **form_kwargs: Any) -> FormSerializer:
        """Read the input by the form of the page. Raises ValidationError with the sentences per field."""
        context = {"form_kwargs": {"post": self.by, **form_kwargs}}
        given = serializer_class(data=self.request.data, context=context)
        given.is_valid(raise_exception=True)
        return given


def input_of(form_class: Any, words: str) -> type[FormSerializer]:
    """Derive the input of a form, described in the schema by these words."""
    derived = serializer_for(form_class)
    return type(derived.__name__, (derived,), {"__doc__": words})


class FileNegotiation(BaseContentNegotiation):
    """Content negotiation of downloads: whatever the client accepts, errors are JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first: BaseRenderer = renderers[0]
        return first, str(first.media_type)


class RefusalSerializer(serializers.Serializer[Any]):
    """不予办理的原因；field 为相关字段，与字段无关时为空。"""

    detail = serializers.CharField(label="原因")
    field = serializers.CharField(label="相关字段", required=False)


UNKNOWN = {404: OpenApiResponse(RefusalSerializer, "没有这条记录，或者不在本岗位可以看到的范围内")}
NOT_SIGNED_IN = {
    401: OpenApiResponse(RefusalSerializer, "没有登录，或者令牌无效"),
    403: OpenApiResponse(RefusalSerializer, "没有岗位，或者岗位没有这项权限"),
}
WRONG = {400: OpenApiResponse({"type": "object", "additionalProperties": {}}, "填写有误：每个字段的问题")}
REFUSED = {409: OpenApiResponse(RefusalSerializer, "依规定不能这样办理，或者刚刚已由他人办理")}
READ = NOT_SIGNED_IN | UNKNOWN
CURSORS = [
    OpenApiParameter("after", str, description="上一次回答中的下一页游标"),
    OpenApiParameter("before", str, description="上一次回答中的上一页游标"),
]
