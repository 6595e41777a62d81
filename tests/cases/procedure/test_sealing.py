"""The end of what others had to do with a matter that becomes 检举控告: what others owe in it, and nothing else."""

from datetime import date

import pytest

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.statute.periods import Rule
from cases.models import CoHandling, Deadline, PetitionCase
from cases.procedure.sealing import SEALED_WITH, end_duties, seal_merged
from cases.states import State
from tests.lives.story import hour
from tests.office import Office, case_in

AT, TODAY = hour("2026-09-07"), date(2026, 9, 7)


@pytest.fixture
def case(office: Office) -> PetitionCase:
    return case_in(office, State.HANDLING, at=AT)


def clock(case: PetitionCase, unit: Unit | None, rule: Rule = Rule.CO_HANDLING, **changes: object) -> Deadline:
    return Deadline.objects.create(
        case=case, rule=rule, unit=unit, started_on=TODAY, strict_on=date(2026, 9, 21), legal_on=date(2026, 9, 21),
        **changes,
    )  # fmt: skip


def ended(case: PetitionCase, row: Deadline) -> bool:
    end_duties(case, None, AT)
    row.refresh_from_db()
    return row.cancelled_on == TODAY


def test_what_another_unit_owes_ends(case: PetitionCase, office: Office) -> None:
    assert ended(case, clock(case, office.water))


def test_what_the_holder_owes_in_the_matter_goes_on(case: PetitionCase) -> None:
    assert not ended(case, case.deadlines.running().get(rule=Rule.HANDLING))


def test_what_the_holder_owes_beside_the_road_ends(case: PetitionCase, office: Office) -> None:
    assert ended(case, clock(case, office.housing, Rule.LETTER_FEEDBACK, subject="cause-1"))


def test_what_is_owed_by_no_unit_goes_on(case: PetitionCase) -> None:
    assert not ended(case, clock(case, None, Rule.JUDICIAL_CONFIRMATION))


def test_what_was_done_or_stood_still_is_no_longer_waited_for(case: PetitionCase, office: Office) -> None:
    done = clock(case, office.water, met_on=TODAY)
    still = clock(case, office.water, Rule.RECTIFICATION, suspended_on=TODAY)
    assert not ended(case, done)
    still.refresh_from_db()
    assert (still.cancelled_on, still.suspended_on) == (TODAY, None)


def test_a_helper_who_still_owes_is_released_and_one_who_has_answered_or_was_released_is_not(
    case: PetitionCase, office: Office
) -> None:
    asked = {"case": case, "asked_by": office.handler.user, "asked_on": date(2026, 9, 1), "task": "提供材料"}
    before = date(2026, 9, 3)
    owes = CoHandling.objects.create(unit=office.water, **asked)
    answered = CoHandling.objects.create(unit=office.discipline_unit, fed_back_on=before, **asked)
    released = CoHandling.objects.create(unit=office.county_office, released_on=before, **asked)
    case.co_handlers = [office.water.pk]
    end_duties(case, None, AT)
    for row in (owes, answered, released):
        row.refresh_from_db()
    assert (owes.released_on, answered.released_on, released.released_on) == (TODAY, None, before)
    assert PetitionCase.objects.get(pk=case.pk).co_handlers == []


def test_a_matter_that_is_open_waits_for_what_is_left_and_a_closed_one_keeps_its_day(
    case: PetitionCase, office: Office
) -> None:
    near = clock(case, office.housing, Rule.LETTER_FEEDBACK, subject="cause-1")
    case.due_on, case.due_rule = near.legal_on, near.rule
    end_duties(case, None, AT)
    assert (case.due_rule, case.due_on) == (Rule.HANDLING, case.deadlines.get(rule=Rule.HANDLING).legal_on)
    closed = case_in(office, State.WITHDRAWN, at=AT)
    before = (closed.due_rule, closed.due_on)
    clock(closed, office.housing, Rule.EXECUTION)
    end_duties(closed, None, AT)
    assert (closed.due_rule, closed.due_on) == before


def test_what_was_merged_is_sealed_once_and_another_s_is_not(case: PetitionCase, office: Office) -> None:
    mine, sealed, other = (case_in(office, State.REGISTERED, at=AT) for _ in range(3))
    PetitionCase.objects.filter(pk__in=[mine.pk, sealed.pk]).update(merged_into=case, state="merged", closed_on=TODAY)
    PetitionCase.objects.filter(pk=sealed.pk).update(is_sealed=True)
    seal_merged(case, None, AT)
    now = [PetitionCase.objects.get(pk=one.pk) for one in (mine, sealed, other)]
    grown = [one.version - was.version for one, was in zip(now, (mine, sealed, other), strict=True)]
    assert ([one.is_sealed for one in now], grown) == ([True, True, False], [1, 0, 0])
    assert [one.events.filter(kind=SEALED_WITH).count() for one in now] == [1, 0, 0]
