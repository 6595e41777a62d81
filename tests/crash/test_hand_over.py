"""A hand-over of some hundred matters, its web server and its worker killed in the middle: it goes on, exactly once."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone

from cases.handover.acts import BATCH
from tests.crash.stack import HANDED_OVER, Stack
from tests.patience import SECONDS, wait_for

CASES = 2500
# The petition office through whose hands most has gone, another that may follow it, and the head above both.
_BUSIEST = """
    SELECT office.id, office.code, other.code, head.username, count(*)
    FROM cases_petitioncase AS matter
    JOIN accounts_unit AS office ON office.id = matter.registered_unit_id AND office.kind = 'petition-office'
    JOIN accounts_unit AS other ON other.kind = 'petition-office' AND other.parent_id <> office.parent_id
    JOIN accounts_unit AS place ON place.id = office.parent_id AND place.parent_id IS NOT NULL
    JOIN accounts_unit AS above ON above.kind = 'petition-office' AND above.parent_id = place.parent_id
    JOIN accounts_user AS head ON head.username = 'synthetic-' || above.code || '-2'
    JOIN accounts_post AS held ON held.unit_id = other.id
    WHERE other.id <> above.id AND NOT matter.is_sealed
    GROUP BY office.id, office.code, other.code, head.username
    ORDER BY count(DISTINCT matter.id) DESC, other.code LIMIT 1
"""
_DONE = "SELECT count(*) FILTER (WHERE done_at IS NOT NULL), count(*) FROM cases_handoveritem"
# What nobody else has locked: the connections of the killed are gone.
_FREE = (
    "SELECT count(*) FROM (SELECT 1 FROM cases_handoveritem WHERE done_at IS NULL FOR UPDATE SKIP LOCKED) AS waiting"
)
_EVENTS = """
    SELECT count(*) FILTER (WHERE events <> 1), count(*) FILTER (WHERE moved = '{}') FROM (
        SELECT item.moved, (SELECT count(*) FROM cases_caseevent AS event
            WHERE event.case_id = item.case_id AND event.kind = 'handed-over') AS events
        FROM cases_handoveritem AS item) AS told
"""
_LEFT = (
    "SELECT count(*) FROM cases_petitioncase WHERE %s IN (holder_id, responsible_id, registered_unit_id, sender_id,"
    " assigner_id)"
)
_TOLD = "SELECT count(*) FROM notices_outbox WHERE topic = 'handed-over'"


class Door:
    """The API of a web server, by the token of one head."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def post(self, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        request = Request(f"http://127.0.0.1:{self.port}{path}", json.dumps(sent).encode(), headers)
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  our own server
            said: dict[str, Any] = json.load(answer)
        return said

    def is_open(self) -> bool:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=SECONDS):
            return True
        return False


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def test_a_hand_over_killed_in_the_web_and_again_in_a_worker_hands_each_matter_over_once(
    stack: Stack, port: int
) -> None:
    stack.manage("load_synthetic", f"--cases={CASES}", "--seed=2")
    unit, code, successor, head, _ = stack.ask(_BUSIEST)
    door = Door(port, stack.manage("make_token", head).split()[-1])
    web = stack.web(port)
    wait_for(door.is_open, "the web server answers")
    sent = {
        "kind": "merged", "unit": code, "last_on": timezone.localdate().isoformat(), "basis": "滨编发〔2026〕1号",
        "successor": successor, "tells_petitioners": True,
    }  # fmt: skip
    total = door.post("/api/hand-overs/unit/", sent)["preview"]["total"]
    assert total > 4 * BATCH

    with ThreadPoolExecutor(1) as pool:
        with stack.gate_at(2 * BATCH + 20, HANDED_OVER):
            answer = pool.submit(door.post, "/api/hand-overs/unit/", sent | {"seen": total})
            wait_for(stack.is_held_up, "the web server hands over")
            stack.kill(web)
        assert isinstance(answer.exception(SECONDS), OSError | HTTPException)
    # What two batches have handed over stays; the plan of the others stands.
    (done, planned) = stack.ask(_DONE)
    assert done == 2 * BATCH
    assert planned >= total

    wait_for(lambda: stack.ask(_FREE)[0] == planned - done, "the killed server lets go")
    with stack.gate_at(BATCH + 20, HANDED_OVER):
        worker = stack.worker()
        stack.call("cases.resume_hand_overs")
        wait_for(stack.is_held_up, "a worker goes on")
        stack.kill(worker)
    assert stack.ask(_DONE) == (3 * BATCH, planned)

    wait_for(lambda: stack.ask(_FREE)[0] == planned - 3 * BATCH, "the killed worker lets go")
    stack.empty_redis()
    stack.worker()
    stack.call("cases.resume_hand_overs")
    wait_for(lambda: stack.ask(_TOLD)[0] == 1, "another worker ends it")
    assert stack.ask(_DONE) == (planned, planned)
    # Each with one event, all gone over, nobody told twice, and the chains whole.
    assert (stack.ask(_EVENTS), stack.ask(_LEFT, unit)[0]) == ((0, 0), 0)
    stack.call("cases.resume_hand_overs")
    stack.manage("verify_audit")
    assert (stack.ask(_TOLD)[0], stack.ask("SELECT count(*) FROM cases_handover")[0]) == (1, 1)
