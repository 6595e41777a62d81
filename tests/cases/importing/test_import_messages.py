"""`manage.py import_messages`: rows become 信访件 once, bad rows are told with number and reason."""

import csv
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from binzhou_xinfang.accounts.models import Post, User
from cases.models import CaseEvent, Petition, PetitionCase
from cases.queries import visible_to
from cases.states import State
from cases.vocabulary import Channel
from tests.cases.importing.workbooks import MESSAGE, Line, export, message, read_back, run_import
from tests.office import TZ, Office


@pytest.fixture(autouse=True)
def _own_var(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


def counts(**changes: int) -> dict[str, int]:
    nothing = dict.fromkeys(
        ("rows", "imported", "already_present", "rejected", "answered", "on_time_60", "on_time_15"), 0
    )
    return nothing | changes


def rejects(tmp_path: Path, name: str = "export") -> list[tuple[Any, ...]]:
    """Row number and reason of each rejected row."""
    return [line[:2] for line in read_back(tmp_path / "var" / "imports" / f"{name}-rejects.xlsx")[1:]]


def test_a_message_becomes_a_petition_of_its_own_day(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_import(export(tmp_path, [message(188006)]), capsys)
    assert found == counts(rows=1, imported=1)
    petition = Petition.objects.select_related("case", "lead").get()
    case = petition.case
    assert (petition.external_id, petition.channel, petition.content) == (
        "188006",
        Channel.MESSAGE_BOARD,
        "新村东路路灯不亮已有一周。",
    )
    assert (petition.lead.name, petition.lead.is_anonymous, petition.lead.phone) == ("U001", False, "")
    assert (petition.number, petition.arrived_on) == ("BZXF-2019-000001", date(2019, 3, 4))
    assert petition.registered_at == datetime(2019, 3, 4, 11, 25, 5, tzinfo=TZ)
    assert (case.title, case.region, case.state, case.topic) == ("路灯不亮", office.city, State.REGISTERED, None)
    assert [request.text for request in case.requests.all()] == ["路灯不亮"]
    assert (case.received_on, case.due_on) == (date(2019, 3, 4), date(2019, 3, 19))
    assert CaseEvent.objects.get().happened_at == petition.registered_at


def test_an_imported_message_is_seen_by_the_office_and_by_nobody_else(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message()]), capsys)
    seen = [visible_to(post).count() for post in (office.registrar, office.handler, office.county_clerk)]
    assert seen == [1, 0, 0]


def test_a_second_import_of_the_same_file_changes_nothing(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path, [message(1), message(2), message(None)])
    first, before = run_import(path, capsys), list(PetitionCase.objects.order_by("pk").values())
    second, after = run_import(path, capsys), list(PetitionCase.objects.order_by("pk").values())
    assert first == counts(rows=3, imported=2, rejected=1)
    assert second == counts(rows=3, already_present=2, rejected=1)
    assert before == after
    assert Post.objects.filter(user__username__startswith="import-").count() == 1


def test_numbers_are_given_in_the_order_of_the_messages_time_and_year(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(
        export(tmp_path, [message(3, "2020/1/2"), message(2, "2019/5/1"), message(1, "2019/4/30 23:59:59")]), capsys
    )
    assert list(Petition.objects.order_by("pk").values_list("external_id", "number")) == [
        ("1", "BZXF-2019-000001"),
        ("2", "BZXF-2019-000002"),
        ("3", "BZXF-2020-000001"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (message(None), "没有留言编号"),
        (message("  "), "没有留言编号"),
        (message("9" * 61), "留言编号超过60字"),
        (message(7, None), "没有留言时间"),
        (message(7, "昨天"), "留言时间“昨天”无法识别"),
        (message(7, "2019/2/30 8:00"), "留言时间“2019/2/30 8:00”无法识别"),
        (message(7, 5), "留言时间“5”无法识别"),
        (message(7, "2999/1/1"), "留言时间“2999/1/1”晚于现在"),
        (message(7, text=" \n"), "留言详情为空"),
        (message(7, user="长" * 101), "留言用户超过100字"),
        (message(None, None, text=None), "没有留言编号；留言详情为空；没有留言时间"),
        (message(1), "留言编号1与第2行重复"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_reason_and_the_rest_is_imported(
    line: Line, reason: str, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_import(export(tmp_path, [message(1), line, message(2)]), capsys)
    assert found == counts(rows=3, imported=2, rejected=1)
    assert rejects(tmp_path) == [(3, reason)]


@pytest.mark.parametrize(
    "when",
    [
        "2019/2/8 9:05:00",
        "2019-02-08 09:05",
        "2019年2月8日 9：05",
        "2019.02.08T09:05:00.000",
        datetime(2019, 2, 8, 9, 5),
        43504.378472222,
    ],
)
def test_a_time_is_read_as_text_date_or_number(
    when: Any, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(1, when)]), capsys)
    assert Petition.objects.get().registered_at == datetime(2019, 2, 8, 9, 5, tzinfo=TZ)


def test_headings_may_stand_in_any_order_and_blank_lines_do_not_count(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = [line[::-1] for line in (message(1.0), [None] * 7, message(" 2 "))]
    found = run_import(export(tmp_path, turned, [f" {heading} " for heading in MESSAGE[::-1]]), capsys)
    assert found == counts(rows=2, imported=2)
    assert sorted(Petition.objects.values_list("external_id", flat=True)) == ["1", "2"]


def test_a_long_title_is_cut_and_kept_in_the_content(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(1, title="路" * 121), message(2, title="灯" * 120)]), capsys)
    long, whole = Petition.objects.select_related("case").order_by("pk")
    assert (long.case.title, long.content) == (f"{'路' * 119}…", f"{'路' * 121}\n新村东路路灯不亮已有一周。")
    assert (whole.case.title, whole.content) == ("灯" * 120, "新村东路路灯不亮已有一周。")


def test_a_message_without_title_or_user_is_titled_by_its_text_and_anonymous(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(title=None, user=None, text="路灯不亮。_x000D_\n请修。")]), capsys)
    petition = Petition.objects.select_related("case", "lead").get()
    assert (petition.case.title, petition.content) == ("路灯不亮。", "路灯不亮。\n请修。")
    assert (petition.lead.name, petition.lead.is_anonymous) == ("匿名", True)


