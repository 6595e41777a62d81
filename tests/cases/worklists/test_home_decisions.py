"""Home of those who decide: what only they can do, with the decision on its card, and never others' work."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.procedure.jurisdiction import _named
from cases.queries import QUEUES
from cases.states import MAY, Move, State
from cases.vocabulary import Threat
from cases.web.worklists.decisions import DECIDING
from tests.cases.desk import DAY, numbers_in, registered_on, worklist
from tests.cases.pages import signed_in, version_in
from tests.office import MONDAY, Office, case_in, register


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def home(post: Post) -> str:
    return signed_in(post).get(reverse("cases:home")).content.decode()


def mine(post: Post) -> str:
    """The cards under 需要我决定."""
    html = home(post)
    return (
        html[html.index('id="mine"') : html.index("</section>", html.index('id="mine"'))] if 'id="mine"' in html else ""
    )


def test_an_extension_to_be_approved_stands_with_its_days_and_its_reason(office: Office) -> None:
    case = case_in(office, State.EXTENSION_ASKED)
    asked = case.events.get(kind=Move.ASK_EXTENSION).detail
    cards = mine(office.unit_head)

    assert [
        words for words in (case.title, case.number, f"{asked['days']}日", asked["reason"]) if words not in cards
    ] == []
    for move in (Move.APPROVE_EXTENSION, Move.REFUSE_EXTENSION):
        assert f'href="{reverse("cases:move", args=[case.number, move.value])}?from=home" data-sheet' in cards


def test_an_opinion_to_be_signed_stands_with_what_it_answers(office: Office) -> None:
    case = case_in(office, State.CHECKED)
    cards = mine(office.unit_head)

    assert "明确维修责任单位和期限" in cards
    assert reverse("cases:move", args=[case.number, "sign"]) in cards


def test_what_waits_for_another_hand_is_no_decision_of_mine(office: Office) -> None:
    case_in(office, State.CHECKED)
    case_in(office, State.EXTENSION_ASKED)

    assert mine(office.handler) == ""
    assert mine(office.leader) == ""


def test_a_dispute_waits_for_the_leader_with_both_parties(office: Office) -> None:
    case = case_in(office, State.DISPUTED)
    cards = mine(office.leader)

    assert (case.number in cards, office.housing.name in cards, office.water.name in cards) == (True, True, True)


def test_each_party_of_a_dispute_is_a_button_and_another_body_a_third(office: Office) -> None:
    case = case_in(office, State.DISPUTED)
    url = f"/cases/{case.number}/moves/decide-jurisdiction/?from=home"
    found = re.findall(r'href="([^"]+)" data-sheet="([^"]+)"', mine(office.leader))
    assert [(link.replace("&amp;", "&"), words) for link, words in found] == [
        (f"{url}&party=bzzj", "由市住房和城乡建设局受理"),
        (f"{url}&party=bzsl", "由市水利局受理"),
        (f"{url}&party=other", "由其他单位受理"),
    ]


def test_the_party_that_was_touched_is_chosen_in_the_form_and_needs_the_reason_alone(office: Office) -> None:
    case = case_in(office, State.DISPUTED)
    url, client = reverse("cases:move", args=[case.number, "decide-jurisdiction"]), signed_in(office.leader)
    sheet = client.get(f"{url}?from=home&party=bzsl").content.decode()
    assert re.search(r'value="bzsl"[^>]*checked', sheet)
    assert "送市水利局办理" in sheet
    answer = client.post(url, {"version": version_in(sheet), "party": "bzsl", "basis": "排水管网由水利部门管理"})
    case.refresh_from_db()
    assert (answer.status_code, case.state, case.holder) == (302, State.REFERRED, office.water)


def test_a_dispute_is_decided_for_nobody_by_only_sending(office: Office) -> None:
    case = case_in(office, State.DISPUTED)
    url, client = reverse("cases:move", args=[case.number, "decide-jurisdiction"]), signed_in(office.leader)
    sheet = client.get(url).content.decode()
    for sent in ({}, {"party": "other"}):
        answer = client.post(url, {"version": version_in(sheet), "basis": "按照职责分工"} | sent)
        assert (answer.status_code, "请选择决定的受理机关。" in answer.content.decode()) == (422, True)


def test_parties_of_an_old_dispute_are_found_by_their_names(office: Office) -> None:
    case = case_in(office, State.DISPUTED)
    event = case.events.get(kind=Move.DISPUTE)
    kept = {key: value for key, value in event.detail.items() if key != "parties"}
    assert [names[0] for names in (_named(kept), _named(event.detail))] == [office.housing.name, office.housing.code]


def test_the_number_of_a_group_opens_exactly_its_list(office: Office) -> None:
    for _ in range(6):
        case_in(office, State.EXTENSION_ASKED)

    assert '<a class="num" href="/work/extensions/">6 件</a>' in mine(office.unit_head)
    assert len(numbers_in(worklist(office.unit_head, "extensions"))) == 6


@pytest.mark.parametrize(("waits", "asked"), [(1, 11), (6, 11)])
def test_home_of_a_head_costs_the_same_however_much_waits(
    office: Office, django_assert_num_queries: Callable[[int], Any], waits: int, asked: int
) -> None:
    for _ in range(waits):
        case_in(office, State.EXTENSION_ASKED)
    client = signed_in(office.unit_head)
    client.get(reverse("cases:home"))

    with django_assert_num_queries(asked):
        client.get(reverse("cases:home"))


def test_a_decision_made_from_home_leads_back_home(office: Office) -> None:
    case = case_in(office, State.EXTENSION_ASKED)
    url, client = reverse("cases:move", args=[case.number, "approve-extension"]), signed_in(office.unit_head)
    sheet = client.get(f"{url}?from=home").content.decode()
    assert '<input type="hidden" name="from" value="home">' in sheet
    answer = client.post(url, {"version": version_in(sheet), "from": "home"})

    assert (answer.status_code, answer.url) == (302, reverse("cases:home"))
    assert client.get(f"{url}").status_code == 409


def test_what_may_go_wrong_today_is_a_figure_that_opens_its_list(office: Office) -> None:
    late, _ = registered_on(office, 20, 0)
    threat = register(office, threat=Threat.values[0]).case.number
    html = home(office.registrar)

    assert 'href="/work/desk/?due=late">已逾期 <b class="num">1</b>' in html
    assert 'href="/work/desk/?flag=threat">扬言 <b class="num">1</b>' in html
    assert numbers_in(worklist(office.registrar, "desk", "?due=late")) == [late]
    assert numbers_in(worklist(office.registrar, "desk", "?flag=threat")) == [threat]


def test_zero_is_folded_away(office: Office) -> None:
    html = home(office.head)

    assert "flag=threat" not in html
    assert "需要我决定" not in html
    assert 'class="figures"' not in html


def test_a_head_reads_how_far_each_person_has_come(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(due_on=MONDAY.date() - DAY)
    html, user = home(office.unit_head), office.handler.user

    assert f'?handler={user.username}">{user.name} <b class="num">1</b>' in html
    assert f'?handler={user.username}&amp;due=late">逾期 <b class="num">1</b>' in html
    assert numbers_in(worklist(office.unit_head, "desk", f"?handler={user.username}")) == [case.number]


def test_a_handler_finds_under_mine_what_lies_with_no_colleague(office: Office) -> None:
    others, own = case_in(office, State.HANDLING), case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=others.pk).update(assignee=office.colleague.user)

    assert numbers_in(home(office.handler)) == [own.number]


def test_every_deciding_worklist_is_there_and_each_of_its_roles_may_decide_something() -> None:
    queues = {queue.slug: queue for queue in QUEUES}
    assert set(DECIDING) <= set(queues)
    idle = [
        (slug, role)
        for slug, deciding in DECIDING.items()
        for role in queues[slug].roles
        if not any(role in MAY[move].roles for move in deciding.moves)
    ]
    assert idle == []
