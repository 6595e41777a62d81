"""A point of the small city's office, where the water bureau's people mediate, and a matter that is mediated."""

from datetime import date, datetime
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.states import State
from hearings.mediation import points, referring, results, sessions
from hearings.models import Mediation, MediationPoint
from tests.cases.api_client import on_monday
from tests.hearings.pool.conftest import listed
from tests.office import MONDAY, Office, case_in, office

DAY = MONDAY.date()
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


@pytest.fixture
def case(office: Office) -> PetitionCase:
    return case_in(office, State.MEDIATING)


def referred(office: Office, case: PetitionCase, point: MediationPoint) -> Mediation:
    """The matter, as the handler refers it to the point."""
    return referring.refer(
        case=case.number, point=point.code, dispute="地下车库渗水，双方对维修费用有争议", by=office.handler, at=MONDAY
    )


def accepted(office: Office, mediation: Mediation, at: datetime = MONDAY, by: Post | None = None) -> Mediation:
    """A mediation that the people of the point, the water bureau's, have accepted."""
    codes = [one.code for one in mediation.point.mediators.all()]
    return referring.accept(
        mediation, mediator=codes[0] if codes else "", accepted_on=at.date(), by=by or office.water_handler, at=at
    )


def held(office: Office, mediation: Mediation, on: date = DAY, **changes: Any) -> Mediation:
    """A meeting that was held."""
    said: dict[str, Any] = {
        "session": "", "held_on": on, "where": "", "came": ["刘某（信访人）", "赵某（物业公司负责人）"], "excused": [],
        "absent": [], "said": "双方同意先修复，费用各半。",
    }  # fmt: skip
    return sessions.hold(mediation, **(said | changes), by=office.water_handler, at=MONDAY)


AGREED = {
    "findings": "地下车库顶板渗水", "disputes": "维修费用由谁承担", "liability": "物业公司承担维修责任",
    "terms": ["物业公司于五月底前修复", "业主按时缴费"], "performance": "自行组织施工",
    "performance_time": "2025年5月31日前",
}  # fmt: skip


def told(office: Office, mediation: Mediation, at: datetime = MONDAY) -> Mediation:
    """An agreement that the point has reported."""
    return results.tell_agreement(mediation, **AGREED, signed_on=at.date(), by=office.water_handler, at=at)
