"""No road gives a unit a second full period for one receipt: whoever quarrels, returns or comes back keeps its days."""

from datetime import timedelta

import pytest

from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase
from cases.states import Move, State
from tests.moves import Bend
from tests.office import MONDAY, Office, case_in, led, register, step

_SAME: Bend = (Move.DECIDE_JURISDICTION, {"to_unit": "bzzj"})
_OTHER: Bend = (Move.DECIDE_JURISDICTION, {"to_unit": "bzsl"})
LATER = MONDAY + timedelta(days=3)


def days_of(case: PetitionCase, rule: Rule, unit: int) -> set[tuple[object, object]]:
    """The first and last days that the unit has had for it, clocks that no longer run among them."""
    clocks = Deadline.objects.filter(case=case, rule=rule, unit=unit)
    return {(clock.started_on, clock.legal_on) for clock in clocks}


def walked(office: Office, case: PetitionCase, road: tuple[Bend, ...]) -> PetitionCase:
    """Lead the matter on; who has an objection before it takes a dispute further itself."""
    for bend in road:
        move, other = bend if isinstance(bend, tuple) else (bend, {})
        by = office.registrar if move is Move.DISPUTE and case.state == State.OBJECTED else None
        case = step(office, case, move, at=LATER, by=by, **other)
    return case


@pytest.mark.parametrize(
    "detour",
    [
        (Move.OBJECT, Move.REFUSE_OBJECTION),
        (Move.OBJECT, Move.DISPUTE, _SAME),
        (Move.DISPUTE, _SAME),
        (Move.SIGN_FOR, Move.DISPUTE, _SAME, Move.SIGN_FOR),
        (Move.DISPUTE, _SAME, Move.DISPUTE, _SAME),
    ],
    ids=lambda detour: "-".join(str(bend[0] if isinstance(bend, tuple) else bend) for bend in detour),
)
def test_a_unit_that_quarrels_keeps_the_days_of_its_notice(office: Office, detour: tuple[Bend, ...]) -> None:
    case = case_in(office, State.REFERRED)
    first = days_of(case, Rule.NOTICE, office.housing.pk)
    case = walked(office, case, detour)
    assert len(first) == 1
    assert days_of(case, Rule.NOTICE, office.housing.pk) == first


def test_another_unit_has_days_of_its_own_and_the_first_owes_nothing(office: Office) -> None:
    case = led(office, case_in(office, State.REFERRED), (Move.DISPUTE, _OTHER), at=LATER)
    running = {(clock.unit_id, clock.started_on) for clock in case.deadlines.running().filter(rule=Rule.NOTICE)}
    assert running == {(office.water.pk, LATER.date())}


def test_what_was_disputed_is_not_simple_any_more(office: Office) -> None:
    case = register(office).case
    case = led(office, case, ((Move.TRIAGE, {"simple": "clear"}), Move.REFER, Move.DISPUTE, _SAME), at=MONDAY)
    assert not case.is_simple
    assert not case.deadlines.running().filter(rule=Rule.SIMPLE_ACCEPTANCE).exists()


@pytest.mark.parametrize("road", [(Move.OBJECT, Move.AGREE_OBJECTION), (Move.OBJECT, Move.DISPUTE, _OTHER)])
def test_the_office_keeps_its_own_fifteen_days(office: Office, road: tuple[Bend, ...]) -> None:
    case = case_in(office, State.REFERRED)
    first = days_of(case, Rule.TRIAGE, office.bureau.pk)
    case = walked(office, case, road)
    assert days_of(case, Rule.TRIAGE, office.bureau.pk) == first


def test_a_wrong_merge_gives_nobody_time(office: Office) -> None:
    case = case_in(office, State.MERGED)
    first = days_of(case, Rule.TRIAGE, office.bureau.pk)
    case = step(office, case, Move.SPLIT, at=LATER)
    assert days_of(case, Rule.TRIAGE, office.bureau.pk) == first
    assert case.deadlines.running().filter(rule=Rule.TRIAGE).exists()
