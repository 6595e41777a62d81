"""The line at the head of a matter, for every state."""

from datetime import timedelta

import pytest

from cases.casefile.annexes import read_annexes
from cases.casefile.stations import Station, stations
from cases.models import PetitionCase
from cases.states import Move, State
from tests.office import MONDAY, Office, case_in, step

_START = "登记 转送交办"
_SENT = f"{_START} 受理 发出意见 送达"
_REVIEWED = f"{_SENT} 复查申请 复查意见 复查送达"
_ON_ITS_WAY = dict.fromkeys(
    (
        State.ACCEPTED, State.HANDLING, State.MEDIATING, State.HEARING, State.CONFERRING, State.EXTENSION_ASKED,
        State.EXTENSION_REFERRED, State.DRAFTED, State.CHECKED,
    ),
    f"{_START} 受理 > 发出意见 送达 办结",
)  # fmt: skip
_AT_FIRST = dict.fromkeys(
    (State.REGISTERED, State.AWAITING_DATA, State.TRIAGED), "登记 > 转送交办 受理 发出意见 送达 办结"
)
_WITH_UNIT = dict.fromkeys(
    (State.REFERRED, State.ASSIGNED, State.OBJECTED, State.DISPUTED, State.SIGNED_FOR),
    f"{_START} > 受理 发出意见 送达 办结",
)
# Before `>` what is passed, after it what lies ahead.
ROADS: dict[State, str] = {
    **_AT_FIRST,
    **_WITH_UNIT,
    **_ON_ITS_WAY,
    State.UNDERTAKEN: f"{_START} 依职责办理 > 答复办结",
    State.SIMPLE: f"{_START} 简易受理 > 简易答复 办结",
    State.ISSUED: f"{_START} 受理 > 发出意见 送达 办结",
    State.DELIVERED: f"{_SENT} > 办结",
    State.EXECUTING: f"{_SENT} 督促执行 > 执行完毕 办结",
    **dict.fromkeys(
        (State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED), f"{_SENT} 复查申请 > 复查意见 复查送达 办结"
    ),
    State.REVIEW_ISSUED: f"{_SENT} 复查申请 > 复查意见 复查送达 办结",
    State.REVIEW_DELIVERED: f"{_REVIEWED} > 办结",
    State.REDO_ORDERED: f"{_SENT} 复查申请 复查意见 责令重办 > 发出意见 送达 办结",
    **dict.fromkeys(
        (State.RECHECK_ASKED, State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED),
        f"{_REVIEWED} 复核申请 > 复核意见 终结",
    ),
    State.RECHECK_ISSUED: f"{_REVIEWED} 复核申请 > 复核意见 终结",
    State.CLOSED: f"{_SENT} 办结",
    State.RESOLVED: f"{_SENT} 化解",
    State.ANSWERED: "登记 已直接答复",
    State.FILED: "登记 已存件",
    State.DECLINED: "登记 不予受理",
    State.NOT_AGAIN: "登记 不再受理",
    State.ROUTED: "登记 已导入法定途径",
    State.WITHDRAWN: "登记 已撤回",
    State.MERGED: "登记 已并件",
    State.VOIDED: "登记 登记作废",
    State.ENDED: f"{_REVIEWED} 复核申请 复核意见 终结",
    State.END_CONFIRMED: f"{_REVIEWED} 复核申请 复核意见 终结 审核认定",
    State.ARCHIVED: f"{_REVIEWED} 复核申请 复核意见 终结 归档",
}


def line(office: Office, case: PetitionCase) -> str:
    clocks = list(case.deadlines.all())
    found: list[Station] = stations(case, clocks, read_annexes(case, office.head, clocks).reviews)
    words: list[str] = []
    for station in found:
        words += [">", station.label] if station.is_current else [station.label]
    return " ".join(words)


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_the_line_tells_the_road_of_every_state(office: Office, state: State) -> None:
    assert line(office, case_in(office, state)) == ROADS[state]


def test_what_fell_back_from_the_simple_procedure_has_one_acceptance(office: Office) -> None:
    case = step(office, case_in(office, State.SIMPLE), Move.FALL_BACK, at=MONDAY)
    assert line(office, case) == f"{_START} 受理 > 发出意见 送达 办结"


def test_a_reopened_matter_begins_anew_on_the_day_of_its_reopening(office: Office) -> None:
    later = MONDAY + timedelta(days=30)
    case = step(office, case_in(office, State.CLOSED), Move.REOPEN, at=later)
    assert line(office, case) == "登记 重新启动 > 转送交办 受理 发出意见 送达 办结"


def test_a_declined_request_leads_back_to_the_close(office: Office) -> None:
    case = step(office, case_in(office, State.REVIEW_ASKED), Move.DECLINE_REVIEW, at=MONDAY)
    assert line(office, case) == f"{_SENT} 复查申请 > 办结"
