"""调解委派函: the letter to the point, with both sides, the dispute and the days."""

import pytest

from cases.models import PetitionCase
from hearings.models import MediationPoint
from tests.hearings.mediation.conftest import referred
from tests.office import Office

pytestmark = pytest.mark.usefixtures("on_monday")


def test_the_reference_leaves_its_letter_in_the_matter(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    letter = case.letters.latest("pk").letter
    text = "".join(letter.paragraphs)
    assert (letter.kind, letter.addressee, letter.unit) == ("mediation-referral", "老高调解室", office.housing)
    assert f"与{mediation.other_party}之间的纠纷" in text
    # Three working days after Monday.
    assert "最迟于2025年3月6日答复" in text
    assert mediation.events.get().detail["letter"] == f"《调解委派函》（{letter.number}）"
