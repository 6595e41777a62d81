"""The addressee of a letter of 督办 is the body that answers: the supervised unit, or who has power over policy."""

from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from supervision.causes import verbs
from supervision.causes.prefill import likely_addressee
from supervision.models import Measure, SupervisionCase
from tests.factories import UnitFactory
from tests.office import Office
from tests.supervision.figures.test_proposals import AT, brought_up


@pytest.fixture
def government(office: Office) -> Unit:
    return UnitFactory(name="滨州市人民政府", kind=UnitKind.GOVERNMENT, parent=office.city)


def drafted(office: Office, found: SupervisionCase, name: str) -> SupervisionCase:
    facts: dict[str, Any] = {"addressee": name}
    return verbs.draft(found, facts=facts, by=office.registrar, at=AT)


def test_a_proposal_goes_to_whom_it_names(office: Office) -> None:
    assert drafted(office, brought_up(office), office.housing.name).unit == office.housing


def test_a_letter_to_the_supervised_unit_names_no_other(office: Office) -> None:
    found = brought_up(office, Measure.SUPERVISION, unit=office.housing)
    with pytest.raises(Refusal, match="主送对象应当是市住房和城乡建设局") as refused:
        drafted(office, found, office.water.name)
    assert refused.value.field == "addressee"


def test_a_proposal_on_policy_goes_to_the_committee_or_government_of_the_level(
    office: Office, government: Unit
) -> None:
    found = brought_up(office, Measure.POLICY, unit=office.housing)
    assert likely_addressee(found, AT.date()) == "滨州市人民政府"
    for other in (office.housing.name, "省自然资源厅"):
        with pytest.raises(Refusal, match="本级党委、政府"):
            drafted(office, found, other)
    county = UnitFactory(name="滨城区人民政府", kind=UnitKind.GOVERNMENT, parent=office.county)
    with pytest.raises(Refusal, match="第四十条第二款"):
        drafted(office, found, county.name)
    assert drafted(office, found, government.name).unit == government
