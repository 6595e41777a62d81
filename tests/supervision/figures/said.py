"""Evaluations by a petitioner, as the office wrote them down."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from cases.evaluation.verbs import Said, evaluate
from cases.models import AnswerChannel, EvaluationObject, PetitionCase, Verdict
from tests.office import MONDAY


def evaluated(
    case: PetitionCase,
    by: Post,
    of_office: Verdict | None = None,
    of_unit: Verdict | None = None,
    *,
    at: datetime = MONDAY,
) -> None:
    """The office, the unit or both are evaluated at the moment."""
    verdicts = {EvaluationObject.OFFICE: of_office, EvaluationObject.UNIT: of_unit}
    said = {about: Said(verdict) for about, verdict in verdicts.items() if verdict}
    seen = PetitionCase.objects.get(pk=case.pk)
    evaluate(seen, said=said, channel=AnswerChannel.CALLED_BACK, given_on=at.date(), by=by, at=at)