def test_the_second_file_repeats_the_row_and_never_holds_a_formula(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(None, text="-=x"), message(None, user="=1+1", text="＝")]), capsys)
    path = tmp_path / "var" / "imports" / "export-rejects.xlsx"
    assert read_back(path) == [
        ("行号", "未导入原因", *MESSAGE),
        (2, "没有留言编号", *message(None, text="-=x")),
        (3, "没有留言编号", *message(None, user="=1+1", text="＝")),
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_second_file_can_be_a_csv_of_any_name(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(None)]), capsys, "--rejects", str(tmp_path / "bad.csv"))
    with (tmp_path / "bad.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line[:2] for line in csv.reader(file)] == [["行号", "未导入原因"], ["2", "没有留言编号"]]


def test_a_good_import_leaves_no_rejects_of_an_earlier_one(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message(None)]), capsys)
    run_import(export(tmp_path, [message(1)]), capsys)
    assert rejects(tmp_path) == []


def refusal_of(path: Path, *options: str) -> tuple[str, int]:
    with pytest.raises(CommandError) as caught:
        call_command("import_messages", str(path), *options)
    return str(caught.value), caught.value.returncode


def test_a_missing_column_ends_the_import_with_one_line(office: Office, tmp_path: Path) -> None:
    path = export(tmp_path, [message()], ["编号", *MESSAGE[1:4], "内容", *MESSAGE[5:]])
    assert refusal_of(path) == ("export.xlsx 缺少列：留言编号、留言详情（工作表“Sheet”，列名在第1行）", 2)
    assert Petition.objects.count() == 0


def test_a_file_that_is_none_ends_the_import_with_one_line(office: Office, tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken.xlsx", export(tmp_path, [], [], "empty.xlsx")
    broken.write_bytes(b"PK not a zip")
    assert refusal_of(tmp_path / "none.xlsx") == (f"找不到文件：{tmp_path / 'none.xlsx'}", 2)
    assert refusal_of(broken) == (f"无法读取 {broken}：不是有效的工作簿，或者已经损坏、加密", 2)
    assert refusal_of(empty) == (f"{empty} 的工作表都是空的", 2)


def test_the_second_file_cannot_replace_the_first(office: Office, tmp_path: Path) -> None:
    path = export(tmp_path, [message()])
    assert refusal_of(path, "--rejects", str(path)) == ("未导入清单不能与导入的文件相同", 2)
    assert len(read_back(path)) == 2


def test_an_unknown_unit_ends_the_import_with_one_line(office: Office, tmp_path: Path) -> None:
    path = export(tmp_path, [message()])
    assert refusal_of(path, "--unit", "none") == ("没有代码为“none”的单位", 2)


def test_another_office_can_import_for_its_own_area(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(export(tmp_path, [message()]), capsys, "--unit", "bcxf")
    petition = Petition.objects.select_related("case").get()
    assert (petition.unit, petition.case.region) == (office.county_office, office.county)


def test_nobody_can_sign_in_as_the_importer(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_import(export(tmp_path, [message()]), capsys)
    user = User.objects.get(username="import-registrar-bzxf")
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_the_command_answers_a_missing_file_with_status_2_and_one_line() -> None:
    command = [sys.executable, "manage.py", "import_messages", "/nowhere/none.xlsx"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["CommandError: 找不到文件：/nowhere/none.xlsx"]
