"""Notices of a mediation: each step tells the other side, and nobody is told of a party by name."""

import pytest

from binzhou_xinfang.notices.models import Outbox
from cases.models import PetitionCase
from hearings.mediation import referring
from hearings.mediation.notices import write_told
from hearings.models import Mediation, MediationPoint
from tests.hearings.mediation.conftest import accepted, referred, told
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")


def heard(mediation: Mediation) -> list[tuple[str, str, str]]:
    """The readers of the last step, the words, and where it leads."""
    assert Outbox.objects.filter(topic="mediation-told", subject=mediation.events.latest("seq").pk).exists()
    notes = write_told([mediation.events.latest("seq").pk])
    return sorted((note.user.username, note.title.partition(" ")[2], note.url) for note in notes)


def test_the_point_hears_of_the_reference(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    url = f"/mediations/{mediation.pk}/"
    words = "收到委派调解，请接收或者写明理由不予接收"
    assert heard(mediation) == [("water-handler", words, url), ("water-head", words, url)]


def test_the_unit_hears_of_answer_and_report(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = accepted(office, referred(office, case, point))
    assert {who for who, _, _ in heard(mediation)} == {"handler", "colleague", "unit-head"}
    assert {words for _, words, _ in heard(told(office, mediation))} == {"已报送调解协议，请核对后登记"}


def test_a_point_from_which_it_is_taken_back_is_led_to_its_list(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    recalled = referring.recall(referred(office, case, point), reason="委派错误", by=office.handler, at=MONDAY)
    assert {(words, url) for _, words, url in heard(recalled)} == {("委派调解已撤回", "/mediations/")}


def test_of_what_is_sealed_nobody_hears(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    assert heard(mediation) == []


def test_no_notice_names_a_party(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = referred(office, case, point)
    for note in write_told([mediation.events.get().pk]):
        assert case.lead.name not in note.title + note.text
        assert str(mediation.other_party) not in note.title + note.text
