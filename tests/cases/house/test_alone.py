"""Limits of one administrator alone: nothing is prolonged, widened or hidden, and somebody always watches."""

from datetime import date, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Grant, Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.records.models import HouseEvent
from cases.house import change_acts, changes, grants, people, units
from cases.house.acts import take
from cases.models import PetitionCase
from cases.queries import visible_to
from tests.factories import PostFactory, UnitFactory, UserFactory
from tests.office import MONDAY, Office
from tests.told import telling

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def end(office: Office, post: Post, last: date) -> None:
    take(people.POST_ACTS["end"], post, {"to_on": last, "reason": "调离"}, by=office.administrator, at=MONDAY)


def amend(office: Office, user: User, **said: str) -> None:
    given = {"name": user.name, "phone": user.phone, "reason": "更正"} | said
    take(people.ACTS["amend"], user, given, by=office.administrator, at=MONDAY)


def close(office: Office, user: User) -> None:
    take(people.ACTS["close"], user, {"reason": "退休"}, by=office.administrator, at=MONDAY)


def of_unit(office: Office, key: str, unit: Unit, **said: Any) -> None:
    take(units.ACTS[key], unit, said, by=office.administrator, at=MONDAY)


def give(office: Office, unit: Unit) -> None:
    """Let the second hand allow what waits of the unit."""
    security = PostFactory(unit=office.bureau, role=Role.SECURITY)
    take(change_acts.ACTS["give"], unit.changes.latest("pk"), {"decided_why": ""}, by=security, at=MONDAY)


def amended(unit: Unit, **said: Any) -> dict[str, Any]:
    names = ("aliases", "kind", "guided_by", "letter_mark", "region_code", "phone", "address", "valid_from")
    return {name: getattr(unit, name) for name in names} | {"reason": "更正"} | said


@pytest.mark.parametrize("later", [0, 1, 365])
def test_the_end_of_a_post_is_put_off_by_nobody(office: Office, later: int) -> None:
    post = PostFactory(unit=office.housing, role=Role.UNIT_HANDLER, to_on=TODAY)
    with pytest.raises(Refusal, match="只能提前") as refused:
        end(office, post, TODAY + timedelta(days=later))
    assert refused.value.field == "to_on"
    post.refresh_from_db()
    assert post.to_on == TODAY


def test_a_post_with_an_end_ends_earlier(office: Office) -> None:
    post = PostFactory(unit=office.housing, role=Role.UNIT_HANDLER, to_on=TODAY + timedelta(days=30))
    end(office, post, TODAY)
    post.refresh_from_db()
    assert post.to_on == TODAY


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECURITY])
def test_the_last_who_watches_is_not_sent_away(office: Office, role: Role) -> None:
    keeper = PostFactory(unit=office.bureau, role=role)
    for act in (lambda: end(office, keeper, TODAY), lambda: close(office, keeper.user)):
        with pytest.raises(Refusal, match="不能空缺"):
            act()
    alone = UnitFactory(code="tail", parent=office.city)
    Post.objects.filter(pk=keeper.pk).update(unit=alone)
    with pytest.raises(Refusal, match="不能空缺"):
        of_unit(office, "ask-end", alone, valid_to=TODAY, moved_to=None, basis="一")


def test_one_who_has_a_successor_goes(office: Office) -> None:
    keeper = PostFactory(unit=office.bureau, role=Role.AUDITOR)
    PostFactory(unit=office.bureau, role=Role.AUDITOR, from_on=TODAY + timedelta(days=1))
    end(office, keeper, TODAY)
    keeper.refresh_from_db()
    assert keeper.to_on == TODAY


def test_a_successor_who_comes_too_late_is_none(office: Office) -> None:
    keeper = PostFactory(unit=office.bureau, role=Role.AUDITOR)
    PostFactory(unit=office.bureau, role=Role.AUDITOR, from_on=TODAY + timedelta(days=2))
    with pytest.raises(Refusal, match="不能空缺"):
        end(office, keeper, TODAY)


@pytest.mark.parametrize("held", [{"reads_sealed": True, "role": Role.OFFICE_HEAD}, {"role": Role.DISCIPLINE}])
def test_who_reads_reports_gets_no_other_name(office: Office, held: dict[str, Any]) -> None:
    post = PostFactory(unit=office.bureau, **held)
    with pytest.raises(Refusal, match="姓名为准") as refused:
        amend(office, post.user, name="另一个人")
    assert refused.value.field == "name"
    amend(office, post.user, phone="0543-3160009")


