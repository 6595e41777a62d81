"""The table of clocks: what holds between its columns; lengths and days stand in the worked examples."""

import re

import pytest

from binzhou_xinfang.statute.periods import LAPSE, PERIODS, STATUTORY, Party, Rule
from binzhou_xinfang.statute.setting_types import Ladder, rungs_of

ARTICLES = {
    Rule.TRIAGE: "《信访工作条例》第二十二条",
    Rule.NOTICE: "《信访工作条例》第二十三条",
    Rule.OBJECTION: "《信访工作条例》第二十三条",
    Rule.HANDLING: "《信访工作条例》第三十四条",
    Rule.REVIEW_REQUEST: "《信访工作条例》第三十五条",
    Rule.REVIEW: "《信访工作条例》第三十五条",
    Rule.REVIEW_ACCEPTANCE: "《山东省信访条例》第四十三条",
    Rule.RECHECK_REQUEST: "《信访工作条例》第三十六条",
    Rule.RECHECK: "《信访工作条例》第三十六条",
    Rule.RECHECK_ACCEPTANCE: "《山东省信访条例》第四十四条",
    Rule.SIMPLE_ACCEPTANCE: "《信访事项简易办理办法》",
    Rule.SIMPLE_HANDLING: "《信访事项简易办理办法》",
    Rule.SIMPLE_RELAY: "《信访事项简易办理办法》",
    Rule.PROPOSAL_FEEDBACK: "《山东省信访条例》第五十九条",
    Rule.JUDICIAL_CONFIRMATION: "《中华人民共和国人民调解法》第三十三条",
    Rule.HEARING_NOTICE: "《山东省信访事项听证办法（试行）》",
}


def test_every_clock_has_its_period() -> None:
    assert set(PERIODS) == set(Rule)


def test_the_articles_are_those_of_the_reference() -> None:
    assert {rule: PERIODS[rule].article for rule in STATUTORY if rule not in ARTICLES} == {}
    assert [rule for rule, article in ARTICLES.items() if not PERIODS[rule].article.startswith(article)] == []


def test_the_name_of_a_clock_says_its_length() -> None:
    lengths = {rule: f"{PERIODS[rule].length}{PERIODS[rule].unit.value}" for rule in STATUTORY}
    assert [rule for rule, length in lengths.items() if not re.fullmatch(rf"{length}\D+期限", rule.label)] == []


def test_the_clocks_of_the_petitioner_are_rights_and_send_no_warning() -> None:
    clocks = {rule for rule, period in PERIODS.items() if period.party is Party.PETITIONER}
    assert clocks == {Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST, Rule.JUDICIAL_CONFIRMATION, Rule.EVALUATION}
    assert all(PERIODS[rule].gives_right and not PERIODS[rule].ladder for rule in clocks)


def test_the_warnings_are_those_of_the_reference() -> None:
    rules = (Rule.TRIAGE, Rule.NOTICE, Rule.HANDLING, Rule.OBJECTION)
    warned = {rule: [-rung.days for rung in PERIODS[rule].ladder if rung.days < -1] for rule in rules}
    assert warned == {Rule.TRIAGE: [3], Rule.NOTICE: [3], Rule.HANDLING: [15, 7, 3], Rule.OBJECTION: [2]}


def test_every_duty_is_marked_on_the_day_after_its_last_and_no_right_is() -> None:
    late = {rule: [rung.days for rung in PERIODS[rule].ladder if rung.days > 0] for rule in Rule}
    assert {rule for rule in Rule if LAPSE in late[rule]} == {rule for rule in Rule if not PERIODS[rule].gives_right}
    assert {rule: late[rule] for rule in Rule if PERIODS[rule].gives_right and late[rule]} == {}


def test_every_ladder_rises_and_can_be_read_back(subtests: pytest.Subtests) -> None:
    for rule, period in PERIODS.items():
        shape = Ladder(365, is_duty=not period.gives_right)
        codes = tuple(rung.code for rung in period.ladder)
        with subtests.test(rule.value):
            assert [rung.days for rung in period.ladder] == sorted({rung.days for rung in period.ladder})
            assert shape.read(list(codes)) == shape.read("\n".join(rung.words for rung in period.ladder)) == codes
            assert rungs_of(codes) == period.ladder


def test_clocks_of_one_duty_move_with_one_that_can_be_extended_and_turn_in_no_circle() -> None:
    moving = {rule: (*PERIODS[rule].moves_with, *PERIODS[rule].waits_for) for rule in Rule}
    moving = {rule: leads for rule, leads in moving.items() if leads}
    assert set(moving) == {Rule.ASSIGNMENT, Rule.CO_HANDLING}
    assert [rule for rule in moving if PERIODS[rule].length or PERIODS[rule].is_fixed] == []
    assert [lead for leads in moving.values() for lead in leads if lead in moving] == []
    leads = {lead for rule in moving for lead in PERIODS[rule].moves_with}
    assert leads == {rule for rule in Rule if PERIODS[rule].max_extension}


def test_a_clock_of_a_state_is_no_law_and_says_so() -> None:
    internal = [period for period in PERIODS.values() if period.is_internal]
    assert [period.rule for period in internal if period.is_fixed or not period.length] == []
    assert [period.rule for period in internal if "由本局设定" not in period.article] == []
