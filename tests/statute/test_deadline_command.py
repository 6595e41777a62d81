"""`manage.py deadline`: one JSON object, or one line that says what is accepted."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from binzhou_xinfang.statute.calendar import DayKind
from binzhou_xinfang.statute.management.commands import deadline
from binzhou_xinfang.statute.models import Holiday
from binzhou_xinfang.statute.periods import STATUTORY

Refused = Callable[..., str]


def answer(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("deadline", *words, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Refused:
    """Read what the command says on stderr to a shell, having printed nothing and ended with status 2."""

    def run(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            deadline.Command().run_from_argv(["manage.py", "deadline", *words])
        printed = capsys.readouterr()
        assert (ended.value.code, printed.out, printed.err.count("\n")) == (2, "", 1)
        return printed.err

    return run


@pytest.mark.django_db
def test_the_answer_is_one_object() -> None:
    assert answer("triage", "2025-09-16") == {
        "rule": "triage",
        "article": "《信访工作条例》第二十二条第一款",
        "start": "2025-09-16",
        "strict": "2025-10-01",
        "legal": "2025-10-09",
        "provisional": False,
    }


@pytest.mark.django_db
def test_every_rule_of_the_law_is_answered_in_the_same_words() -> None:
    words = ["rule", "article", "start", "strict", "legal", "provisional"]
    assert [rule for rule in STATUTORY if list(answer(rule, "2026-12-01")) != words] == []


@pytest.mark.django_db
def test_an_extension_may_stand_before_or_after_the_start() -> None:
    found = [answer("handling", "2025-08-04", "--extend", "30"), answer("handling", "--extend", "30", "2025-08-04")]
    assert [(one["strict"], one["legal"]) for one in found] == [("2025-11-02", "2025-11-03")] * 2


@pytest.mark.django_db
def test_no_extension_is_an_extension_by_nothing() -> None:
    assert answer("triage", "2025-09-16", "--extend", "0") == answer("triage", "2025-09-16")


@pytest.mark.django_db
def test_the_way_is_told_on_request() -> None:
    found = answer("simple-relay", "2026-02-14", "--explain")
    assert found["steps"] == [
        "2026年2月14日(周六)收到信访事项，当日不计入，从次日起算。",
        "1个工作日简易转办期限，依据《信访事项简易办理办法》（国信办发〔2022〕17号），按工作日计算，调休上班的日子计入。",
        "2月24日(周二)，共1个工作日。",
        "不计入的日子：2月15日至2月23日春节放假。",
        "期限到2月24日(周二)。",
    ]


@pytest.mark.django_db
def test_the_entries_of_the_office_count() -> None:
    assert answer("triage", "2026-12-17")["provisional"]
    Holiday.objects.create(day=date(2027, 1, 1), kind=DayKind.OFF, name="元旦")
    found = answer("triage", "2026-12-17")
    assert (found["strict"], found["legal"], found["provisional"]) == ("2027-01-01", "2027-01-04", True)


def test_without_a_database_the_built_in_calendar_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable() -> None:
        raise OperationalError

    monkeypatch.setattr(deadline, "current_calendar", unreachable)
    call_command("deadline", "triage", "2025-09-16")
    printed = capsys.readouterr()
    assert json.loads(printed.out)["legal"] == "2025-10-09"
    assert printed.err == "数据库无法读取：按规定的期限和程序自带的日历计算，未计入本单位录入的节假日安排和设定。\n"


@pytest.mark.parametrize("rule", ["nope", "", "TRIAGE", "assignment", "redo", "evaluation", "letter-feedback", "a\nb"])
def test_an_unknown_rule_is_answered_with_all_that_are_accepted(refused: Refused, rule: str) -> None:
    line = refused(rule, "2025-09-16")
    assert line == f"CommandError: 不认识的期限 {rule!r}。RULE 应为其中之一：{', '.join(STATUTORY)}\n"


@pytest.mark.parametrize(
    "start",
    ["2025-02-30", "20250101", "2025-W01-1", "2025-1-1", "2025/01/01", "today", "", "２０２５-01-01", "0000-01-01"],
)
def test_a_bad_date_is_answered_with_the_form_of_a_date(refused: Refused, start: str) -> None:
    accepted = "START 应为1949年至2199年间实有的日期，格式 YYYY-MM-DD，例如 2025-09-16"
    assert refused("triage", start) == f"CommandError: 不能用作起算日 {start!r}。{accepted}\n"


@pytest.mark.parametrize("start", ["1948-12-31", "2200-01-01", "9999-12-31"])
def test_a_date_in_an_absurd_year_is_refused(refused: Refused, start: str) -> None:
    assert "1949年至2199年间" in refused("handling", start)


@pytest.mark.parametrize("extend", ["-1", "31", "1.5", "+5", "", "１", "ten"])
def test_an_extension_of_handling_is_a_number_up_to_thirty(refused: Refused, extend: str) -> None:
    line = refused("handling", "2025-08-04", f"--extend={extend}")
    assert line == f"CommandError: 不能延长 {extend!r} 日。--extend N：handling 的 N 应为0至30的整数\n"


def test_a_negative_extension_is_refused_as_a_word_of_its_own_too(refused: Refused) -> None:
    assert "N 应为0至30的整数" in refused("handling", "2025-08-04", "--extend", "-1")


def test_another_rule_is_not_extended(refused: Refused) -> None:
    line = refused("recheck", "2025-08-04", "--extend", "1")
    assert line == "CommandError: 不能延长 '1' 日。--extend N：recheck 不能延长，只有 handling 可以延长0至30日\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("triage",),
        ("2025-01-01",),
        ("--extend", "5"),
        ("triage", "2025", "01"),
        ("triage", "2025-01-01", "--nope"),
        ("triage", "2025-01-01", "-x"),
        ("handling", "2025-01-01", "--extend"),
        ("triage", "2025-01-01", "--verbosity", "9"),
    ],
)
def test_missing_and_surplus_words_are_answered_in_chinese_with_the_usage(
    refused: Refused, words: tuple[str, ...]
) -> None:
    usage = "manage.py deadline RULE START [--extend N] [--explain]"
    accepted = f"用法：{usage}；RULE 为其中之一：{', '.join(STATUTORY)}；START 格式 YYYY-MM-DD"
    assert refused(*words) == f"CommandError: 参数缺少、多余或者不认识。{accepted}\n"


def test_a_missing_word_is_refused_to_a_program_too() -> None:
    with pytest.raises(CommandError, match="参数缺少、多余或者不认识") as refusal:
        call_command("deadline", "triage")
    assert refusal.value.returncode == 2
