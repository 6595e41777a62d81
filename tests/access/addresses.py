"""Every address of the house, read from the URL configuration itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# The administration site is one group: it has one door, and all of its pages stand behind it.
ADMIN = "admin/"


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each route with its methods. For a page they are unknown (): only its view can say which it takes."""
    for route, callback in _walk(get_resolver().url_patterns, ""):
        if not route.startswith(ADMIN):
            view = getattr(callback, "cls", None)
            yield route, tuple(method for method in METHODS if hasattr(view, method.lower())) if view else ()
    yield ADMIN, ("GET",)


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _walk(pattern.url_patterns, route)


def admin_urls() -> list[str]:
    """List the entrances of the administration site: its front page and the list of each model."""
    (admin,) = (p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and p.namespace == "admin")
    names = {pattern.name for pattern in _leaves(admin) if str(pattern.name).endswith(("index", "_changelist"))}
    return sorted(reverse(f"admin:{name}") for name in names)


def _leaves(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif "<" not in str(pattern.pattern):
            yield from _leaves(pattern)
