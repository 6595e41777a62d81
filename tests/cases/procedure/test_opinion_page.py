"""拟稿意见书 as a full page: checks and letter while it is written, by the rules of the signature."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from cases.models import Opinion, PetitionCase
from cases.states import Move, State
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


FIT = {
    "facts": "经查，车库顶板防水层老化。",
    "basis": "《住宅专项维修资金管理办法》",
    "answers-1-result": "support",
    "answers-1-text": "由物业公司于本月底前维修完毕。",
    "answers-2-result": "support",
    "answers-2-text": "同时公开账目。",
    "review_body": "bzfc",
}


def check(post: Post, case: PetitionCase, **typed: str) -> Any:
    return signed_in(post).post(reverse("cases:opinion-check", args=[case.number]), FIT | typed)


def test_words_that_are_fit_show_the_letter_as_it_would_be_printed(office: Office) -> None:
    html = check(office.handler, case_in(office, State.HANDLING)).content.decode()
    shown = ("已通过签发前的各项检查", "经查，车库顶板防水层老化。", "由物业公司于本月底前维修完毕。", "尚未生效")
    assert [words for words in shown if words not in html] == []
    assert Opinion.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answers-1-text": ""}, "第1项诉求还没有答复"),
        ({"basis": " "}, "没有写明法律法规政策依据"),
        ({"facts": "不服本意见的，可以提起行政诉讼。"}, "不能写提起诉讼"),
        ({"facts": "刘某，身份证号371602198005170014。"}, "身份证件号码"),
        ({"review_body": ""}, "没有写明复查机关"),
        ({"review_body": "bzsl"}, "上一级"),
    ],
)
def test_what_hinders_the_signature_is_said_while_it_is_written(
    office: Office, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in check(office.handler, case_in(office, State.HANDLING), **typed).content.decode()


def test_all_that_hinders_is_said_at_once(office: Office) -> None:
    html = check(office.handler, case_in(office, State.HANDLING), basis="", review_body="").content.decode()
    assert "签发前还要解决 2 项" in html


def test_the_page_shows_the_file_beside_the_form(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    html = signed_in(office.handler).get(reverse("cases:move", args=[case.number, Move.DRAFT])).content.decode()
    shown = ('id="course"', 'id="attachments"', 'id="opinion"', 'id="opinion-check"', 'name="version"')
    assert [words for words in shown if words not in html] == []


def test_a_link_for_the_side_sheet_is_led_on_to_the_page(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    url = reverse("cases:move", args=[case.number, Move.DRAFT])
    answer = signed_in(office.handler).get(url, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, url)


@pytest.mark.parametrize(("who", "status"), [("handler", 200), ("clerk", 403), ("water_handler", 404)])
def test_the_checks_are_for_who_drafts(office: Office, who: str, status: int) -> None:
    assert check(getattr(office, who), case_in(office, State.HANDLING)).status_code == status
