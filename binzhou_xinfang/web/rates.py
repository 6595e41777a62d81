"""Limit of requests from one address to a page that is open to everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import SimpleRateThrottle

P = ParamSpec("P")


class PageRate(SimpleRateThrottle):
    """Rate of the API's strangers, counted for each address by itself, signed in or not."""

    scope = "page"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": f"page:{view}", "ident": request.META.get("REMOTE_ADDR", "")}


def slowed(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 in words, with Retry-After, when an address has sent too many forms; looking costs nothing."""

    @wraps(page)
    def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        rate = PageRate()
        if request.method != "POST" or rate.allow_request(request, page.__name__):  # type: ignore[arg-type]
            return page(request, *args, **kwargs)
        wait = max(1, int(rate.wait() or 1))
        refused = render(request, "slowed.html", {"wait": wait}, status=429)
        refused.headers["Retry-After"] = str(wait)
        return refused

    return answer
