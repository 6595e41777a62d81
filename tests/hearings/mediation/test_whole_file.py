"""委派调解 in the file that leaves the house: every session and the result, people masked as elsewhere in it."""

import io
import json
import zipfile
from typing import Any

import pytest

from cases.casefile.whole_file import take_out_file
from cases.casefile.whole_file.contents import Teller
from cases.models import PetitionCase
from hearings.mediation import referring
from hearings.mediation.chapter import MEDIATIONS
from hearings.models import MediationPoint
from tests.hearings.mediation.conftest import DAY, accepted, held, referred, told
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")


def taken_out(office: Office, case: PetitionCase, **asked: Any) -> Any:
    given = {"in_full": False, "reason": "", **asked}
    made = take_out_file(case, by=office.unit_head, ip=None, on=DAY, **given)
    with made, zipfile.ZipFile(io.BytesIO(made.read())) as package:
        name = next(one for one in package.namelist() if one.endswith("办理经过.json"))
        return json.loads(package.read(name))[MEDIATIONS.key]


def test_the_file_tells_each_session_and_the_result(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = accepted(office, referred(office, case, point))
    told(office, held(office, mediation))
    [one] = taken_out(office, case)
    [session] = one["sessions"]
    assert (one["point"], one["mediator"], one["referred_on"]) == ("老高调解室", "高某某", DAY.isoformat())
    assert (session["held_on"], session["said"]) == (DAY.isoformat(), "双方同意先修复，费用各半。")
    assert (one["result"]["liability"], len(one["result"]["terms"])) == ("物业公司承担维修责任", 2)


def test_a_reader_of_the_document_is_told_the_same(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    told(office, held(office, accepted(office, referred(office, case, point))))
    teller = Teller(case, office.unit_head, in_full=False, on=DAY)
    said = "\n".join(MEDIATIONS.say(teller, MEDIATIONS.tell(teller)))
    words = (
        "老高调解室",
        "地下车库渗水",
        "第1次调解",
        "双方同意先修复",
        "物业公司于五月底前修复；业主按时缴费",
        "施工",
    )
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(("in_full", "came"), [(False, "刘*（信访人）"), (True, "刘某（信访人）")])
def test_who_came_is_named_in_full_with_a_reason_alone(
    office: Office, case: PetitionCase, point: MediationPoint, in_full: bool, came: str
) -> None:
    held(office, accepted(office, referred(office, case, point)))
    [one] = taken_out(office, case, in_full=in_full, reason="诉讼应诉" if in_full else "")
    assert one["sessions"][0]["came"][0] == came


def test_a_declined_reference_is_in_the_file_with_what_came_after(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    referring.decline(mediation, reason="不属于范围", declined_on=DAY, by=office.water_head, at=MONDAY)
    referred(office, case, point)
    assert [one["state"] for one in taken_out(office, case)] == ["不予接收", "待接收"]


def test_a_matter_that_was_never_mediated_has_no_such_chapter(office: Office, case: PetitionCase) -> None:
    teller = Teller(case, office.unit_head, in_full=False, on=DAY)
    data = {MEDIATIONS.key: MEDIATIONS.tell(teller)}
    assert (data[MEDIATIONS.key], MEDIATIONS.say(teller, data[MEDIATIONS.key])) == ([], [])
