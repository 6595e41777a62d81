"""A point of the small city's office, where the water bureau's people mediate, and a matter that is mediated."""

from typing import Any

import pytest

from hearings.mediation import points
from hearings.models import MediationPoint
from tests.cases.api_client import on_monday
from tests.hearings.pool.conftest import listed
from tests.office import MONDAY, Office, office

__all__ = ["office", "on_monday"]


def opened(office: Office, name: str = "老高调解室", **changes: Any) -> MediationPoint:
    """A point that the registrar enters."""
    said: dict[str, Any] = {
        "name": name, "kind": "brand", "region": office.county, "address": "渤海小区居委会二楼",
        "hours": "工作日8:30至17:30", "phone": "0543-3160009", "specialities": ["housing"], "unit": office.water,
        "mediators": [],
    }  # fmt: skip
    return points.open_point(**(said | changes), by=office.registrar, at=MONDAY)


@pytest.fixture
def point(office: Office) -> MediationPoint:
    mediator = listed(office, "高某某", kind="mediator", organisation="渤海小区人民调解委员会")
    return opened(office, mediators=[mediator.code])
