"""访调对接 in the browser and by a program: the panel of the matter, the pages of a mediation, the lists."""

from typing import Any

import pytest

from cases.models import PetitionCase
from cases.states import Move, State
from hearings.mediation import referring
from hearings.models import Mediation, MediationPoint, MediationState
from tests.cases.api_client import program
from tests.cases.pages import move_url, signed_in, version_in
from tests.hearings.mediation.conftest import accepted, held, opened, referred, told
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
DAY = MONDAY.date()


def page_of(post: Any, mediation: Mediation) -> str:
    return signed_in(post).get(f"/mediations/{mediation.pk}/").content.decode()


def test_the_page_of_the_matter_offers_to_refer_it_and_says_until_when(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    browser = signed_in(office.handler)
    page = browser.get(case.get_absolute_url()).content.decode()
    assert (f"/mediations/new/?case={case.number}" in page, "调解不停止计算" in page) == (True, True)
    form = browser.get(f"/mediations/new/?case={case.number}").content.decode()
    assert (f'<option value="{point.code}">' in form, f'value="{case.number}"' in form) == (True, True)
    sent = browser.post("/mediations/new/", {"case": case.number, "point": point.code, "dispute": "车库渗水"})
    assert sent.headers["Location"] == f"/mediations/{Mediation.objects.get().pk}/"
    again = browser.get(case.get_absolute_url()).content.decode()
    assert ("老高调解室" in again, f"/mediations/new/?case={case.number}" in again) == (True, False)


def test_a_matter_whose_point_declined_says_what_is_next(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    referring.decline(mediation, reason="不属于范围", declined_on=DAY, by=office.water_head, at=MONDAY)
    page = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    assert "老高调解室不予接收，请另行委派，或者登记调解和解不成" in page


def test_who_does_not_hold_the_matter_is_not_offered_to_refer_it(office: Office, case: PetitionCase) -> None:
    page = signed_in(office.registrar).get(case.get_absolute_url()).content.decode()
    assert "/mediations/new/" not in page


def test_the_people_of_the_point_read_what_they_need_and_no_link_to_the_matter(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    page = page_of(office.water_handler, mediation)
    assert all(word in page for word in (case.number, case.lead.name, mediation.other_party, "地下车库渗水"))
    assert case.get_absolute_url() not in page
    assert signed_in(office.water_handler).get(case.get_absolute_url()).status_code == 404
    assert case.get_absolute_url() in page_of(office.handler, mediation)


def test_a_stranger_finds_nothing(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    assert signed_in(office.county_clerk).get(f"/mediations/{mediation.pk}/").status_code == 404
    assert program(office.county_clerk).get(f"/api/mediations/{mediation.pk}/").status_code == 404


def test_it_is_accepted_and_held_in_the_browser(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    url = f"/mediations/{referred(office, case, point).pk}"
    browser = signed_in(office.water_handler)
    form = browser.get(f"{url}/accept/").content.decode()
    code = point.mediators.get().code
    given = {"mediator": code, "accepted_on": DAY.isoformat(), "version": version_in(form)}
    assert browser.post(f"{url}/accept/", given).status_code == 302
    form = browser.get(f"{url}/hold/").content.decode()
    given = {
        "session": "", "held_on": DAY.isoformat(), "came": "刘某\n赵某", "said": "同意再谈",
        "version": version_in(form),
    }  # fmt: skip
    assert browser.post(f"{url}/hold/", given).status_code == 302
    page = browser.get(f"{url}/").content.decode()
    assert ("刘某、赵某" in page, "同意再谈" in page, "第1次调解" in page) == (True, True, True)
    amended = browser.get(f"{url}/amend/?session=1").content.decode()
    assert "同意再谈" in amended


def test_the_form_of_the_matter_stands_filled_with_what_the_point_reported(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    told(office, accepted(office, referred(office, case, point)))
    form = signed_in(office.handler).get(move_url(case, Move.REACH_AGREEMENT)).content.decode()
    assert all(word in form for word in ("物业公司于五月底前修复", "自行组织施工", "高某某"))


def test_a_program_accepts_and_is_told_what_is_next(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    url = f"/api/mediations/{mediation.pk}/"
    seen = program(office.water_handler).get(url).json()
    given = {"mediator": "ZJ9999", "accepted_on": DAY.isoformat(), "version": seen["version"]}
    refused = program(office.water_handler).post(f"{url}accept/", given, format="json")
    assert "请选择这个调解点的调解员" in refused.content.decode()
    given["mediator"] = point.mediators.get().code
    answer = program(office.water_handler).post(f"{url}accept/", given, format="json").json()
    assert (answer["state"], "hold" in answer["steps"]) == (MediationState.ACCEPTED, True)


def test_what_two_do_at_once_is_done_once(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    url = f"/mediations/{mediation.pk}"
    browser = signed_in(office.water_handler)
    version = version_in(browser.get(f"{url}/accept/").content.decode())
    accepted(office, mediation)
    given = {"mediator": point.mediators.get().code, "accepted_on": DAY.isoformat(), "version": version}
    assert browser.post(f"{url}/accept/", given).status_code in (403, 409, 422)
    assert Mediation.objects.get().events.filter(kind="accept").count() == 1


def test_the_page_of_a_meeting_shows_who_stayed_away(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = held(office, accepted(office, referred(office, case, point)), absent=["钱某"], excused=["孙某：住院"])
    page = page_of(office.handler, mediation)
    assert ("无正当理由未到场：钱某" in page, "有正当理由未到场：孙某：住院" in page) == (True, True)


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_fifty(
    office: Office, case: PetitionCase, point: MediationPoint, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        referring.recall(referred(office, case, point), reason="重新委派", by=office.handler, at=MONDAY)
    browser = signed_in(office.handler)
    browser.get("/mediations/")
    with django_assert_num_queries(4):
        assert browser.get("/mediations/").content.decode().count("data-row") >= min(number, 20)


def test_a_matter_in_no_mediation_has_no_panel(office: Office) -> None:
    opened(office)
    page = signed_in(office.handler).get(case_in(office, State.HANDLING).get_absolute_url()).content.decode()
    assert 'id="mediations"' not in page
