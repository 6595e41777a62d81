"""Body that served an answer, which alone has the paper that proves it (第三十五条、第三十六条第一款)."""

from cases.models import PetitionCase, Standing
from cases.vocabulary import DeliveryWay, LastAnswer


def server_of(case: PetitionCase) -> int:
    """Find the unit, by its key, that owes the proof of the delivery that has none: of the opinion of a review or a
    recheck the body that gave it, else whoever answers for the matter. At most one query."""
    answers_for_it: int = case.responsible_id or case.registered_unit_id
    if case.last_answer == LastAnswer.OPINION:
        return answers_for_it
    unproven = case.deliveries.filter(standing=Standing.UNPROVEN).exclude(way=DeliveryWay.TOLD)
    body: int | None = unproven.values_list("review__body", flat=True).first()
    return body or answers_for_it
