"""A pool of the small city's office, and a matter that its housing bureau handles."""

from datetime import date
from typing import Any

import pytest

from cases.models import PetitionCase
from cases.states import State
from hearings.models import Draw, Expert
from hearings.pool import draws, experts
from tests.cases.api_client import on_monday
from tests.office import MONDAY, Office, case_in, office

__all__ = ["office", "on_monday"]
NAMES = ("周学勤", "吴文清", "郑守正", "王慧敏", "冯建民", "陈素兰", "褚国栋")
HEARING = date(2025, 4, 1)


def listed(office: Office, name: str = "周学勤", **changes: Any) -> Expert:
    """Somebody whom the registrar puts into the pool."""
    said: dict[str, Any] = {
        "name": name, "kind": "lawyer", "specialities": ["law"], "region": office.county,
        "organisation": "渤海律师事务所", "title": "", "former": [], "interests": [], "relatives": [], "phone": "",
        "term_from": date(2024, 1, 1), "term_to": date(2026, 12, 31),
    }  # fmt: skip
    return experts.list_expert(**(said | changes), by=office.registrar, at=MONDAY)


@pytest.fixture
def pool(office: Office) -> list[Expert]:
    return [listed(office, name) for name in NAMES]


@pytest.fixture
def case(office: Office) -> PetitionCase:
    return case_in(office, State.HANDLING)


def committed(office: Office, case: PetitionCase, **changes: Any) -> Draw:
    """A draw whose pool the handler has frozen."""
    said: dict[str, Any] = {
        "case": case.number, "hearing_on": HEARING, "number": 5, "specialities": [], "region": None,
        "needs_certificate": False, "parties": [], "party_units": [],
    }  # fmt: skip
    return draws.commit(**(said | changes), by=office.handler, at=MONDAY)


def drawn(office: Office, case: PetitionCase, word: str = "") -> Draw:
    return draws.draw(committed(office, case), word=word, by=office.handler, at=MONDAY)
