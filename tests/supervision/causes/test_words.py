"""Words of a 督办函: the article alone, and the duty that is late, as the tables name them."""

import pytest

from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.states import State
from supervision.causes.prefill import demand_of, plain_law


@pytest.mark.parametrize("rule", Rule)
def test_a_letter_names_the_article_without_what_the_office_has_set(rule: Rule) -> None:
    named = plain_law(PERIODS[rule].article)
    assert named
    assert not any(word in named for word in ("天数", "设定", "时限"))


@pytest.mark.parametrize(
    ("rule", "state", "demand"),
    [
        (Rule.NOTICE, State.REFERRED, "立即签收，书面告知信访人接收情况以及处理途径和程序"),
        (Rule.HANDLING, State.HANDLING, "立即调查核实，出具信访处理意见书"),
        (Rule.EXECUTION_ORDER, State.DELIVERED, "立即督促有关单位执行予以支持的诉求"),
        (Rule.ASSIGNMENT, State.HANDLING, "立即办结并向交办机关提交办结报告"),
        (Rule.REVIEW, State.REVIEWING, "立即提出复查意见并书面答复"),
        ("", "", "立即依法办理完毕并书面答复信访人"),
    ],
)
def test_it_demands_what_is_late(rule: str, state: str, demand: str) -> None:
    assert demand_of(rule, state) == demand
