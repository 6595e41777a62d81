"""What the API answers. Persons are masked; what an encrypted column holds never leaves the house unmasked."""

from cases.serializers.cases import (
    CaseFile,
    CaseFileSerializer,
    CasePageSerializer,
    EventPageSerializer,
)
from cases.serializers.charts import ChartsSerializer
from cases.serializers.parts import AttachmentSerializer, ReckoningSerializer, TopicSerializer, UnitSerializer
from cases.serializers.petitions import PetitionSerializer, RegisteredSerializer

__all__ = [
    "AttachmentSerializer",
    "CaseFile",
    "CaseFileSerializer",
    "CasePageSerializer",
    "ChartsSerializer",
    "EventPageSerializer",
    "PetitionSerializer",
    "ReckoningSerializer",
    "RegisteredSerializer",
    "TopicSerializer",
    "UnitSerializer",
]
