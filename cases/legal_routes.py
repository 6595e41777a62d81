"""法定途径 that are proposed for a matter: those of its content first, then those for any content."""

from collections.abc import Mapping
from typing import Any

from cases.models import LegalRoute, Topic
from cases.vocabulary import LegalWay


def routes_for(topic: Topic | None, way: LegalWay | None = None) -> list[LegalRoute]:
    """List the entries in use for the content and, when it is given, the way; those named for the content first."""
    routes = LegalRoute.objects.filter(is_current=True)
    if way is not None:
        routes = routes.filter(way=way.value)
    code = topic.code if topic else ""
    own = [route for route in routes if code and route.fits(code)]
    return [*own, *(route for route in routes if not route.beginnings)]


def way_of(topic: Topic | None) -> LegalWay | None:
    """Find the way that the table knows for this content by name; None where it knows none, or several."""
    if topic is None:
        return None
    ways = {route.way for route in LegalRoute.objects.filter(is_current=True) if route.fits(topic.code)}
    return LegalWay(ways.pop()) if len(ways) == 1 else None


def entry_facts(route: LegalRoute) -> Mapping[str, Any]:
    """Give the entry in the words that the act of leading asks for."""
    return {
        "procedure": route.name,
        "organ": route.organ,
        "time_limit": route.time_limit,
        "materials": "；".join(route.paper_lines),
        "answer_limit": route.answer_limit,
    }
