"""Names of petitioners in letters to others: one, several, an organisation, and somebody who gave none."""

import pytest

from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL
from cases.facts import earlier_letter, petitioner_of
from cases.models import PetitionCase, Petitioner
from cases.states import Move, State
from tests.office import MONDAY, Office, case_in, step

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "people", "named"),
    [
        (Petitioner(name="刘某"), 1, "刘某"),
        (Petitioner(name="刘某"), 36, "刘某等36人"),
        (Petitioner(name="滨州某商贸有限公司", is_organisation=True), 3, "滨州某商贸有限公司"),
        (Petitioner(name="匿名", is_anonymous=True), 1, "匿名信访人"),
    ],
)
def test_letters_to_others_name_the_petitioner_as_an_office_does(person: Petitioner, people: int, named: str) -> None:
    assert petitioner_of(person, people) == named


def test_a_group_is_named_in_the_letter_to_the_unit_and_its_representative_is_written_to(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    PetitionCase.objects.filter(pk=case.pk).update(people=36)
    case = step(office, PetitionCase.objects.get(pk=case.pk), Move.REFER, at=MONDAY)
    name, told = case.lead.name, earlier_letter(case, PROCEDURAL_ACCEPTANCE)
    referral = earlier_letter(case, REFERRAL)
    assert referral is not None
    assert told is not None
    assert referral.title.startswith(f"关于转送{name}等36人反映")
    assert told.addressee == name
