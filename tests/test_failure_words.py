"""Words of a failure, as 运行状况 shows them: nothing of the row that the database would not take."""

import pytest
from django.db import DatabaseError

from binzhou_xinfang.errors import failure
from cases.models import PetitionCase
from tests.office import Office, make_office, register, undone


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def test_the_row_that_was_refused_is_not_told(office: Office) -> None:
    case = register(office).case
    with undone(), pytest.raises(DatabaseError) as raised:
        PetitionCase.objects.filter(pk=case.pk).update(state="nowhere")
    assert case.number in str(raised.value)
    assert (case.number in failure(raised.value), "case_state_known" in failure(raised.value)) == (False, True)
