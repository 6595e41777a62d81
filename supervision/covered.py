"""Covers of the tables of 督办, 督查 and 通报."""

from collections.abc import Mapping

from django.db.models import Model

from cases.covers import Cover, Door, inside
from supervision.models import Answer, Inspection, Record, RecordFile, SupervisionCase
from supervision.queries import visible_inspections, visible_supervisions

# A 通报 names no matter, and counts no sealed one.
SUPERVISION: Mapping[type[Model], Cover] = {
    SupervisionCase: Cover(Door.SCOPE, visible_supervisions),
    Inspection: Cover(Door.SCOPE, visible_inspections),
    **inside(Answer, Record, RecordFile),
}
PLAIN_SUPERVISION: Mapping[type[Model], Mapping[str, str]] = {
    SupervisionCase: {"key": "the cause, by keys of the house", "article": "words of the law"},
}
