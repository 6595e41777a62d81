"""The inspector's sight: what the own office supervised or inspected, whatever became of the matter."""

import pytest

from cases.models import PetitionCase
from cases.queries import visible_to
from cases.states import State
from supervision.causes import verbs
from supervision.models import Inspection, Measure, SupervisionCase
from supervision.queries import visible_inspections, visible_supervisions
from tests.cases.pages import signed_in
from tests.office import Office, case_in, moment
from tests.supervision.causes.late import issued

AT = moment(2025, 3, 12)


def inspected(office: Office, *, by: str = "inspector") -> PetitionCase:
    case, post = case_in(office, State.HANDLING), getattr(office, by)
    Inspection.objects.create(
        case=case, office=post.unit, by_user=post.user, held_on=AT.date(), at=AT, answers={}, conclusion="到位"
    )
    return case


def sees(office: Office, case: PetitionCase) -> bool:
    return visible_to(office.inspector).filter(pk=case.pk).exists()


def test_what_was_inspected_stays_in_sight_though_nothing_lapsed(office: Office) -> None:
    case = inspected(office)
    assert sees(office, case)
    assert visible_inspections(office.inspector).count() == 1
    assert signed_in(office.inspector).get(case.get_absolute_url()).status_code == 200


def test_what_another_office_inspected_is_not_seen_for_that(office: Office) -> None:
    case = inspected(office, by="county_head")
    assert not sees(office, case)


def supervised(office: Office) -> SupervisionCase:
    """A matter in which nothing lapsed, spoken about by telephone and settled."""
    case = case_in(office, State.HANDLING)
    cause = verbs.bring_up(
        case, measure=Measure.PHONE, unit=office.housing, problem="进展慢", article="第四十条第一款", by=office.head,
        at=AT,
    )  # fmt: skip
    verbs.record(cause, held_on=AT.date(), text="已催办", by=office.head, at=AT)
    return SupervisionCase.objects.get(pk=cause.pk)


def test_what_was_supervised_stays_in_sight_when_it_is_settled_and_when_it_left_the_area(office: Office) -> None:
    cause = supervised(office)
    assert (cause.stage, cause.case.is_supervised) == ("settled", False)
    assert (sees(office, cause.case), visible_supervisions(office.inspector).count()) == (True, 1)
    elsewhere = dict.fromkeys(("holder", "responsible", "registered_unit"), office.province)
    PetitionCase.objects.filter(pk=cause.case_id).update(**elsewhere)
    assert sees(office, cause.case)


def test_what_nobody_has_taken_up_yet_is_not_seen(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    verbs.bring_up(
        case, measure=Measure.PHONE, unit=office.housing, problem="进展慢", article="第四十条第一款", by=office.head,
        at=AT,
    )  # fmt: skip
    assert not sees(office, case)


@pytest.mark.parametrize("change", ["is_sealed", "recused"])
def test_a_report_and_a_recusal_end_the_sight(office: Office, change: str) -> None:
    case = inspected(office)
    value = {"is_sealed": True, "recused": [office.inspector.user_id]}[change]
    PetitionCase.objects.filter(pk=case.pk).update(**{change: value})
    assert not sees(office, case)
    assert list(visible_inspections(office.inspector)) == []


def test_an_inspector_s_worklist_has_what_his_office_supervises(office: Office) -> None:
    issued(office)
    case = inspected(office)
    html = signed_in(office.inspector).get("/cases/").content.decode()
    assert case.number in html
