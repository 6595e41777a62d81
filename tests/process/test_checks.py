"""The start-up checks: each hole in a table is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from binzhou_xinfang.process.checks import check_lives, faults_of
from binzhou_xinfang.process.life import LIVES, Follower, Life
from binzhou_xinfang.process.owed import Debts, Owed, debts
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.statute.periods import Rule
from tests.process.slips import Place, Slip, SlipState, SlipStep, Who, slips, tear_the_older


@pytest.fixture(autouse=True)
def _among_the_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIVES, "slip", slips)
    monkeypatch.setattr(slips, "steps", dict(slips.steps))
    monkeypatch.setattr(slips, "followers", list(slips.followers))
    monkeypatch.setattr(slips, "kinds", None)


def changed(**columns: object) -> Callable[[Life[Slip]], None]:
    def change(life: Life[Slip]) -> None:
        life.steps["sign"] = replace(life.steps["sign"], **columns)  # type: ignore[arg-type]

    return change


def without_tearing(life: Life[Slip]) -> None:
    del life.steps["tear"]


def told_in_events_of_its_own(life: Life[Slip]) -> None:
    life.kinds = EventKinds()


def followed(*, after: str, of: str, takes: str) -> Callable[[Life[Slip]], None]:
    def change(life: Life[Slip]) -> None:
        life.followers.append(Follower(frozenset({after}), tear_the_older, of, frozenset({takes})))

    return change


def test_the_whole_table_has_no_fault() -> None:
    assert list(faults_of(slips)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_tearing, "没有这些步骤的行和动作"),
        (changed(who=()), "没有人可以办理"),
        (told_in_events_of_its_own, "sign 写没有声明的事件"),
        (changed(targets=(SlipStep.SIGN,)), "不属于它的状态"),
        (changed(targets=(SlipState.TORN,)), "不能到达的状态"),
        (followed(after="burn", of="slip", takes="tear"), "跟随没有的步骤"),
        (followed(after="sign", of="slip", takes="sign"), "办理没有的步骤"),
        (followed(after="sign", of="moon", takes="tear"), "办理没有的步骤"),
    ],
)
def test_a_hole_is_found(change: Callable[[Life[Slip]], None], words: str) -> None:
    change(slips)
    assert words in "".join(str(message.msg) for message in check_lives(None))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "没有说明该状态欠什么、由谁、到何时：checked"),
        (debts(), "没有说明该状态欠什么、由谁、到何时：checked"),
        (debts(Owed(what="签发", by=Place.HOUSE)), "没有期限看管：签发"),
        (debts(Owed(what="签发", by=Place.HOUSE, clocks=(Rule.HANDLING,))), "签发 由没有步骤起算的期限看管"),
        (debts(Owed(what="签发", by=Who.WRITER, own=Rule.DELIVERY)), "签发 由没有的岗位承担"),
        (debts(Owed(what="签发", by=Place.HOUSE, own=Rule.OBJECTION)), "到期没有提醒的期限"),
        (debts(Owed(what="签发", by=Place.HOUSE, own=Rule.DELIVERY, when="急件")), "说了条件而没有判断：签发"),
        (
            debts(Owed(what="签发", by=Place.HOUSE, own=Rule.DELIVERY, when="急件", holds=lambda _: False)),
            "没有说明其余情形不欠的理由：checked",
        ),
    ],
)
def test_a_state_that_does_not_say_what_it_owes_is_found(
    monkeypatch: pytest.MonkeyPatch, answer: Debts[Slip] | None, words: str
) -> None:
    owed = {state: said for state, said in slips.owed.items() if state is not SlipState.CHECKED}
    monkeypatch.setattr(slips, "owed", owed if answer is None else owed | {SlipState.CHECKED: answer})
    assert words in "".join(faults_of(slips))


def test_an_answer_for_a_state_of_another_life_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "owed", dict(slips.owed) | {SlipStep.SIGN: debts(nothing="没有")})
    assert "说明了不属于它的状态" in "".join(faults_of(slips))


def test_events_must_have_a_chain_to_go_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "chain", None)
    assert "事件没有去处" in "".join(faults_of(slips))


def test_a_state_without_a_way_out_must_be_declared_final(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "final", {SlipState.SIGNED})
    assert list(faults_of(slips)) == ["没有出路的状态：['torn']"]


def test_a_step_has_one_row() -> None:
    with pytest.raises(ValueError, match="has a row already"):
        slips.add(Step(key=SlipStep.SIGN), slips.verbs["sign"])
