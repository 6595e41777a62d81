"""督办: causes for supervision, the letter or the record that meets each, and the written answer of the unit."""

from supervision.models.answer import Answer
from supervision.models.circular import Circular, CircularEvent, CircularStage
from supervision.models.inspection import Inspection
from supervision.models.record import Record, RecordFile
from supervision.models.supervision import SupervisionCase
from supervision.models.vocabulary import (
    AT_OFFICE,
    AT_UNIT,
    OPEN_STAGES,
    PROPOSALS,
    TAKEN_UP,
    TRIGGER_OF_RULE,
    WAITS_ALIKE,
    WAY_CHOICES,
    WAYS,
    Adoption,
    Family,
    Level,
    Measure,
    Stage,
    Trigger,
)

__all__ = [
    "AT_OFFICE", "AT_UNIT", "OPEN_STAGES", "PROPOSALS", "TAKEN_UP", "TRIGGER_OF_RULE", "WAITS_ALIKE", "WAYS",
    "WAY_CHOICES", "Adoption", "Answer", "Circular", "CircularEvent", "CircularStage", "Family", "Inspection", "Level",
    "Measure", "Record", "RecordFile", "Stage", "SupervisionCase", "Trigger",
]  # fmt: skip
