"""A day that somebody writes down lies where it can lie; elsewhere the act is refused at its field."""

from datetime import timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from cases.models import PetitionCase
from cases.states import Move, State
from tests.office import MONDAY, Office, case_in, ready_for, step

# Before the matter came on 2025-03-03, or in a year in which there was no office.
TOO_EARLY = ["0001-01-01", "1900-01-01", "2025-03-02"]
TO_COME = ["2025-03-04", "2199-12-31", "9999-12-31"]
WRITTEN = [
    (Move.WITHDRAW, "withdrawn_on"),
    (Move.MEDIATE, "consented_on"),
    (Move.CONCLUDE_CONFERENCE, "held_on"),
    (Move.INVESTIGATE, "happened_on"),
    (Move.CONCLUDE_HEARING, "held_on"),
    (Move.CONCLUDE_RECHECK_HEARING, "held_on"),
    (Move.REACH_AGREEMENT, "signed_on"),
    (Move.REACH_SETTLEMENT, "signed_on"),
    (Move.DELIVER, "delivered_on"),
    (Move.DELIVER_REVIEW, "delivered_on"),
    (Move.ORDER_REDO, "delivered_on"),
    (Move.DELIVER_RECHECK, "delivered_on"),
    (Move.FINISH_EXECUTION, "done_on"),
    (Move.ASK_REVIEW, "requested_on"),
    (Move.ASK_RECHECK, "posted_on"),
    (Move.PUBLISH, "published_on"),
]


@pytest.mark.parametrize(("move", "field"), WRITTEN, ids=[move.value for move, _ in WRITTEN])
def test_a_day_that_cannot_be_is_refused_at_its_field(
    office: Office, move: Move, field: str, subtests: pytest.Subtests
) -> None:
    ready = ready_for(office, move)
    for day in TOO_EARLY + TO_COME:
        with subtests.test(str(day)):
            with pytest.raises(Refusal) as refused:
                step(office, ready.case, move, at=MONDAY, **{field: day})
            assert refused.value.field == field
            assert PetitionCase.objects.get(pk=ready.case.pk).version == ready.case.version


def test_a_hearing_is_not_put_off_beyond_the_sixty_days(office: Office) -> None:
    """2025-03-03 + 60 = 2025-05-02, in the holiday of May: legal 05-06. No hearing stops that clock."""
    case = case_in(office, State.HANDLING)
    with pytest.raises(Refusal, match="办理期限于2025年05月06日届满，不因听证中止") as refused:
        step(office, case, Move.CALL_HEARING, at=MONDAY, hearing_on="2025-05-07")
    assert refused.value.field == "hearing_on"
    assert step(office, case, Move.CALL_HEARING, at=MONDAY, hearing_on="2025-05-06").state == State.HEARING


def test_an_extension_makes_room_for_a_later_hearing(office: Office) -> None:
    case = case_in(office, State.EXTENSION_ASKED)
    case = step(office, case, Move.APPROVE_EXTENSION, at=MONDAY)
    done = step(office, case, Move.CALL_HEARING, at=MONDAY + timedelta(days=1), hearing_on="2025-05-20")
    assert done.state == State.HEARING
