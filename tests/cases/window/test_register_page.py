"""The window: an arrival taken down by the page, and what it refuses."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.roles import RIGHTS, Right
from cases.models import Companion, Petition, PetitionCase
from cases.states import State
from cases.vocabulary import Sex
from tests.cases.desk import (
    FORM,
    ID_NUMBER,
    URL,
    faults,
    rows,
    send,
)
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def test_an_ordinary_visit_is_registered_and_leads_to_its_receipt(office: Office) -> None:
    answer = send(office.clerk)

    petition = Petition.objects.select_related("case", "lead").get()
    assert answer.url == reverse("cases:receipt", args=[petition.number]) + "?print=1"
    assert (petition.number, petition.lead.sex, petition.lead.household_region) == (
        "BZXF-2025-000001",
        Sex.MALE,
        "山东省滨州市滨城区",
    )
    assert [request.text for request in petition.case.requests.all()] == ["请求督促维修", "公开维修资金"]
    assert (petition.case.state, petition.case.due_on.isoformat()) == (State.REGISTERED, "2025-03-18")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "", "address": ""}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"id_number": ID_NUMBER[:-1] + ("1" if ID_NUMBER[-1] != "1" else "2")}, "id_number"),
        ({"id_number": "371602"}, "id_number"),
        ({"arrived_on": "2025-03-04"}, "arrived_on"),
        ({"arrived_on": "昨天"}, "arrived_on"),
        ({"people": "0"}, "people"),
        ({"people": "5"}, "companions"),
        ({"people": "6"} | rows(*(("representative", f"代表{n}", "", "") for n in range(6))), "companions"),
        (rows(("neighbour", "王某", "", "")), "companions"),
        (rows(("agent", "王某", "123", "")), "companions"),
        (rows(("agent", "", "", "13800000001")), "companions"),
        ({"content": ""}, "content"),
        ({"requests": " \n "}, "requests"),
        ({"topic": ""}, "topic"),
        ({"topic": "物业什么的"}, "topic"),
        ({"region": "bzzj"}, "region"),
        ({"accused_unit": "371602"}, "accused_unit"),
        ({"threat": "gathering"}, "threat_detail"),
        ({"email": "不是邮箱"}, "email"),
        ({"channel": "pigeon"}, "channel"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_nothing_is_saved(
    office: Office, changes: dict[str, str], field: str
) -> None:
    answer = send(office.clerk, **changes)

    assert (answer.status_code, list(faults(answer)), Petition.objects.count()) == (422, [field], 0)
    assert f'value="{FORM["once"]}"' in answer.content.decode()


def test_what_was_typed_comes_back_with_the_refusal(office: Office) -> None:
    html = send(office.clerk, topic="", title="车库漏水").content.decode()

    kept = ("小区地下车库漏水，物业长期不修。", "请求督促维修", 'value="刘小芳"', 'value="车库漏水"', 'value="371602"')
    assert [words for words in kept if words not in html] == []
    assert "data-draft-bound" in html


def test_a_refused_rare_field_opens_the_fold(office: Office) -> None:
    assert '<details class="panel rare" open>' in send(office.clerk, email="不是邮箱").content.decode()
    assert '<details class="panel rare">' in signed_in(office.clerk).get(URL).content.decode()


def test_a_group_visit_is_registered_with_five_representatives(office: Office) -> None:
    send(office.clerk, people="12", **rows(*(("representative", f"代表{n}", "", "") for n in range(5))))

    assert (Petition.objects.get().people, Companion.objects.count()) == (12, 5)


def test_a_letter_of_five_needs_no_representative(office: Office) -> None:
    assert send(office.clerk, channel="letter", people="5").status_code == 302


def test_an_anonymous_letter_needs_neither_name_nor_telephone(office: Office) -> None:
    send(office.clerk, channel="letter", is_anonymous="on", name="", phone="", id_number="")

    lead = Petition.objects.get().lead
    assert (lead.name, lead.is_anonymous, lead.id_number) == ("匿名", True, "")


def test_a_name_typed_but_not_picked_counts_when_only_one_row_bears_it(office: Office) -> None:
    send(office.clerk, region="滨城区", topic="物业服务")

    case = PetitionCase.objects.get()
    assert (case.region, case.topic) == (office.county, office.topic)


def test_the_same_form_sent_twice_registers_once_and_shows_the_same_receipt(office: Office) -> None:
    first, second = send(office.clerk), send(office.clerk)

    assert (first.url, Petition.objects.count(), PetitionCase.objects.count()) == (second.url, 1, 1)


def test_the_token_of_another_user_says_nothing(office: Office) -> None:
    send(office.clerk)
    send(office.registrar)

    assert Petition.objects.count() == 2


def test_a_form_sent_again_with_another_matter_is_not_swallowed(office: Office) -> None:
    send(office.clerk)
    answer = send(office.clerk, content="另外一件事：路灯不亮，请派人来修。")

    token = re.search(r'name="once" value="([^"]+)"', answer.content.decode())
    assert token is not None
    assert faults(answer) == {
        "__all__": ["本页刚才已登记为BZXF-2025-000001。如果要另外登记一件，请核对内容后再次保存。"]
    }
    assert token.group(1) != FORM["once"]
    send(office.clerk, content="另外一件事：路灯不亮，请派人来修。", once=token.group(1))
    assert Petition.objects.count() == 2


def test_only_posts_with_the_right_reach_the_window(office: Office) -> None:
    reached = {post.role for post in office.every_post() if signed_in(post).get(URL).status_code == 200}

    assert reached == {post.role for post in office.every_post()} & RIGHTS[Right.REGISTER]


def test_others_can_neither_register_nor_look_a_person_up(office: Office) -> None:
    asked = signed_in(office.handler).post(reverse("cases:person"), {"id_kind": "111", "id_number": ID_NUMBER})

    assert (send(office.handler).status_code, asked.status_code, Petition.objects.count()) == (403, 403, 0)


def test_nobody_is_sent_to_the_sign_in(office: Office, client: Any) -> None:
    assert client.get(URL).url == f"{reverse('accounts:sign-in')}?next={URL}"


def agent(**said: str) -> dict[str, Any]:
    row = {"role": "agent", "name": "王小明", "id_number": "", "phone": "13800000001"} | said
    return {f"companions-{part}": [value] for part, value in row.items()}


def test_an_agent_s_row_says_what_he_is_to_the_petitioner_and_by_what_he_acts(office: Office) -> None:
    send(office.clerk, **agent(relation="之子", has_authorisation="yes"))
    (one,) = Petition.objects.get().companions.all()
    assert (one.relation, one.has_authorisation, one.said) == ("之子", True, "之子，有授权委托书")
    assert (
        "（之子，有授权委托书）"
        in signed_in(office.clerk).get(Petition.objects.get().case.get_absolute_url()).content.decode()
    )


def test_an_agent_without_a_power_of_attorney_is_told_as_that(office: Office) -> None:
    send(office.clerk, **agent(relation="", has_authorisation=""))
    assert Petition.objects.get().companions.get().said == "没有授权委托书"


def test_what_an_agent_alone_has_is_not_kept_of_others(office: Office) -> None:
    send(office.clerk, **agent(role="joint", relation="之子", has_authorisation="yes"))
    (one,) = Petition.objects.get().companions.all()
    assert (one.relation, one.has_authorisation, one.said) == ("", False, "")


def test_the_boxes_of_an_agent_stand_in_every_row_and_show_in_his_alone(office: Office) -> None:
    html = send(office.clerk, content="", **agent(relation="之子")).content.decode()
    row = html.partition('<div class="party"')[2].partition("</div>")[0]
    assert re.findall(r'data-of-role="agent"( hidden)?', row) == ["", ""]
