"""Refusals of the API."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError as FormError
from django.http import Http404
from rest_framework.exceptions import NotAuthenticated, ParseError, ValidationError

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.web.api import handle_error


@pytest.mark.parametrize(
    ("exception", "status", "body"),
    [
        (Refusal("事项已办结。"), 409, {"detail": "事项已办结。", "field": ""}),
        (Refusal("期限已过。", field="due_on"), 409, {"detail": "期限已过。", "field": "due_on"}),
        (NotPermitted("当前岗位不能办理。"), 403, {"detail": "当前岗位不能办理。", "field": ""}),
        (ValidationError({"name": ["必填"]}), 400, {"name": ["必填"]}),
        (FormError({"name": ["必填"]}), 400, {"name": ["必填"]}),
        (FormError("电话或地址至少填一项"), 400, ["电话或地址至少填一项"]),
        (ParseError("JSON parse error"), 400, {"detail": "请求内容无法识别，请发送有效的 JSON"}),
        (Http404("No Thing matches"), 404, {"detail": "没有这条记录，或者不在您的岗位可以看到的范围内。"}),
        (NotAuthenticated(), 401, {"detail": "请先登录，或者在请求中带上有效的令牌。"}),
    ],
)
def test_each_no_has_its_status_and_its_words(exception: Exception, status: int, body: Any) -> None:
    response = handle_error(exception, {})
    assert response is not None
    assert (response.status_code, response.data) == (status, body)


def test_a_failure_of_ours_is_left_to_django() -> None:
    assert handle_error(ValueError("不是拒绝"), {}) is None
