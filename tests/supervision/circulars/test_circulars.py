"""通报: drafted, signed by another hand, unchangeable from then on, known to every unit of the area."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import InternalError, connection, transaction

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.records import audit
from cases.models import PetitionCase
from cases.states import State
from supervision.circulars import verbs as circulars
from supervision.circulars.life import circulars as life
from supervision.circulars.permissions import visible_circulars
from supervision.models import Circular, CircularStage
from tests.factories import PostFactory
from tests.office import Office, case_in, make_office, moment
from tests.supervision.circulars.circulated import AT, MAY, drafted, signed, text, told
from tests.told import telling


@pytest.mark.parametrize("who", ["registrar", "inspector"])
def test_registrar_and_inspector_draft(office: Office, who: str) -> None:
    found = drafted(office, by=getattr(office, who))
    assert (found.stage, found.office, found.area) == (CircularStage.DRAFTED, office.bureau, office.city)


@pytest.mark.parametrize("who", ["head", "clerk", "leader", "unit_head", "housing_registrar", "administrator"])
def test_nobody_else_drafts(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        drafted(office, by=getattr(office, who))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": MAY.since - timedelta(days=1)}, "until"),
        ({"until": AT.date() + timedelta(days=1)}, "until"),
        ({"since": MAY.until - timedelta(days=366)}, "since"),
    ],
    ids=["ends before it begins", "is not over", "is longer than a year"],
)
def test_a_period_that_cannot_be_told_of_is_refused(office: Office, changes: dict[str, date], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        drafted(office, **changes)
    assert (refused.value.field, Circular.objects.count()) == (field, 0)


def test_a_period_of_one_day_that_is_today_and_one_of_a_year_are_told_of(office: Office) -> None:
    drafted(office, since=AT.date(), until=AT.date())
    drafted(office, since=MAY.until - timedelta(days=365))
    assert Circular.objects.count() == 2


def test_the_head_signs_it_with_number_and_hash(office: Office) -> None:
    found = signed(office)
    found.refresh_from_db()
    assert (found.number, found.issued_on, found.signed_by) == ("滨信通报〔2025〕1号", AT.date(), office.head.user)
    assert (found.sha256, len(found.sha256)) == (found.content_sha256(), 64)


@pytest.mark.parametrize("who", ["registrar", "inspector", "leader", "county_head", "unit_head"])
def test_nobody_but_the_head_of_the_office_signs(office: Office, who: str) -> None:
    found = drafted(office)
    with pytest.raises(NotPermitted):
        circulars.sign(found, by=getattr(office, who), at=AT)
    assert Circular.objects.get().stage == CircularStage.DRAFTED


def also(post: Post, role: str) -> Post:
    """Another post of the same person at the same unit."""
    return PostFactory.create(user=post.user, unit=post.unit, role=role)


def test_who_drafted_does_not_sign_from_another_post(office: Office) -> None:
    PostFactory.create(unit=office.bureau, role="office-head")
    found = drafted(office, by=also(office.head, "registrar"))
    with pytest.raises(NotPermitted, match="拟稿人不能签发"):
        circulars.sign(found, by=office.head, at=AT)
    offers = Ahead(life, [found], AT.date()).offers(found, office.head)
    assert "sign" not in [offer.row.key.value for offer in offers]


def test_the_only_head_writes_no_circular_that_nobody_could_sign(office: Office) -> None:
    with pytest.raises(Refusal, match="本单位除拟稿人外没有可以签发的人员"):
        drafted(office, by=also(office.head, "registrar"))
    found = drafted(office)
    with pytest.raises(Refusal, match="没有可以签发的人员"):
        circulars.revise(found, text(good="有"), by=also(office.head, "inspector"), at=AT)


def test_who_only_revised_does_not_sign_either(office: Office) -> None:
    PostFactory.create(unit=office.bureau, role="office-head")
    found = circulars.revise(drafted(office), text(good="有"), by=also(office.head, "registrar"), at=AT)
    found = circulars.revise(found, text(good="改"), by=office.inspector, at=AT)
    with pytest.raises(NotPermitted, match="拟稿人不能签发"):
        circulars.sign(found, by=office.head, at=AT)


def test_nothing_is_signed_that_was_changed_after_it_was_read(office: Office) -> None:
    read = drafted(office)
    circulars.revise(Circular.objects.get(), text(demands="另有要求"), by=office.inspector, at=AT)
    with pytest.raises(Stale):
        circulars.sign(read, by=office.head, at=AT)


def test_figures_that_are_no_longer_so_are_not_signed_until_they_are_reckoned_anew(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    found = drafted(office)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    with pytest.raises(Refusal, match="重新汇总"):
        circulars.sign(found, by=office.head, at=AT)
    found = circulars.recompute(found, by=office.head, at=AT)
    assert circulars.sign(found, by=office.head, at=AT).figures["rows"] == []


def test_a_later_day_alone_changes_no_figures(office: Office) -> None:
    case_in(office, State.HANDLING)
    found = circulars.sign(drafted(office), by=office.head, at=AT + timedelta(days=9))
    assert found.figures["on"] == "2025-06-03"


def test_what_changes_after_the_issue_changes_nothing_in_it(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    found = signed(office)
    case.deadlines.running().update(met_on=date(2025, 4, 1))
    assert (told(office), Circular.objects.get().lines[0]) == ({}, found.lines[0])
    assert Circular.objects.get().content_sha256() == found.sha256


@pytest.mark.parametrize("act", [circulars.recompute, circulars.discard, circulars.sign])
def test_no_verb_changes_what_was_issued(office: Office, act: Any) -> None:
    found = signed(office)
    with pytest.raises(Refusal, match="已印发"):
        act(found, by=office.head, at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supervision_circular SET title = '改'",
        "UPDATE supervision_circular SET stage = 'drafted', number = '', sha256 = '', issued_on = NULL",
        "DELETE FROM supervision_circular",
        "SET pgtrigger.ignore = '{supervision_circular:stays_as_issued}'; UPDATE supervision_circular SET title = '改'",
        "TRUNCATE supervision_circular CASCADE",
    ],
)
def test_no_statement_changes_what_was_issued(office: Office, statement: str) -> None:
    signed(office)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")


def test_an_office_without_a_mark_signs_nothing(office: Office) -> None:
    found = drafted(office)
    Unit.objects.filter(pk=office.bureau.pk).update(letter_mark="")
    with pytest.raises(Refusal, match="发文代字"):
        circulars.sign(found, by=office.head, at=AT)


def test_the_number_begins_anew_each_year_and_for_each_office(office: Office) -> None:
    numbers = [circulars.sign(drafted(office), by=office.head, at=AT).number for _ in range(2)]
    found = circulars.draft(text(), by=office.registrar, at=moment(2026, 1, 5))
    numbers.append(circulars.sign(found, by=office.head, at=moment(2026, 1, 5)).number)
    writer = PostFactory.create(unit=office.county_office, role="registrar")
    numbers.append(circulars.sign(drafted(office, by=writer), by=office.county_head, at=AT).number)
    assert numbers == [
        "滨信通报〔2025〕1号", "滨信通报〔2025〕2号", "滨信通报〔2026〕1号", "滨城信通报〔2025〕1号",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_sign_at_once_and_one_circular_is_signed_once() -> None:
    office = make_office()
    drafts = [drafted(office) for _ in range(10)]
    start = Barrier(20)

    def sign(found: Circular) -> str:
        start.wait()
        try:
            return circulars.sign(found, by=office.head, at=AT).number
        except (Stale, Refusal):
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(sign, [Circular.objects.get(pk=one.pk) for one in drafts * 2]))
    assert sorted(filter(None, numbers)) == sorted(f"滨信通报〔2025〕{n}号" for n in range(1, 11))


def readers(office: Office, found: Circular) -> set[str]:
    return {post.user.username for post in office.every_post() if visible_circulars(post).filter(pk=found.pk).exists()}


def test_a_draft_is_read_by_those_who_work_on_it_and_the_issued_by_every_post_of_the_area(office: Office) -> None:
    found = drafted(office)
    assert readers(office, found) == {"registrar", "inspector", "head"}
    circulars.sign(found, by=office.head, at=AT)
    outside = {"rechecker", "recheck-head"}
    assert readers(office, found) == {post.user.username for post in office.every_post()} - outside


def test_what_a_county_issues_is_not_known_in_the_city(office: Office) -> None:
    writer = PostFactory.create(unit=office.county_office, role="registrar")
    found = circulars.sign(drafted(office, by=writer), by=office.county_head, at=AT)
    assert readers(office, found) == {"county-head", "county-clerk"}


def test_the_heads_of_the_units_named_are_told_once(office: Office) -> None:
    case_in(office, State.HANDLING)
    signed(office)
    with time_machine.travel(AT, tick=False):
        write_due(at=AT)
        write_due(at=AT)
    told_to = telling("滨信通报〔2025〕1号").values_list("user__username", flat=True)
    assert list(told_to) == ["unit-head"]


def test_each_act_is_an_event_of_the_chain_of_the_circular(office: Office) -> None:
    PostFactory.create(unit=office.bureau, role="office-head")
    found = circulars.revise(drafted(office), text(good="有"), by=office.inspector, at=AT)
    found = circulars.sign(circulars.recompute(found, by=office.head, at=AT), by=office.head, at=AT)
    circulars.discard(drafted(office), by=office.registrar, at=AT)
    assert list(found.events.order_by("seq").values_list("kind", "actor_name")) == [
        ("drafted", "李登记"), ("revised", "韩督查"), ("recomputed", "赵局长"), ("signed", "赵局长"),
    ]  # fmt: skip
    assert found.events.get(kind="signed").detail["sha256"] == found.sha256
    assert audit.verify(None).findings == []
