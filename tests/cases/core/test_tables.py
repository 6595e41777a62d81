"""Start-up checks of the table of moves: each piece that is left out is named."""

from dataclasses import replace

import pytest

from cases import checks
from cases.states import Move, table


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
