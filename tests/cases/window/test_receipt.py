"""The receipt: true for everyone who reads it, the petitioner's own, and silent about a report."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from cases.models import Petition, PetitionCase, Petitioner
from cases.states import State
from cases.vocabulary import Purpose
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, register


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def text_of(html: str) -> str:
    """The words that are read of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(post: Post, petition: Petition) -> tuple[str, str]:
    """The paper, and what stands beside it, as text."""
    html = signed_in(post).get(reverse("cases:receipt", args=[petition.number])).content.decode()
    paper = html[html.index("<article") : html.index("</article>")]
    return text_of(paper), text_of(html[html.index("</article>") :])


def test_the_paper_names_its_petitioner_who_registered_and_where_to_ask(office: Office) -> None:
    paper, _ = page(office.clerk, register(office))

    assert "刘某" in paper
    assert f"登记人 {office.clerk.user.name}" in paper
    assert "凭编号和查询码致电滨州市信访局（0543-3160000）查询办理情况" in paper
    assert "我单位将在2025年3月18日前告知您接收情况" in paper


def taken_in(office: Office, lead: Petitioner) -> Petition:
    """An arrival of this petitioner at the window."""
    return register_arrival(arrival(MONDAY.date(), lead=lead), matter(office), by=office.clerk, at=MONDAY)


def test_an_organisation_is_not_masked_as_a_person(office: Office) -> None:
    firm = Petitioner(name="博远机械有限公司", is_organisation=True, phone="13800000000")
    petition = taken_in(office, firm)

    assert "博远机械有限公司" in page(office.clerk, petition)[0]
    home = signed_in(office.clerk).get(reverse("cases:home")).content.decode()
    assert "博远机械有限公司" in home


def test_the_paper_of_a_report_says_number_day_and_code_alone(office: Office) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    paper, _ = page(office.clerk, petition)

    said = (petition.number, "2025年3月3日", petition.query_code, "0543-3160000")
    assert [words for words in said if words not in paper] == []
    hidden = (petition.lead.name, petition.case.title, petition.content, "揭发控告", "来访")
    assert [words for words in hidden if words in paper] == []


def test_who_left_no_name_and_no_way_to_be_told_is_promised_no_letter(office: Office) -> None:
    paper, _ = page(office.clerk, taken_in(office, Petitioner(name="匿名", is_anonymous=True)))

    assert "请凭编号和查询码查询办理情况" in paper
    assert "前告知您" not in paper


def test_a_receipt_printed_again_later_says_who_has_the_matter_now(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    paper, beside = page(office.clerk, case.petitions.get())

    assert f"该事项现由{office.housing.name}办理" in paper
    assert "前告知您" not in paper
    assert f"该事项现为“办理中”，由{office.housing.name}办理" in beside


def test_the_desk_reads_what_is_owed_by_whom_and_until_when(office: Office) -> None:
    _, beside = page(office.clerk, register(office))

    assert "该事项现为“待甄别”，由滨州市信访局办理：甄别、登记转送交办" in beside
    assert "应当在3月18日(周二)前完成" in beside
    assert "本件等您" not in beside


def test_a_repeat_of_a_closed_matter_does_not_call_it_at_work(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    second = register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)
    PetitionCase.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_on=MONDAY.date(), due_rule="")
    paper, beside = page(office.clerk, second)

    assert "您反映的与已经办理过的事项相同" in paper
    assert f"已记入原事项{case.number}。该事项现为“已办结”" in beside
