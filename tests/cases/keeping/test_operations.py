"""运行状况: all that the keepers of the system must see at a glance, and what can be taken up again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from cases.models import Alert, Deadline, SweepFault, SweepRun
from cases.watch.sweep import sweep
from cases.watch.sweep.pulse import pulse_of
from cases.watch.sweep.set_aside import take_up
from cases.web.keeping import operations_page as operations
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, moment, register

URL = "/operations/"


def page(office: Office) -> str:
    return signed_in(office.administrator).get(URL).content.decode()


def set_aside(office: Office) -> Deadline:
    clock = register(office).case.deadlines.get()
    Deadline.objects.filter(pk=clock.pk).update(set_aside_at=MONDAY)
    SweepFault.objects.create(deadline=clock, error="broken row", at=MONDAY)
    return clock


def dead_message(office: Office, number: int = 1) -> Message:
    now = timezone.now()
    outbox = Outbox.objects.create(topic="alert", subject=number, send_after=now, created_at=now, written_at=now)
    return Message.objects.create(
        outbox=outbox, user=office.clerk.user, channel=Channel.SMS, title="BZXF-2025-000001", text="", created_at=now,
        dead_at=now, error="短信网关没有接收：timed out",
    )  # fmt: skip


def test_before_the_first_round_the_page_says_so(office: Office) -> None:
    html = page(office)
    assert "还没有巡查过" in html
    assert "没有。发送失败的会" in html


def test_the_rounds_are_told_with_what_they_did(office: Office) -> None:
    register(office)
    sweep(at=moment(2025, 3, 19))
    html = page(office)
    assert "最近1次巡查" in html
    assert "巡查已停止" not in html


def test_a_watch_that_stopped_is_said_here_and_above_every_page_of_who_keeps_the_system(office: Office) -> None:
    sweep(at=MONDAY)
    SweepRun.objects.update(ended_at=timezone.now() - timedelta(hours=1))
    assert "巡查已停止" in page(office)
    assert "期限巡查自" in signed_in(office.administrator).get("/").content.decode()
    assert "期限巡查自" not in signed_in(office.clerk).get("/").content.decode()


def test_the_clock_that_waits_longest_is_told(office: Office) -> None:
    register(office)
    pulse = pulse_of(moment(2025, 3, 15, 3))
    assert pulse.lag(moment(2025, 3, 15, 3)) == timedelta(hours=3)
    html = page(office)
    assert "最早一个应在" in html
    assert re.search('<span class="due due-red">已等候[0-9]+', html)


def test_a_clock_that_was_set_aside_is_shown_without_its_matter_and_taken_up_again(office: Office) -> None:
    clock = set_aside(office)
    html = page(office)
    assert ("broken row" in html, clock.case.number in html, clock.case.title in html) == (True, False, False)
    signed_in(office.administrator).post(f"{URL}clocks/{clock.pk}/")
    sweep(at=moment(2025, 3, 15))
    assert Alert.objects.filter(deadline=clock).count() == 1
    assert "broken row" not in page(office)


def test_nobody_else_takes_a_clock_up(office: Office) -> None:
    clock = set_aside(office)
    with pytest.raises(NotPermitted):
        take_up(clock, by=office.head)


def test_a_notice_that_was_given_up_is_shown_without_its_words_and_sent_again(office: Office) -> None:
    message = dead_message(office)
    html = page(office)
    assert ("timed out" in html, message.title in html) == (True, False)
    signed_in(office.administrator).post(f"{URL}messages/{message.pk}/")
    message.refresh_from_db()
    assert (message.dead_at, message.attempts, message.next_try_at is not None) == (None, 0, True)


def test_after_a_long_failure_of_the_gateway_all_are_sent_again_at_once(office: Office) -> None:
    messages = [dead_message(office, number) for number in range(3)]
    html = page(office)
    assert "没有送达的短信、邮件（3）" in html
    signed_in(office.administrator).post(f"{URL}messages/")
    assert Message.objects.filter(dead_at=None, attempts=0, next_try_at__isnull=False).count() == len(messages)
    assert "全部重新发送" not in page(office)


def test_a_notice_that_could_not_be_written_is_shown_with_its_reason(office: Office) -> None:
    now = timezone.now()
    Outbox.objects.create(topic="alert", subject=7, send_after=now, created_at=now, error="LookupError: none")
    assert "LookupError: none" in page(office)


def test_a_redis_that_is_gone_is_said_and_does_not_take_the_page_away(office: Office, settings: Any) -> None:
    client = signed_in(office.administrator)
    settings.REDIS_URL = "unix:///nowhere/redis.sock?db=0"
    assert "Redis 没有应答" in client.get(URL).content.decode()


def test_without_a_worker_it_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "WORKER_SECONDS", 0.05)
    assert "没有进程应答" in signed_in(office.administrator).get(f"{URL}workers/").content.decode()


def test_the_page_names_the_units_whose_entries_letters_miss(office: Office) -> None:
    office.water.phone, office.water.letter_mark = "", ""
    office.water.save()
    Unit.objects.filter(pk=office.government.pk).update(address="")
    html = signed_in(office.administrator).get(f"{URL}unit-data/").content.decode()
    rows = re.findall(r"<td class=.title.>(.*?)</td><td>(.*?)</td>", html)
    assert {(office.water.name, "电话"), (office.water.name, "发文代字"), (office.government.name, "地址")} <= set(rows)
    # It has a branch, whose opinions it reviews; a place writes no letters.
    assert (office.housing.name, "地址") in rows
    assert office.city.name not in {name for name, _ in rows}
    # It has a branch, whose opinions it reviews; a place writes no letters.
    assert (office.housing.name, "地址") in rows
    assert office.city.name not in {name for name, _ in rows}
    Unit.objects.filter(pk=office.government.pk).update(address="滨州市黄河五路")
    html = signed_in(office.administrator).get(f"{URL}unit-data/").content.decode()
    assert f"{office.government.name}</td><td>地址" not in html
