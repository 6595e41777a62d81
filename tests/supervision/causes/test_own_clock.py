"""The office's own days on a 督办件: to decide, to send, to judge; reminded, and put to nobody's account."""

from datetime import date

import pytest

from binzhou_xinfang.statute.periods import Rule
from cases.models import Alert, Deadline
from cases.states import State
from cases.watch.sweep import sweep
from supervision.causes import verbs
from supervision.circulars.figures import reckon
from supervision.figures.figure import Period
from supervision.models import Measure, SupervisionCase
from tests.office import Office, case_in, moment
from tests.supervision.causes.late import LATE, drafted, issued, opened, signed
from tests.supervision.causes.test_ways import brought_up

# LATE is Wednesday 2025-05-07: five working days are 8, 9, 12, 13, 14.
LAST = date(2025, 5, 14)


def own(cause: SupervisionCase) -> Deadline:
    return Deadline.objects.get(case=cause.case, rule=Rule.OVERSIGHT, subject=f"{cause.subject}:office")


def test_what_the_watch_brings_up_is_the_offices_to_decide_within_days(office: Office) -> None:
    cause = opened(office)
    clock = own(cause)
    assert (clock.unit, clock.started_on, clock.legal_on) == (office.bureau, LATE.date(), LAST)
    sweep(at=moment(2025, 5, 15, 6))
    assert own(cause).lapsed_at is not None
    # A reminder, and no letter to itself.
    assert {alert.consequence for alert in Alert.objects.filter(deadline=own(cause))} == {""}


def test_a_letter_that_goes_out_meets_it(office: Office) -> None:
    cause = opened(office)
    draft = drafted(office, cause)
    assert own(cause).is_running
    cause = signed(office, draft, at=moment(2025, 5, 9))
    assert own(cause).met_on == date(2025, 5, 9)


@pytest.mark.parametrize("measure", [Measure.ONLINE, Measure.TALK])
def test_what_a_person_brings_up_and_drops_is_met_by_the_reason(office: Office, measure: Measure) -> None:
    cause = brought_up(office, measure)
    assert own(cause).is_running
    verbs.drop(cause, reason="情况已经改正", by=office.registrar, at=moment(2025, 3, 11))
    assert own(cause).met_on == date(2025, 3, 11)


def test_an_answer_is_judged_within_days_of_its_own(office: Office) -> None:
    cause = issued(office)
    verbs.answer(cause, text="已办结", by=office.unit_head, at=moment(2025, 5, 12))
    running = Deadline.objects.running().get(case=cause.case, rule=Rule.OVERSIGHT, subject=f"{cause.subject}:office")
    assert (running.unit, running.started_on) == (office.bureau, date(2025, 5, 12))
    cause = SupervisionCase.objects.get(pk=cause.pk)
    verbs.judge(cause, is_accepted=True, verdict="单位已说明原因", by=office.registrar, at=moment(2025, 5, 13))
    assert Deadline.objects.get(pk=running.pk).met_on == date(2025, 5, 13)


def test_the_matter_does_not_wait_for_who_urges(office: Office) -> None:
    cause = opened(office)
    assert cause.case.due_rule == Rule.HANDLING


def test_what_the_office_set_for_its_own_order_is_told_in_no_circular(office: Office) -> None:
    case = case_in(office, State.ISSUED)
    sweep(at=moment(2025, 3, 20, 6))
    assert case.deadlines.get(rule=Rule.DELIVERY).lapsed_at is not None
    period = Period.of_month(date(2025, 3, 1), on=date(2025, 4, 1))
    assert reckon(office.city, period).figures["total"][0] == 0
