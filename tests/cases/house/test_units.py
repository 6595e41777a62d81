"""Acts on units: names and superiors with their days, ends, previews, and the event of each."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Unit, UnitChange, UnitKind
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.models import HouseEvent
from cases.casefile.event_text import tell
from cases.house import change_acts, changes, units
from cases.house.acts import take
from cases.models import PetitionCase
from cases.states import Move, State
from tests.office import MONDAY, Office, case_in, register, step

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
NEW = {"name": "市住房城乡建设和管理局", "short_name": "市住建管理局", "basis": "滨编发〔2025〕1号"}


def act(key: str, unit: Unit, by: Any, *, at: datetime = MONDAY, seen: int | None = None, **said: Any) -> Unit:
    take(units.ACTS[key], unit, said, by=by, at=at, seen=seen)
    unit.refresh_from_db()
    return unit


def rename(office: Office, on: date) -> Unit:
    return act("rename", office.housing, office.administrator, effective_on=on, **NEW)


def test_a_name_applies_from_its_day_and_the_day_before_keeps_the_old_one(office: Office) -> None:
    unit = rename(office, TODAY)
    said = [unit.name_on(day) for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))]
    assert said == ["市住房和城乡建设局", NEW["name"], NEW["name"]]
    assert unit.short_name_on(TODAY) == "市住建管理局"


def test_the_old_name_is_still_found(office: Office) -> None:
    assert "市住房和城乡建设局" in rename(office, TODAY).words


def test_a_letter_of_before_keeps_the_name_and_one_of_after_has_the_new_one(office: Office) -> None:
    case = case_in(office, State.SIGNED_FOR)
    before = next(
        link.letter for link in case.letters.select_related("letter") if link.letter.addressee == office.housing.name
    )
    rename(office, TODAY)
    office.handler.refresh_from_db()
    step(office, PetitionCase.objects.get(pk=case.pk), Move.ACCEPT, at=MONDAY)
    after = PetitionCase.objects.get(pk=case.pk).letters.select_related("letter").latest("pk").letter
    before.refresh_from_db()
    assert (before.addressee, after.issuer) == ("市住房和城乡建设局", NEW["name"])


def test_a_name_of_a_day_to_come_waits_for_the_beat(office: Office) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    assert rename(office, tomorrow.date()).name == "市住房和城乡建设局"
    assert (
        changes.carry_out_due(at=MONDAY),
        changes.carry_out_due(at=tomorrow),
        changes.carry_out_due(at=tomorrow),
    ) == (
        0,
        1,
        0,
    )
    office.housing.refresh_from_db()
    assert (office.housing.name, office.housing.name_on(TODAY)) == (NEW["name"], "市住房和城乡建设局")
    assert [event.kind for event in HouseEvent.objects.order_by("seq")] == ["unit-rename", "unit-change-done"]


def test_a_planned_name_is_cancelled_with_a_reason(office: Office) -> None:
    rename(office, TODAY + timedelta(days=1))
    cancelled = UnitChange.objects.get()
    take(change_acts.ACTS["cancel"], cancelled, {"reason": "文件未印发"}, by=office.administrator, at=MONDAY)
    assert changes.carry_out_due(at=MONDAY + timedelta(days=1)) == 0
    assert HouseEvent.objects.latest("seq").detail["reason"] == "文件未印发"


def test_a_second_planned_name_is_refused(office: Office) -> None:
    rename(office, TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="尚未生效"):
        rename(office, TODAY + timedelta(days=2))


def test_one_change_that_fails_holds_up_no_other_and_says_why(office: Office) -> None:
    rename(office, TODAY + timedelta(days=1))
    water = {"name": "市水务局", "short_name": "市水务局", "basis": "一", "effective_on": TODAY + timedelta(days=1)}
    act("rename", office.water, office.administrator, **water)
    Unit.objects.filter(pk=office.housing.pk).update(valid_to=TODAY)
    assert changes.carry_out_due(at=MONDAY + timedelta(days=1)) == 1
    assert "已撤销" in UnitChange.objects.get(unit=office.housing).failed_why


def test_a_new_unit_has_its_path_its_event_and_no_second_mark(office: Office) -> None:
    said = {
        "name": "市数据局", "short_name": "市数据局", "aliases": "", "code": "bzsj", "kind": UnitKind.DEPARTMENT,
        "parent": office.city, "guided_by": None, "letter_mark": "滨数", "phone": "", "address": "",
        "valid_from": TODAY, "basis": "滨编发〔2025〕2号",
    }  # fmt: skip
    take(units.CREATE, Unit(), said, by=office.administrator, at=MONDAY)
    assert Unit.objects.get(code="bzsj").path == f"{office.city.path}bzsj/"
    assert HouseEvent.objects.get().detail["reason"] == "滨编发〔2025〕2号"
    with pytest.raises(Refusal, match="已由市数据局使用"):
        take(units.CREATE, Unit(), said | {"code": "bzsj2", "name": "二"}, by=office.administrator, at=MONDAY)


def test_of_two_administrators_at_one_unit_the_second_is_told(office: Office) -> None:
    seen = ledger.version_of(f"unit:{office.housing.pk}")
    rename(office, TODAY)
    said = {"parent": office.county, "effective_on": TODAY, "basis": "一"}
    with pytest.raises(Stale, match=r"打开本页以后，杨管理于.*已更名.*没有保存"):
        act("ask-move", office.housing, office.administrator, seen=seen, **said)


@pytest.mark.parametrize("who", ["head", "leader", "unit_head"])
def test_nobody_but_an_administrator_keeps_units(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        act("rename", office.housing, getattr(office, who), effective_on=TODAY, **NEW)


def test_what_is_refused_leaves_no_event(office: Office) -> None:
    with pytest.raises(Refusal):
        act("rename", office.housing, office.administrator, effective_on=TODAY, name=office.housing.name,
            short_name=office.housing.short_name, basis="一")  # fmt: skip
    assert not HouseEvent.objects.exists()


def test_a_receipt_printed_again_and_the_course_keep_the_name_of_their_day(office: Office) -> None:
    petition = register(office, at=MONDAY - timedelta(days=1))
    said = {"name": "市信访工作局", "short_name": "市信访工作局", "effective_on": TODAY, "basis": "一"}
    act("rename", office.bureau, office.administrator, **said)
    petition.refresh_from_db()
    event = petition.case.events.select_related("unit").order_by("seq")[0]
    assert (petition.unit_name, petition.unit.name) == ("滨州市信访局", "市信访工作局")
    assert tell(event, on=TODAY).who.startswith("滨州市信访局")
