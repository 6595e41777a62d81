"""A hand-over that falls goes on where it stood: nothing is lost, each matter goes once, one that cannot says why."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.health import NotWellError
from cases.handover import acts, matters
from cases.handover.acts import advance, begin, resume_all
from cases.handover.orders import Order, Share
from cases.handover.pulse import STANDS, check_hand_overs
from cases.models import STAYED, HandOver, HandOverKind, PetitionCase
from cases.states import State
from tests.office import MONDAY, Office, case_in


def begun(office: Office, number: int = 5) -> HandOver:
    for _ in range(number):
        case_in(office, State.HANDLING)
    share = Share(office.water, takes_rest=True)
    order = Order(HandOverKind.MERGED, office.housing, "滨编发〔2025〕1号", (share,), last_on=date(2025, 3, 2))
    return begin(order, by=office.head, at=MONDAY)


def test_after_a_fall_between_two_batches_the_rest_goes_and_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "BATCH", 2)
    act = begun(office)
    assert advance(act, at=MONDAY, most=2) == 3
    assert (act.items.exclude(done_at=None).count(), HandOver.objects.get().done_at) == (2, None)
    # What has not gone yet still lies at the body that ended, with its plan.
    assert PetitionCase.objects.filter(responsible=office.housing).count() == 3
    assert resume_all(at=MONDAY) == 1
    assert resume_all(at=MONDAY) == 0
    assert HandOver.objects.get().done_at == MONDAY
    for case in PetitionCase.objects.all():
        assert (case.responsible, case.events.filter(kind="handed-over").count()) == (office.water, 1)


def test_a_fall_within_a_batch_undoes_that_batch_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "BATCH", 2)
    act, told = begun(office), matters._tell

    def killed(given: HandOver, item: Any, **kwargs: Any) -> None:
        if HandOver.objects.get().items.exclude(done_at=None).count() >= 3:
            raise KeyboardInterrupt
        told(given, item, **kwargs)

    monkeypatch.setattr(matters, "_tell", killed)
    with pytest.raises(KeyboardInterrupt):
        advance(act, at=MONDAY)
    assert act.items.exclude(done_at=None).count() == 2
    monkeypatch.setattr(matters, "_tell", told)
    assert resume_all(at=MONDAY) == 1
    assert act.items.exclude(moved={}).count() == 5
    assert [case.events.filter(kind="handed-over").count() for case in PetitionCase.objects.all()] == [1] * 5


def test_a_broken_connection_leaves_the_batch_waiting_and_blames_no_matter(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, told = begun(office, 3), matters._tell

    def broken(given: HandOver, item: Any, **kwargs: Any) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(matters, "_tell", broken)
    assert (advance(act, at=MONDAY), act.items.filter(STAYED).count()) == (3, 0)
    with time_machine.travel(MONDAY + STANDS + timedelta(minutes=1)), pytest.raises(NotWellError, match=f"{act.pk}"):
        check_hand_overs()
    monkeypatch.setattr(matters, "_tell", told)
    assert resume_all(at=MONDAY) == 1
    assert act.items.exclude(moved={}).count() == 3
    check_hand_overs()


def test_one_matter_that_cannot_go_holds_up_no_other_and_says_why(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, told = begun(office, 3), matters._tell
    wrong = act.items.order_by("pk")[1]

    def refusing(given: HandOver, item: Any, **kwargs: Any) -> None:
        if item.pk == wrong.pk:
            raise Refusal("文书模板有误")
        told(given, item, **kwargs)

    monkeypatch.setattr(matters, "_tell", refusing)
    assert advance(act, at=MONDAY) == 0
    wrong.refresh_from_db()
    assert (wrong.left_why, wrong.moved, wrong.case.responsible) == ("文书模板有误", {}, office.housing)
    assert act.items.exclude(moved={}).count() == 2
    # Another act takes up what was left at the body that has ended.
    monkeypatch.setattr(matters, "_tell", told)
    share = Share(office.water, takes_rest=True)
    order = Order(HandOverKind.MERGED, office.housing, "续办", (share,), last_on=date(2025, 3, 2))
    again = begin(order, by=office.head, at=MONDAY)
    assert advance(again, at=MONDAY) == 0
    assert again.items.get().case == wrong.case
