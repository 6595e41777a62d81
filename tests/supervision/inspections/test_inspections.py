"""一案双督三查: kept for good, scored by what applies, and followed by the letter or proposal it calls for."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from cases.models import PetitionCase
from cases.states import State
from supervision.causes.prefill import facts_of_cause
from supervision.inspections.facts import facts_of_file
from supervision.inspections.items import ITEMS, Calm, Fulfilment, Part, Standing, score
from supervision.inspections.verbs import inspect
from supervision.models import Inspection, Measure, Stage, SupervisionCase, Trigger
from tests.cases.pages import signed_in
from tests.office import Office, case_in, moment
from tests.supervision.causes.late import LATE, opened

AT = moment(2025, 3, 10)
GOOD = {Standing: Standing.IN_ORDER, Calm: Calm.YES, Fulfilment: Fulfilment.FULFILLED}
IN_ORDER = {item.code: {"answer": GOOD[item.answers], "finding": ""} for item in ITEMS}


def held(
    office: Office, /, *, by: Post | None = None, case: PetitionCase | None = None, **answers: tuple[str, str]
) -> Inspection:
    """An inspection in which everything is in order but what `answers` says."""
    said = IN_ORDER | {code: {"answer": answer, "finding": found} for code, (answer, found) in answers.items()}
    return inspect(
        case or case_in(office, State.CLOSED), held_on=AT.date(), answers=said, conclusion="总体到位",
        by=by or office.head, at=AT,
    )  # fmt: skip


def test_an_inspection_in_order_is_kept_and_brings_up_nothing(office: Office) -> None:
    made = held(office)
    assert not SupervisionCase.objects.exists()
    assert made.case.events.order_by("-seq")[0].kind == "inspected"


@pytest.mark.parametrize(
    ("code", "answer", "measure"),
    [
        ("solved", Standing.NOT_IN_ORDER, Measure.SUPERVISION),
        ("calmed", Calm.NO, Measure.SUPERVISION),
        ("delivered", Standing.NOT_IN_ORDER, Measure.SUPERVISION),
        ("authority", Fulfilment.WEAK, Measure.IMPROVEMENT),
        ("leader", Fulfilment.DERELICT, Measure.LIABILITY),
    ],
)
def test_what_is_wrong_brings_up_what_follows(office: Office, code: str, answer: str, measure: Measure) -> None:
    held(office, **{code: (answer, "没有送达回证")})
    found = SupervisionCase.objects.get()
    assert (found.measure, found.trigger, found.stage, found.unit) == (
        measure, Trigger.INSPECTION, Stage.PENDING, office.housing,
    )  # fmt: skip
    kind = measure.kind
    assert kind is not None
    assert facts_of_cause(found, kind, by=office.registrar, on=AT.date())["findings"].endswith("：没有送达回证")


def test_several_findings_of_one_kind_bring_up_one_letter(office: Office) -> None:
    held(office, solved=(Standing.NOT_IN_ORDER, "未修"), opinion=(Standing.NOT_IN_ORDER, "未逐项答复"))
    assert SupervisionCase.objects.get().facts["findings"] == [
        "诉求合理的解决问题到位：未修", "处理意见逐项答复诉求，写明依据和救济途径：未逐项答复",
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "code"), [(Standing.NOT_IN_ORDER, "report"), (Fulfilment.WEAK, "authority")])
def test_what_is_wrong_wants_its_finding(office: Office, answer: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        held(office, **{code: (answer, " ")})
    assert (refused.value.field, Inspection.objects.count()) == (f"{code}_finding", 0)


def test_an_item_without_an_answer_is_refused(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        held(office, calmed=("", ""))
    assert refused.value.field == "calmed"


@pytest.mark.parametrize("who", ["registrar", "clerk", "unit_head", "handler", "leader", "county_head", "discipline"])
def test_inspector_and_head_alone_inspect(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        held(office, by=getattr(office, who))


def test_an_inspector_inspects_what_is_in_the_task(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    with pytest.raises(NotPermitted):
        held(office, by=office.inspector, case=case)
    late = opened(office).case
    made = inspect(late, held_on=LATE.date(), answers=IN_ORDER, conclusion="已整改", by=office.inspector, at=LATE)
    assert made.by_user == office.inspector.user


def test_a_sealed_report_is_not_inspected(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    with pytest.raises(NotPermitted):
        held(office, case=case)


def test_an_inspection_is_never_changed(office: Office) -> None:
    held(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        Inspection.objects.update(conclusion="改")


@pytest.mark.parametrize(
    ("wrong", "asked", "points"), [(0, 7, 100), (1, 7, 85), (7, 7, 0), (0, 0, None), (1, 1, 0), (1, 2, 50)]
)
def test_the_score_is_the_share_in_order_of_what_applies(wrong: int, asked: int, points: int | None) -> None:
    items = [item.code for item in ITEMS if item.part is Part.PROCEDURE]
    said = {
        code: {
            "answer": Standing.NOT_ASKED
            if place >= asked
            else Standing.NOT_IN_ORDER
            if place < wrong
            else Standing.IN_ORDER
        }
        for place, code in enumerate(items)
    }
    assert score(said, Part.PROCEDURE) == points


def test_the_file_says_what_it_knows_of_each_item(office: Office) -> None:
    known = facts_of_file(case_in(office, State.HANDLING), on=AT.date())
    assert known["notified"] == ("按期完成", Standing.IN_ORDER)
    assert known["answered"] == ("正在计算，尚未届满", None)
    assert known["opinion"] == ("案卷中没有信访处理意见书", None)


def test_an_opinion_that_is_owed_and_missing_is_proposed_as_not_in_order(office: Office) -> None:
    assert facts_of_file(opened(office).case, on=timezone.localdate())["opinion"] == (
        "案卷中没有信访处理意见书",
        Standing.NOT_IN_ORDER,
    )


def test_what_ran_late_is_proposed_as_not_in_order(office: Office) -> None:
    words, proposed = facts_of_file(opened(office).case, on=timezone.localdate())["answered"]
    assert (words, proposed) == ("60日办理期限2025年05月06日届满，逾期", Standing.NOT_IN_ORDER)


def sheet(**changes: str) -> dict[str, str]:
    said = {code: given["answer"] for code, given in IN_ORDER.items()}
    return said | {"held_on": "2025-03-10", "conclusion": "总体到位"} | changes


def test_the_sheet_is_filled_in_on_its_page(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    with time_machine.travel(AT, tick=False):
        client = signed_in(office.head)
        url = f"/supervision/inspections/new/{case.number}/"
        bad = client.post(url, sheet(authority=Fulfilment.WEAK))
        assert (bad.status_code, "请写明发现的问题" in bad.content.decode()) == (422, True)
        answer = client.post(url, sheet(authority=Fulfilment.WEAK, authority_finding="未督办"))
        page = client.get(answer["Location"]).content.decode()
    assert "未督办" in page
    assert "改进工作建议" in page


def test_an_inspection_does_not_exist_for_another_county(office: Office) -> None:
    made = held(office)
    assert signed_in(office.county_head).get(f"/supervision/inspections/{made.pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    case = case_in(office, State.CLOSED)
    for _ in range(number):
        held(office, case=case)
    client = signed_in(office.head)
    client.get("/supervision/inspections/")
    with django_assert_num_queries(QUERIES):
        assert client.get("/supervision/inspections/").status_code == 200


QUERIES = 5


def test_a_sheet_says_all_its_gaps_at_once(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    sent = {item.code: str(GOOD[item.answers]) for item in ITEMS} | {"held_on": "2025-03-10", "conclusion": "总体到位"}
    wrong = {"solved": "not-in-order", "delivered": "not-in-order", "leader": "weak"}
    with time_machine.travel(AT, tick=False):
        answer = signed_in(office.head).post(f"/supervision/inspections/new/{case.number}/", sent | wrong)

    assert set(answer.context["form"].errors) == {"solved_finding", "delivered_finding", "leader_finding"}
    assert not Inspection.objects.exists()
