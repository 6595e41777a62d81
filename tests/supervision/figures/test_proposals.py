"""三项建议: brought up, written by three hands, answered with what is adopted, verified, and told of the year."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters.kinds import FACTS
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.verbs import draft_letter
from cases.models import PetitionCase
from cases.queries import visible_to
from cases.states import State
from supervision.causes import verbs
from supervision.causes.prefill import facts_of_cause, likely_addressee
from supervision.figures.proposals import figures_of_year, of_figure, of_year
from supervision.models import PROPOSALS, Adoption, Measure, Stage, SupervisionCase
from supervision.queries import visible_supervisions
from tests.cases.pages import signed_in
from tests.office import Office, case_in, moment, register
from tests.supervision.causes.late import signed

AT = moment(2025, 3, 10)
MEASURES = list(PROPOSALS)
# What a person adds to what is known.
WRITTEN: dict[str, Any] = {
    "proposals": ["建立来访事项台账"], "policies": ["现行办法第三条"], "persons": ["科长某某"],
    "evidence": ["谈话记录"],
    "consequences": "引发集体访",
}  # fmt: skip


def brought_up(office: Office, measure: Measure = Measure.IMPROVEMENT, **changes: Any) -> SupervisionCase:
    given: dict[str, Any] = {
        "unit": office.city if measure is Measure.POLICY else office.water,
        "problem": "台账缺失",
        "article": "第四十条第一款",
        "at": AT,
    } | changes
    case = given.pop("case", None) or case_in(office, State.HANDLING)
    return verbs.bring_up(case, measure=measure, by=office.registrar, **given)


def gone_out(office: Office, measure: Measure = Measure.IMPROVEMENT, **changes: Any) -> SupervisionCase:
    """A proposal that three people have written, checked and signed."""
    found = brought_up(office, measure, **changes)
    kind = measure.kind
    assert kind is not None
    known = facts_of_cause(found, kind, by=office.registrar, on=AT.date()) | WRITTEN
    facts = {
        name: value.splitlines() if FACTS[name].is_list and isinstance(value, str) else value
        for name, value in known.items()
    }
    draft = verbs.draft(found, facts=facts, by=office.registrar, at=AT).draft
    assert draft is not None
    return signed(office, draft, at=AT)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_proposal_that_went_out_waits_thirty_days_for_its_answer(office: Office, measure: Measure) -> None:
    found = gone_out(office, measure)
    assert found.clock is not None
    assert (found.stage, found.clock.rule, found.clock.strict_on) == (
        Stage.ISSUED, Rule.PROPOSAL_FEEDBACK, date(2025, 4, 9),
    )  # fmt: skip


def test_the_body_reads_what_was_sent_to_it_without_knowing_the_matter(office: Office) -> None:
    found = gone_out(office)
    assert list(visible_supervisions(office.water_head)) == [found]
    assert not visible_to(office.water_head).filter(pk=found.case_id).exists()
    page = signed_in(office.water_head).get(f"/supervision/letters/{found.pk}/").content.decode()
    assert "建立来访事项台账" in page
    assert f"/cases/{found.case.number}/" not in page


def test_a_proposal_not_signed_yet_does_not_exist_for_the_body(office: Office) -> None:
    found = brought_up(office)
    assert signed_in(office.water_head).get(f"/supervision/letters/{found.pk}/").status_code == 404


def test_what_is_sealed_afterwards_is_out_of_sight_of_the_body(office: Office) -> None:
    found = gone_out(office)
    PetitionCase.objects.filter(pk=found.case_id).update(is_sealed=True)
    assert not visible_supervisions(office.water_head).exists()


def test_the_answer_of_another_body_is_not_what_the_matter_waits_for(office: Office) -> None:
    found = gone_out(office)
    assert PetitionCase.objects.get(pk=found.case_id).due_rule == Rule.HANDLING


@pytest.mark.parametrize("adoption", list(Adoption))
def test_the_body_says_what_it_adopts(office: Office, adoption: Adoption) -> None:
    found = verbs.answer(gone_out(office), text="四月底前落实", adoption=adoption, by=office.water_head, at=AT)
    assert (found.answers.get().adoption, found.stage) == (adoption, Stage.ANSWERED)


def test_an_answer_without_adoption_is_refused(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        verbs.answer(gone_out(office), text="收到", by=office.water_head, at=AT)
    assert refused.value.field == "adoption"


@pytest.mark.parametrize("who", ["unit_head", "handler", "discipline", "registrar", "leader"])
def test_nobody_else_answers_a_proposal(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        verbs.answer(gone_out(office), text="采纳", adoption=Adoption.ADOPTED, by=getattr(office, who), at=AT)


def test_the_leader_answers_what_went_to_the_government(office: Office) -> None:
    found = gone_out(office, Measure.POLICY, unit=office.city)
    given = verbs.answer(found, text="已列入修订计划", adoption=Adoption.ADOPTED, by=office.leader, at=AT)
    assert given.answers.get().unit == office.city


@pytest.mark.parametrize(("day", "is_late"), [(8, False), (9, False), (10, True)])
def test_an_answer_on_paper_counts_from_the_day_it_came(office: Office, day: int, is_late: bool) -> None:
    found, at = gone_out(office), moment(2025, 4, 14)
    found = verbs.receive(
        found, text="部分采纳", adoption=Adoption.PARTLY, given_on=date(2025, 4, day), by=office.registrar, at=at
    )
    given = found.answers.get()
    assert (given.is_received, given.is_late, given.unit) == (True, is_late, office.water)


@pytest.mark.parametrize("given_on", [date(2025, 3, 9), date(2025, 4, 15)])
def test_an_answer_on_paper_came_after_the_letter_and_not_tomorrow(office: Office, given_on: date) -> None:
    with pytest.raises(Refusal) as refused:
        verbs.receive(
            gone_out(office), text="采纳", adoption=Adoption.ADOPTED, given_on=given_on, by=office.registrar,
            at=moment(2025, 4, 14),
        )  # fmt: skip
    assert refused.value.field == "given_on"


def test_the_office_enters_no_answer_of_the_unit_that_it_supervises(office: Office) -> None:
    found = verbs.bring_up(
        case_in(office, State.HANDLING), measure=Measure.SITE, unit=office.housing, problem="慢", article="",
        by=office.head, at=AT,
    )  # fmt: skip
    verbs.record(found, held_on=AT.date(), text="看", findings=["慢"], due_on=date(2025, 3, 20), by=office.head, at=AT)
    with pytest.raises(Refusal, match="督"):
        verbs.receive(found, text="已整改", given_on=AT.date(), by=office.head, at=AT)


def test_about_persons_the_discipline_body_is_asked_first(office: Office) -> None:
    found = brought_up(office, Measure.LIABILITY, unit=office.housing)
    assert likely_addressee(found, AT.date()) == office.discipline_unit.name
    assert likely_addressee(brought_up(office, unit=office.water), AT.date()) == office.water.name


def test_a_proposal_names_all_matters_that_it_rests_on(office: Office) -> None:
    other = register(office).case
    found = brought_up(office, also=[other])
    kind = Measure.IMPROVEMENT.kind
    assert kind is not None
    known = facts_of_cause(found, kind, by=office.registrar, on=AT.date())
    assert known["cases"] == f"{found.case.number}、{other.number}"


def numbers(office: Office, year: int = 2025, today: date = date(2025, 3, 11)) -> dict[str, int]:
    row = dict(figures_of_year(office.head, year, today))[Measure.IMPROVEMENT]
    return {figure.slug: number for figure, number in row}


def test_the_year_tells_what_became_of_its_proposals(office: Office) -> None:
    brought_up(office)
    adopted = gone_out(office)
    verbs.answer(adopted, text="采纳", adoption=Adoption.ADOPTED, by=office.water_head, at=AT)
    verbs.judge(adopted, is_accepted=True, verdict="属实", by=office.head, at=AT)
    refused = gone_out(office)
    verbs.answer(refused, text="暂不具备条件", adoption=Adoption.REFUSED, by=office.water_head, at=AT)
    gone_out(office)
    assert numbers(office) == {
        "preparing": 1, "issued": 3, "adopted": 1, "partly": 0, "refused": 1, "waiting": 1, "late": 0, "verified": 1,
    }  # fmt: skip


def test_an_answer_that_was_sent_back_counts_for_nothing(office: Office) -> None:
    found = gone_out(office)
    verbs.answer(found, text="采纳", adoption=Adoption.ADOPTED, by=office.water_head, at=AT)
    verbs.judge(found, is_accepted=False, verdict="没有措施", due_on=date(2025, 3, 20), by=office.head, at=AT)
    assert (numbers(office)["adopted"], numbers(office)["waiting"]) == (0, 1)


@pytest.mark.parametrize(("today", "late"), [(date(2025, 4, 9), 0), (date(2025, 4, 10), 1)])
def test_a_proposal_is_late_after_its_last_day(office: Office, today: date, late: int) -> None:
    gone_out(office)
    assert numbers(office, today=today)["late"] == late


def test_another_year_tells_nothing_of_it(office: Office) -> None:
    gone_out(office)
    assert sum(numbers(office, 2024).values()) == 0


def test_a_figure_opens_exactly_its_list(office: Office) -> None:
    found = gone_out(office)
    gone_out(office)
    verbs.answer(found, text="采纳", adoption=Adoption.ADOPTED, by=office.water_head, at=AT)
    assert list(of_figure(of_year(office.head, 2025), "adopted", AT.date())) == [found]


def test_a_proposal_written_in_the_matter_goes_to_the_body_that_it_names(office: Office) -> None:
    facts = WRITTEN | {
        "addressee": "市水利局", "findings": ["台账缺失"], "basis": "第四十条第一款", "feedback_due_on": "2025-04-09",
    }  # fmt: skip
    kind = Measure.IMPROVEMENT.kind
    assert kind is not None
    draft = draft_letter(case_in(office, State.HANDLING), kind=kind, facts=facts, by=office.registrar, at=AT)
    assert signed(office, draft, at=AT).unit == office.water


def test_the_answer_to_a_body_outside_of_the_system_is_entered_by_the_office(office: Office) -> None:
    facts = WRITTEN | {
        "addressee": "省自然资源厅", "findings": ["台账缺失"], "basis": "第四十条", "feedback_due_on": "2025-04-09",
    }  # fmt: skip
    kind = Measure.IMPROVEMENT.kind
    assert kind is not None
    draft = draft_letter(case_in(office, State.HANDLING), kind=kind, facts=facts, by=office.registrar, at=AT)
    found = signed(office, draft, at=AT)
    found = verbs.receive(found, text="采纳", adoption=Adoption.ADOPTED, given_on=AT.date(), by=office.head, at=AT)
    assert (found.unit, found.answers.get().is_received) == (office.bureau, True)


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/supervision/proposals/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("query", ["", "?year=2025&measure=improvement&figure=issued", "?year=x&measure=y&figure=z"])
def test_the_page_of_the_year_takes_every_address(office: Office, query: str) -> None:
    page(signed_in(office.head), query)


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_costs_the_same_for_one_proposal_and_many(
    office: Office, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        gone_out(office)
    client = signed_in(office.head)
    page(client, "?year=2025")
    with django_assert_num_queries(QUERIES):
        page(client, "?year=2025")


QUERIES = 13
