"""Results of an inspection, line by line, and the inspections by what followed from them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post
from supervision.inspections.items import FOLLOWS, ITEMS, Item, Part, score
from supervision.models import Inspection, Measure, SupervisionCase
from supervision.queries import visible_supervisions

IN_ORDER = "in-order"
RESULTS: Mapping[str, str] = {
    IN_ORDER: "没有发现问题",
    **{measure.value: f"应发{measure.label}" for measure in dict.fromkeys(FOLLOWS.values())},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it was answered. `who`: who answers for it, where it is a duty."""

    item: Item
    answer: str
    finding: str
    who: str

    @property
    def answer_label(self) -> str:
        return str(self.item.answers(self.answer).label)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the sheet. `score`: the share in order in percent; None where nothing applies, and for 三查."""

    part: Part
    score: int | None
    lines: list[Line]


def chapters_of(inspection: Inspection) -> list[Chapter]:
    """List the sheet by its parts; an item that came later than the inspection is not in it."""
    return [
        Chapter(part, None if part is Part.DUTIES else score(inspection.answers, part), _lines(inspection, part))
        for part in Part
    ]


def _lines(inspection: Inspection, part: Part) -> list[Line]:
    given = [
        (item, inspection.answers[item.code]) for item in ITEMS if item.part is part and item.code in inspection.answers
    ]
    return [Line(item, said["answer"], said["finding"], said.get("who", "")) for item, said in given]


def brought_up_by(inspection: Inspection, post: Post) -> QuerySet[SupervisionCase]:
    """Select the 督办件 that followed from it and exist for the post."""
    key = f"inspection:{inspection.pk}:"
    return visible_supervisions(post).filter(case=inspection.case_id, key__startswith=key).order_by("pk")


def left_to_itself(inspection: Inspection) -> list[str]:
    """List what the inspecting office itself answers for: no letter goes from an office to itself."""
    return [item.label for item in ITEMS if inspection.answers.get(item.code, {}).get("body") == inspection.office.code]


def _having(inspections: QuerySet[Inspection], answers: Container[str]) -> list[int]:
    """List the keys of those in which an item has one of the answers. The answers are encrypted with what was found:
    each sheet is read, a few hundred a year."""
    sheets = inspections.order_by().values_list("pk", "answers")
    return [pk for pk, given in sheets if any(said["answer"] in answers for said in given.values())]


def with_result(inspections: QuerySet[Inspection], result: str) -> QuerySet[Inspection]:
    """Select those with the result; all of them for a word that is none."""
    if result == IN_ORDER:
        return inspections.exclude(pk__in=_having(inspections, FOLLOWS))
    if result not in RESULTS:
        return inspections
    wanted = {answer for answer, measure in FOLLOWS.items() if measure is Measure(result)}
    return inspections.filter(pk__in=_having(inspections, wanted))
