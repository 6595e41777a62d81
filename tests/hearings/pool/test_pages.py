"""Draws on the screen and by a program; the page on which anybody reckons one again; the panel of a matter."""

import json
from typing import Any

import pytest
from django.test import Client

from binzhou_xinfang.web.rates import PageRate
from cases.models import PetitionCase
from cases.states import State
from hearings.models import Draw, Expert
from hearings.pool.checking import published
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.hearings.pool.conftest import committed, drawn
from tests.office import Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")


def test_a_draw_goes_its_way_in_the_browser(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    browser = signed_in(office.handler)
    form = browser.get(f"/draws/new/?case={case.number}").content.decode()
    assert (f'value="{case.number}"' in form, 'value="5"' in form) == (True, True)
    browser.post("/draws/new/", {"case": case.number, "hearing_on": "2025-04-01", "number": "5"})
    url = f"/draws/{Draw.objects.get().pk}/"
    assert "抽取以后公布" in browser.get(url).content.decode()
    browser.post(f"{url}draw/", {"version": version_in(browser.get(f"{url}draw/").content.decode()), "word": "18"})
    page = browser.get(url).content.decode()
    draw = Draw.objects.get()
    assert all(member.expert.name in page for member in draw.members.all())
    assert (draw.seed in page, "重新计算" in page) == (True, True)
    ask = browser.get(f"{url}replace/").content.decode()
    assert f'<option value="{draw.ranking[0]}">' in ask
    given = {"version": version_in(ask), "member": draw.ranking[0], "reason": "回避"}
    assert browser.post(f"{url}replace/", given).status_code == 302
    assert "已退出：回避" in browser.get(url).content.decode()


def test_a_program_commits_and_draws(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    client = program(office.handler)
    made = client.post("/api/draws/", {"case": case.number, "hearing_on": "2025-04-01", "number": 5}, format="json")
    assert (made.status_code, made.json()["facts"]["种子"]) == (201, "抽取以后公布")
    url = f"/api/draws/{made.json()['id']}/"
    assert client.post(f"{url}draw/", {"version": 1, "word": "18"}, format="json").status_code == 200
    even = client.post("/api/draws/", {"case": case.number, "hearing_on": "2025-04-01", "number": 6}, format="json")
    assert "单数" in even.content.decode()


def test_a_draw_exists_for_those_alone_who_see_its_matter(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    draw = committed(office, case)
    assert signed_in(office.unit_head).get(f"/draws/{draw.pk}/").status_code == 200
    assert signed_in(office.water_handler).get(f"/draws/{draw.pk}/").status_code == 404
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    assert signed_in(office.unit_head).get(f"/draws/{draw.pk}/").status_code == 404


def test_anybody_reckons_a_published_draw_again(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    told = published(drawn(office, case, "18"))
    page = Client().post("/hearings/recompute/", {"told": json.dumps(told)}).content.decode()
    assert "核对相符" in page
    assert page.index(told["ranking"][0]) < page.index(told["ranking"][6])
    for name, altered in (("seed", "0" * 64), ("pool", told["pool"][1:]), ("word", "19"), ("rule", "规则二")):
        answer = Client().post("/hearings/recompute/", {"told": json.dumps(told | {name: altered})})
        assert (answer.status_code, "核对不符" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "1", '{"rule": 1}', "[" * 5000, json.dumps(dict.fromkeys(
        ("rule", "pool", "pool_sha256", "seed_sha256", "seed", "word", "number", "ranking"), 1))],
)  # fmt: skip
def test_whatever_else_is_pasted_is_refused_in_words(text: str) -> None:
    answer = Client().post("/hearings/recompute/", {"told": text})
    assert (answer.status_code, "粘贴的内容" in answer.content.decode() or not text) == (422, True)


def test_half_a_character_behind_a_backslash_is_answered(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    told = published(drawn(office, case, "18")) | {"word": "\ud800"}
    answer = Client().post("/hearings/recompute/", {"told": json.dumps(told)})
    assert (answer.status_code, "核对不符" in answer.content.decode()) == (200, True)


def test_the_page_of_a_matter_in_hearing_leads_to_the_draw(office: Office, pool: list[Expert]) -> None:
    heard = case_in(office, State.HEARING)
    browser = signed_in(office.handler)
    assert f"/draws/new/?case={heard.number}" in browser.get(heard.get_absolute_url()).content.decode()
    draw = committed(office, heard)
    assert f"/draws/{draw.pk}/" in browser.get(heard.get_absolute_url()).content.decode()
    assert "抽取听证员</a>" not in signed_in(office.head).get(heard.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_for_one_and_twenty(
    office: Office, pool: list[Expert], number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        committed(office, case_in(office, State.HANDLING))
    browser = signed_in(office.handler)
    browser.get("/draws/")
    with django_assert_num_queries(4):
        browser.get("/draws/")


@pytest.mark.django_db
def test_an_address_that_reckons_too_often_has_to_wait_and_another_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageRate, "THROTTLE_RATES", {"page": "2/min"})
    url = "/hearings/recompute/"
    answers = [Client().post(url, {"told": "{"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert "提交过于频繁" in answers[2].content.decode()
    assert Client().get(url).status_code == 200
    assert Client(REMOTE_ADDR="10.0.0.2").post(url, {"told": "{"}).status_code == 422
