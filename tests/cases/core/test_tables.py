"""Start-up checks of the table of moves: each piece that is left out is named."""

from dataclasses import replace

import pytest

from cases import checks
from cases.states import OWN, Move, Parting, State, own_word, partings, table
from cases.states.grounds import always


def faults() -> dict[str, str]:
    return {fault.id or "": str(fault.msg) for fault in checks.check_tables(None)}


def test_the_tables_fit() -> None:
    assert faults() == {}


@pytest.mark.parametrize("rows", ["_transitions", "_duties", "_places", "_verbs"])
def test_a_move_without_a_piece_is_named(monkeypatch: pytest.MonkeyPatch, rows: str) -> None:
    monkeypatch.delitem(getattr(table, rows), Move.MEDIATE)
    assert str(Move.MEDIATE) in faults()["cases.E001"]


def test_a_row_that_names_an_unknown_state_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.MEDIATE], target="nowhere")  # type: ignore[arg-type]
    monkeypatch.setitem(table._transitions, Move.MEDIATE, row)
    assert "nowhere" in faults()["cases.E003"]


def test_a_move_that_cancels_clocks_without_grounds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.RELEASE], no_ground="")
    monkeypatch.setitem(table._transitions, Move.RELEASE, row)
    assert Move.RELEASE.value in faults()["cases.E005"]


def test_a_move_that_closes_a_matter_without_grounds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.MEDIATE], target=State.CLOSED)
    monkeypatch.setitem(table._transitions, Move.MEDIATE, row)
    assert Move.MEDIATE.value in faults()["cases.E005"]


def test_a_move_on_grounds_tells_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table._fields, Move.FILE, {})
    assert "file" in faults()["cases.E005"]


def test_a_ground_that_rests_on_words_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    grounds = {"thanks": replace(table.TRANSITIONS[Move.FILE].grounds["thanks"], holds=always)}
    monkeypatch.setitem(table._transitions, Move.FILE, replace(table.TRANSITIONS[Move.FILE], grounds=grounds))
    assert "thanks" in faults()["cases.E005"]


@pytest.mark.parametrize("move", [Move.WITHDRAW, Move.VOID, Move.CLOSE])
def test_a_move_by_which_a_unit_would_end_what_is_claimed_of_it_is_named(
    monkeypatch: pytest.MonkeyPatch, move: Move
) -> None:
    monkeypatch.setitem(table._transitions, move, replace(table.TRANSITIONS[move], alone=""))
    monkeypatch.setitem(table._duties, move, replace(table.MAY[move], desks=OWN))
    assert move.value in faults()["cases.E009"]


def test_a_move_that_leaves_a_claim_without_any_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.TO_DISCIPLINE], alone="")
    monkeypatch.setitem(table._transitions, Move.TO_DISCIPLINE, row)
    assert "to-discipline" in faults()["cases.E009"]


def test_a_move_by_which_a_unit_would_put_off_its_own_days_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.AMEND], alone="")
    monkeypatch.setitem(table._transitions, Move.AMEND, row)
    assert "amend" in faults()["cases.E009"]


def test_a_reason_to_decide_alone_without_its_article_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table._transitions, Move.CLOSE, replace(table.TRANSITIONS[Move.CLOSE], alone="意见已经送达"))
    assert "没有写明条款" in faults()["cases.E009"]


def test_a_reason_to_decide_alone_where_somebody_else_decides_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table._transitions, Move.END, replace(table.TRANSITIONS[Move.END], alone="自行决定"))
    assert "end" in faults()["cases.E009"]


def test_a_clock_that_nothing_starts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.REACH_AGREEMENT], starts=())
    monkeypatch.setitem(table._transitions, Move.REACH_AGREEMENT, row)
    assert "judicial-confirmation" in faults()["cases.E007"]


def test_a_duty_that_nothing_fulfils_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(table.TRANSITIONS[Move.FEED_BACK], meets=())
    monkeypatch.setitem(table._transitions, Move.FEED_BACK, row)
    assert "co-handling" in faults()["cases.E007"]


def test_an_end_that_forgets_the_matters_of_others_merged_into_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table._transitions, Move.MEDIATE, replace(table.TRANSITIONS[Move.MEDIATE], target=State.CLOSED))
    assert Move.MEDIATE.value in faults()["cases.E016"]


@pytest.mark.parametrize("says", [Parting.ANSWERED, Parting.ALONG])
def test_an_end_without_an_answer_answers_nobody(monkeypatch: pytest.MonkeyPatch, says: Parting) -> None:
    monkeypatch.setattr(partings, "PARTINGS", {**partings.PARTINGS, Move.WITHDRAW: says})
    assert Move.WITHDRAW.value in faults()["cases.E016"]


def test_a_right_that_is_given_up_without_a_signed_paper_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = table.TRANSITIONS[Move.WITHDRAW]
    papers = tuple(replace(paper, is_needed=False) for paper in row.papers)
    monkeypatch.setitem(table._transitions, Move.WITHDRAW, replace(row, papers=papers))
    assert Move.WITHDRAW.value in faults()["cases.E017"]


def test_a_tick_for_what_the_petitioner_wants_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_word, "OWN_WORD", {**own_word.OWN_WORD, Move.MEDIATE: None})
    assert Move.MEDIATE.value in faults()["cases.E017"]
