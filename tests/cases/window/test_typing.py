"""Registrations as people type and paste them: by the form and by the API alike."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from cases.models import Petition, Petitioner
from cases.vocabulary import IdKind
from tests.cases.desk import FORM, ask_person, faults, rows, send
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office

RESIDENT = "371602198001011235"


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def lead(office: Office, **changes: Any) -> Petitioner:
    """Register at the window and take the person's row."""
    answer = send(office.clerk, **changes)
    assert answer.status_code == 302, faults(answer)
    return Petition.objects.latest("pk").lead


def by_api(office: Office, **changes: Any) -> Any:
    names = ("id_kind", "id_number", "name", "phone", "channel", "arrived_on", "content", "purpose", "topic", "region")
    sent = {name: FORM[name] for name in names} | {"people": 1, "requests": ["请求督促维修"]} | changes
    return signed_in(office.clerk).post(reverse("api:petitions"), sent, content_type="application/json")


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"phone": "１３８０５４３００１１"}, {"phone": "13805430011"}),
        ({"phone": "138０５４３００１１"}, {"phone": "13805430011"}),
        ({"phone": "３３６１２３４"}, {"phone": "3361234"}),
        ({"phone": "\u202d13805430011\u202c"}, {"phone": "13805430011"}),
        ({"phone": "0086-138-0543-1234"}, {"phone": "13805431234"}),
        ({"phone": "+86 138 0543 1234"}, {"phone": "13805431234"}),
        ({"phone": "+86 0543 3361234"}, {"phone": "05433361234"}),
        ({"phone": "+85291234567", "id_kind": "516", "id_number": "H12345678"}, {"phone": "+85291234567"}),
        ({"phone": "00886 912 345 678", "id_kind": "511", "id_number": "12345678"}, {"phone": "+886912345678"}),
        ({"phone": "", "landline": "0543-3361234转8012"}, {"landline": "05433361234转8012"}),
        ({"phone": "", "landline": "0543-3361234 分机 12"}, {"landline": "05433361234转12"}),
        ({"phone": "", "landline": "0543－3361234"}, {"landline": "05433361234"}),
        ({"id_number": "３７１６０２１９８００１０１１２３５"}, {"id_number": RESIDENT}),
        ({"id_number": "37160219800101003Ｘ"}, {"id_number": "37160219800101003X"}),
        ({"id_number": f"{RESIDENT}\u200b"}, {"id_number": RESIDENT}),
        ({"id_number": RESIDENT}, {"household_region": "山东省滨州市滨城区"}),
        ({"name": "刘\u200b小芳 "}, {"name": "刘小芳"}),
        ({"name": "阿卜杜拉•买买提"}, {"name": "阿卜杜拉•买买提"}),
        ({"name": "Anna Maria Rossi", "id_kind": "414", "id_number": "yb 1234567"}, {"id_number": "YB1234567"}),
        ({"id_kind": "HMT", "id_number": "83000019810715006X"}, {"household_region": "台湾省"}),
        ({"id_kind": "HMT", "id_number": "810000199408230021"}, {"household_region": "香港特别行政区"}),
        ({"id_kind": "553", "id_number": "CAN310188041201"}, {"id_number": "CAN310188041201"}),
        ({"external_id": "ｗｚ－2025－１２\u200b"}, {}),
    ],
)
def test_what_is_right_is_taken_and_kept_in_one_spelling(
    office: Office, changes: dict[str, str], kept: dict[str, str]
) -> None:
    person = lead(office, **changes)
    assert {name: getattr(person, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content": "\u200b" * 6}, "content"),
        ({"requests": "\u200b"}, "requests"),
        ({"name": "\u200b\u3164"}, "name"),
        ({"phone": "1380543001"}, "phone"),
        ({"phone": "1380543"}, "phone"),
        ({"phone": "13805430"}, "phone"),
        ({"phone": "+86123"}, "phone"),
        ({"id_number": "371602198001011236"}, "id_number"),
        ({"id_number": "83000019810715006X"}, "id_kind"),
        ({"id_kind": "HMT", "id_number": RESIDENT}, "id_kind"),
        ({"id_kind": "414", "id_number": "护照号"}, "id_number"),
        ({"id_kind": "553", "id_number": "91234567890123456"}, "id_number"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(office: Office, changes: dict[str, str], field: str) -> None:
    assert list(faults(send(office.clerk, **changes))) == [field]
    assert Petition.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"phone": "１３８０５４３００１１"}, 201),
        ({"id_number": f"{RESIDENT}\u200b"}, 201),
        ({"content": "\u200b" * 6}, 400),
        ({"requests": ["\u200b"]}, 400),
    ],
)
def test_the_api_cleans_alike(office: Office, changes: dict[str, Any], status: int) -> None:
    answer = by_api(office, **changes)
    assert answer.status_code == status, answer.content.decode()


def test_a_passport_with_an_unseen_sign_is_the_same_passport(office: Office) -> None:
    first = lead(office, id_kind="414", id_number="E12345678", once="one")
    second = lead(office, id_kind="414", id_number="e1234-5678\u200b".replace("-", ""), once="two")
    assert first.id_digest == second.id_digest


def test_one_outside_number_in_three_spellings_is_one(office: Office) -> None:
    lead(office, external_id="WZ-2025-12", once="one")
    for number, once in (("ＷＺ－2025－12", "two"), ("wz-2025-12\u200b", "three")):
        assert list(faults(send(office.clerk, external_id=number, once=once))) == ["external_id"]


def test_one_form_pasted_with_and_without_unseen_signs_is_one_registration(office: Office) -> None:
    lead(office, once="one")
    send(office.clerk, once="one", content=f"\u200b{FORM['content']} ", name="刘小芳\ufeff")
    assert Petition.objects.count() == 1


COMPANIONS = rows(
    ("representative", "王建军", "371602198001011235", "13805431234"), ("agent", "阿卜杜拉•买买提", "", "")
)


@pytest.mark.parametrize(
    "typed", [{"id_number": RESIDENT}, {"phone": "138 0543 1234"}, {"name": "王建军"}, {"name": "阿卜杜拉.买买提"}]
)
def test_who_came_as_a_representative_is_known_at_the_window(office: Office, typed: dict[str, str]) -> None:
    lead(office, people="2", **COMPANIONS)
    html = ask_person(office.clerk, **typed)
    assert ("可能是初次反映" in html, Petition.objects.latest("pk").number in html) == (False, True)


def test_a_name_alone_tells_namesakes_apart(office: Office) -> None:
    lead(office, id_number=RESIDENT, address="黄河五路1号", address_region="371602")
    html = ask_person(office.clerk, name="刘小芳")
    shown = ("同名的人以往反映的事项", "1980年生", "滨城区", "可能是同名的另一人")
    assert [words for words in shown if words not in html] == []


def test_a_number_beside_the_name_finds_the_person_alone(office: Office) -> None:
    lead(office, id_number=RESIDENT)
    assert "可能是初次反映" in ask_person(office.clerk, name="刘小芳", phone="13911112222")


def test_every_kind_of_paper_has_its_reading() -> None:
    assert {kind.value for kind in IdKind} == {"111", "113", "114", "414", "516", "511", "HMT", "553", "USCC", ""}
