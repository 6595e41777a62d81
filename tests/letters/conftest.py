"""Letters of a bureau."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.models import Letter
from tests.factories import PostFactory, UnitFactory

Issue = Callable[..., Letter]
# Sentences that stand instead of others: to 政法 and 纪检监察, about who gave no name, of a day that has gone by.
_OF_ANOTHER_SHAPE = frozenset({"own_rules", "secrecy", "nameless", "lapsed_on"})
EXAMPLES = {name: fact.example for name, fact in FACTS.items() if name not in _OF_ANOTHER_SHAPE}


@pytest.fixture
def bureau(db: None) -> Post:
    """A post of the bureau, which numbers letters."""
    unit = UnitFactory.create(name="滨州市信访局", letter_mark="滨信", phone="0543-1234567")
    return PostFactory.create(unit=unit)


@pytest.fixture
def issue(bureau: Post) -> Issue:
    """Issue a letter of the bureau with made-up facts, some of them changed."""

    def make(kind: LetterKind, *, on: date = date(2026, 3, 6), **changed: Any) -> Letter:
        return issuing.issue(kind, unit=bureau.unit, on=on, facts={**EXAMPLES, **changed}, by=bureau)

    return make
