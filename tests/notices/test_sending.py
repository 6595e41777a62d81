"""The way out of the house: at least once, under one key, again after a while, given up and taken up again."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.notices import checks, gateways, sending
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from binzhou_xinfang.notices.office_hours import next_hour
from binzhou_xinfang.notices.sending import WAITS, send_again, send_due
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from tests import patience
from tests.factories import UserFactory
from tests.office import make_office

NOW = datetime(2025, 3, 17, 9, tzinfo=timezone.get_default_timezone())


class Gateway(ThreadingHTTPServer):
    """A gateway on this machine that keeps what it was sent; `answer` says what becomes of a request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.taken: list[tuple[str, dict[str, str], str]] = []
        self.answer: Callable[[_Taker], None] = lambda taker: taker.end(200)
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms"


class _Taker(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(
            (self.headers["Idempotency-Key"], json.loads(body), self.headers["Authorization"] or "")
        )
        self.server.answer(self)

    def end(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def say(self, text: str) -> None:
        """Take the request, and answer with this text."""
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_SECONDS = server.url, patience.SECONDS
    settings.SMS_GATEWAY_TAKEN = gateways.BY_STATUS
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()


def a_message(number: int = 1, channel: Channel = Channel.SMS, user: User | None = None) -> Message:
    outbox = Outbox.objects.create(topic="alert", subject=number, send_after=NOW, created_at=NOW)
    to = user or UserFactory(phone="13900000000", email="somebody@example.org")
    return Message.objects.create(
        outbox=outbox, user=to, channel=channel, title="到期提醒", text="还剩1天", created_at=NOW, next_try_at=NOW
    )


def in_office_hours(at: datetime) -> datetime:
    return next_hour(at, regime=current_rulebook().on(at.date()), calendar=current_calendar())


def test_without_a_gateway_the_text_lies_in_a_file(db: None, settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    message = a_message()
    assert send_due(at=NOW) == {"sent": 1, "failed": 0, "dead": 0}
    kept = json.loads((tmp_path / "outbox" / f"{message.key}.json").read_text(encoding="utf-8"))
    assert kept == {"id": message.key, "to": "13900000000", "text": "还剩1天"}


def test_the_gateway_is_given_the_text_and_the_key(db: None, gateway: Gateway, settings: Any) -> None:
    settings.SMS_GATEWAY_TOKEN = "secret"
    message = a_message()
    assert send_due(at=NOW)["sent"] == 1
    assert gateway.taken == [
        (message.key, {"id": message.key, "to": "13900000000", "text": "还剩1天"}, "Bearer secret")
    ]
    message.refresh_from_db()
    assert (message.sent_at, message.next_try_at) == (NOW, None)


def hang(taker: _Taker) -> None:
    taker.server.released.wait()


@pytest.mark.parametrize(
    "answer",
    [
        lambda taker: taker.end(500),
        lambda taker: taker.end(401),
        lambda taker: taker.end(302, Location="http://127.0.0.1:9/"),
        hang,
        lambda taker: taker.connection.close(),
        lambda taker: taker.wfile.write(b"no HTTP at all\r\n\r\n"),
    ],
    ids=["fails", "refuses", "sends elsewhere", "hangs", "hangs up", "babbles"],
)
def test_a_gateway_that_does_not_take_it_is_asked_again_under_the_same_key(
    db: None, gateway: Gateway, answer: Callable[[_Taker], None], settings: Any
) -> None:
    message = a_message()
    gateway.answer = answer
    settings.SMS_GATEWAY_SECONDS = 0.3 if answer is hang else patience.SECONDS
    assert send_due(at=NOW) == {"sent": 0, "failed": 1, "dead": 0}
    message.refresh_from_db()
    assert message.error.startswith("短信网关没有接收")
    assert message.next_try_at == NOW + timedelta(minutes=WAITS[0])
    gateway.answer, settings.SMS_GATEWAY_SECONDS = lambda taker: taker.end(204), patience.SECONDS
    again = NOW + timedelta(minutes=WAITS[0])
    assert send_due(at=again - timedelta(seconds=1)) == {"sent": 0, "failed": 0, "dead": 0}
    assert send_due(at=again)["sent"] == 1
    assert {key for key, *_ in gateway.taken} == {message.key}


@pytest.mark.parametrize(
    ("taken", "answer", "counts"),
    [
        ("success=true", '{"success": true}', "sent"),
        ("data.code=0", '{"data": {"code": 0}}', "sent"),
        ("code=OK", '{"code": "OK"}', "sent"),
        ("success=true", '{"code": "40010", "msg": "余额不足", "success": false}', "failed"),
        ("data.code=0", '{"code": 0}', "failed"),
        ("data.code=0", '{"data": [0]}', "failed"),
        ("code=0", "余额不足", "failed"),
        ("code=0", "", "failed"),
    ],
)
def test_a_message_is_taken_when_the_answer_says_so(
    db: None, gateway: Gateway, settings: Any, taken: str, answer: str, counts: str
) -> None:
    message, settings.SMS_GATEWAY_TAKEN = a_message(), taken
    gateway.answer = lambda taker: taker.say(answer)
    assert send_due(at=NOW)[counts] == 1
    message.refresh_from_db()
    assert (answer in message.error) == (counts == "failed")


@pytest.mark.parametrize(
    ("url", "taken", "faults"),
    [("", "", []), ("x", "2xx", []), ("x", "code=0", []), ("x", "", ["notices.E002"]), ("x", "code", ["notices.E002"])],
)
def test_a_gateway_whose_answer_nobody_understands_is_refused_at_the_start(
    settings: Any, url: str, taken: str, faults: list[str]
) -> None:
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TAKEN = url, taken
    assert [fault.id for fault in checks.check_gateway(None)] == faults


def test_after_the_last_try_it_is_given_up_shown_and_can_be_taken_up_again(db: None, gateway: Gateway) -> None:
    office, message = make_office(), a_message()
    gateway.answer = lambda taker: taker.end(503)
    at = NOW
    for wait in WAITS:
        assert send_due(at=at)["failed"] == 1
        at = in_office_hours(at + timedelta(minutes=wait))
    assert send_due(at=at)["dead"] == 1
    message.refresh_from_db()
    assert (message.dead_at, message.next_try_at, len(gateway.taken)) == (at, None, len(WAITS) + 1)
    with pytest.raises(NotPermitted):
        send_again(message, by=office.clerk, at=at)
    send_again(message, by=office.administrator, at=at)
    gateway.answer = lambda taker: taker.end(200)
    assert send_due(at=at)["sent"] == 1


# Monday 17 March 2025 is a working day; people are told from eight to six.
NIGHT, EVENING, SUNDAY = NOW.replace(hour=23), NOW.replace(hour=18), NOW - timedelta(days=1)


@pytest.mark.parametrize("at", [NIGHT, EVENING, NOW.replace(hour=7, minute=59), SUNDAY])
def test_no_telephone_rings_out_of_office_hours(db: None, gateway: Gateway, at: datetime) -> None:
    message = a_message()
    Message.objects.update(next_try_at=at - timedelta(hours=1))
    assert send_due(at=at) == {"sent": 0, "failed": 0, "dead": 0}
    message.refresh_from_db()
    assert (gateway.taken, message.attempts) == ([], 0)
    assert send_due(at=in_office_hours(at))["sent"] == 1


def test_a_try_that_falls_into_the_night_waits_for_the_morning(db: None, gateway: Gateway) -> None:
    message, gateway.answer = a_message(), lambda taker: taker.end(503)
    for hour in (9, 12, 15):
        Message.objects.update(next_try_at=NOW)
        send_due(at=NOW.replace(hour=hour))
    Message.objects.update(next_try_at=EVENING)
    gateway.answer = lambda taker: taker.end(200)
    assert send_due(at=NIGHT)["sent"] == 0
    morning = NOW.replace(hour=8) + timedelta(days=1)
    assert send_due(at=morning)["sent"] == 1
    message.refresh_from_db()
    assert message.sent_at == morning


def test_one_that_cannot_be_sent_at_all_holds_up_no_other_and_is_given_up(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine, real = a_message(1), a_message(2), sending.send

    def send(message: Message) -> None:
        if message.pk == broken.pk:
            raise RuntimeError("no such charset")
        real(message)

    monkeypatch.setattr(sending, "send", send)
    monkeypatch.setattr(sending, "WAITS", (1,))
    assert send_due(at=NOW) == {"sent": 1, "failed": 1, "dead": 0}
    assert send_due(at=NOW + timedelta(minutes=1)) == {"sent": 0, "failed": 0, "dead": 1}
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.error, fine.sent_at) == ("RuntimeError: no such charset", NOW)


def test_an_answer_that_no_database_takes_holds_up_no_other(db: None, gateway: Gateway, settings: Any) -> None:
    settings.SMS_GATEWAY_TAKEN = "code=0"
    first, second = a_message(1), a_message(2)
    gateway.answer = lambda taker: taker.say("\x00\ufffe 通道已满" if len(gateway.taken) == 1 else '{"code": 0}')
    assert send_due(at=NOW) == {"sent": 1, "failed": 1, "dead": 0}
    said = {message.sent_at is None: message.error for message in Message.objects.filter(pk__in=(first.pk, second.pk))}
    assert said[True] == "短信网关没有接收： 通道已满"


def test_a_title_of_two_lines_is_a_failure_of_that_mail_alone(db: None) -> None:
    message = a_message(channel=Channel.EMAIL)
    Message.objects.update(title="到期\n提醒")
    assert send_due(at=NOW)["failed"] == 1
    message.refresh_from_db()
    assert message.error.startswith("邮件服务器没有接收")


def test_a_gateway_that_is_slow_is_left_before_the_claim_runs_out(
    db: None, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory(phone="13900000000")
    for number in range(sending.BATCH + 1):
        a_message(number, user=user)
    # The round begins, its first batch is begun, and when that is done the round is over.
    clock = iter([0.0, 1.0, sending.ROUND_SECONDS + 1])
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    gateway.answer = lambda taker: taker.end(503)
    assert send_due(at=NOW)["failed"] == sending.BATCH
    assert Message.objects.filter(attempts=0).count() == 1


def test_a_worker_that_dies_while_sending_loses_nothing(
    db: None, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = a_message()

    def dies(_: Message) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            send_due(at=NOW)
    assert send_due(at=NOW)["sent"] == 0
    assert send_due(at=NOW + timedelta(minutes=WAITS[0]))["sent"] == 1
    assert [key for key, *_ in gateway.taken] == [message.key]


def test_an_email_carries_the_key_and_no_name_of_a_petitioner(db: None, settings: Any) -> None:
    message = a_message(channel=Channel.EMAIL)
    assert send_due(at=NOW)["sent"] == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.extra_headers["Message-ID"]) == (
        ["somebody@example.org"], "到期提醒", f"<{message.key}@{settings.EMAIL_DOMAIN}>",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_message_once(gateway: Gateway) -> None:
    user = UserFactory(phone="13900000000")
    keys = {a_message(number, user=user).key for number in range(30)}

    def work(_: int) -> int:
        try:
            return send_due(at=NOW)["sent"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 30
    assert sorted(key for key, *_ in gateway.taken) == sorted(keys)
