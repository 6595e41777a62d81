"""To which body the measure of an inspection goes, with what, and how the inspections are found by their result."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records import audit
from cases.casefile.event_text import tell
from cases.models import PetitionCase
from cases.states import State
from supervision.inspections.facts import answerable, facts_of_file
from supervision.inspections.items import Calm, Fulfilment, Part, Standing, score
from supervision.inspections.results import RESULTS, with_result
from supervision.inspections.verbs import inspect
from supervision.models import Inspection, Measure, SupervisionCase
from tests.cases.pages import signed_in
from tests.office import Office, case_in
from tests.supervision.inspections.test_inspections import AT, IN_ORDER, held, sheet


def brought_up(made: Inspection) -> set[tuple[str, str]]:
    """Measure and unit of what followed from it."""
    found = SupervisionCase.objects.filter(key__startswith=f"inspection:{made.pk}:")
    return set(found.values_list("measure", "unit__code"))


def test_each_body_has_what_concerns_it(office: Office) -> None:
    case, county = case_in(office, State.CLOSED), office.county_office
    PetitionCase.objects.filter(pk=case.pk).update(registered_unit=county, sender=county)
    made = held(
        office, case=case, notified=(Standing.NOT_IN_ORDER, "迟转8日"), delivered=(Standing.NOT_IN_ORDER, "无回证"),
        office=(Fulfilment.WEAK, "未跟踪"), authority=(Fulfilment.DERELICT, "虚报办结"),
    )  # fmt: skip
    assert brought_up(made) == {
        (Measure.SUPERVISION, "bcxf"), (Measure.SUPERVISION, "bzzj"), (Measure.IMPROVEMENT, "bcxf"),
        (Measure.LIABILITY, "bzzj"),
    }  # fmt: skip


def test_the_office_sends_nothing_to_itself_and_the_page_says_so(office: Office) -> None:
    made = held(office, office=(Fulfilment.WEAK, "未督办"), notified=(Standing.NOT_IN_ORDER, "迟转8日"))
    page = signed_in(office.head).get(f"/supervision/inspections/{made.pk}/").content.decode()
    assert brought_up(made) == set()
    assert "由本局整改：按期登记、转送交办并告知、信访部门责任" in page


@pytest.mark.parametrize(
    ("code", "answer", "facts"),
    [
        ("report", Standing.NOT_IN_ORDER, {"demands": ["就“办结报告内容完整、证据齐全”存在的问题整改到位"]}),
        ("authority", Fulfilment.WEAK, {"proposals": ["落实事权机关责任，改进工作"]}),
        (
            "leader", Fulfilment.DERELICT,
            {"proposals": ["就包案领导责任依规依纪依法追究责任"], "persons": ["分管负责人"]},
        ),
    ],
)  # fmt: skip
def test_the_letter_is_filled_in_with_what_was_found(
    office: Office, code: str, answer: str, facts: dict[str, list[str]]
) -> None:
    said = {**IN_ORDER, code: {"answer": answer, "finding": "没有做到", "who": "分管负责人"}}
    made = inspect(
        case_in(office, State.CLOSED), held_on=AT.date(), answers=said, conclusion="不到位", by=office.head, at=AT
    )
    found = SupervisionCase.objects.get()
    assert {name: found.facts[name] for name in facts} == facts
    assert found.facts["findings"] == [f"{found.problem}"]
    assert found.key == f"inspection:{made.pk}:{found.measure}:{office.housing.pk}"


@pytest.mark.parametrize(
    ("is_assigned", "said"),
    [
        (False, ("不是交办件，不要求办结报告", Standing.NOT_ASKED)),
        (True, ("案卷中没有办结报告", Standing.NOT_IN_ORDER)),
    ],
)
def test_a_report_is_missed_only_where_one_is_owed(
    office: Office, is_assigned: bool, said: tuple[str, Standing]
) -> None:
    case = case_in(office, State.CLOSED)
    case.is_assigned = is_assigned
    assert facts_of_file(case, on=timezone.localdate())["report"] == said


def test_who_answers_is_proposed_where_it_is_known_and_kept_as_it_was_said(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    assert answerable(case) == {"authority": "市住房和城乡建设局", "office": "滨州市信访局"}
    with time_machine.travel(AT, tick=False):
        client = signed_in(office.head)
        url = f"/supervision/inspections/new/{case.number}/"
        assert client.get(url).context["form"]["authority_who"].initial == "市住房和城乡建设局"
        made = client.post(url, sheet(leader_who="副局长吴某"))["Location"]
        assert "副局长吴某" in client.get(made).content.decode()


@pytest.mark.parametrize(("calm", "points"), [(Calm.YES, 100), (Calm.NO, 80), (Calm.UNKNOWN, 100)])
def test_what_is_not_known_of_the_petitioner_is_not_scored(calm: Calm, points: int) -> None:
    assert score({**IN_ORDER, "calmed": {"answer": calm}}, Part.SUBSTANCE) == points


def test_every_further_inspection_brings_up_its_own(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    first, second = (held(office, case=case, report=(Standing.NOT_IN_ORDER, "没有报告")) for _ in range(2))
    assert [len(brought_up(made)) for made in (first, second)] == [1, 1]


def test_the_course_of_the_matter_tells_of_it_and_the_chain_holds(office: Office) -> None:
    made = held(office)
    told = tell(made.case.events.get(kind="inspected"), on=AT.date())
    assert (told.title, told.lines) == ("一案双督三查", ["督查日期：3月10日(周一)", "说明：总体到位"])
    assert audit.verify(None).findings == []


def test_who_withdrew_from_the_matter_does_not_inspect_it(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    PetitionCase.objects.filter(pk=case.pk).update(recused=[office.head.user_id])
    with pytest.raises(NotPermitted):
        held(office, case=case)


def asked_by(post: Post, number: str) -> tuple[Client, str]:
    return signed_in(post), f"/supervision/inspections/new/{number}/"


def test_a_sealed_report_has_no_sheet_even_for_who_reads_it(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    client, url = asked_by(office.head, case.number)
    assert client.get(url).status_code == 404


def test_inspections_are_found_by_what_followed(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    made = {
        "in-order": held(office, case=case),
        "supervision": held(office, case=case, calmed=(Calm.NO, "仍在走访")),
        "improvement": held(office, case=case, leader=(Fulfilment.WEAK, "未约访")),
        "liability": held(office, case=case, office=(Fulfilment.DERELICT, "压件不办")),
    }
    found = {result: list(with_result(Inspection.objects.all(), result)) for result in RESULTS}
    assert found == {result: [one] for result, one in made.items()}
    assert with_result(Inspection.objects.all(), "nothing").count() == 4
