"""协办、回避、复查复核、关联事项 beside a matter: what each reader is told of them, and at what cost."""

from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from binzhou_xinfang.accounts.models import Post
from cases.casefile.annexes import read_annexes
from cases.models import PetitionCase
from cases.states import Move, State
from tests.cases.api_client import program, url_of
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in, ready_for, register, step

pytestmark = pytest.mark.usefixtures("on_monday")


def told(case: PetitionCase, by: Post) -> dict[str, Any]:
    answer: dict[str, Any] = program(by).get(url_of(case)).json()["annexes"]
    return answer


def test_an_ordinary_matter_has_none_and_asks_for_none(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = case_in(office, State.HANDLING)
    deadlines = list(case.deadlines.all())
    with django_assert_num_queries(0):
        annexes = read_annexes(case, office.handler, deadlines)
    assert (annexes.co_handlings, annexes.recusals, annexes.reviews, annexes.has_links) == ([], [], [], False)


def test_a_helping_unit_is_told_with_its_own_day_until_it_has_answered(office: Office) -> None:
    ready = ready_for(office, Move.FEED_BACK)
    (owed,) = told(ready.case, office.handler)["co_handlings"]
    clock = ready.case.deadlines.get(rule="co-handling")
    assert (owed["unit"]["name"], owed["due_on"]) == ("市水利局", clock.legal_on.isoformat())
    step(office, ready.case, Move.FEED_BACK, at=MONDAY)
    (done,) = told(ready.case, office.handler)["co_handlings"]
    assert (done["due_on"], bool(done["feedback"]), bool(done["fed_back_on"])) == (None, True, True)


def test_a_recusal_is_told_to_the_unit_that_works_on_the_matter_alone(office: Office) -> None:
    case = ready_for(office, Move.GRANT_RECUSAL).case
    assert [each["is_granted"] for each in told(case, office.handler)["recusals"]] == [None]
    assert told(case, office.registrar)["recusals"] == []


def test_a_refused_recusal_is_no_longer_told(office: Office) -> None:
    case = ready_for(office, Move.REFUSE_RECUSAL).case
    step(office, case, Move.REFUSE_RECUSAL, at=MONDAY)
    assert told(case, office.handler)["recusals"] == []


@pytest.mark.parametrize(
    ("state", "inside", "outside"),
    [
        (State.REVIEW_DRAFTED, "reviewer", ("handler", "registrar")),
        (State.RECHECK_DRAFTED, "rechecker", ("handler", "reviewer")),
    ],
)
def test_what_a_body_has_only_drafted_is_told_inside_it_alone(
    office: Office, state: State, inside: str, outside: tuple[str, ...]
) -> None:
    case = case_in(office, state)
    assert told(case, getattr(office, inside))["reviews"][0]["decision"] != ""
    for who in outside:
        review = told(case, getattr(office, who))["reviews"][0]
        assert (review["result"], review["decision"], review["redo_days"]) == ("", "", None)
        assert review["grounds"] != ""


def test_a_signed_review_is_told_to_all_who_see_the_matter(office: Office) -> None:
    case = case_in(office, State.REVIEW_DELIVERED)
    for who in ("handler", "registrar", "reviewer"):
        review = told(case, getattr(office, who))["reviews"][0]
        assert review["result"] != ""
        assert review["decision"] != ""


def merged(office: Office) -> tuple[PetitionCase, PetitionCase]:
    ready = ready_for(office, Move.SPLIT)
    case = ready.case
    assert case.merged_into is not None
    return case, case.merged_into


def test_merged_matters_name_each_other(office: Office) -> None:
    case, into = merged(office)
    assert told(case, office.registrar)["merged_into"]["number"] == into.number
    assert [each["number"] for each in told(into, office.registrar)["merged"]] == [case.number]


def test_a_tied_matter_that_the_reader_may_not_see_is_not_named(office: Office) -> None:
    before = case_in(office, State.CLOSED)
    after = register(office).case
    PetitionCase.objects.filter(pk=after.pk).update(follows=before)
    PetitionCase.objects.filter(pk=before.pk).update(is_sealed=True)
    seen = told(after, office.registrar)
    assert (seen["follows"], before.number in str(seen)) == (None, False)
    assert told(after, office.head)["follows"]["number"] == before.number


def test_all_annexes_are_read_in_six_queries_however_many_they_are(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = ready_for(office, Move.GRANT_RECUSAL).case
    PetitionCase.objects.filter(pk=case.pk).update(is_joint=True, petition_count=2)
    case = PetitionCase.objects.select_related("registered_unit", "responsible").get(pk=case.pk)
    deadlines = list(case_in(office, State.REVIEW_DELIVERED).deadlines.all())
    with django_assert_num_queries(6):
        read_annexes(case, office.handler, deadlines)


def course_on_page(case: PetitionCase, by: Post) -> str:
    return signed_in(by).get(case.get_absolute_url()).content.decode().partition('id="course"')[2]


def test_the_registration_names_the_ended_matter_that_the_new_one_goes_on_from(office: Office) -> None:
    before = case_in(office, State.CLOSED)
    after = register(office, follows=before).case
    event = after.events.get(kind=Move.REGISTER)
    assert event.detail["follows"] == before.number
    link = f'接续原事项<a class="num" href="{before.get_absolute_url()}">{before.number}</a></p>'
    assert link in course_on_page(after, office.registrar)
    rows = program(office.registrar).get(url_of(after, "events/")).json()["rows"]
    assert rows[-1]["lines"][0] == f"接续原事项{before.number}"


def test_who_does_not_see_the_matter_before_reads_its_number_without_a_link(office: Office) -> None:
    before = case_in(office, State.CLOSED)
    after = step(office, register(office, follows=before).case, Move.TRIAGE, at=MONDAY)
    after = step(office, after, Move.REFER, at=MONDAY, to_unit="bzsl")
    html = course_on_page(after, office.water_handler)
    assert f'接续原事项<span class="num">{before.number}</span></p>' in html
    assert before.get_absolute_url() not in html


def test_a_report_of_wrongdoing_is_not_named_in_a_matter_that_others_read(office: Office) -> None:
    before = case_in(office, State.CLOSED)
    before.is_sealed = True
    before.save()
    after = register(office, follows=before).case
    assert "follows" not in after.events.get(kind=Move.REGISTER).detail
    assert before.number not in course_on_page(after, office.registrar)


def test_an_ordinary_registration_goes_on_from_nothing(office: Office) -> None:
    assert "接续原事项" not in course_on_page(register(office).case, office.registrar)
