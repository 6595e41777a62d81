"""Belongings of supervision in a hand-over: 督办件, 通报, and all that they leave behind."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from cases.handover.belongings import Belonging, Moves, Stays
from supervision.causes.merging import end_cause, urged_by, urging
from supervision.models import OPEN_STAGES, CircularStage

_OPEN = Q(stage__in=[stage.value for stage in OPEN_STAGES])


def _done(keys: Iterable[str]) -> dict[str, Belonging]:
    return {f"supervision.{key}": Stays("as it was written down") for key in keys}


SUPERVISION: Mapping[str, Belonging] = {
    "supervision.SupervisionCase.office": Moves(
        "督办中的督办件（督办单位）", _OPEN, clash=urging, give_up=end_cause
    ),
    "supervision.SupervisionCase.unit": Moves(
        "督办中的督办件（被督办单位）", _OPEN, clash=urged_by, give_up=end_cause
    ),
    "supervision.Circular.office": Moves("待签发的通报", Q(stage=CircularStage.DRAFTED), case=""),
    **_done((
        "SupervisionCase.received_by", "SupervisionCase.handled_by", "Circular.area", "Circular.drafted_by",
        "Circular.signed_by", "Inspection.office", "Inspection.by_user",
        "Record.by_user", "Answer.unit", "Answer.by_user", "Answer.signed_by", "Answer.judged_by",
    )),
}  # fmt: skip
