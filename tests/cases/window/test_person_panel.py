"""A person who comes again: what is shown of earlier matters, and how an arrival joins one."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.records.models import AccessLog
from cases.models import Petition, PetitionCase, Topic
from cases.states import Move, State
from cases.vocabulary import Purpose
from tests.cases.desk import (
    ID_NUMBER,
    STEM,
    URL,
    ask_person,
    earlier,
    faults,
    send,
)
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def test_a_repeat_arrival_joins_the_open_matter(office: Office) -> None:
    case = earlier(office)
    answer = send(office.clerk, case=case.number.lower(), once="second")

    second = Petition.objects.order_by("-pk")[0]
    case.refresh_from_db()
    assert answer.url == reverse("cases:receipt", args=[second.number]) + "?print=1"
    assert (second.case, second.is_repeat, case.petition_count, PetitionCase.objects.count()) == (case, True, 2, 1)
    assert case.events.order_by("-seq")[0].kind == Move.REPEAT


def test_a_repeat_sent_twice_joins_once(office: Office) -> None:
    case = earlier(office)
    first, second = (send(office.clerk, case=case.number, once="second") for _ in range(2))

    assert (first.url, Petition.objects.count()) == (second.url, 2)


def test_a_matter_of_another_unit_is_joined_by_the_person_alone(office: Office) -> None:
    case = earlier(office, by=office.county_clerk)

    stranger = send(office.clerk, case=case.number, id_number="", phone="13911112222", once="stranger")
    assert faults(stranger) == {"case": ["没有找到这个编号的事项，也不是此人以往反映的事项，请核对编号。"]}
    assert send(office.clerk, case=case.number, once="self").status_code == 302


def test_a_sealed_matter_of_another_cannot_be_told_from_no_matter(office: Office) -> None:
    case = earlier(office, by=office.county_clerk, purpose=Purpose.EXPOSE)

    sealed, nothing = send(office.clerk, case=case.number), send(office.clerk, case="BCXF-2025-000099")
    assert faults(sealed) == faults(nothing)


def test_a_closed_matter_is_not_joined(office: Office) -> None:
    case = case_in(office, State.CLOSED)

    assert list(faults(send(office.clerk, case=case.number))) == ["case"]
    assert Petition.objects.count() == 1


def test_one_button_turns_the_form_into_a_repeat_and_keeps_what_was_typed(office: Office) -> None:
    case = earlier(office)
    html = send(office.clerk, join=case.number).content.decode()

    kept = (f'value="{case.number}"', 'value="刘小芳"', "小区地下车库漏水，物业长期不修。", "登记重复来件")
    assert [words for words in kept if words not in html] == []
    assert '<input type="hidden" name="topic" value="030504">' in html
    assert Petition.objects.count() == 1


def test_the_way_back_to_a_new_matter_gives_everything_again(office: Office) -> None:
    html = send(office.clerk, case="BZXF-2025-000001", join="").content.decode()

    assert [words for words in ("登记信访件", "公开维修资金", 'value="030504"') if words not in html] == []


def test_the_address_of_a_repeat_names_the_matter(office: Office) -> None:
    case = earlier(office)
    html = signed_in(office.clerk).get(reverse("cases:register-repeat"), {"case": case.number}).content.decode()

    assert (f'value="{case.number}"' in html, case.title in html) == (True, True)


def test_it_does_not_name_a_matter_that_the_post_may_not_see(office: Office) -> None:
    case = earlier(office, by=office.county_clerk, title="村账没有公开")

    assert case.title not in signed_in(office.clerk).get(URL, {"case": case.number}).content.decode()


def test_an_id_says_sex_age_and_home_at_once(office: Office) -> None:
    html = ask_person(office.clerk, id_number=ID_NUMBER)

    assert 'data-sex="male" data-born="1980-05-12" data-home="山东省滨州市滨城区"' in html
    assert "男，44 岁，山东省滨州市滨城区" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3716021980", "已输入 10 位，居民身份证号码为 18 位"),
        (STEM + ("1" if ID_NUMBER[-1] != "1" else "2"), "居民身份证号码的校验码不对，请核对是否输错。"),
        ("", ""),
    ],
)
def test_a_fault_of_the_id_is_said_at_once(office: Office, typed: str, said: str) -> None:
    found = re.findall(r'class="id-fault">([^<]*)<', ask_person(office.clerk, id_number=typed))

    assert found == ([said] if said else [])


@pytest.mark.parametrize("typed", [{"id_number": ID_NUMBER.lower()}, {"phone": "138 0000 0000"}])
def test_the_earlier_matter_is_found_by_id_and_by_telephone(office: Office, typed: dict[str, str]) -> None:
    case = earlier(office)
    html = ask_person(office.clerk, **typed)

    shown = (f'href="{case.get_absolute_url()}"', case.title, "刘*芳", "来访", f'name="join" value="{case.number}"')
    assert [words for words in shown if words not in html] == []
    assert [words for words in ("刘小芳", ID_NUMBER, "13800000000") if words in html] == []


def test_what_agrees_makes_it_likely_the_same_and_gives_it_the_key(office: Office) -> None:
    case = earlier(office)
    html = ask_person(
        office.clerk, id_number=ID_NUMBER, topic=case.topic_id, region="371602", content="地下车库又漏水，物业不维修"
    )

    assert "可能是同一事项：分类相同、属地相同" in html
    assert f'value="{case.number}" data-key="F2"' in html


def test_a_closed_matter_is_shown_but_cannot_be_joined(office: Office) -> None:
    case = earlier(office)
    PetitionCase.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_on=MONDAY.date())
    html = ask_person(office.clerk, id_number=ID_NUMBER)

    assert (case.title in html, "已办结" in html, 'name="join"' in html) == (True, True, False)


def test_a_matter_of_another_unit_is_told_by_its_class_without_link_or_title(office: Office) -> None:
    case = earlier(office, by=office.county_clerk, title="村账没有公开")
    html = ask_person(office.clerk, id_number=ID_NUMBER)

    assert (case.number in html, "物业服务" in html) == (True, True)
    assert [words for words in (case.title, case.get_absolute_url()) if words in html] == []


@pytest.mark.parametrize("who", ["clerk", "head", "registrar"])
def test_a_report_of_wrongdoing_is_shown_to_nobody(office: Office, who: str) -> None:
    earlier(office, by=office.county_clerk, purpose=Purpose.EXPOSE)
    html = ask_person(getattr(office, who), id_number=ID_NUMBER)

    assert "没有找到以往的记录" in html
    assert "BCXF" not in html


def test_half_a_number_looks_nobody_up(office: Office) -> None:
    earlier(office)

    assert "BZXF-2025" not in ask_person(office.clerk, id_number=ID_NUMBER[:10], phone="1380000")
    assert AccessLog.objects.filter(act="find-person").count() == 0


def test_a_look_up_is_logged_once_without_the_number(office: Office) -> None:
    for content in ("", "地下车库", "地下车库漏水"):
        ask_person(office.clerk, id_number=ID_NUMBER, content=content)

    logged = [(line.user, line.subject) for line in AccessLog.objects.filter(act="find-person")]
    assert logged == [(office.clerk.user, "窗口登记：证件号码，找到 0 件")]


def test_the_panel_costs_no_more_for_many_matters(office: Office, django_assert_num_queries: Any) -> None:
    client = signed_in(office.clerk)
    for _ in range(5):
        earlier(office)
    typed = {"id_kind": "111", "id_number": ID_NUMBER}
    client.post(reverse("cases:person"), typed)

    # user, posts, arrivals, who came beside, which of them are visible, what the office calls alike
    with django_assert_num_queries(6):
        client.post(reverse("cases:person"), typed)


def test_new_facts_are_registered_as_a_new_matter_that_is_linked_to_the_closed_one(office: Office) -> None:
    closed = case_in(office, State.CLOSED)
    assert send(office.clerk, follows=closed.number.lower(), once="new facts").status_code == 302

    new = PetitionCase.objects.get(follows=closed)
    assert (new.state, new.petition_count, closed.petitions.count()) == (State.REGISTERED, 1, 1)


@pytest.mark.parametrize(
    ("state", "word"), [(State.HANDLING, "尚未办结"), (State.MERGED, "尚未办结"), (None, "没有找到")]
)
def test_what_is_open_or_unknown_is_not_followed(office: Office, state: State | None, word: str) -> None:
    number = case_in(office, state).number if state else "BZXF-2025-000099"
    refused = faults(send(office.clerk, follows=number))
    assert list(refused) == ["follows"]
    assert word in refused["follows"][0]


def test_a_closed_matter_that_does_not_exist_for_the_clerk_is_not_followed(office: Office) -> None:
    closed = case_in(office, State.CLOSED)
    unknown = faults(send(office.county_clerk, follows="BZXF-2025-000099"))
    assert faults(send(office.county_clerk, follows=closed.number)) == unknown


def test_one_button_links_the_closed_matter_and_keeps_what_was_typed(office: Office) -> None:
    closed = case_in(office, State.CLOSED)
    html = send(office.clerk, follow=closed.number).content.decode()

    kept = (f'value="{closed.number}"', 'value="刘小芳"', "小区地下车库漏水，物业长期不修。", "登记信访件")
    assert [words for words in kept if words not in html] == []


def test_a_sealed_matter_is_not_followed_even_by_who_took_it_in(office: Office) -> None:
    sealed = earlier(office, purpose=Purpose.EXPOSE)
    assert faults(send(office.clerk, follows=sealed.number)) == faults(send(office.clerk, follows="BZXF-2025-000099"))


def proposed(html: str) -> list[str]:
    return re.findall(r'data-put="topic" data-code="(\d+)"', html)


def test_the_words_of_a_complaint_propose_topics_and_choose_none(office: Office) -> None:
    Topic.objects.filter(pk="030504").update(aliases="物业费、地下车库漏水")
    html = ask_person(office.clerk, content="小区地下车库漏水半年，物业费照收。", topic="")

    assert proposed(html)[0] == "030504"
    assert "投诉内容提到“地下车库漏水、物业费”" in html


def test_a_topic_that_is_chosen_ends_the_proposals(office: Office) -> None:
    Topic.objects.filter(pk="030504").update(aliases="物业费")
    assert proposed(ask_person(office.clerk, content="物业费照收。", topic="030504")) == []


def test_words_that_name_no_topic_propose_none(office: Office) -> None:
    assert proposed(ask_person(office.clerk, content="……", topic="")) == []
