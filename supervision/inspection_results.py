"""The inspections by what followed from them."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from supervision.inspection_items import FOLLOWS, ITEMS
from supervision.models import Inspection, Measure

IN_ORDER = "in-order"
RESULTS: Mapping[str, str] = {
    IN_ORDER: "没有发现问题",
    **{measure.value: f"应发{measure.label}" for measure in dict.fromkeys(FOLLOWS.values())},
}


def _any_of(answers: list[str]) -> Q:
    """Whether an item has one of the answers."""
    return reduce(or_, (Q(**{f"answers__{item.code}__answer__in": answers}) for item in ITEMS))


def with_result(found: QuerySet[Inspection], result: str) -> QuerySet[Inspection]:
    """Those with the result; all of them for a word that is none."""
    if result == IN_ORDER:
        return found.exclude(_any_of(list(FOLLOWS)))
    if result not in RESULTS:
        return found
    return found.filter(_any_of([answer for answer, measure in FOLLOWS.items() if measure is Measure(result)]))
