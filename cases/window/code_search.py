"""Search for topics, offices and places by a few words typed, alike for page and API."""

import re
from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from binzhou_xinfang.accounts.models import Unit
from cases.models import Topic

LONGEST = 60


def topics_like(text: str) -> QuerySet[Topic]:
    """Search the topics for entries in which all words occur, at any level, or whose code begins so."""
    topics = Topic.objects.filter(is_current=True)
    for word in _words(text):
        at_any_level = Q(level_1__icontains=word) | Q(level_2__icontains=word) | Q(level_3__icontains=word)
        topics = topics.filter(at_any_level | Q(code__startswith=word))
    return topics.order_by("code")


def units_like(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Search these units for all words in name or code, the nearest first; `区 乡镇` narrows by the place above."""
    words = _words(text)
    for word in words:
        own = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__istartswith=word)
        units = units.filter(own | Q(parent__short_name__icontains=word))
    return units.order_by(*_nearness(words), "path")


def _nearness(words: Sequence[str]) -> list[Case]:
    """Order by the very name or code first, then what begins with the last word, then the rest."""
    if not words:
        return []
    word = words[-1]
    exact = Q(code=word) | Q(name=word) | Q(short_name=word)
    begins = Q(short_name__istartswith=word) | Q(name__istartswith=word)
    return [
        Case(When(exact, then=Value(0)), When(begins, then=Value(1)), default=Value(2), output_field=IntegerField())
    ]


def _words(text: str) -> list[str]:
    text = text.replace("\x00", "")[:LONGEST].strip()
    return re.split(r"[\s/、，,]+", text) if text else []
