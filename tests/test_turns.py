"""Conflicts that are expected: the second waits and finds what the first has left, and the server logs no ERROR."""

import ast
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection, transaction
from django.http import QueryDict

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.own_account import factor
from binzhou_xinfang.records import files
from binzhou_xinfang.records.models import StoredFile
from binzhou_xinfang.turns import wait_for
from cases.models import Petition, PetitionCase, SavedFilter
from cases.window.one_registration import register_once
from cases.window.registration import Arrival
from cases.window.registration import register as register_arrival
from cases.worklists.saved_filters import save_filter
from hearings.models import Booking
from tests.hearings.calendar.conftest import booked, opened
from tests.office import MONDAY, Office, arrival, make_office, matter, register
from tests.server_log import ServerLog

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE, TODAY = 12, date(2025, 3, 3)
# Where a constraint is asked all the same, each with the reason.
ASKED = {
    "cases/house/acts.py": "the last word behind acts that ask for each clash under the lock of the ledger",
    "cases/importing/run.py": "a row of a foreign file may hold what no form lets through, and becomes a reject",
    "cases/logbook/after_care.py": "written in a move, which holds its matter",
    "cases/procedure/reply.py": "written in a move, which holds its matter",
    "cases/web/keeping/calendar_page.py": "written under the lock of the ledger",
}
CONSTRAINT = {"IntegrityError", "get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create"}


@pytest.fixture
def log() -> ServerLog:
    log = ServerLog()
    if not log.is_ours:
        pytest.skip("the server is another's, and so is its log")
    return log


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Take the act in so many threads at one moment; a refusal is its words."""
    start = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def once(office: Office, said: Arrival, token: str) -> str:
    def save(arrival: Arrival) -> Petition:
        return register_arrival(arrival, matter(office), by=office.clerk, at=MONDAY)

    return register_once(said, token, save, by=office.clerk).number


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twelve_times_at_once_is_one_registration(log: ServerLog) -> None:
    office = make_office()
    numbers = at_once(lambda _: once(office, arrival(TODAY), "the same form"))
    assert (set(numbers), PetitionCase.objects.count()) == ({"BZXF-2025-000001"}, 1)
    assert log.errors() == []


@pytest.mark.django_db(transaction=True)
def test_of_twelve_desks_with_one_outside_number_one_registers_and_the_others_are_told_the_number(
    log: ServerLog,
) -> None:
    office = make_office()
    told = at_once(lambda n: once(office, arrival(TODAY, petition={"external_id": "GJ-7"}), f"desk {n}"))
    assert sorted(set(told)) == ["BZXF-2025-000001", "外部编号“GJ-7”的来件已经登记，编号BZXF-2025-000001。"]
    assert (told.count("BZXF-2025-000001"), Petition.objects.count()) == (1, 1)
    assert log.errors() == []


@pytest.mark.django_db(transaction=True)
def test_twelve_numbers_taken_at_once_are_gapless(log: ServerLog) -> None:
    office = make_office()
    numbers = at_once(lambda _: register(office).number)
    assert sorted(numbers) == [f"BZXF-2025-{number:06d}" for number in range(1, AT_ONCE + 1)]
    assert log.errors() == []


@pytest.mark.django_db(transaction=True)
def test_of_twelve_bookings_that_clash_one_is_made(log: ServerLog) -> None:
    office = make_office()
    room = opened(office)
    told = at_once(lambda _: booked(office.registrar, room))
    assert (sum(isinstance(one, Booking) for one in told), Booking.objects.count()) == (1, 1)
    assert all("已由" in one for one in told if not isinstance(one, Booking))
    assert log.errors() == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_many_make_at_one_moment_are_one_row(log: ServerLog) -> None:
    office = make_office()
    user = office.clerk.user
    query = QueryDict("q=1")
    stored = at_once(lambda _: files.store(SimpleUploadedFile("甲.txt", "同一份材料".encode())).pk)
    told = at_once(lambda _: save_filter(user, path="/cases/", name="今日", query=query).pk)
    keys = at_once(lambda _: factor.key_to_set_up(user))
    assert (len(set(stored)), StoredFile.objects.count(), len(set(keys))) == (1, 1, 1)
    assert (told.count("已经有名为“今日”的标签，请换个名称。"), SavedFilter.objects.count()) == (AT_ONCE - 1, 1)
    assert log.errors() == []


@pytest.mark.django_db(transaction=True)
def test_an_error_of_the_server_would_be_seen(log: ServerLog) -> None:
    with suppress(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert log.errors() == ["ERROR:  division by zero"]


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_waited_for_in_a_transaction_alone() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        wait_for("somebody")


def asked(text: str) -> set[str]:
    """The ways in which a source lets a constraint of the database decide."""
    nodes = list(ast.walk(ast.parse(text)))
    words = {node.id for node in nodes if isinstance(node, ast.Name)}
    return (words | {node.attr for node in nodes if isinstance(node, ast.Attribute)}) & CONSTRAINT


def sources() -> Iterator[Path]:
    for part in ("binzhou_xinfang", "cases", "hearings", "supervision"):
        yield from (path for path in (ROOT / part).rglob("*.py") if not {"migrations", "made_up"} & set(path.parts))


def test_nobody_lets_a_constraint_decide_what_is_expected() -> None:
    found = {str(path.relative_to(ROOT)) for path in sources() if asked(path.read_text(encoding="utf-8"))}
    assert found == set(ASKED)


@pytest.mark.parametrize("body", ["try: act()\nexcept IntegrityError: pass", "Row.objects.get_or_create(key=1)"])
def test_the_next_one_that_lets_a_constraint_decide_is_found(body: str) -> None:
    assert asked(body)
