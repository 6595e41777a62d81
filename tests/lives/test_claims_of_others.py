"""更正登记 of who claims what: never by the body that it is claimed of (第四十条、第四十六条)."""

import pytest

from binzhou_xinfang.accounts.roles import Role
from cases.entries.declaration import entries_of
from cases.entries.whose import FREE, is_of_claim
from cases.states import Move
from cases.window.correcting import MODELS
from tests.factories import PostFactory
from tests.lives.story import Life, begins
from tests.lives.test_not_alone import taken_in_by_itself
from tests.office import Office

CLAIMED = [
    {"name": "刘某某"}, {"requests": ["表扬物业"]}, {"topic": ""}, {"content": "物业工作很好，特此表扬。"},
    {"purpose": "advise"},
]  # fmt: skip


@pytest.mark.parametrize("changed", CLAIMED, ids=lambda one: next(iter(one)))
def test_the_head_of_the_body_complained_of_does_not_exchange_the_claim(
    office: Office, changed: dict[str, object]
) -> None:
    life = taken_in_by_itself(office)
    life.refused(Move.AMEND, "2026-09-24", "本单位办理的事项|请选择|必填|内容分类", by=office.unit_head, **changed)
    both = PostFactory(user=office.unit_head.user, unit=office.bureau, role=Role.OFFICE_HEAD)
    if "topic" not in changed:
        life.refused(Move.AMEND, "2026-09-24", "本单位办理的事项", by=both, **changed)
        life.do(Move.AMEND, "2026-09-24", by=office.head, **changed)


def test_it_puts_right_how_the_petitioner_is_reached_and_where_it_is(office: Office) -> None:
    life = taken_in_by_itself(office)
    life.do(Move.AMEND, "2026-09-24", by=office.unit_head, phone="13811111111", region_detail="小区南门")
    assert life.case.lead.phone == "13811111111"


def test_its_window_mends_a_slip_of_the_same_day_and_no_later_one(office: Office) -> None:
    life = begins(office, "2026-09-22", by=office.housing_registrar)
    life.do(Move.CORRECT, "2026-09-22", by=office.housing_registrar, name="刘某某")
    life.refused(Move.CORRECT, "2026-09-23", "上级信访部门", by=office.housing_registrar, requests=["表扬物业"])
    life.do(Move.AMEND, "2026-09-23", by=office.head, requests=["明确维修责任单位"])
    sorted_today = begins(office, "2026-09-24", by=office.housing_registrar)
    sorted_today.do(Move.TRIAGE, "2026-09-24", by=office.housing_registrar)
    sorted_today.refused(Move.CORRECT, "2026-09-24", "上级信访部门", by=office.housing_registrar, requests=["表扬物业"])


def test_who_took_in_what_another_body_handles_corrects_it_as_before(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.CORRECT, "2026-09-23", name="刘某某")
    for move in (Move.TRIAGE, Move.REFER):
        life.do(move, "2026-09-23")
    life.do(Move.AMEND, "2026-09-24", requests=["明确维修责任单位"])
    assert [request.text for request in life.case.requests.all()] == ["明确维修责任单位"]


def test_another_person_is_no_correction_of_the_first(office: Office) -> None:
    life: Life = begins(office, "2026-09-22")
    another = {"name": "赵某", "phone": "13811111111", "address": "别处"}
    for move in (Move.TRIAGE, Move.REFER):
        life.do(move, "2026-09-22")
    life.refused(Move.AMEND, "2026-09-23", "变更信访人", **another)
    # One of the ways by which he is known stays.
    life.do(Move.AMEND, "2026-09-23", name="刘某某", phone="13811111111")


def test_the_wrong_person_typed_in_is_put_right_before_anything_was_sent(office: Office) -> None:
    life = begins(office, "2026-09-22")
    life.do(Move.CORRECT, "2026-09-23", name="赵某", phone="13811111111", address="别处")
    assert life.case.lead.name == "赵某"


def test_where_no_office_stands_above_it_is_said_who_is_missing(office: Office) -> None:
    life = taken_in_by_itself(office)
    office.bureau.valid_to = "2026-09-24"
    office.bureau.save()
    life.refused(Move.AMEND, "2026-09-25", "没有登记其上级信访部门", by=office.unit_head, requests=["表扬物业"])


def test_an_entry_is_of_the_claim_until_somebody_says_why_not() -> None:
    known = {model.__name__: {entry.name for entry in entries_of(model)} for model in MODELS}
    for table, free in FREE.items():
        assert set(free) <= known[table]
    assert is_of_claim("CaseRequest.text")
    assert is_of_claim("Petitioner.an_entry_of_tomorrow")