def test_a_keeper_is_named_for_no_reports(office: Office) -> None:
    said = {
        "unit": office.bureau, "role": Role.ADMINISTRATOR, "from_on": TODAY, "to_on": None, "reads_sealed": True,
        "is_deputy": False, "reason": "新任",
    }  # fmt: skip
    with pytest.raises(Refusal, match="管理员不阅办") as refused:
        take(grants.USER_ACTS["ask-post"], UserFactory(), said, by=office.administrator, at=MONDAY)
    assert refused.value.field == "reads_sealed"


def test_the_second_hand_reads_where_the_unit_stands(office: Office) -> None:
    town = UnitFactory(code="town-office", name="信访办", kind=UnitKind.PETITION_OFFICE, parent=office.county)
    grant = Grant(unit=town, role=Role.OFFICE_HEAD, from_on=TODAY)
    assert grant.what.startswith(f"信访办（信访部门，上级{office.county.name}） · 信访部门负责人")


def test_a_unit_is_moved_to_no_wider_area_while_somebody_there_reads_by_area(office: Office) -> None:
    town = UnitFactory(code="town-office", name="信访办", kind=UnitKind.PETITION_OFFICE, parent=office.county)
    head = PostFactory(unit=town, role=Role.OFFICE_HEAD)
    said = {"parent": office.city, "effective_on": TODAY, "basis": "一"}
    with pytest.raises(Refusal, match="按所在地区查阅事项") as refused:
        of_unit(office, "ask-move", town, **said)
    assert (refused.value.field, town.parent) == ("parent", office.county)
    end(office, head, TODAY - timedelta(days=1))
    of_unit(office, "ask-move", town, **said)
    give(office, town)
    town.refresh_from_db()
    assert town.parent == office.city


def test_nor_on_a_day_to_come_when_somebody_was_appointed_meanwhile(office: Office) -> None:
    town = UnitFactory(code="town-office", name="信访办", kind=UnitKind.PETITION_OFFICE, parent=office.county)
    tomorrow = MONDAY + timedelta(days=1)
    of_unit(office, "ask-move", town, parent=office.city, effective_on=tomorrow.date(), basis="一")
    give(office, town)
    head = PostFactory(unit=town, role=Role.OFFICE_HEAD)
    before = set(visible_to(head).values_list("pk", flat=True))
    changes.carry_out_due(at=tomorrow)
    town.refresh_from_db()
    assert (town.parent, set(visible_to(Post.objects.get(pk=head.pk)))) == (
        office.county, set(PetitionCase.objects.filter(pk__in=before)),
    )  # fmt: skip
    assert "按所在地区查阅事项" in town.changes.get().failed_why


@pytest.mark.parametrize("kind", [UnitKind.DISCIPLINE, UnitKind.PETITION_OFFICE])
def test_a_unit_with_people_gets_no_powers_of_another_kind(office: Office, kind: UnitKind) -> None:
    with pytest.raises(Refusal, match="随机构类别而定") as refused:
        of_unit(office, "amend", office.housing, **amended(office.housing, kind=kind))
    assert refused.value.field == "kind"
    empty = UnitFactory(code="empty", parent=office.city)
    of_unit(office, "amend", empty, **amended(empty, kind=kind))


def test_no_second_unit_bears_a_name_of_the_same_place(office: Office) -> None:
    said = {
        "name": office.housing.name, "short_name": "二", "aliases": "", "code": "second", "kind": UnitKind.DEPARTMENT,
        "parent": office.housing.parent, "guided_by": None, "letter_mark": "", "phone": "", "address": "",
        "valid_from": TODAY, "basis": "一",
    }  # fmt: skip
    with pytest.raises(Refusal, match="已有同名机构"):
        take(units.CREATE, Unit(), said, by=office.administrator, at=MONDAY)


def test_whom_a_change_concerns_is_told_by_bell(office: Office) -> None:
    amend(office, office.handler.user, phone="13911112222")
    write_due(at=MONDAY)
    told = telling("更正姓名电话", user=office.handler.user).get()
    assert (told.matter, "13911112222" in told.text) == (None, True)
    assert not Message.objects.filter(user=office.administrator.user).exists()


def test_what_was_asked_and_given_is_told_once(office: Office) -> None:
    security = PostFactory(unit=office.bureau, role=Role.SECURITY)
    user = UserFactory()
    said = {
        "unit": office.housing, "role": Role.UNIT_HANDLER, "from_on": TODAY, "to_on": None, "reads_sealed": False,
        "is_deputy": False, "reason": "新调入",
    }  # fmt: skip
    take(grants.USER_ACTS["ask-post"], user, said, by=office.administrator, at=MONDAY)
    take(grants.ACTS["give"], Grant.objects.get(), {"decided_why": ""}, by=security, at=MONDAY)
    write_due(at=MONDAY)
    assert Message.objects.filter(user=user).count() == 1
    assert HouseEvent.objects.count() == 2
