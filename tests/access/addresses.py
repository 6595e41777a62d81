"""Every address of the house, read from the URL configuration itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each route with its methods. For a page they are unknown (): only its view can say which it takes."""
    for route, callback in _walk(get_resolver().url_patterns, ""):
        view = getattr(callback, "cls", None)
        yield route, tuple(method for method in METHODS if _takes(view, method.lower())) if view else ()


def _takes(view: Any, method: str) -> bool:
    return hasattr(view, method) and method in view.http_method_names


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _walk(pattern.url_patterns, route)
