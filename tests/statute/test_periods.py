"""The table of clocks against the reference's own (§8.3)."""

import re

import pytest

from binzhou_xinfang.statute.periods import LAPSE, PERIODS, STATUTORY, DayUnit, Party, Rule
from binzhou_xinfang.statute.setting_types import Ladder, rungs_of

LENGTHS = {
    "triage": "15日",
    "notice": "15日",
    "objection": "5个工作日",
    "handling": "60日",
    "review-request": "30日",
    "review": "30日",
    "review-acceptance": "3个工作日",
    "recheck-request": "30日",
    "recheck": "30日",
    "recheck-acceptance": "3个工作日",
    "simple-acceptance": "3个工作日",
    "simple-handling": "10个工作日",
    "simple-relay": "1个工作日",
    "proposal-feedback": "30日",
    "judicial-confirmation": "30日",
    "hearing-notice": "10个工作日",
}
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


def test_every_rule_has_its_period_under_its_own_name() -> None:
    assert {rule: PERIODS[rule].rule for rule in Rule} == {rule: rule for rule in Rule}


def test_the_lengths_of_the_law_are_those_of_the_reference() -> None:
    periods = [PERIODS[rule] for rule in STATUTORY]
    assert {period.rule.value: f"{period.length}{period.unit.value}" for period in periods} == LENGTHS


@pytest.mark.parametrize("rule", STATUTORY)
def test_a_rule_of_the_law_names_its_article(rule: Rule) -> None:
    assert PERIODS[rule].article.startswith(ARTICLES[rule])


@pytest.mark.parametrize("rule", STATUTORY)
def test_the_short_name_says_the_length_of_the_table(rule: Rule) -> None:
    assert re.fullmatch(rf"{LENGTHS[rule.value]}\D+期限", rule.label)


def test_only_handling_can_be_extended_and_only_recheck_suspended() -> None:
    assert {rule: period.max_extension for rule, period in PERIODS.items() if period.max_extension} == {
        Rule.HANDLING: 30
    }
    assert [rule for rule, period in PERIODS.items() if period.can_be_suspended] == [Rule.RECHECK]


def test_only_the_hearing_notice_counts_back() -> None:
    assert [rule for rule, period in PERIODS.items() if period.counts_back] == [Rule.HEARING_NOTICE]
    assert PERIODS[Rule.HEARING_NOTICE].unit is DayUnit.WORKING


def test_the_clocks_of_the_petitioner_are_rights_and_send_no_warning() -> None:
    clocks = {rule for rule, period in PERIODS.items() if period.party is Party.PETITIONER}
    assert clocks == {Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST, Rule.JUDICIAL_CONFIRMATION, Rule.EVALUATION}
    assert all(PERIODS[rule].gives_right and not PERIODS[rule].ladder for rule in clocks)


def test_the_warnings_are_those_of_the_reference() -> None:
    rules = (Rule.TRIAGE, Rule.NOTICE, Rule.HANDLING, Rule.OBJECTION)
    warned = {rule: [-rung.days for rung in PERIODS[rule].ladder if rung.days < -1] for rule in rules}
    assert warned == {Rule.TRIAGE: [3], Rule.NOTICE: [3], Rule.HANDLING: [15, 7, 3], Rule.OBJECTION: [2]}


@pytest.mark.parametrize("rule", Rule)
def test_every_duty_is_marked_on_the_day_after_its_last_and_no_right_is(rule: Rule) -> None:
    late = [rung.days for rung in PERIODS[rule].ladder if rung.days > 0]
    assert (LAPSE in late) is not PERIODS[rule].gives_right
    assert bool(late) is not PERIODS[rule].gives_right


@pytest.mark.parametrize("rule", Rule)
def test_every_ladder_rises_and_can_be_read_back(rule: Rule) -> None:
    ladder = PERIODS[rule].ladder
    shape = Ladder(365, is_duty=not PERIODS[rule].gives_right)
    codes = tuple(rung.code for rung in ladder)
    assert [rung.days for rung in ladder] == sorted({rung.days for rung in ladder})
    assert shape.read(list(codes)) == shape.read("\n".join(rung.words for rung in ladder)) == codes
    assert rungs_of(codes) == ladder


def test_eight_clocks_get_their_length_from_a_person_or_the_office() -> None:
    free = {rule: PERIODS[rule].length for rule in Rule if not PERIODS[rule].is_fixed}
    by_a_person = (
        Rule.ASSIGNMENT, Rule.REDO, Rule.OWN_WAY, Rule.CO_HANDLING, Rule.EXECUTION, Rule.LETTER_FEEDBACK,
        Rule.RECTIFICATION,
    )  # fmt: skip
    assert free == {**dict.fromkeys(by_a_person, None), Rule.EVALUATION: 30}
