"""带入上次登记, places proposed from what is typed, and browsing by level."""

from datetime import timedelta

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.models import Petition, PetitionCase
from cases.window.code_search import place_in
from tests.cases.desk import FORM, ID_NUMBER, URL, ask_person, earlier, send
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def carry(office: Office, **typed: str) -> str:
    answer = signed_in(office.clerk).post(URL, {"id_kind": "111", "id_number": ID_NUMBER, "carry": "1"} | typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_known_id_offers_to_carry_over_and_a_phone_alone_does_not(office: Office) -> None:
    earlier(office)
    assert 'name="carry"' in ask_person(office.clerk, id_number=ID_NUMBER)
    assert 'name="carry"' not in ask_person(office.clerk, phone="13800000000")


def test_what_is_carried_over_fills_what_is_empty_and_is_logged(office: Office) -> None:
    send(office.clerk, address="黄河五路1号", address_region="371602")
    html = carry(office, phone="13911112222", content="车库又漏水了。")

    kept = ('value="刘小芳"', 'value="13911112222"', 'value="黄河五路1号"', 'value="371602"', "车库又漏水了。")
    assert [words for words in kept if words not in html] == []
    line = AccessLog.objects.filter(act=AccessAct.UNMASK).get()
    assert (line.subject, "带入上次登记" in line.reason) == (PetitionCase.objects.get().number, True)
    assert Petition.objects.count() == 1


def test_nothing_is_carried_over_of_a_report_of_wrongdoing(office: Office) -> None:
    case = earlier(office)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    assert ("刘小芳" in carry(office), AccessLog.objects.filter(act=AccessAct.UNMASK).count()) == (False, 0)


def test_a_wrong_id_carries_nothing_over(office: Office) -> None:
    earlier(office)
    assert "刘小芳" not in carry(office, id_number="371602")


def test_the_deepest_place_that_stands_in_the_words_is_found(office: Office) -> None:
    district = Unit.objects.get(code="371602")
    assert place_in(f"{district.name}某小区3号楼", on=MONDAY.date()) == district
    assert place_in("别处某小区", on=MONDAY.date()) is None
    assert place_in("\x00", on=MONDAY.date()) is None


def test_the_place_of_the_address_is_proposed(office: Office) -> None:
    name = Unit.objects.get(code="371602").name
    html = ask_person(office.clerk, address=f"{name}黄河五路")
    assert 'data-place="address_region" data-code="371602"' in html
    assert 'data-place="region" data-code="371602"' in html


def test_units_are_browsed_level_by_level(office: Office) -> None:
    client = signed_in(office.clerk)
    top = client.get("/pick/places/").content.decode()
    assert 'data-code="371602"' in top
    below = client.get("/pick/places/", {"in": "371602"}).content.decode()
    assert "上一级" in below
    assert FORM["region"] in below
