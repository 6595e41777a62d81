"""Triggers of a letter beside the ladder: repeated arrivals, a group, a threat, an opinion not executed."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.statute.parameters import Key
from cases.evaluation.verbs import Said, evaluate
from cases.models import AnswerChannel, EvaluationObject, PetitionCase, Verdict
from cases.states import Move, State
from cases.vocabulary import ReopenReason, Threat
from cases.watch.sweep import sweep
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from supervision.models import Measure, Stage, SupervisionCase, Trigger
from tests.cases.settings_made import set_from
from tests.moves import ROADS as ROAD
from tests.office import MONDAY, Office, arrival, case_in, led, matter, register, step


def risks(case: PetitionCase) -> list[tuple[str, str]]:
    found = SupervisionCase.objects.filter(case=case, measure=Measure.RISK).order_by("pk")
    return list(found.values_list("trigger", "problem"))


def repeated(office: Office, case: PetitionCase, times: int) -> PetitionCase:
    for _ in range(times):
        case = PetitionCase.objects.get(pk=case.pk)
        register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)
    return PetitionCase.objects.get(pk=case.pk)


def test_an_ordinary_matter_brings_up_nothing(office: Office) -> None:
    assert risks(case_in(office, State.ASSIGNED)) == []


def test_a_group_visit_warns_the_unit_when_it_comes_to_it(office: Office) -> None:
    group = register_arrival(
        arrival(MONDAY.date(), petition={"people": 7}), matter(office), by=office.clerk, at=MONDAY
    ).case
    assert risks(group) == []
    case = led(office, group, ROAD[State.REFERRED], at=MONDAY)
    assert risks(case) == [(Trigger.GROUP, "7人集体走访")]
    found = SupervisionCase.objects.get()
    assert (found.office, found.unit, found.stage) == (office.bureau, office.housing, Stage.PENDING)


def test_a_threat_warns_the_unit(office: Office) -> None:
    case = case_in(office, State.REFERRED, threat=Threat.BEIJING, threat_detail="称下月进京")
    assert risks(case) == [(Trigger.THREAT, "信访人扬言进京：称下月进京")]


@pytest.mark.parametrize(("again", "number"), [(1, 0), (2, 1), (4, 1), (5, 2)])
def test_every_third_arrival_warns_the_unit_once(office: Office, again: int, number: int) -> None:
    case = repeated(office, case_in(office, State.HANDLING), again)
    assert len(risks(case)) == number


def test_how_many_arrivals_are_too_many_is_set_by_the_office(office: Office) -> None:
    set_from(Key.RISK_REPEATS, 2, date(2025, 1, 1))
    case = repeated(office, case_in(office, State.HANDLING), 1)
    assert risks(case) == [(Trigger.REPEATED, "就同一事项重复信访，已有2件")]


def test_arrivals_before_the_matter_came_to_a_unit_warn_it_then(office: Office) -> None:
    case = repeated(office, register(office).case, 2)
    assert risks(case) == []
    assert [trigger for trigger, _ in risks(led(office, case, ROAD[State.REFERRED], at=MONDAY))] == [Trigger.REPEATED]


def test_a_merge_counts_as_an_arrival(office: Office) -> None:
    set_from(Key.RISK_REPEATS, 2, date(2025, 1, 1))
    master = case_in(office, State.HANDLING)
    step(office, register(office).case, Move.MERGE, at=MONDAY, into=master.number)
    assert [trigger for trigger, _ in risks(master)] == [Trigger.REPEATED]


def test_a_matter_that_goes_to_another_unit_warns_that_one(office: Office) -> None:
    case = case_in(office, State.REFERRED, threat=Threat.ONLINE)
    case = step(office, case, Move.OBJECT, at=MONDAY)
    case = step(office, case, Move.AGREE_OBJECTION, at=MONDAY)
    case = step(office, case, Move.TRIAGE, at=MONDAY)
    step(office, case, Move.REFER, at=MONDAY, to_unit=office.water.code)
    assert list(SupervisionCase.objects.order_by("pk").values_list("unit__code", flat=True)) == ["bzzj", "bzsl"]


def test_a_sealed_report_warns_nobody(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True, is_group=True, people=9)
    repeated(office, case, 3)
    assert not SupervisionCase.objects.exists()


def reopened(office: Office, ground: ReopenReason, state: State = State.CLOSED) -> PetitionCase:
    case = case_in(office, state)
    return step(office, case, Move.REOPEN, at=MONDAY, ground=ground.value, reason="答复与现场不符")


def test_a_spot_check_that_failed_urges_the_unit_that_had_handled_it(office: Office) -> None:
    case = reopened(office, ReopenReason.SPOT_CHECK)
    found = SupervisionCase.objects.get(case=case)
    assert (found.measure, found.trigger, found.unit) == (Measure.SUPERVISION, Trigger.QUALITY, office.housing)
    assert (found.problem, found.stage) == ("办理质量抽查不合格：答复与现场不符", Stage.PENDING)


@pytest.mark.parametrize("ground", [ReopenReason.NEW_FACTS, ReopenReason.WRONGLY_CLOSED])
def test_another_reason_to_open_a_matter_again_urges_nobody(office: Office, ground: ReopenReason) -> None:
    reopened(office, ground)
    assert not SupervisionCase.objects.exists()


def test_a_spot_check_of_what_nobody_had_handled_urges_nobody(office: Office) -> None:
    reopened(office, ReopenReason.SPOT_CHECK, State.FILED)
    assert not SupervisionCase.objects.exists()


def test_what_is_refused_brings_up_nothing(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    stale = PetitionCase(pk=case.pk, version=case.version - 1)
    with pytest.raises(Exception, match="由他人"):
        register_repeat(arrival(MONDAY.date()), stale, by=office.clerk, at=MONDAY)
    assert not SupervisionCase.objects.exists()


def test_an_opinion_that_is_not_executed_in_time_says_so(office: Office) -> None:
    case = case_in(office, State.EXECUTING)
    clock = case.deadlines.running().get(rule="execution")
    sweep(at=MONDAY.replace(year=clock.legal_on.year, month=clock.legal_on.month, day=clock.legal_on.day))
    assert not SupervisionCase.objects.filter(deadline=clock).exists()
    late = clock.legal_on + timedelta(days=1)
    sweep(at=MONDAY.replace(year=late.year, month=late.month, day=late.day))
    found = SupervisionCase.objects.get(deadline=clock)
    assert (found.trigger, found.measure) == (Trigger.UNEXECUTED, Measure.SUPERVISION)


def test_a_bad_evaluation_of_the_unit_warns_it_and_a_good_one_does_not(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    said = {
        EvaluationObject.OFFICE: Said(Verdict.UNSATISFIED, "来回跑"),
        EvaluationObject.UNIT: Said(Verdict.UNSATISFIED, "一直未修"),
    }  # fmt: skip
    evaluate(case, said=said, channel=AnswerChannel.CALLED_BACK, given_on=MONDAY.date(), by=office.clerk, at=MONDAY)
    assert risks(case) == [(Trigger.EVALUATION, "群众评价不满意：一直未修")]
    other, fine = case_in(office, State.DELIVERED), {EvaluationObject.UNIT: Said(Verdict.SATISFIED, "")}
    evaluate(other, said=fine, channel=AnswerChannel.CALLED_BACK, given_on=MONDAY.date(), by=office.clerk, at=MONDAY)
    assert risks(other) == []
