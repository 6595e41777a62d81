"""The city that every journey goes through."""

import pytest

from tests.office import Office, make_office


@pytest.fixture
def city(transactional_db: None) -> Office:
    """The small office; whoever comes by `sign_in` has a password."""
    return make_office()
