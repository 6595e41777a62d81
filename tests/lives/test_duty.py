"""值班表: a 重大紧急 matter rings first at those on duty at that hour; without a roster at the head."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.models import HouseEvent
from cases.models import DutyTurn, UrgentCall
from cases.procedure.urgent.roster import take_off
from cases.states import Move
from cases.vocabulary import Purpose
from cases.watch.sweep import sweep
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.lives.story import Life, begins, hour
from tests.office import Office

# A Friday of National Day; the turn of the night begins at half past eight in the morning.
NIGHT = hour("2026-10-02", 23)
URL = "/duty/"
SENT = {"turns": "10月2日 李登记", "begins": "08:30", "hours": "24"}
_HOURS = {"begins": "08:30", "hours": 24}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(hour("2026-09-30", 12), tick=False):
        yield


def put_on(by: Post, turns: str, **changes: str) -> str:
    return signed_in(by).post(URL, SENT | {"turns": turns} | changes, follow=True).content.decode()


def called(life: Life) -> dict[str, str]:
    calls = UrgentCall.objects.filter(report__case=life.case).order_by("pk")
    return {one.user.username: one.called for one in calls}


def report(office: Office, **changes: Any) -> Life:
    with time_machine.travel(NIGHT, tick=False):
        life = begins(office, "2026-10-01", **changes)
        life.do(Move.REPORT_URGENT, "2026-10-02", by=office.head if changes else None, o_clock=23)
    return life


def test_who_is_on_duty_is_called_instead_of_the_head(office: Office) -> None:
    assert "已安排1班" in put_on(office.head, "10月2日 李登记")
    assert called(report(office)) == {"head": "head", "registrar": "roster", "leader": "leader"}


def test_the_roster_stands_in_the_ledger_of_the_house_with_who_and_why(office: Office) -> None:
    put_on(office.head, "10月2日 李登记")
    turn = DutyTurn.objects.get()
    take_off(turn, reason="调班", by=office.head, at=hour("2026-09-30", 12))
    told = [
        (event.kind, event.detail["changes"], event.detail["reason"]) for event in HouseEvent.objects.order_by("seq")
    ]
    span = "2026-10-02 08:30至10-03 08:30"
    assert told == [
        ("duty-set", [["李登记", "", span]], ""),
        ("duty-taken-off", [["李登记", span, ""]], "调班"),
    ]


def test_the_head_is_told_before_and_after_the_turn(office: Office) -> None:
    put_on(office.head, "10月1日 李登记\n10月3日 李登记")
    assert called(report(office)) == {"head": "head", "leader": "leader"}


def test_unread_at_the_duty_desk_climbs_to_the_head_and_then_above(office: Office) -> None:
    put_on(office.county_head, "10月2日 蒋区窗")
    with time_machine.travel(NIGHT, tick=False):
        life = begins(office, "2026-10-01", by=office.county_clerk)
        Post.objects.filter(pk=office.county_head.pk).update(role="unit-head")  # heads the unit, not the office
        life.do(Move.REPORT_URGENT, "2026-10-02", by=office.county_clerk, o_clock=23)
        assert called(life) == {"county-head": "head", "county-clerk": "roster"} | {"leader": "leader"}
        sweep(at=NIGHT + timedelta(minutes=45))
    assert "head" in called(life)


def test_a_head_on_duty_who_does_not_read_is_passed_over_to_the_desk_above(office: Office) -> None:
    put_on(office.county_head, "10月2日 卫区局")
    with time_machine.travel(NIGHT, tick=False):
        life = begins(office, "2026-10-01", by=office.county_clerk)
        life.do(Move.REPORT_URGENT, "2026-10-02", by=office.county_clerk, o_clock=23)
        sweep(at=NIGHT + timedelta(minutes=45))
    assert called(life)["head"] == "duty"


def test_who_is_on_duty_at_the_unit_that_has_it_is_called_too(office: Office) -> None:
    put_on(office.unit_head, "10月2日 周审核")
    with time_machine.travel(NIGHT, tick=False):
        life = begins(office, "2026-09-28")
        life.do(Move.TRIAGE, "2026-09-28")
        life.do(Move.REFER, "2026-09-28")
        life.do(Move.REPORT_URGENT, "2026-10-02", by=office.registrar, o_clock=23)
    assert called(life) == {"unit-head": "head", "head": "duty", "leader": "leader", "colleague": "roster"}


def test_of_a_report_of_wrongdoing_only_who_is_named_is_called(office: Office) -> None:
    put_on(office.head, "10月2日 李登记")
    assert called(report(office, purpose=Purpose.EXPOSE)) == {"head": "head"}


def test_lines_are_read_as_they_are_pasted(office: Office) -> None:
    put_on(office.head, "２０２６年１０月２日（周五）\t李登记、王窗口\n2026-10-03 \u200b赵局长\n1月2日 李登记")
    turns = [(turn.user.username, str(turn.from_at.astimezone().date())) for turn in DutyTurn.objects.all()]
    assert sorted(turns) == [
        ("clerk", "2026-10-02"), ("head", "2026-10-03"), ("registrar", "2026-10-02"), ("registrar", "2027-01-02"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("李登记", "第1行没有读出日期和姓名"), ("10月32日 李登记", "第1行的日期不存在"),
        ("10月2日 张不在", "本单位没有“张不在”这个人"), ("9月28日 李登记", "已经过去"),
        ("2028-10-02 李登记", "核对年份"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_and_nothing_is_put_on(office: Office, line: str, words: str) -> None:
    assert words in put_on(office.head, f"{line}\n10月3日 李登记" if "32" not in line else line)
    assert not DutyTurn.objects.exists()


def test_pasted_twice_it_stands_once_and_a_turn_is_taken_off_with_its_reason(office: Office) -> None:
    put_on(office.head, "10月2日 李登记")
    assert "没有改动" in put_on(office.head, "10月2日 李登记")
    turn = DutyTurn.objects.get()
    signed_in(office.head).post(f"/duty/{turn.pk}/off/", {"reason": "与王窗口调班"})
    page = signed_in(office.head).get(URL).content.decode()
    assert "与王窗口调班" in page
    assert called(report(office)) == {"head": "head", "leader": "leader"}
    assert put_on(office.head, "10月2日 李登记")
    assert DutyTurn.objects.filter(removed_at=None).count() == 1


def test_only_who_heads_a_unit_keeps_its_roster(office: Office) -> None:
    put_on(office.head, "10月2日 李登记")
    turn = DutyTurn.objects.get()
    assert signed_in(office.registrar).get(URL).status_code == 403
    assert signed_in(office.unit_head).post(f"/duty/{turn.pk}/off/", {"reason": "x"}).status_code == 404


def test_who_has_left_the_unit_is_not_called(office: Office) -> None:
    put_on(office.head, "10月2日 李登记")
    Post.objects.filter(pk=office.registrar.pk).update(to_on=date(2026, 10, 1))
    assert "registrar" not in called(report(office))


def test_a_program_reads_the_roster_adds_to_it_and_takes_a_turn_off(office: Office) -> None:
    api = program(office.head)
    assert api.post("/api/duty/", {"turns": ["10月2日 无此人"]} | _HOURS, format="json").status_code == 400
    made = api.post("/api/duty/", {"turns": ["10月2日 李登记"]} | _HOURS, format="json")
    assert made.status_code == 201, made.json()
    again = api.post("/api/duty/", {"turns": ["10月2日 李登记"]} | _HOURS, format="json")
    assert [turn["user"] for turn in again.json()] == ["李登记"]
    url = f"/api/duty/{made.json()[0]['id']}/off/"
    assert program(office.county_head).post(url, {"reason": "调班"}, format="json").status_code == 404
    assert api.post(url, {"reason": ""}, format="json").status_code == 400
    assert api.post(url, {"reason": "与他人调班"}, format="json").json()["removed_why"] == "与他人调班"
    assert api.post(url, {"reason": "再取消"}, format="json").status_code == 409
    assert program(office.clerk).get("/api/duty/").status_code == 403
    assert [turn["removed_by"] for turn in api.get("/api/duty/").json()] == [office.head.user.name]
