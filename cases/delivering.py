"""Delivery of what was issued: the body that served an answer, which alone has the paper that proves it, and the day by
which a letter has to reach its reader (第二十三条、第三十五条、第三十六条)."""

from datetime import date, timedelta

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.models import CaseLetter, LetterDue, PetitionCase, Standing
from cases.vocabulary import DeliveryWay, LastAnswer


def server_of(case: PetitionCase) -> int:
    """Find the unit, by its key, that owes the proof of a delivery, or the delivery to the other petitioners: of the
    opinion of a review or a recheck the body that gave it, else whoever answers for the matter. At most one query."""
    answers_for_it: int = case.responsible_id or case.registered_unit_id
    if case.last_answer == LastAnswer.OPINION:
        return answers_for_it
    unproven = case.deliveries.filter(standing=Standing.UNPROVEN).exclude(way=DeliveryWay.TOLD)
    served = unproven if case.is_delivery_unproven else case.deliveries.filter(answer=case.last_answer)
    body: int | None = served.values_list("review__body", flat=True).first()
    return body or answers_for_it


def owe_delivery(link: CaseLetter, kind: LetterKind, *, unit: Unit, on: date) -> None:
    """Say until when the unit that issued the letter delivers it: signed is not delivered. An opinion has clocks of its
    own; what need not be shown to have arrived has none."""
    if kind.served is not None and not kind.served.by_move:
        days = current_rulebook().on(on).number(Key.LETTER_DUE_DAYS)
        LetterDue.objects.create(link=link, unit=unit, due_on=on + timedelta(days=days))
