"""承接移交 on its pages: preview, confirmation, progress, correction, the same by a program."""

from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds.kind import examples_of
from binzhou_xinfang.letters.kinds.moving import CHANGE_OF_UNIT
from cases.models import HandOver, PetitionCase
from cases.states import State
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in

URL = "/hand-overs/unit/"
SENT: dict[str, Any] = {
    "kind": "merged", "unit": "bzzj", "last_on": "2025-03-02", "basis": "滨编发〔2025〕1号", "successor": "bzsl",
    "tells_petitioners": "on",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_the_preview_tells_all_and_changes_nothing(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    page = signed_in(office.head).post(URL, SENT).content.decode()
    for words in (
        "在办事项",
        "1 件",
        "市水利局",
        "承办人1人",
        case.number,
        "确认移交",
        "吴负责（单位负责人）",
        "滨城分局",
    ):
        assert words in page
    assert not HandOver.objects.exists()


def test_what_was_seen_is_what_goes(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    head = signed_in(office.head)
    answer = head.post(URL, SENT | {"seen": "1"}, follow=True)
    page = answer.content.decode()
    assert "已移交。" in page
    assert "已完成，共" in page
    assert "当前办理、责任单位" in page
    case.refresh_from_db()
    assert case.responsible == office.water
    assert "承接移交" in signed_in(office.water_handler).get(case.get_absolute_url()).content.decode()
    assert head.get("/hand-overs/").content.decode().count("市住房和城乡建设局") == 1


def test_what_came_in_since_is_previewed_again(office: Office) -> None:
    case_in(office, State.HANDLING)
    page = signed_in(office.head).post(URL, SENT | {"seen": "0"}).content.decode()
    assert "又有变动" in page
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"successor": ""}, "不能有事项没有着落|请填写由谁承接"),
        ({"last_on": "2027-03-04"}, "一年以后"),
        ({"other_1": "bzsl"}, "请选择由其承接的内容分类"),
        ({"numbers_1": "BZXF-2025-999999"}, "没有找到这些编号"),
        ({"successor": "bzzj"}, "本身"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_done(
    office: Office, changes: dict[str, str], words: str
) -> None:
    case_in(office, State.HANDLING)
    answer = signed_in(office.head).post(URL, SENT | changes)
    assert answer.status_code == 422
    assert any(word in answer.content.decode() for word in words.split("|"))
    assert not HandOver.objects.exists()
    assert Unit.objects.get(code="bzzj").valid_to is None


def test_a_person_s_matters_go_to_a_colleague_by_the_page(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    head = signed_in(office.unit_head)
    sent = {"person": "handler", "basis": "退休", "successors": ["colleague"]}
    assert case.number in head.post("/hand-overs/person/", sent).content.decode()
    head.post("/hand-overs/person/", sent | {"seen": "1"})
    case.refresh_from_db()
    assert case.assignee == office.colleague.user


def test_the_wrong_successor_is_set_right_by_the_page(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    head = signed_in(office.head)
    head.post(URL, SENT | {"seen": "1"})
    act = HandOver.objects.get()
    answer = head.post(
        f"/hand-overs/{act.pk}/correct/", {"wrong": "bzsl", "right": "bzzj", "basis": "没有撤销"}, follow=True
    )
    assert "后来更正" in head.get(f"/hand-overs/{act.pk}/").content.decode()
    assert answer.status_code == 200
    case.refresh_from_db()
    assert (case.responsible, Unit.objects.get(code="bzzj").valid_to) == (office.housing, None)


def test_a_program_previews_and_hands_over(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    head = signed_in(office.head)
    sent = {name: value for name, value in SENT.items() if name != "tells_petitioners"}
    shown = head.post("/api/hand-overs/unit/", sent, content_type="application/json")
    assert (shown.status_code, shown.json()["preview"]["total"], shown.json()["act"]) == (200, 1, None)
    made = head.post("/api/hand-overs/unit/", sent | {"seen": 1}, content_type="application/json")
    assert made.status_code == 201
    case.refresh_from_db()
    assert case.responsible == office.water
    pk = made.json()["act"]["id"]
    assert head.get(f"/api/hand-overs/{pk}/").json()["unit"] == "市住房和城乡建设局"


def test_a_unit_with_work_in_hand_is_not_ended_by_a_date_alone(office: Office) -> None:
    case_in(office, State.HANDLING)
    housing = Unit.objects.get(code="bzzj")
    housing.valid_to, housing.moved_to = MONDAY.date(), office.water
    with pytest.raises(ValidationError) as refused:
        housing.full_clean()
    said = refused.value.message_dict["valid_to"][0]
    assert "在办事项1件" in said
    assert "承接移交" in said
    # One that holds nothing is ended as before; and so is one that the act has ended.
    idle = Unit.objects.get(code="bzzj-zj")
    idle.valid_to = MONDAY.date()
    idle.full_clean()
    Unit.objects.filter(code="bzzj").update(valid_to=MONDAY.date())
    housing.full_clean()


def test_nothing_is_issued_in_the_name_of_a_body_after_its_last_day(office: Office) -> None:
    facts = examples_of(CHANGE_OF_UNIT)
    Unit.objects.filter(code="bzzj").update(valid_to="2025-03-03", moved_to=office.water)
    ended = Unit.objects.get(code="bzzj")
    on = MONDAY.date()
    assert issuing.issue(CHANGE_OF_UNIT, unit=ended, on=on, facts=facts, by=office.head).number
    with pytest.raises(Refusal, match="由承接其职权的市水利局制发"):
        issuing.issue(CHANGE_OF_UNIT, unit=ended, on=on.replace(day=4), facts=facts, by=office.head)


def test_posts_of_an_ended_unit_end_with_it(office: Office) -> None:
    Unit.objects.filter(code="bzzj").update(valid_to="2025-03-02")
    held = Post.objects.filter(unit__code="bzzj")
    assert held.exists()
    assert not Post.objects.held(MONDAY.date()).filter(unit__code="bzzj").exists()
    assert PetitionCase.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "of_unit", "of_person"),
    [("head", 200, 404), ("county_head", 404, 404), ("unit_head", 404, 200), ("water_head", 404, 404),
     ("handler", 403, 403), ("registrar", 403, 403), ("leader", 403, 403)],
)  # fmt: skip
def test_an_act_exists_for_those_alone_who_could_have_ordered_it(
    office: Office, who: str, of_unit: int, of_person: int
) -> None:
    case_in(office, State.HANDLING)
    person = {"person": "handler", "basis": "退休", "successors": ["colleague"], "seen": "1"}
    signed_in(office.unit_head).post("/hand-overs/person/", person)
    transferred = SENT | {"kind": "transferred", "last_on": "", "seen": "1"}
    signed_in(office.head).post(URL, transferred)
    assert HandOver.objects.count() == 2
    reader = signed_in(getattr(office, who))
    for act, status in (
        (HandOver.objects.get(person=None), of_unit),
        (HandOver.objects.exclude(person=None).get(), of_person),
    ):
        for address in (f"/hand-overs/{act.pk}/", f"/hand-overs/{act.pk}/correct/", f"/api/hand-overs/{act.pk}/"):
            assert (address, reader.get(address).status_code) == (address, status)
        sent = {"wrong": "bzsl", "right": "bzzj", "basis": "试"}
        answer = reader.post(f"/api/hand-overs/{act.pk}/correct/", sent, content_type="application/json")
        assert (answer.status_code == status) == (status != 200)


def test_a_number_that_the_body_does_not_hold_is_told_by_the_page(office: Office) -> None:
    case_in(office, State.HANDLING)
    elsewhere = case_in(office, State.REGISTERED)
    answer = signed_in(office.head).post(URL, SENT | {"other_1": "bzsl", "numbers_1": elsewhere.number})
    assert (answer.status_code, f"手中的事项：{elsewhere.number}" in answer.content.decode()) == (422, True)
