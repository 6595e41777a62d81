"""A unit moved, ended and reopened by two hands: who asks, who decides, who is told, and what one hand cannot do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from binzhou_xinfang.accounts.models import ChangeKind, Post, Unit, UnitChange
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.models import HouseEvent
from cases.house import change_acts, changes, units
from cases.house.acts import Done, offered, take
from cases.states import State
from tests.factories import PostFactory, UnitFactory
from tests.office import MONDAY, Office, case_in
from tests.told import telling

pytestmark = pytest.mark.django_db
TODAY, DAY = MONDAY.date(), timedelta(days=1)


def ask(office: Office, key: str, unit: Unit, **said: Any) -> UnitChange:
    given = {"basis": "滨编发〔2026〕3号", "reason": "登记错误"} | said
    take(units.ACTS[key], unit, given, by=office.administrator, at=MONDAY)
    return UnitChange.objects.latest("pk")


def to_county(office: Office, *, later: int = 0) -> UnitChange:
    return ask(office, "ask-move", office.water, parent=office.county, effective_on=TODAY + later * DAY)


def end_of(office: Office, unit: Unit) -> UnitChange:
    return ask(office, "ask-end", unit, valid_to=TODAY, moved_to=None)


def decide(key: str, change: UnitChange, by: Post, *, later: int = 0, **said: Any) -> Done:
    return take(
        change_acts.ACTS[key], change, {"decided_why": "", "reason": "一"} | said, by=by, at=MONDAY + later * DAY
    )


def events() -> list[str]:
    return list(HouseEvent.objects.order_by("seq").values_list("kind", flat=True))


@pytest.fixture
def tail(office: Office) -> Unit:
    """A unit with nobody and nothing in hand."""
    return UnitFactory(code="tail", parent=office.city)


def test_a_unit_is_moved_once_it_is_allowed_and_takes_those_below_along(office: Office, security: Post) -> None:
    asked = ask(office, "ask-move", office.housing, parent=office.county, effective_on=TODAY)
    office.housing_below.refresh_from_db()
    assert not office.housing_below.path.startswith(office.county.path)
    decide("give", asked, security)
    office.housing_below.refresh_from_db()
    assert office.housing_below.path == f"{office.county.path}bzzj/bzzj-zj/"
    assert events() == ["unit-ask-move", "unit-change-give"]


def test_both_hands_stand_in_the_row_and_in_the_ledger_of_the_unit(office: Office, security: Post) -> None:
    decide("give", to_county(office), security, decided_why="方案已批")
    kept = UnitChange.objects.get()
    assert (kept.ordered_by, kept.decided_by, kept.decided_why) == (
        office.administrator.user, security.user, "方案已批",
    )  # fmt: skip
    told = ledger.events_of(f"unit:{office.water.pk}")
    assert [(event.actor, event.detail["changes"][-1][2]) for event in told] == [
        (security.user, office.county.name), (office.administrator.user, office.county.name),
    ]  # fmt: skip


def test_an_empty_unit_is_ended_and_the_slip_taken_back(office: Office, security: Post, tail: Unit) -> None:
    asked = end_of(office, tail)
    tail.refresh_from_db()
    assert tail.valid_to is None
    decide("give", asked, security)
    tail.refresh_from_db()
    assert tail.valid_to == TODAY
    back = ask(office, "ask-reopen", tail)
    tail.refresh_from_db()
    assert tail.valid_to == TODAY
    decide("give", back, security)
    tail.refresh_from_db()
    assert tail.valid_to is None
    assert events() == ["unit-ask-end", "unit-change-give", "unit-ask-reopen", "unit-change-give"]


@pytest.mark.parametrize("key", ["move", "end", "reopen"])
def test_no_act_of_one_hand_is_left(key: str) -> None:
    assert key not in units.ACTS


def test_no_administrator_allows_what_any_of_them_asked(office: Office) -> None:
    second = PostFactory(unit=office.bureau, role=Role.ADMINISTRATOR)
    for by in (office.administrator, second):
        with pytest.raises(NotPermitted):
            decide("give", to_county(office) if by == office.administrator else UnitChange.objects.get(), by)
    assert UnitChange.objects.get().waits


def test_who_asked_does_not_decide_at_another_post(office: Office) -> None:
    asked = to_county(office)
    Post.objects.filter(pk=office.administrator.pk).update(to_on=TODAY - DAY)
    both = PostFactory(unit=office.bureau, role=Role.SECURITY, user=office.administrator.user, from_on=TODAY)
    with pytest.raises(Refusal, match="不得由同一人办理"):
        decide("give", asked, both)


def test_the_database_refuses_one_hand(office: Office) -> None:
    asked = to_county(office)
    for values in (
        {"done_at": MONDAY},
        {"done_at": MONDAY, "is_given": True, "decided_by": asked.ordered_by, "decided_at": MONDAY},
        {"is_given": True},
        {"by_one_hand": True},
        {"parent": office.city},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            UnitChange.objects.filter(pk=asked.pk).update(**values)
    row = {name: getattr(asked, name) for name in ("unit", "ordered_by", "ordered_post", "ordered_at", "effective_on")}
    with pytest.raises(DatabaseError, match="two hands"), transaction.atomic():
        UnitChange.objects.create(kind=ChangeKind.END, by_one_hand=True, **row)


def test_what_is_turned_down_changes_nothing_and_may_be_asked_again(office: Office, security: Post) -> None:
    decide("turn-down", to_county(office), security, decided_why="没有文件")
    office.water.refresh_from_db()
    assert office.water.parent == office.city
    assert to_county(office).waits


def test_a_move_of_a_day_to_come_waits_for_its_day_and_for_the_second_hand(office: Office, security: Post) -> None:
    asked = to_county(office, later=1)
    assert changes.carry_out_due(at=MONDAY + DAY) == 0
    decide("give", asked, security)
    assert [changes.carry_out_due(at=MONDAY + days * DAY) for days in (0, 1, 2)] == [0, 1, 0]
    office.water.refresh_from_db()
    assert office.water.parent == office.county
    assert events() == ["unit-ask-move", "unit-change-give", "unit-change-done"]


def test_what_is_allowed_after_its_day_holds_from_then(office: Office, security: Post) -> None:
    decide("give", to_county(office, later=1), security, later=3)
    office.water.refresh_from_db()
    assert office.water.parent == office.county


def test_a_plan_is_cancelled_and_everybody_who_was_told_is_told_again(office: Office, security: Post) -> None:
    there = PostFactory(unit=office.water, role=Role.UNIT_HANDLER)
    asked = to_county(office, later=5)
    decide("give", asked, security)
    decide("cancel", asked, office.administrator, reason="文件未印发")
    assert changes.carry_out_due(at=MONDAY + 6 * DAY) == 0
    write_due(at=MONDAY)
    for user in (there.user, security.user):
        assert telling("取消变更", user=user).exists()


def test_deciders_asker_and_persons_concerned_are_told_once_each(office: Office, security: Post) -> None:
    there = PostFactory(unit=office.water, role=Role.UNIT_HANDLER)
    asked = to_county(office)
    write_due(at=MONDAY)
    assert [message.user for message in Message.objects.all()] == [security.user]
    decide("give", asked, security)
    write_due(at=MONDAY)
    assert Message.objects.filter(user=there.user).count() == 1
    assert telling("已同意", user=office.administrator.user).count() == 1


def test_both_hands_are_told_once_that_a_change_could_not_be_made(office: Office, security: Post) -> None:
    decide("give", to_county(office, later=1), security)
    Unit.objects.filter(pk=office.water.pk).update(valid_to=TODAY)
    for days in (1, 2):
        changes.carry_out_due(at=MONDAY + days * DAY)
    write_due(at=MONDAY + 2 * DAY)
    for user in (office.administrator.user, security.user):
        assert telling("没有执行", user=user).count() == 1


def test_what_is_decided_is_what_was_read(office: Office, security: Post) -> None:
    asked, seen = to_county(office), ledger.version_of(f"unit:{office.water.pk}")
    said = {"name": "市水务局", "short_name": "市水务局", "basis": "一", "effective_on": TODAY}
    take(units.ACTS["rename"], office.water, said, by=office.administrator, at=MONDAY)
    with pytest.raises(Stale, match="已更名"):
        take(change_acts.ACTS["give"], asked, {"decided_why": ""}, by=security, at=MONDAY, seen=seen)


def test_what_became_impossible_meanwhile_is_not_allowed(office: Office, security: Post, tail: Unit) -> None:
    asked = end_of(office, tail)
    UnitFactory(code="below-tail", parent=tail)
    with pytest.raises(Refusal, match="下属机构"):
        decide("give", asked, security)
    assert UnitChange.objects.get().waits


def test_a_unit_is_not_moved_below_itself_nor_backwards(office: Office) -> None:
    with pytest.raises(Refusal, match="上级不能是"):
        ask(office, "ask-move", office.housing, parent=office.housing_below, effective_on=TODAY)
    with pytest.raises(Refusal, match="只能从今天起"):
        ask(office, "ask-move", office.housing, parent=office.county, effective_on=TODAY - DAY)


def test_a_second_change_of_a_kind_waits_for_the_first(office: Office) -> None:
    to_county(office)
    with pytest.raises(Refusal, match="等待审批"):
        to_county(office, later=2)


def test_the_preview_names_what_is_in_hand_and_who_stands_above(office: Office) -> None:
    case_in(office, State.HANDLING)
    said = units.ACTS["ask-move"].foretells(office.housing, {"parent": office.county}, TODAY)
    assert "在办事项1件、正在计算的期限1个、现任岗位4个" in said[1]
    assert any("下属机构1个" in line for line in said)


def test_a_unit_with_work_in_hand_is_ended_by_a_hand_over_alone(office: Office) -> None:
    case_in(office, State.HANDLING)
    with pytest.raises(Refusal, match="承接移交"):
        end_of(office, office.housing)


def test_a_unit_is_not_ended_by_the_day_on_which_it_began(office: Office, tail: Unit) -> None:
    kept = ("aliases", "kind", "guided_by", "letter_mark", "region_code", "phone", "address")
    said = {name: getattr(tail, name) for name in kept} | {"reason": "更正", "valid_from": TODAY + DAY}
    with pytest.raises(Refusal, match="今天以后") as refused:
        take(units.ACTS["amend"], tail, said, by=office.administrator, at=MONDAY)
    assert refused.value.field == "valid_from"
    take(units.ACTS["amend"], tail, said | {"valid_from": TODAY}, by=office.administrator, at=MONDAY)


def test_the_acts_of_each_hand_are_offered_to_it_alone(office: Office, security: Post) -> None:
    asked = to_county(office)
    for by, keys in ((office.administrator, ["cancel"]), (security, ["give", "turn-down"]), (office.head, [])):
        assert [act.key for act in offered(change_acts.ACTS, asked, by, TODAY)] == keys
