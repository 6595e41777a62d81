"""调解点: entered, corrected, closed and opened again, and looked at by who needs it."""

from typing import Any

import pytest

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal
from hearings.mediation import points
from hearings.models import MediationPoint, PointState
from hearings.pool import draws
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.factories import PostFactory
from tests.hearings.mediation.conftest import opened
from tests.hearings.pool.conftest import committed, listed
from tests.office import MONDAY, Office, State, case_in

pytestmark = pytest.mark.usefixtures("on_monday")


def said_of(office: Office, point: MediationPoint, **changes: Any) -> dict[str, Any]:
    columns = ("name", "kind", "region", "address", "hours", "phone", "specialities", "unit")
    mediators = [one.code for one in point.mediators.all()]
    return {name: getattr(point, name) for name in columns} | {"mediators": mediators, "reason": "变更"} | changes


def test_a_point_has_its_mediators_of_the_pool(office: Office, point: MediationPoint) -> None:
    assert [one.name for one in point.mediators.all()] == ["高某某"]
    assert point.events.get().detail["mediators"] == [str(point.mediators.get())]


def test_who_is_not_in_the_pool_is_refused_at_the_field(office: Office) -> None:
    with pytest.raises(Refusal, match="专家库中没有“ZJ9999”") as refused:
        opened(office, mediators=["ZJ9999"])
    assert refused.value.field == "mediators"


def test_a_mediator_of_the_pool_is_drawn_for_no_hearing(office: Office, point: MediationPoint) -> None:
    for name in ("周学勤", "吴文清", "郑守正", "王慧敏", "冯建民"):
        listed(office, name)
    draw = committed(office, case_in(office, State.HANDLING))
    mediator = point.mediators.get().code
    assert mediator not in draw.pool
    assert mediator not in [code for code, _ in draw.left_out]
    assert draws.draws.state_of(draw).label == "已封存待抽取"


def test_a_second_point_of_the_name_is_refused(office: Office, point: MediationPoint) -> None:
    with pytest.raises(Refusal, match="已有同名的调解点"):
        opened(office)


def test_a_correction_tells_what_has_changed_and_keeps_the_telephone_out_of_it(
    office: Office, point: MediationPoint
) -> None:
    given = said_of(office, point, phone="0543-3160008", hours="每周三", mediators=[])
    points.correct(point, **given, by=office.registrar, at=MONDAY)
    told = point.events.latest("seq").detail
    assert told == {"hours": "每周三", "mediators": [], "changed": ["开放时间", "联系电话", "调解员"], "reason": "变更"}
    assert not MediationPoint.objects.get().mediators.exists()


def test_what_has_not_changed_is_not_saved(office: Office, point: MediationPoint) -> None:
    with pytest.raises(Refusal, match="没有改动"):
        points.correct(point, **said_of(office, point), by=office.registrar, at=MONDAY)


def test_a_point_is_closed_and_opened_again(office: Office, point: MediationPoint) -> None:
    closed = points.close(point, reason="装修", by=office.registrar, at=MONDAY)
    assert closed.state == PointState.CLOSED
    assert points.reopen(closed, reason="装修完毕", by=office.registrar, at=MONDAY).state == PointState.OPEN


def test_a_closed_point_is_not_opened_beside_a_new_one_of_its_name(office: Office, point: MediationPoint) -> None:
    closed = points.close(point, reason="装修", by=office.registrar, at=MONDAY)
    opened(office)
    with pytest.raises(Refusal, match="已有同名"):
        points.reopen(closed, reason="装修完毕", by=office.registrar, at=MONDAY)


@pytest.mark.parametrize("who", ["unit_head", "handler", "clerk"])
def test_nobody_but_the_office_that_keeps_it_changes_it(office: Office, point: MediationPoint, who: str) -> None:
    with pytest.raises(NotPermitted):
        points.close(point, reason="停用", by=getattr(office, who), at=MONDAY)


@pytest.mark.parametrize("who", ["administrator", "county_head"])
def test_who_has_nothing_to_do_with_it_or_sits_below_it(office: Office, point: MediationPoint, who: str) -> None:
    seen = points.points.visible(getattr(office, who)).exists()
    # The county's people refer to the city's points; who keeps the system refers nothing.
    assert seen is (who == "county_head")


def test_the_people_of_its_unit_see_it_wherever_they_are(office: Office) -> None:
    stranger = PostFactory(role=Role.COUNSELLOR)
    assert not points.points.visible(stranger).exists()
    point = opened(office, unit=stranger.unit)
    assert list(points.points.visible(stranger)) == [point]


def test_it_is_entered_in_the_browser_and_its_telephone_is_shown_masked(office: Office) -> None:
    browser = signed_in(office.registrar)
    given = {
        "name": "枣乡情驿站", "kind": "brand", "region": "371602", "address": "某村", "hours": "每天",
        "phone": "13812345678", "specialities": ["farming"], "unit": office.water.code,
    }  # fmt: skip
    assert browser.post("/mediation-points/new/", given).status_code == 302
    url = f"/mediation-points/{MediationPoint.objects.get().pk}/"
    page = browser.get(url).content.decode()
    assert ("13812345678" in page, "138****5678" in page, "枣乡情驿站" in page) == (False, True, True)
    form = browser.get(f"{url}correct/").content.decode()
    assert 'value="13812345678"' in form
    answer = browser.post(f"{url}close/", {"reason": "停用", "version": version_in(form)})
    assert answer.status_code == 302


def test_a_program_enters_it_and_finds_it_by_its_field(office: Office) -> None:
    given = {
        "name": "枣乡情驿站", "kind": "brand", "region": "371602", "address": "某村", "hours": "每天",
        "specialities": ["farming"],
    }  # fmt: skip
    made = program(office.registrar).post("/api/mediation-points/", given, format="json")
    assert (made.status_code, made.json()["facts"]["负责接收委派的单位"]) == (201, "没有，由委派单位代为登记")
    found = [len(program(office.handler).get(f"/api/mediation-points/?field={field}").json()["rows"])
             for field in ("farming", "law")]  # fmt: skip
    assert found == [1, 0]


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    for place in range(number):
        opened(office, f"调解室{place}")
    browser = signed_in(office.handler)
    browser.get("/mediation-points/")
    with django_assert_num_queries(4):
        browser.get("/mediation-points/")
