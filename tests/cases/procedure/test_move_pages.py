"""The forms of the moves: what they set going, sent twice, sent too late, and where they lead."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.statute.periods import Rule
from cases.models import CaseEvent, PetitionCase
from cases.states import Move, State
from cases.vocabulary import Purpose
from tests.cases.pages import HTMX, move_url, signed_in, typed, version_in
from tests.moves import sent as usually_sent
from tests.office import MONDAY, Office, case_in, ready_for, register, step

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


Typed = dict[str, str]


def prepared(office: Office, move: Move) -> tuple[Client, PetitionCase, Typed]:
    """The browser of who makes the move, a matter that waits for it, and what is typed."""
    ready = ready_for(office, move)
    return signed_in(ready.by), ready.case, typed(ready.sent) | {"version": str(ready.case.version)}


def version(case: PetitionCase) -> int:
    return PetitionCase.objects.get(pk=case.pk).version


def sent(case: PetitionCase, move: Move) -> dict[str, object]:
    return {**typed(usually_sent(move, MONDAY.date())), "version": version(case)}


def test_a_colleague_in_another_role_may_not_make_the_move_of_the_head(office: Office) -> None:
    case = case_in(office, State.CHECKED)
    answer = signed_in(office.handler).post(move_url(case, Move.SIGN), sent(case, Move.SIGN))
    assert (answer.status_code, version(case)) == (403, case.version)


def test_nobody_is_sent_to_the_sign_in(office: Office) -> None:
    case = case_in(office, State.REGISTERED)
    answer = Client().get(move_url(case, Move.TRIAGE))
    assert answer.headers["Location"].startswith(reverse("accounts:sign-in"))


@pytest.mark.parametrize("slug", ["register", "repeat", "nonsense"])
def test_a_move_without_a_form_is_not_there(office: Office, slug: str) -> None:
    case = case_in(office, State.REGISTERED)
    assert signed_in(office.registrar).get(reverse("cases:move", args=[case.number, slug])).status_code == 404


def test_a_move_that_the_state_does_not_allow_is_refused_in_words(office: Office) -> None:
    case = case_in(office, State.REGISTERED)
    answer = signed_in(office.registrar).get(move_url(case, Move.REFER))
    assert answer.status_code == 409
    assert "事项现为“待甄别”，不能转送" in answer.content.decode()


def test_the_side_sheet_gets_the_form_alone(office: Office) -> None:
    client, case, _ = prepared(office, Move.REFER)
    answer = client.get(move_url(case, Move.REFER), headers=HTMX)
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_the_side_sheet_is_sent_back_to_the_page(office: Office) -> None:
    client, case, _ = prepared(office, Move.REFER)
    answer = client.post(move_url(case, Move.REFER), sent(case, Move.REFER), headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, case.get_absolute_url())


def test_the_page_says_what_was_done_with_the_new_due_days_and_letters(office: Office) -> None:
    client, case, _ = prepared(office, Move.REFER)
    answer = client.post(move_url(case, Move.REFER), sent(case, Move.REFER))
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == [
        "已办理“转送”。15日告知期限至3月18日(周二)；5个工作日异议期限至3月10日(周一)；"
        "生成滨信转〔2025〕1号、滨信程〔2025〕1号。"
    ]


def test_a_form_made_before_somebody_elses_move_is_refused_and_keeps_what_was_typed(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    client = signed_in(office.handler)
    stale = sent(case, Move.INVESTIGATE) | {"note": "走访了三户居民"}
    step(office, case, Move.ASK_EXTENSION, at=MONDAY)
    answer = client.post(move_url(case, Move.INVESTIGATE), stale, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "该事项刚刚已由他人“申请延期”，请核对最新情况后再操作" in html
    assert "走访了三户居民" in html
    assert "现在不能记录调查" in html
    assert CaseEvent.objects.filter(case=case, kind=Move.INVESTIGATE).count() == 1


def test_a_stale_form_can_be_sent_again_once_its_clerk_has_seen_the_change(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    client = signed_in(office.handler)
    stale = sent(case, Move.INVESTIGATE)
    case = step(office, case, Move.INVESTIGATE, at=MONDAY - timedelta(hours=1))
    again = client.post(move_url(case, Move.INVESTIGATE), stale).content.decode()
    assert "最近办理：记录调查" in again
    answer = client.post(move_url(case, Move.INVESTIGATE), stale | {"version": version_in(again)})
    assert (answer.status_code, version(case)) == (302, case.version + 1)


def test_whose_desk_the_matter_has_left_is_told_that_it_has_changed(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    client = signed_in(office.head)
    stale = sent(case, Move.ASSIGN) | {"note": "请尽快办理"}
    step(office, case, Move.REFER, at=MONDAY)
    html = client.post(move_url(case, Move.ASSIGN), stale).content.decode()
    assert ("刚刚已由他人“转送”" in html, "请尽快办理" in html) == (True, True)


def test_a_wrong_version_opens_no_form_to_a_role_without_the_move(office: Office) -> None:
    _, case, _ = prepared(office, Move.REFER)
    answer = signed_in(office.leader).post(move_url(case, Move.REFER), sent(case, Move.REFER) | {"version": "9"})
    assert answer.status_code == 403


@pytest.mark.parametrize("broken", ["", "x", "-1", "²", "9" * 30])
def test_a_form_without_a_true_version_counts_as_stale(office: Office, broken: str) -> None:
    client, case, _ = prepared(office, Move.REFER)
    answer = client.post(move_url(case, Move.REFER), sent(case, Move.REFER) | {"version": broken})
    assert (answer.status_code, version(case)) == (422, case.version)


def test_a_wrong_value_does_not_hide_that_the_form_is_stale(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    client = signed_in(office.handler)
    stale = sent(case, Move.INVESTIGATE) | {"note": ""}
    case = step(office, case, Move.INVESTIGATE, at=MONDAY - timedelta(hours=1))
    html = client.post(move_url(case, Move.INVESTIGATE), stale).content.decode()
    assert version_in(html) == str(stale["version"])


def test_a_double_click_makes_one_move(office: Office) -> None:
    client, case, _ = prepared(office, Move.REFER)
    data = sent(case, Move.REFER)
    answers = [client.post(move_url(case, Move.REFER), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert CaseEvent.objects.filter(case=case, kind=Move.REFER).count() == 1
    said = [str(message) for message in get_messages(answers[1].wsgi_request)]
    assert said[-1] == "“转送”刚才已经办好，没有重复办理。"


def test_the_same_form_sent_later_is_stale(office: Office) -> None:
    client, case, _ = prepared(office, Move.INVESTIGATE)
    data = sent(case, Move.INVESTIGATE)
    client.post(move_url(case, Move.INVESTIGATE), data)
    with time_machine.travel(MONDAY + timedelta(hours=1, minutes=11), tick=False):
        answer = client.post(move_url(case, Move.INVESTIGATE), data)
    assert (answer.status_code, version(case)) == (422, case.version + 1)


def test_what_the_typed_days_would_set_going_is_reckoned_on_the_server(office: Office) -> None:
    client, case, _ = prepared(office, Move.ASSIGN)
    said = [
        client.get(move_url(case, Move.ASSIGN), {"days": days}, headers=HTMX).content.decode()
        for days in ("30", "31", "")
    ]
    assert "交办期限开始，至4月2日(周三)" in said[0]
    assert "交办期限开始，至4月3日(周四)" in said[1]
    assert "交办期限开始，自本日起按所填天数计算" in said[2]


def test_the_review_period_is_foretold_from_the_day_of_delivery(office: Office) -> None:
    client, case, _ = prepared(office, Move.DELIVER)
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        url = move_url(case, Move.DELIVER)
        said = client.get(url, {"delivered_on": "2025-03-04"}, headers=HTMX).content.decode()
    assert "30日申请复查期限开始，至4月3日(周四)" in said


def test_an_impossible_day_is_answered_with_a_sentence(office: Office) -> None:
    client, case, _ = prepared(office, Move.DELIVER)
    answer = client.get(move_url(case, Move.DELIVER), {"delivered_on": "0001-01-01"}, headers=HTMX)
    assert "起算日应在1949年至2199年之间" in answer.content.decode()


@pytest.mark.parametrize("move", [Move.ASK_EXTENSION, Move.APPROVE_EXTENSION])
def test_an_extension_foretells_the_new_due_day(office: Office, move: Move) -> None:
    client, case, _ = prepared(office, move)
    html = client.get(move_url(case, move), {"days": "30"}, headers=HTMX).content.decode()
    assert "60日办理期限延长30日，至6月3日(周二)（第三十四条）" in html


def test_who_checks_a_draft_reads_it_in_the_sheet(office: Office) -> None:
    client, case, _ = prepared(office, Move.CHECK)
    html = client.get(move_url(case, Move.CHECK), headers=HTMX).content.decode()
    assert "经查，车库顶板防水层老化。" in html
    assert "督促物业公司限期维修。" in html


def test_the_draft_asks_for_an_answer_to_each_request_and_keeps_the_answers(office: Office) -> None:
    client, case, data = prepared(office, Move.DRAFT)
    wrong = data | {"answers-1-result": "support", "answers-1-text": "督促限期维修", "answers-2-text": ""}
    html = client.post(move_url(case, Move.DRAFT), wrong, headers=HTMX).content.decode()
    assert re.findall(r'name="(answers-\d-\w+)" value="(\w+)" checked', html) == [
        ("answers-1-result", "support"),
        ("answers-2-result", "explain"),
    ]
    assert "督促限期维修" in html
    assert "请填写第2项诉求的答复内容。" in html


def test_a_matter_that_leaves_the_sight_of_its_mover_leads_back_to_the_desk(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    PetitionCase.objects.filter(pk=case.pk).update(registrar=office.registrar.user)
    client = signed_in(office.registrar)
    triaged = sent(case, Move.TRIAGE) | {"kind": "report", "legal_way": "a30", "version": 1}
    client.post(move_url(case, Move.TRIAGE), triaged)
    answer = client.post(move_url(case, Move.REFER), {"to_unit": "bzjw", "version": version(case)})
    assert answer.headers["Location"] == reverse("cases:home")
    assert PetitionCase.objects.get(pk=case.pk).state == State.REFERRED


def test_a_move_by_the_page_turns_the_clocks(office: Office) -> None:
    client, case, _ = prepared(office, Move.ACCEPT)
    client.post(move_url(case, Move.ACCEPT), sent(case, Move.ACCEPT))
    clock = case.deadlines.get(rule=Rule.HANDLING)
    assert (clock.started_on, clock.legal_on) == (date(2025, 3, 3), date(2025, 5, 6))
