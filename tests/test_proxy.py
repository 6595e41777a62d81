"""Addresses of callers that are believed."""

from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from binzhou_xinfang.proxy import ProxyMiddleware


def address_seen(rf: RequestFactory, forwarded: str | None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer = ProxyMiddleware(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    return answer(rf.get("/", headers=headers)).content.decode()


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [(None, "127.0.0.1"), ("10.1.2.3", "10.1.2.3"), ("6.6.6.6, 10.1.2.3", "10.1.2.3"), ("", "127.0.0.1")],
)
def test_behind_a_proxy_the_address_that_it_wrote_last_counts(
    rf: RequestFactory, settings: Any, forwarded: str | None, seen: str
) -> None:
    settings.BEHIND_PROXY = True
    assert address_seen(rf, forwarded) == seen


def test_without_a_proxy_the_header_is_not_believed(settings: Any) -> None:
    settings.BEHIND_PROXY = False
    with pytest.raises(MiddlewareNotUsed):
        ProxyMiddleware(lambda _: HttpResponse())
