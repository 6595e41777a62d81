"""Waiting of a 督办件: since it came to the station where it stands, the same on flow, list and API."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from cases.drafts.verbs import check, discard, sign
from supervision.causes import verbs
from supervision.models import SupervisionCase
from supervision.queries import with_waits
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.office import Office, moment
from tests.supervision.causes.late import drafted, opened

OPENED = moment(2025, 5, 7, 9)
NOW = moment(2025, 6, 10, 9)


def day(number: int) -> datetime:
    return OPENED + timedelta(days=number)


def again(found: SupervisionCase) -> SupervisionCase:
    return SupervisionCase.objects.get(pk=found.pk)


def road(office: Office, found: SupervisionCase) -> Iterator[tuple[str, int | None]]:
    """Each station that one comes to, and the day of its coming there."""
    yield "pending", 0
    draft = drafted(office, found, at=day(1))
    yield "check", 1
    draft = check(draft, by=PostFactory(unit=office.bureau, role="registrar"), at=day(2))
    yield "signature", 2
    sign(draft, by=office.head, at=day(3))
    yield "receipt", 3
    verbs.sign_for(again(found), by=office.handler, at=day(4))
    yield "answer", 3
    verbs.answer(again(found), text="已整改", by=office.handler, at=day(5))
    # Its head's signature is part of the unit's answer.
    yield "answer", 3
    verbs.sign_answer(again(found), by=office.unit_head, at=day(6))
    yield "judging", 6
    verbs.judge(
        again(found), is_accepted=False, verdict="没有附材料", due_on=day(20).date(), by=office.registrar, at=day(7)
    )
    yield "answer", 7
    verbs.answer(again(found), text="已整改，附材料", by=office.unit_head, at=day(8))
    yield "judging", 8


def test_flow_list_and_api_count_from_when_it_came_to_the_station(office: Office) -> None:
    found = opened(office, at=OPENED)
    SupervisionCase.objects.exclude(pk=found.pk).delete()
    client = signed_in(office.head)
    told = []
    for station, came in road(office, found):
        with time_machine.travel(NOW, tick=False):
            home = client.get("/supervision/").content.decode()
            rows = client.get(f"/supervision/letters/?wait={station}").content.decode()
            api = client.get(f"/api/supervisions/{found.pk}/").json()["waits_since"]
        flow = re.search(rf'wait={station}">.*?最长已等 (\d+) 天', home)
        row = re.search(r'data-label="等候">(\d+) 天', rows)
        days = [(NOW.date() - datetime.fromisoformat(api).date()).days, *(int(one[1]) for one in (flow, row) if one)]
        told.append((station, days))
        assert came is not None
        assert days == [(NOW.date() - day(came).date()).days] * 3, station
    assert len(told) == 9


@pytest.mark.parametrize("end", [lambda found, by: verbs.drop(found, reason="已办结", by=by, at=day(3))])
def test_what_is_over_waits_for_nobody(office: Office, end: Callable[..., object]) -> None:
    found = opened(office, at=OPENED)
    end(found, office.registrar)
    assert with_waits(SupervisionCase.objects.filter(pk=found.pk)).get().waits_since is None  # type: ignore[attr-defined]
    assert "天<span" not in signed_in(office.head).get("/supervision/letters/?turn=over").content.decode()


def test_what_is_not_sent_after_all_waits_anew(office: Office) -> None:
    found = opened(office, at=OPENED)
    discard(drafted(office, found, at=day(1)), note="另拟", by=office.registrar, at=day(2))
    assert with_waits(SupervisionCase.objects.filter(pk=found.pk)).get().waits_since == day(2)  # type: ignore[attr-defined]


@time_machine.travel(NOW, tick=False)
def test_the_list_of_a_station_begins_with_what_waits_longest(office: Office) -> None:
    young, old = opened(office, at=OPENED), opened(office, at=OPENED)
    SupervisionCase.objects.filter(pk=old.pk).update(came_at=day(-9))
    SupervisionCase.objects.filter(pk=young.pk).update(came_at=day(9))
    html = signed_in(office.head).get("/supervision/letters/?wait=pending").content.decode()
    found = [int(pk) for pk in re.findall(r'href="/supervision/letters/(\d+)/" data-open', html)]
    assert (found[0], found[-1]) == (old.pk, young.pk)
