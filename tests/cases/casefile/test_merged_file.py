"""The file of a matter into which another was merged: read, told and found as one."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.attaching import attach
from cases.casefile.whole_file import take_out_file
from cases.merged import master_of, merged_into
from cases.models import CaseAttachment, PetitionCase, Petitioner
from cases.states import Move, State
from cases.window.earlier_matters import case_to_follow
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from tests.cases.api_client import program, url_of
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, step

pytestmark = pytest.mark.usefixtures("on_monday")

SAID = "夜里泵房的噪声也没有人管。"
ASKED = "夜间关停泵房"


def doubled(office: Office, into: PetitionCase, *, by: Post | None = None) -> PetitionCase:
    """A neighbour's matter with a request and a photograph of its own, merged into the matter."""
    came = arrival(MONDAY.date(), lead=Petitioner(name="范某", phone="13922223333"), content=SAID, requests=[ASKED])
    case = register_arrival(came, matter(office, title="泵房噪声"), by=by or office.registrar, at=MONDAY).case
    attach(case, upload=SimpleUploadedFile("泵房𠮷.txt", "夜里两点".encode()), by=by or office.registrar, at=MONDAY)
    case = step(office, case, Move.TRIAGE, at=MONDAY, **({} if by is None else {"by": by}))
    return step(office, case, Move.MERGE, at=MONDAY, into=into.number, told_by="phone")


def at_the_bell(post: Post) -> list[str]:
    """The titles of what the person was told."""
    write_due(at=MONDAY)
    return list(Message.objects.filter(user=post.user).order_by("pk").values_list("title", flat=True))


def test_the_handler_reads_what_the_merged_matter_says_asks_and_brought(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    assert program(office.handler).get(url_of(other)).status_code == 404
    page = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    for said in (SAID, ASKED, "泵房𠮷.txt", other.number, "并入件"):
        assert said in page
    file: dict[str, Any] = program(office.handler).get(url_of(case)).json()
    assert [one["content"] for one in file["petitions"]].count(SAID) == 1
    assert file["merged"] == [{"number": other.number, "requests": [ASKED]}]
    (paper,) = file["attachments"]
    assert program(office.handler).get(paper["url"]).getvalue() == "夜里两点".encode()


def test_the_paper_of_the_merged_matter_is_downloaded_under_its_own_name(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    doubled(office, case)
    paper = CaseAttachment.objects.get()
    answer = signed_in(office.handler).get(f"{case.get_absolute_url()}attachments/{paper.pk}/")
    assert (answer.status_code, answer.getvalue()) == (200, "夜里两点".encode())
    assert "filename*=utf-8''%E6%B3%B5%E6%88%BF%F0%A0%AE%B7.txt" in answer["Content-Disposition"]


def test_the_whole_file_has_it_too(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    taken = take_out_file(
        PetitionCase.objects.get(pk=case.pk), by=office.head, in_full=False, reason="", ip=None, on=MONDAY.date()
    )
    with taken, zipfile.ZipFile(io.BytesIO(taken.read())) as package:
        told = json.loads(package.read("办理经过.json"))
        names = package.namelist()
    assert any(name.startswith("附件/") and name.endswith("泵房𠮷.txt") for name in names)
    assert {one["content"] for one in told["arrivals"]} >= {SAID}
    assert [one["text"] for one in told["requests"] if one["merged_from"] == other.number] == [ASKED]


def test_what_was_merged_through_another_is_read_as_well_until_it_is_split_off(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    middle = case_in(office, State.TRIAGED)
    last = doubled(office, middle)
    middle.refresh_from_db()
    middle = step(office, middle, Move.MERGE, at=MONDAY, into=case.number, told_by="phone")
    case.refresh_from_db()
    last.refresh_from_db()
    assert [one.pk for one in merged_into(case)] == sorted([middle.pk, last.pk])
    assert master_of(last) == case
    step(office, last, Move.SPLIT, at=MONDAY)
    case.refresh_from_db()
    assert [one.pk for one in merged_into(case)] == [middle.pk]


def test_who_has_withdrawn_from_the_merged_matter_does_not_read_it_in_the_other(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    PetitionCase.objects.filter(pk=other.pk).update(recused=[office.handler.user_id])
    page = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    assert SAID not in page
    assert (
        signed_in(office.handler)
        .get(f"{case.get_absolute_url()}attachments/{CaseAttachment.objects.get().pk}/")
        .status_code
        == 404
    )


def test_the_handler_is_told_once_that_another_matter_was_merged_in(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    at_the_bell(office.handler)
    Message.objects.all().delete()
    doubled(office, case)
    assert at_the_bell(office.handler) == [f"{case.number} 他件并入"]
    assert at_the_bell(office.colleague) == []
    assert at_the_bell(office.registrar) == []


def test_the_handler_is_told_that_the_petitioner_has_come_again(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    at_the_bell(office.handler)
    Message.objects.all().delete()
    register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)
    (title,) = at_the_bell(office.handler)
    assert title.startswith(case.number)
    assert at_the_bell(office.colleague) == []


def test_a_matter_still_at_the_office_tells_nobody_of_it(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)
    write_due(at=MONDAY)
    assert not Message.objects.exists()


def test_who_comes_again_with_the_number_of_a_merged_matter_joins_the_one_in_which_it_goes_on(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    answer = program(office.registrar).post(
        "/api/petitions/repeat/",
        {"case": other.number, "name": "范某", "phone": "13922223333", "channel": "visit", "arrived_on": "2025-03-03",
         "people": 1, "content": "还是没有人管，再次反映。"},
        format="json",
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    case.refresh_from_db()
    assert (case.petition_count, case.petitions.order_by("-pk")[0].lead.name) == (3, "范某")


def test_the_next_arrival_is_shown_the_matter_in_which_the_merged_one_goes_on(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    answer = signed_in(office.clerk).post("/register/person/", {"phone": "13922223333"})
    page = answer.content.decode()
    assert case.number in page
    assert other.number not in page
    assert f'name="join" value="{case.number}"' in page


def test_a_matter_with_new_facts_follows_the_one_in_which_the_merged_one_ended(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = doubled(office, case)
    with pytest.raises(Refusal, match="尚未办结，请并入在办的事项"):
        case_to_follow(office.head, other.number)
    PetitionCase.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_on=MONDAY.date())
    assert case_to_follow(office.head, other.number) == case


def test_nothing_is_asked_for_a_matter_that_counts_one_arrival(office: Office, django_assert_num_queries: Any) -> None:
    case = case_in(office, State.HANDLING)
    with django_assert_num_queries(0):
        assert merged_into(case) == []
