"""The code lists of supervision in the description of the API, each under its own name."""

from collections.abc import Mapping, Sequence
from enum import Enum

from supervision.figures.figure import Item
from supervision.inspections.items import Fulfilment, Part, Standing
from supervision.models.circular import CircularStage
from supervision.models.vocabulary import WAY_CHOICES, Adoption, Measure, Stage

NAMES: Mapping[str, type[Enum] | Sequence[tuple[str, str]]] = {
    "SupervisionMeasure": Measure,
    "ProposalAdoption": Adoption,
    "SupervisionStage": Stage,
    "CircularStage": CircularStage,
    "FigureItem": Item,
    "InspectionStanding": Standing,
    "InspectionFulfilment": Fulfilment,
    "InspectionPart": Part,
    "InspectionWay": WAY_CHOICES,
}
