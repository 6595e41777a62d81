"""Settings of the office: every row can be read and said, its default is the law's, and the law's bounds hold."""

import re
from pathlib import Path

import pytest

from binzhou_xinfang.role import Role
from binzhou_xinfang.statute.parameter import Group
from binzhou_xinfang.statute.parameters import OFFERED, PARAMETERS, Column, Key, period_key
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.sign_in_settings import SignIn, second_factor_of

ROOT = Path(__file__).resolve().parents[2]
EVERY = list(PARAMETERS.values())
# Of each role one; asked for by the role.
SWITCHES = {second_factor_of(role) for role in Role}


def read(rule: Rule, column: Column, raw: object) -> object:
    return PARAMETERS[period_key(rule, column)].shape.read(raw)


def test_every_default_is_a_value_that_may_be_set_and_said(subtests: pytest.Subtests) -> None:
    for row in EVERY:
        raw = list(row.default) if isinstance(row.default, tuple) else row.default
        with subtests.test(f"{row.key}"):
            assert row.shape.read(raw) == row.default
            assert row.shape.say(row.default)


def test_every_period_with_a_length_of_its_own_can_be_set() -> None:
    assert [rule for rule in Rule if PERIODS[rule].length and period_key(rule, Column.LENGTH) not in PARAMETERS] == []


@pytest.mark.parametrize(
    ("rule", "column", "refused", "taken"),
    [
        (Rule.HANDLING, Column.LENGTH, 61, 60),  # 第三十四条：60日内办结
        (Rule.HANDLING, Column.LENGTH, 0, 1),
        (Rule.HANDLING, Column.EXTENSION, 31, 30),  # 延长期限不得超过30日
        (Rule.TRIAGE, Column.LENGTH, 16, 15),
        (Rule.REVIEW_REQUEST, Column.LENGTH, 29, 30),  # 信访人的30日
        (Rule.RECHECK_REQUEST, Column.LENGTH, 29, 30),
        (Rule.JUDICIAL_CONFIRMATION, Column.LENGTH, 29, 30),
        (Rule.HEARING_NOTICE, Column.LENGTH, 9, 10),  # 提前10个工作日通知
        (Rule.OBJECTION, Column.LENGTH, 6, 5),
        (Rule.OBJECTION, Column.LENGTH, 4, 5),
        (Rule.RECHECK_ACCEPTANCE, Column.LENGTH, 4, 3),
        (Rule.TRIAGE, Column.LADDER, ["-16:handler", "1:head"], ["-15:handler", "1:head"]),
    ],
)
def test_the_laws_bound_is_kept_and_its_reason_said(rule: Rule, column: Column, refused: object, taken: object) -> None:
    assert read(rule, column, taken)
    with pytest.raises(ValueError, match=r"应为|提前至多15日"):
        read(rule, column, refused)


def test_a_looser_period_is_refused_with_the_article() -> None:
    with pytest.raises(
        ValueError, match=re.escape("应为1至60日的整数。《信访工作条例》第三十四条规定60日，本局可以缩短，不得放宽。")
    ):
        read(Rule.HANDLING, Column.LENGTH, "61")


def test_a_right_of_the_petitioner_always_ends_on_a_workday() -> None:
    assert period_key(Rule.REVIEW_REQUEST, Column.ROLLS) not in PARAMETERS
    assert period_key(Rule.HANDLING, Column.ROLLS) in PARAMETERS


@pytest.mark.parametrize("raw", ["sixty", "", "6.5", "-1", 59.5, True, None, [60], "９", "999999999999"])
def test_what_is_no_whole_number_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="整数"):
        read(Rule.HANDLING, Column.LENGTH, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "提前7日：承办人\n超期1日：单位负责人、承办人，拟信访督办函",
        "超期1日: 承办人、单位负责人, 拟信访督办函\n\n 提前 7 日：承办人 ",
        ["1:head+handler:supervision", "-7:handler"],
    ],
)
def test_a_ladder_is_taken_in_words_or_codes_and_put_in_order(raw: object) -> None:
    assert read(Rule.HANDLING, Column.LADDER, raw) == ("-7:handler", "1:handler+head:supervision")


