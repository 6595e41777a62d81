"""The generic pages and the generic API of a life: made of its table, without a line of its own."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.urls import include, path

from binzhou_xinfang.process.pages import Door
from binzhou_xinfang.process.programs import api_urls
from binzhou_xinfang.sentences import OfficeForm
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.process.conftest import House
from tests.process.slips import Slip, SlipState, check, slips, write

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


class WriteForm(OfficeForm):
    text = forms.CharField(label="内容", error_messages={"required": "请填写内容。"})


class ReturnForm(OfficeForm):
    reason = forms.CharField(label="理由", required=False)


door = Door(
    slips, "tried", facts=lambda slip: {"内容": slip.text}, begins="write",
    forms={"write": WriteForm, "return": ReturnForm},
)  # fmt: skip
urlpatterns = [
    path("slips/", include((door.urls(), "tried"))),
    path("api/slips/", include((api_urls(door, tag="条子"), "api-tried"))),
    path("", include("binzhou_xinfang.urls")),
]
pytestmark = pytest.mark.urls(__name__)


def written(house: House) -> Slip:
    return write("修缮屋顶", by=house.writer, at=NOON)


def leave(*posts: object) -> None:
    for post in posts:
        post.to_on = date(2020, 1, 2)  # type: ignore[attr-defined]
        post.save()  # type: ignore[attr-defined]


def test_one_is_begun_listed_and_shown(house: House) -> None:
    browser = signed_in(house.writer)
    assert browser.post("/slips/new/", {"text": ""}).status_code == 422
    made = browser.post("/slips/new/", {"text": "修缮屋顶"})
    slip = Slip.objects.get()
    assert made.headers["Location"] == f"/slips/{slip.pk}/"
    assert "修缮屋顶" in browser.get("/slips/").content.decode()
    page = browser.get(f"/slips/{slip.pk}/").content.decode()
    assert ("待审核" in page, "作废" in page, "审核</a>" in page) == (True, True, False)
    assert signed_in(house.stranger).get(f"/slips/{slip.pk}/").status_code == 404


def test_a_step_says_what_it_will_do_and_is_taken_by_its_version(house: House) -> None:
    slip, url = written(house), "/slips/{}/check/"
    browser = signed_in(house.colleague)
    form = browser.get(url.format(slip.pk)).content.decode()
    assert "提交后：</b>条子变为“待签发”" in form
    assert browser.post(url.format(slip.pk), {"version": "7"}).status_code == 422
    browser.post(url.format(slip.pk), {"version": version_in(form)})
    slip.refresh_from_db()
    assert slip.state == SlipState.CHECKED


def test_a_refusal_stands_at_its_field(house: House) -> None:
    slip = check(written(house), by=house.colleague, at=NOON)
    answer = signed_in(house.head).post(f"/slips/{slip.pk}/return/", {"version": "2", "reason": ""})
    assert (answer.status_code, "请写明理由。" in answer.content.decode()) == (422, True)


def test_the_page_names_who_is_missing_and_the_step_is_refused_alike(house: House) -> None:
    slip = written(house)
    leave(house.deputy)
    page = signed_in(house.head).get(f"/slips/{slip.pk}/check/")
    assert page.status_code == 200  # it may stay where it is
    leave(house.colleague, house.head)
    gone = signed_in(house.writer).get(f"/slips/{slip.pk}/sign/")
    assert (gone.status_code, "不能签发" in gone.content.decode()) == (409, True)


@pytest.mark.parametrize("slug", ["write", "burn"])
def test_a_beginning_and_an_unknown_word_are_no_step_of_one(house: House, slug: str) -> None:
    assert signed_in(house.head).get(f"/slips/{written(house).pk}/{slug}/").status_code == 404


def test_a_program_begins_reads_and_takes_steps(house: House) -> None:
    made = program(house.writer).post("/api/slips/", {"text": "修缮屋顶"}, format="json")
    assert (made.status_code, made.json()["facts"], made.json()["steps"]) == (201, {"内容": "修缮屋顶"}, ["tear"])
    url = f"/api/slips/{made.json()['id']}/"
    stale = program(house.colleague).post(f"{url}check/", {"version": 9}, format="json")
    done = program(house.colleague).post(f"{url}check/", {"version": 1}, format="json")
    signed = program(house.head).post(f"{url}sign/", {"version": 2}, format="json")
    assert [answer.status_code for answer in (stale, done, signed)] == [409, 200, 200]
    assert [row["state"] for row in program(house.head).get("/api/slips/").json()["rows"]] == ["signed"]


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_of_a_program_costs_the_same_for_one_and_fifty(
    house: House, number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for _ in range(number):
        written(house)
    leave(house.deputy)
    client = program(house.head)
    with django_assert_num_queries(5):  # type: ignore[operator]
        rows = client.get("/api/slips/").json()["rows"]
    assert len(rows) == number
