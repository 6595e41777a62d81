"""The tests of the local servers mean an ordinary umask, whatever that of the person at the keyboard is."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _ordinary_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)