def test_a_rung_may_stand_on_the_last_day_itself() -> None:
    assert read(Rule.HANDLING, Column.LADDER, "届满当日：领导\n超期1日：领导") == ("0:leader", "1:leader")


def test_a_right_may_have_no_ladder_at_all_and_a_duty_may_not() -> None:
    assert read(Rule.OBJECTION, Column.LADDER, "") == ()
    with pytest.raises(ValueError, match="超期1日"):
        read(Rule.HANDLING, Column.LADDER, "")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("七天前：承办人", "看不懂"),
        ("提前7日：局长", "看不懂"),
        ("提前7日：承办人，开会", "看不懂"),
        ("提前0日：承办人", "看不懂"),
        ("提前61日：承办人", "看不懂"),
        ("超期181日：承办人", "看不懂"),
        (["-7:boss"], "看不懂"),
        (["-7:handler:fire"], "看不懂"),
        (["-7:"], "看不懂"),
        ([7], "应为提醒阶梯"),
        (None, "应为提醒阶梯"),
        ({"-7": "handler"}, "应为提醒阶梯"),
        (["1:head", "1:office"], "同一天"),
        ([f"{day}:head" for day in range(1, 14)], "最多12级"),
    ],
)
def test_a_wrong_ladder_is_refused(raw: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(Rule.HANDLING, Column.LADDER, raw)


@pytest.mark.parametrize(("raw", "found"), [(True, True), ("true", True), ("false", False), (False, False)])
def test_a_switch_takes_yes_and_no(raw: object, found: bool) -> None:
    assert PARAMETERS[Key.SHANDONG].shape.read(raw) is found


@pytest.mark.parametrize("raw", ["on", 1, None, [], ""])
def test_a_switch_takes_nothing_else(raw: object) -> None:
    with pytest.raises(ValueError, match="true"):
        PARAMETERS[Key.SHANDONG].shape.read(raw)


@pytest.mark.parametrize("raw", ["later", None, ["rolled"], 3])
def test_a_choice_takes_its_own_words_only(raw: object) -> None:
    assert PARAMETERS[Key.EXTENSION_BASE].shape.read("rolled") == "rolled"
    with pytest.raises(ValueError, match="其中之一"):
        PARAMETERS[Key.EXTENSION_BASE].shape.read(raw)


def test_what_decides_a_due_day_is_marked() -> None:
    columns = {row.key.partition(".")[2] for row in EVERY if row.reckons and row.rule}
    others = {row.key for row in EVERY if row.reckons and not row.rule}
    assert columns == {"length", "extension", "rolls"}
    assert others == {
        "shandong", "extension-base", "hearing-exclusion", "triage-start", "notice-start", "handling-stop",
        "delivery-entry", "delivery-left", "public-notice",
    }  # fmt: skip


def test_a_setting_is_offered_when_something_reads_it_and_not_before() -> None:
    rooms = [ROOT / room for room in ("binzhou_xinfang", "cases", "hearings", "supervision")]
    files = [path for room in rooms for path in room.rglob("*.py") if path.name != "parameters.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"\bKey\.([A-Z_]+)", text)) | set(re.findall(r"\(SignIn\.([A-Z_]+)\)", text))
    plain = [row for row in OFFERED if row.rule is None and row.key not in SWITCHES]
    offered = {(SignIn(row.key) if row.group is Group.SIGN_IN else Key(row.key)).name for row in plain}
    assert offered == used


def test_each_role_has_a_switch_of_the_second_factor_and_those_who_decide_or_keep_have_it_on() -> None:
    on = {role for role in Role if PARAMETERS[second_factor_of(role)].default is True}
    assert on == {
        Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.LEADER, Role.DISCIPLINE,
        Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR,
    }  # fmt: skip
