"""登记满意度评价 on the page and by a program; two at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.evaluation.verbs import Said, evaluate
from cases.models import AnswerChannel, Evaluation, EvaluationObject, PetitionCase, Verdict
from cases.states import Move, State
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, signed_in, version_in
from tests.office import MONDAY, Office, case_in, make_office, step

DAY = timedelta(days=1)
LAST = MONDAY + 30 * DAY
SENT = {
    "office_verdict": "satisfied", "unit_verdict": "unsatisfied", "unit_remark": "漏水至今没有修，电话13800000000",
    "channel": "called-back", "given_on": "2025-03-03",
}  # fmt: skip


@pytest.fixture
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def url(case: PetitionCase) -> str:
    return reverse("cases:evaluate", args=[case.number])


def sent(case: PetitionCase, **changes: str) -> dict[str, str]:
    return {**SENT, "version": str(PetitionCase.objects.get(pk=case.pk).version), **changes}


def page(office: Office, who: str, case: PetitionCase) -> str:
    return signed_in(getattr(office, who)).get(case.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("on_monday")
def test_the_page_offers_it_to_the_office_alone_and_only_after_the_answer(office: Office) -> None:
    answered, open_still = case_in(office, State.CLOSED), case_in(office, State.ISSUED)
    people = ("clerk", "registrar", "head", "handler", "unit_head", "leader")
    assert [who for who in people if url(answered) in page(office, who, answered)] == ["clerk", "registrar", "head"]
    assert url(open_still) not in page(office, "registrar", open_still)


def test_the_page_offers_it_up_to_the_last_day(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    offered = []
    for days in (29, 30, 31):
        with time_machine.travel(MONDAY + days * DAY, tick=False):
            offered.append(url(case) in page(office, "clerk", case))
    assert offered == [True, True, False]


@pytest.mark.usefixtures("on_monday")
def test_both_are_evaluated_on_one_sheet_and_stand_on_the_page(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    client = signed_in(office.clerk)
    sheet = client.get(url(case), headers=HTMX).content.decode()
    assert all(name in sheet for name in ("office_verdict", "unit_verdict", "4月2日", "市住房和城乡建设局"))
    answer = client.post(url(case), {**SENT, "version": version_in(sheet)}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"{case.get_absolute_url()}#evaluations"
    html = page(office, "handler", case)
    assert all(words in html for words in ("满意度评价", "不满意", "电话回访", "漏水至今没有修", "138****0000"))
    assert "13800000000" not in html
    assert url(case) not in page(office, "clerk", case)


@pytest.mark.usefixtures("on_monday")
def test_the_other_object_is_asked_about_on_another_day(office: Office) -> None:
    case, client = case_in(office, State.CLOSED), signed_in(office.clerk)
    client.post(url(case), sent(case, unit_verdict="", unit_remark=""))
    sheet = client.get(url(case), headers=HTMX).content.decode()
    assert ('id="id_office_verdict_0"' in sheet, 'id="id_unit_verdict_0"' in sheet) == (False, True)
    assert client.post(url(case), sent(case, office_verdict="")).status_code == 302
    assert Evaluation.objects.count() == 2


@pytest.mark.usefixtures("on_monday")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"office_verdict": "", "unit_verdict": "", "unit_remark": ""}, "请至少选择对一个对象的评价"),
        ({"unit_verdict": ""}, "已填写对责任单位的意见，请选择评价"),
        ({"unit_remark": "长" * 501}, "500"),
        ({"channel": "telepathy"}, "评价方式不在可选的范围内"),
        ({"given_on": "2025-03-04"}, "与今天之间"),
        ({"given_on": ""}, "field-error"),
        ({"office_verdict": "superb"}, "请从列表中选择"),
        ({"version": ""}, "刚刚已由他人"),
    ],
)
def test_what_is_wrong_stands_on_the_sheet_and_nothing_is_kept(
    office: Office, changes: dict[str, str], words: str
) -> None:
    case = case_in(office, State.CLOSED)
    answer = signed_in(office.clerk).post(url(case), sent(case, **changes), headers=HTMX)
    assert (answer.status_code, words in answer.content.decode(), Evaluation.objects.count()) == (422, True, 0)


@pytest.mark.usefixtures("on_monday")
def test_a_stale_form_comes_back_with_what_was_typed(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    stale = sent(case)
    step(office, case, Move.CLOSE, at=MONDAY)
    client = signed_in(office.clerk)
    answer = client.post(url(case), stale, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, "办结" in html, "漏水至今没有修" in html) == (422, True, True)
    assert client.post(url(case), {**SENT, "version": version_in(html)}).status_code == 302


@pytest.mark.usefixtures("on_monday")
def test_who_comes_second_is_told_at_the_field_and_changes_nothing(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    signed_in(office.clerk).post(url(case), sent(case))
    answer = signed_in(office.head).post(url(case), sent(case, office_verdict="fairly"), headers=HTMX)
    assert (answer.status_code, "评价后不能更改" in answer.content.decode()) == (422, True)
    assert list(Evaluation.objects.order_by("pk").values_list("verdict", flat=True)) == ["satisfied", "unsatisfied"]


def test_after_the_last_day_the_sheet_is_refused_with_the_day(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    with time_machine.travel(LAST + DAY, tick=False):
        client = signed_in(office.clerk)
        seen, posted = client.get(url(case)), client.post(url(case), sent(case), headers=HTMX)
    assert (seen.status_code, "4月2日" in seen.content.decode()) == (409, True)
    assert (posted.status_code, "4月2日" in posted.content.decode(), Evaluation.objects.count()) == (422, True, 0)


@pytest.mark.usefixtures("on_monday")
@pytest.mark.parametrize("who", ["handler", "unit_head"])
def test_the_unit_that_is_evaluated_is_refused(office: Office, who: str) -> None:
    case, client = case_in(office, State.CLOSED), signed_in(getattr(office, who))
    assert [client.get(url(case)).status_code, client.post(url(case), sent(case)).status_code] == [403, 403]


@pytest.mark.usefixtures("on_monday")
def test_a_stranger_finds_nothing_and_a_sealed_matter_is_not_there(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    assert signed_in(office.county_clerk).get(url(case)).status_code == 404
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    for client in (signed_in(office.clerk), signed_in(office.registrar)):
        assert [client.get(url(case)).status_code, client.post(url(case), sent(case)).status_code] == [404, 404]


@pytest.mark.usefixtures("on_monday")
def test_a_program_writes_it_down_and_reads_it(office: Office) -> None:
    case, client = case_in(office, State.CLOSED), program(office.registrar)
    assert client.get(url_of(case)).json()["may_evaluate"] is True
    answer = client.post(url_of(case, "evaluate/"), {**SENT, "version": case.version}, format="json")
    told: list[dict[str, Any]] = answer.json()["annexes"]["evaluations"]
    assert answer.status_code == 200
    assert [(one["object"], one["stand"], one["given"]["verdict"]) for one in told] == [
        ("office", "已评价", "satisfied"),
        ("unit", "已评价", "unsatisfied"),
    ]
    assert answer.json()["may_evaluate"] is False
    again = client.post(url_of(case, "evaluate/"), SENT, format="json")
    assert (again.status_code, again.json()["field"]) == (409, "office_verdict")


@pytest.mark.usefixtures("on_monday")
@pytest.mark.parametrize(
    ("changes", "status"),
    [({"version": 1}, 409), ({"office_verdict": "superb"}, 400), ({"stars": 5}, 400), ({"given_on": None}, 400)],
)
def test_a_program_is_told_what_is_wrong(office: Office, changes: dict[str, Any], status: int) -> None:
    case = case_in(office, State.CLOSED)
    answer = program(office.registrar).post(url_of(case, "evaluate/"), SENT | changes, format="json")
    assert (answer.status_code, Evaluation.objects.count()) == (status, 0)


@pytest.mark.usefixtures("on_monday")
def test_a_program_of_the_unit_is_refused_and_one_of_a_stranger_finds_nothing(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    answers = [
        program(post).post(url_of(case, "evaluate/"), SENT, format="json").status_code
        for post in (office.handler, office.water_handler)
    ]
    assert answers == [403, 404]


def _say(case: PetitionCase, office: Office, verdict: Verdict) -> str:
    try:
        evaluate(
            PetitionCase.objects.get(pk=case.pk),
            said={EvaluationObject.UNIT: Said(verdict)},
            channel=AnswerChannel.CALLED_BACK,
            given_on=MONDAY.date(),
            by=office.clerk,
            at=MONDAY,
        )
    except Refusal as refusal:
        return str(refusal)
    finally:
        connection.close()
    return verdict.value


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_kept_and_the_other_is_told() -> None:
    office = make_office()
    case = case_in(office, State.CLOSED)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda verdict: _say(case, office, verdict), list(Verdict) * 4))
    kept = Evaluation.objects.get()
    assert (answers.count(kept.verdict), sum("评价后不能更改" in answer for answer in answers)) == (1, 11)
    assert case.events.filter(kind="evaluated").count() == 1
    assert case.deadlines.get(rule=Rule.EVALUATION).is_running


def test_the_office_lists_whom_it_asks_back_until_both_are_evaluated_or_the_window_is_over(office: Office) -> None:
    case, _ = case_in(office, State.DELIVERED), case_in(office, State.HANDLING)

    def listed() -> list[str]:
        rows = program(office.registrar).get("/api/cases/", {"flag": "to-evaluate"}).json()["rows"]
        return [row["number"] for row in rows]

    assert listed() == [case.number]
    said = {about: Said(Verdict.SATISFIED) for about in EvaluationObject}
    seen = PetitionCase.objects.get(pk=case.pk)
    channel = AnswerChannel.CALLED_BACK
    evaluate(seen, said=said, channel=channel, given_on=MONDAY.date(), by=office.registrar, at=MONDAY)
    assert listed() == []
