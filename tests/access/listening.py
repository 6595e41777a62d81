"""Parameters that an address reads, and fields of what is sent: heard while it is asked."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, QueryDict

from binzhou_xinfang.web.middleware import CleaningMiddleware, cleaned_form

# By route, the names that were asked for.
Heard = dict[str, set[str]]
# Asked everywhere so that there is a query; what walks over the whole of it comes upon this as well.
UNREAD = "x"


class _Listening(QueryDict):
    """A query that remembers what is asked of it; copies remember as well."""

    heard: Heard = {}
    request: WSGIRequest | None = None

    def _note(self, name: object) -> None:
        match = self.request.resolver_match if self.request else None
        # A template looks for a method of the query as for a key of it first.
        if match is not None and isinstance(name, str) and name != UNREAD and not hasattr(QueryDict, name):
            self.heard[match.route].add(name)

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def _getlist(self, key: str, default: Any = None, force_list: bool = False) -> Any:
        self._note(key)
        return super()._getlist(key, default, force_list)  # type: ignore[misc]


def _heard_of(given: QueryDict) -> QueryDict:
    heard = _Listening("", mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        heard.setlist(name, values)
    heard._mutable = False
    return heard


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what is asked of the query of every request, once it has been cleaned."""
    heard: Heard = defaultdict(set)

    def cleaning(self: CleaningMiddleware, request: Any) -> HttpResponse:
        _Listening.request = request
        request.GET = _heard_of(cleaned_form(request.GET))
        return self.get_response(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Listening, "heard", heard)
        patch.setattr(CleaningMiddleware, "__call__", cleaning)
        yield heard
