"""`import_messages --replay`: clocks and on-time rates come out of the real days of message and reply."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.notices.models import Outbox
from binzhou_xinfang.statute.periods import Rule
from cases.models import Deadline, PetitionCase, RequestAnswer, Topic
from cases.states import Move, State
from tests.cases.importing.test_import_messages import counts, rejects
from tests.cases.importing.workbooks import ANSWERED, Line, answered, catch_all_topic, export, message, run_import
from tests.office import TZ, Office, moment, step

__all__ = ["catch_all_topic"]


@pytest.fixture(autouse=True)
def _own_var(settings: Any, tmp_path: Path, catch_all_topic: Topic) -> None:
    settings.VAR_DIR = tmp_path / "var"


def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str], *lines: Line) -> dict[str, int]:
    return run_import(export(tmp_path, list(lines), ANSWERED), capsys, "--replay")


def course(case: PetitionCase) -> list[tuple[str, datetime]]:
    """The events of the matter with their moments."""
    return [(event.kind, event.happened_at.astimezone(TZ)) for event in case.events.order_by("seq")]


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y/%m/%d %H:%M:%S").replace(tzinfo=TZ)


def test_a_reply_is_replayed_on_its_real_days(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = replay(tmp_path, capsys, answered())
    assert found == counts(rows=1, imported=1, answered=1, on_time_60=1, on_time_15=1)
    case = PetitionCase.objects.get()
    posted, replied = at("2019/03/04 11:25:05"), at("2019/03/19 09:00:00")
    before = (Move.REGISTER, Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT)
    after = (Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER)
    review_ended = datetime(2019, 4, 19, tzinfo=TZ)
    assert course(case) == [
        *((move.value, posted) for move in before),
        *((move.value, replied) for move in after),
        ("right-ended", review_ended),
        (Move.CLOSE.value, review_ended),
        ("right-ended", review_ended),  # nobody evaluated the answer either
    ]
    assert (case.state, case.closed_on) == (State.CLOSED, date(2019, 4, 19))


def test_a_replayed_reply_starts_and_meets_the_clocks_of_the_law(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(tmp_path, capsys, answered())
    clocks = Deadline.objects.order_by("rule").values_list("rule", "started_on", "legal_on", "met_on", "lapsed_at")
    posted, replied = date(2019, 3, 4), date(2019, 3, 19)
    ended = datetime(2019, 4, 19, tzinfo=TZ)
    assert list(clocks) == [
        (Rule.DELIVERY, replied, date(2019, 3, 29), replied, None),
        (Rule.EVALUATION, replied, date(2019, 4, 18), None, ended),
        (Rule.HANDLING, posted, date(2019, 5, 5), replied, None),
        (Rule.NOTICE, posted, date(2019, 3, 19), posted, None),
        (Rule.OBJECTION, posted, date(2019, 3, 11), None, None),
        (Rule.REVIEW_REQUEST, replied, date(2019, 4, 18), None, ended),
        (Rule.TRIAGE, posted, date(2019, 3, 19), posted, None),
    ]


def test_the_opinion_holds_the_reply_and_each_letter_its_day(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(tmp_path, capsys, answered())
    assert RequestAnswer.objects.get().text == "您好，路灯已于当日修复。"
    assert list(Letter.objects.order_by("pk").values_list("kind", "issued_on")) == [
        (REFERRAL, date(2019, 3, 4)),
        (PROCEDURAL_ACCEPTANCE, date(2019, 3, 4)),
        (ACCEPTANCE, date(2019, 3, 4)),
        (OPINION, date(2019, 3, 19)),
    ]


# 2019-03-04 + 15 days is a Tuesday; + 60 days is Friday 3 May, in the holiday of 1-4 May; 5 May is a make-up workday.
@pytest.mark.parametrize(
    ("replied", "on_time"),
    [
        ("2019/3/4 11:25:05", (1, 1)),
        ("2019/3/19 23:59:59", (1, 1)),
        ("2019/3/20 0:00:00", (1, 0)),
        ("2019/5/3 8:00:00", (1, 0)),
        ("2019/5/5 23:59:59", (1, 0)),
        ("2019/5/6 0:00:00", (0, 0)),
    ],
)
def test_the_last_legal_day_is_still_in_time(
    replied: str, on_time: tuple[int, int], office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = replay(tmp_path, capsys, answered(replied=replied))
    assert (found["answered"], found["on_time_60"], found["on_time_15"]) == (1, *on_time)


def test_a_late_reply_leaves_the_mark_of_the_day_the_clock_ran_out(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(tmp_path, capsys, answered(replied="2019/6/3 10:00:00"))
    clock = Deadline.objects.get(rule=Rule.HANDLING)
    assert list(clock.alerts.values_list("days", flat=True)) == [-15, -7, -3, -1, 1, 11]
    assert not Outbox.objects.exists()
    assert (clock.met_on, clock.lapsed_at) == (date(2019, 6, 3), datetime(2019, 5, 6, tzinfo=TZ))


@pytest.mark.parametrize(("today", "state"), [(18, State.DELIVERED), (19, State.CLOSED)])
def test_the_matter_is_closed_when_the_time_for_a_review_has_passed(
    today: int, state: State, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(moment(2019, 4, today), tick=False):
        replay(tmp_path, capsys, answered())
    assert PetitionCase.objects.get().state == state


def test_a_second_replay_changes_nothing(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [answered(1), answered(2, replied="2019/9/9"), answered(3, replied="2019/1/1"), answered(4, reply=None)]
    first, before = replay(tmp_path, capsys, *lines), list(PetitionCase.objects.order_by("pk").values())
    second, after = replay(tmp_path, capsys, *lines), list(PetitionCase.objects.order_by("pk").values())
    same = {"rows": 4, "answered": 2, "on_time_60": 1, "on_time_15": 1}
    assert (first, second) == (counts(imported=4, **same), counts(already_present=4, **same))
    assert before == after


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (answered(replied="2019/3/4 11:25:04"), "答复时间早于留言时间"),
        (answered(replied="2999/1/1"), "答复时间“2999/1/1”晚于现在"),
        (answered(replied=None), "没有答复时间"),
        (answered(replied="下周"), "答复时间“下周”无法识别"),
        (answered(reply=" "), "有答复时间而没有答复意见"),
    ],
)
def test_a_bad_reply_is_told_and_its_message_still_imported(
    line: Line, reason: str, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(tmp_path, capsys, line) == counts(rows=1, imported=1)
    assert rejects(tmp_path) == [(2, f"留言已导入，答复未导入：{reason}")]
    assert PetitionCase.objects.get().state == State.REGISTERED


def test_a_message_without_a_reply_stays_registered(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(tmp_path, capsys, answered(reply=None, replied=None)) == counts(rows=1, imported=1)
    assert rejects(tmp_path) == []


def test_a_day_without_a_time_on_the_day_of_the_message_is_no_earlier_reply(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = replay(tmp_path, capsys, answered(replied=datetime(2019, 3, 4)))
    assert found == counts(rows=1, imported=1, answered=1, on_time_60=1, on_time_15=1)


def test_a_message_imported_before_is_answered_by_a_later_replay(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path, [answered()], ANSWERED)
    assert run_import(path, capsys) == counts(rows=1, imported=1)
    assert run_import(path, capsys, "--replay") == counts(
        rows=1, already_present=1, answered=1, on_time_60=1, on_time_15=1
    )


def test_a_matter_that_somebody_works_on_is_not_replayed(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path, [answered()], ANSWERED)
    run_import(path, capsys)
    step(office, PetitionCase.objects.get(), Move.TRIAGE, at=moment(2019, 3, 5))
    assert run_import(path, capsys, "--replay") == counts(rows=1, already_present=1)
    assert PetitionCase.objects.get().state == State.TRIAGED


def test_the_answering_unit_can_be_named(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export(tmp_path, [answered()], ANSWERED)
    run_import(path, capsys, "--replay", "--responsible", "bzsl")
    assert PetitionCase.objects.get().responsible == office.water


def test_four_eyes_are_kept_in_a_replay(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replay(tmp_path, capsys, answered())
    opinion = PetitionCase.objects.get().opinions.get()
    assert opinion.drafted_by != opinion.signed_by
    assert opinion.drafted_by != opinion.checked_by


def test_a_file_without_replies_is_imported_with_a_remark(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_messages", str(export(tmp_path, [message()])), "--replay")
    said = capsys.readouterr()
    assert "export.xlsx 没有“答复意见”“答复时间”两列，只导入留言。" in said.err
    assert PetitionCase.objects.get().state == State.REGISTERED


def test_one_column_of_a_reply_alone_is_refused_for_a_replay(office: Office, tmp_path: Path) -> None:
    path = export(tmp_path, [answered()], [*ANSWERED[:6], "时间"])
    with pytest.raises(CommandError, match=r"^export.xlsx 缺少列：答复时间（工作表“Sheet”，列名在第1行）$"):
        call_command("import_messages", str(path), "--replay")


def test_a_reply_that_the_office_cannot_issue_leaves_the_message_untouched(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path, [answered()], ANSWERED)
    found = run_import(path, capsys, "--replay", "--unit", "bzxf", "--responsible", "bzxf")
    assert found == counts(rows=1, imported=1)
    assert rejects(tmp_path) == [(2, "留言已导入，答复未导入：不能转送给本单位。")]
    case = PetitionCase.objects.get()
    assert (case.state, case.version, case.events.count()) == (State.REGISTERED, 1, 1)
