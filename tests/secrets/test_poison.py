"""The poisoned matter, sought on every page, list, chart, print, export and answer of the API, by every seat."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from binzhou_xinfang.notices.models import Message, Outbox
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.records.models import AccessLog
from binzhou_xinfang.web import showing
from tests.access.asking import lines
from tests.access.world import Matter, Place
from tests.cases.pages import signed_in
from tests.office import moment
from tests.secrets.poison import KINDS, Sign, found_in, texts_of
from tests.secrets.world import Poisoned

pytestmark = pytest.mark.django_db
NOW = moment(2026, 6, 10, 11)
# Not a page of a matter, and slow.
LEFT_OUT = ("admin/", "accounts/", "api/schema/", "api/docs/", "healthz", "readyz")


@pytest.fixture(scope="module")
def poisoned(django_db_setup: None, django_db_blocker: Any) -> Iterator[Poisoned]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "mark the tests with django_db"
        patch.setattr(showing, "ONE_LOOK", timedelta(0))
        with time_machine.travel(NOW, tick=False):
            yield Poisoned(NOW)
        transaction.set_rollback(True)


def test_nearly_everything_that_is_typed_on_the_road_has_numbers_in_it(poisoned: Poisoned) -> None:
    print(f"{len(poisoned.made)} moves, {len(poisoned.poison.fields)} texts, {len(poisoned.poison.given)} numbers")
    assert len(poisoned.made) > 45, "\n".join(f"{move}: {why}" for move, why in poisoned.refused.items())
    assert len(set(poisoned.poison.fields)) > 80
    kinds = Counter(sign.kind for sign in poisoned.poison.given)
    assert min(kinds.values()) > 20, kinds


def matter_of(poisoned: Poisoned) -> Matter:
    case = poisoned.case
    ids = {
        "cases/": case.number,
        "new/": case.number,
        "drafts/": str(case.letter_drafts.earliest("pk").pk),
        "petitions/": case.petitions.earliest("pk").number,
        "deadlines/": str(case.deadlines.earliest("pk").pk),
        "letters/": str(case.letters.earliest("pk").pk),
        "attachments/": str(case.attachments.earliest("pk").pk),
    }
    return Matter("poisoned", case, Place.HOUSING, ids)


def addresses(poisoned: Poisoned) -> list[str]:
    """Every address that is read, with the numbers of the matter, and with those of each of its letters."""
    matter = matter_of(poisoned)
    urls = {
        url
        for line in lines()
        if line.method == "GET" and not line.route.startswith(LEFT_OUT)
        for url in line.urls(matter)
    }
    return sorted(urls)


def answer(client: Client, url: str) -> tuple[int, bytes]:
    response = client.get(url)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return response.status_code, content if content[:2] == b"PK" else headers.encode() + b"\n" + content


def shown(client: Client, url: str, given: list[Sign]) -> tuple[int, list[Sign]]:
    """The numbers read in full at the address; nothing when the look itself was logged."""
    before = AccessLog.objects.filter(act=AccessAct.UNMASK).count()
    status, content = answer(client, url)
    found = [sign for said in texts_of(content) for sign in found_in(said, given)]
    is_logged = bool(found) and AccessLog.objects.filter(act=AccessAct.UNMASK).count() > before
    return status, [] if is_logged else found


def test_no_seat_reads_a_number_at_any_address(poisoned: Poisoned, caplog: pytest.LogCaptureFixture) -> None:
    given, urls, leaks = poisoned.poison.given, addresses(poisoned), []
    statuses: Counter[int] = Counter()
    with caplog.at_level(logging.INFO):
        for seat in poisoned.seats:
            client = signed_in(seat)
            for url in urls:
                status, found = shown(client, url, given)
                statuses[status] += 1
                if found:
                    leaks.append(f"{seat.user.username} {url}: {sorted({sign.written for sign in found})[:3]}")
                    print("LEAK", leaks[-1], flush=True)
    print(f"{len(urls)} addresses x {len(poisoned.seats)} seats, {statuses}: {len(leaks)} finds")
    assert leaks == []
    assert found_in("\n".join(record.getMessage() for record in caplog.records), given) == []


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make(1).kind)
def test_a_number_that_stands_alone_in_a_text_is_masked(make: Callable[[int], Sign]) -> None:
    signs = [make(number) for number in range(1, 500)]
    assert [sign.written for sign in signs if found_in(mask_numbers(sign.written), [sign])] == []


def test_no_bell_and_no_message_tells_a_number(poisoned: Poisoned) -> None:
    told = [f"{row.title} {row.text}" for row in Message.objects.all()]
    assert told, list(Outbox.objects.values_list("topic", "error", "written_at"))
    assert found_in("\n".join(told), poisoned.poison.given) == []
