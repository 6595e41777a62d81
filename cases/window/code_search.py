"""Search for topics, offices and places by a few words typed, alike for page and API."""

from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Length, Replace

from binzhou_xinfang import typed
from binzhou_xinfang.accounts.models import PLACES, Unit
from binzhou_xinfang.offers import like, nearness, parted
from cases.models import Topic

# Of a long story the beginning tells where it happened.
_READ = 2000
# So many topics are proposed for a complaint.
_SUGGESTED = 3
# Levels of the tree above a unit.
_DEPTH = Length("path") - Length(Replace("path", Value("/"), Value("")))


def topics_like(text: str) -> QuerySet[Topic]:
    """Search the topics for entries in which all words occur, at any level or as people call them, or whose code
    begins so."""
    current = Topic.objects.filter(is_current=True)
    found = like(current, text) | current.filter(code__startswith=text.strip() or "-")
    return found.order_by(*nearness(text), "code")


def units_like(units: QuerySet[Unit], text: str, *, near: Unit | None = None) -> QuerySet[Unit]:
    """Search these units for all words in name, other names or code; `区 乡镇` narrows by the place above.

    Who bears the very word comes first, then whose word begins so; among equals who is below `near`, then the higher.
    """
    by_code = units.filter(code__istartswith=text.strip() or "-")
    found = like(units, text, also=("parent__words",)) | by_code
    return found.order_by(*nearness(text), *_below(near), *([_DEPTH] if text.strip() else []), "path")


def place_in(text: str, *, on: date) -> Unit | None:
    """Find the deepest area, township or street whose name stands in a text; None when none does."""
    told = typed.cleaned(text)[:_READ].replace("\x00", "")
    if not told.strip():
        return None
    places = Unit.objects.current(on).filter(kind__in=PLACES).annotate(told=Value(told, TextField()))
    named = places.filter(told__contains=F("short_name")) | places.filter(told__contains=F("name"))
    return named.order_by(_DEPTH.desc(), Length("short_name").desc(), "path").first()


def topics_in(text: str) -> list[tuple[Topic, str]]:
    """Find the topics that the words of a complaint name, by what people call them or by their own name, each with the
    words that told it; the one that most, then the longest, words tell stands first. At most three."""
    told = typed.key(text[:_READ])
    if not told:
        return []
    found = [(topic, _named_in(topic, told)) for topic in Topic.objects.filter(is_current=True)]
    likely = [(topic, words) for topic, words in found if words]
    likely.sort(key=lambda pair: (-len(pair[1]), -sum(map(len, pair[1])), pair[0].code))
    return [(topic, "、".join(words)) for topic, words in likely[:_SUGGESTED]]


def _named_in(topic: Topic, told: str) -> list[str]:
    """List the topic's names that stand in the text; of a name within a name the longer one."""
    names = {name for name in (*parted(topic.aliases), topic.level_3) if len(name) > 1 and typed.key(name) in told}
    return sorted(name for name in names if not any(name != other and name in other for other in names))


def _below(near: Unit | None) -> list[Case]:
    if near is None:
        return []
    inside = Q(path__startswith=near.path)
    return [Case(When(inside, then=Value(0)), default=Value(1), output_field=IntegerField())]
