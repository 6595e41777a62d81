"""The table in words: what a step will do, who may take it, and how the states hang together."""

from binzhou_xinfang.process.telling import consequences, flow, mermaid, permits
from tests.process.slips import Slip, SlipState, Who, slips


def test_what_a_step_will_do_is_said_before_it_is_taken() -> None:
    slip = Slip(state=SlipState.WRITTEN, unit=1, writer=1)
    assert consequences(slips, slips.steps["check"], slip) == ["条子变为“待签发”"]
    assert consequences(slips, slips.steps["tear"], slip) == ["条子变为“已作废”"]


def test_the_flow_has_an_arrow_for_each_way_of_each_row() -> None:
    assert flow(slips)[:3] == [
        ("", "填写", "待审核"),
        ("待审核", "审核", "待签发"),
        ("待审核", "审核", "待审核"),
    ]
    assert "    待签发 --> 已签发: 签发" in mermaid(slips).splitlines()


def test_the_matrix_names_roles_desk_and_hands_of_each_step() -> None:
    signing = [permit for permit in permits(slips) if permit.step == "sign"]
    assert [(permit.roles, permit.desk, permit.but) for permit in signing] == [
        (frozenset({"unit-head"}), "house", (Who.WRITER.value, Who.CHECKER.value))
    ]
