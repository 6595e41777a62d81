"""Causes of a letter: how often, by whom, and the letter's word on the duty."""

from datetime import date, timedelta

import pytest
import time_machine

from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.parameters import Column, Key, period_key
from binzhou_xinfang.statute.periods import Rule
from cases.models import Alert, Deadline, PetitionCase
from cases.states import State
from cases.watch.sweep import sweep
from supervision.causes import verbs
from supervision.causes.opening import overseer_of
from supervision.causes.prefill import facts_of_cause
from supervision.models import Measure, Stage, SupervisionCase, Trigger
from supervision.queries import visible_supervisions
from tests.cases.settings_made import set_from
from tests.factories import UnitFactory
from tests.office import Office, case_in, moment
from tests.supervision.causes.late import KIND, LATE, drafted, issued, opened, signed
from tests.told import telling


def by_the_unit(office: Office) -> PetitionCase:
    """A matter that a department took in by itself and handles: no petition office has had it."""
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(registered_unit=office.housing, sender=None)
    return case


def test_what_a_unit_took_in_by_itself_is_urged_by_the_petition_office_above(office: Office) -> None:
    case = by_the_unit(office)
    sweep(at=LATE)
    found = SupervisionCase.objects.get(case=case)
    assert (found.office, found.unit) == (office.bureau, office.housing)
    assert found in visible_supervisions(office.head)


def test_the_nearest_petition_office_urges_first(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    street = UnitFactory(code="bzjd", name="北镇街道办事处", parent=office.county)
    PetitionCase.objects.filter(pk=case.pk).update(registered_unit=street, sender=None)
    assert overseer_of(PetitionCase.objects.get(pk=case.pk)) == office.county_office
    sweep(at=LATE)
    assert SupervisionCase.objects.get(case=case).office == office.county_office


def test_where_there_is_no_petition_office_nobody_urges(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(registered_unit=office.province, sender=None)
    assert overseer_of(PetitionCase.objects.get(pk=case.pk)) is None
    assert sweep(at=LATE).letters == 0


@pytest.mark.parametrize(
    ("met_on", "fact", "demands"),
    [
        (None, "至今逾期3天，尚未完成", 2),
        (date(2025, 5, 8), "5月8日完成，逾期2天", 1),
        (date(2025, 5, 6), "5月6日完成", 1),
    ],
)
def test_the_letter_says_how_the_duty_stands_on_its_day(
    office: Office, met_on: date | None, fact: str, demands: int
) -> None:
    found = opened(office)
    Deadline.objects.filter(pk=found.deadline_id).update(met_on=met_on)
    found = SupervisionCase.objects.get(pk=found.pk)
    known = facts_of_cause(found, KIND, by=office.registrar, on=date(2025, 5, 9))
    assert known["findings"].endswith(f"5月6日届满，{fact}")
    assert len(known["demands"].splitlines()) == demands


LADDER = period_key(Rule.HANDLING, Column.LADDER)
LAPSE, MOVED = "1:head+office:supervision", "3:head+office:supervision"


def test_a_rung_that_the_office_moves_opens_no_second_letter_for_the_same_cause(office: Office) -> None:
    found = opened(office)
    set_from(LADDER, ["1:handler", MOVED], date(2025, 5, 8))
    sweep(at=LATE + timedelta(days=1))
    sweep(at=LATE + timedelta(days=2))
    assert Alert.objects.filter(deadline=found.deadline, consequence=Measure.SUPERVISION).count() == 2
    assert list(SupervisionCase.objects.all()) == [found]


def test_two_rungs_that_were_missed_open_one_letter(office: Office) -> None:
    set_from(LADDER, [LAPSE, MOVED], date(2025, 1, 1))
    assert opened(office, at=LATE + timedelta(days=20)).key.endswith(":1")


def test_a_later_rung_opens_another_letter_once_the_first_is_over(office: Office) -> None:
    set_from(LADDER, [LAPSE, MOVED], date(2025, 1, 1))
    verbs.drop(opened(office), reason="单位已报送进度", by=office.registrar, at=LATE)
    sweep(at=LATE + timedelta(days=2))
    assert list(SupervisionCase.objects.order_by("pk").values_list("stage", flat=True)) == ["dropped", "pending"]


def again(office: Office, case: PetitionCase) -> SupervisionCase:
    """Another 督办函 in the same matter, brought up by hand and signed."""
    at = LATE + timedelta(minutes=SupervisionCase.objects.count())
    found = verbs.bring_up(
        case, measure=Measure.SUPERVISION, unit=office.housing, problem="仍未答复", article="第四十条第一款",
        by=office.registrar, at=at,
    )  # fmt: skip
    return signed(office, drafted(office, found))


def test_who_is_urged_a_second_time_is_listed_for_a_talk_and_the_leaders_are_told(office: Office) -> None:
    first = issued(office)
    assert not SupervisionCase.objects.filter(measure=Measure.TALK).exists()
    again(office, first.case)
    talk = SupervisionCase.objects.get(measure=Measure.TALK)
    assert (talk.trigger, talk.unit, talk.stage) == (Trigger.AGAIN, office.housing, Stage.PENDING)
    assert (talk.problem, talk.article) == ("同一事项已2次发出信访督办函", "《信访工作条例》第三十九条第三款")
    at = moment(2025, 5, 8, 9)
    with time_machine.travel(at, tick=False):
        write_due(at=at)
    told = telling("列入约谈").values_list("user__username", flat=True)
    assert set(told) == {"leader"}
    again(office, first.case)
    assert SupervisionCase.objects.filter(measure=Measure.TALK).count() == 1


def test_how_often_a_unit_is_urged_before_the_talk_is_set_by_the_office(office: Office) -> None:
    set_from(Key.TALK_AFTER, 3, date(2025, 1, 1))
    first = issued(office)
    again(office, first.case)
    assert not SupervisionCase.objects.filter(measure=Measure.TALK).exists()
    again(office, first.case)
    assert SupervisionCase.objects.get(measure=Measure.TALK).problem == "同一事项已3次发出信访督办函"
