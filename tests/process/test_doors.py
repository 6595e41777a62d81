"""The generic pages and the generic API of a life: made of its table, without a line of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.urls import include, path

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.process.doors_check import check_doors, faults_of_door
from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.process.pages import DOORS, Door, build_menu
from binzhou_xinfang.process.programs import api_urls
from binzhou_xinfang.sentences import OfficeForm
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.factories import PostFactory
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
# It is no door of the house.
del DOORS["slip"]
urlpatterns = [
    path("slips/", include((door.urls(), "tried"))),
    path("api/slips/", include((api_urls(door, tag="条子"), "api-tried"))),
    path("", include("binzhou_xinfang.urls")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _doors_of_the_house() -> Iterator[None]:
    kept = dict(DOORS)
    yield
    DOORS.clear()
    DOORS.update(kept)


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


def test_the_page_and_the_program_tell_the_course_and_the_page_the_flow(house: House) -> None:
    slip = check(written(house), by=house.colleague, at=NOON)
    page = signed_in(house.head).get(f"/slips/{slip.pk}/").content.decode()
    assert page.index("审核条子的人看过") < page.index("写下一张：修缮屋顶")
    now = page.partition('class="flow-now"')[2].partition("<details>")[0]
    assert ('<b aria-current="step">待签发</b>' in now, "签发" in now.partition("</b>")[2]) == (True, True)
    told = program(house.head).get(f"/api/slips/{slip.pk}/").json()["course"]
    assert [(one["kind"], one["lines"]) for one in told] == [("check", []), ("write", ["写下一张：修缮屋顶"])]


def test_who_begins_none_is_offered_none_and_refused_before_he_types(house: House) -> None:
    reader = PostFactory(unit=house.head.unit, role=Role.INSPECTOR)
    written(house)
    assert "新建条子" in signed_in(house.writer).get("/slips/").content.decode()
    assert "新建条子" not in signed_in(reader).get("/slips/").content.decode()
    assert signed_in(reader).get("/slips/new/").status_code == 403


def test_the_menu_leads_to_it_who_works_behind_it(house: House, rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(DOORS):
        monkeypatch.delitem(DOORS, name)
    monkeypatch.setitem(DOORS, "slip", door)
    request = rf.get("/slips/")
    assert build_menu(request) == []
    request.post = house.head
    assert [(entry.label, entry.url, entry.active) for entry in build_menu(request)] == [("条子", "/slips/", True)]
    request.post = PostFactory(role=Role.AUDITOR)
    assert build_menu(request) == []


def test_a_whole_door_has_no_faults(house: House) -> None:
    assert list(faults_of_door(door)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"forms": {"write": WriteForm, "retrun": ReturnForm}}, "表单对应的步骤不存在：['retrun']"),
        ({"forms": {"write": WriteForm}}, "return 的表单没有填写动作需要的内容：['reason']"),
        ({"forms": {"write": WriteForm, "return": WriteForm}}, "return 的表单填写了动作不用的内容：['text']"),
        ({"begins": "check"}, "不是新建的步骤：check"),
    ],
)
def test_what_a_door_forgets_is_found_at_the_start(changes: dict[str, Any], fault: str) -> None:
    assert fault in list(faults_of_door(replace(door, **changes)))


def test_events_that_say_nothing_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "kinds", None)
    assert "事件没有声明内容，页面上讲不出来（kinds）" in list(faults_of_door(door))


def test_a_life_that_nobody_reaches_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_doors(None) == []
    monkeypatch.setitem(LIVES, "slip", slips)
    assert [fault.msg for fault in check_doors(None)] == [
        "条子（slip）：没有页面：既没有通用的页面（Door），也没有写明自己的页面（page）"
    ]
    monkeypatch.setattr(slips, "page", "supervision:nowhere")
    assert [fault.msg for fault in check_doors(None)] == ["条子（slip）：写明的页面不存在：supervision:nowhere"]


def test_who_may_not_take_a_step_is_refused_whatever_he_sends(house: House) -> None:
    slip = written(house)
    answer = signed_in(house.writer).post(f"/slips/{slip.pk}/sign/", {"version": "1"})
    reader = PostFactory(unit=house.head.unit, role=Role.INSPECTOR)
    made = program(reader).post("/api/slips/", {}, format="json")
    assert (answer.status_code, made.status_code) == (403, 403)
