"""Handlers that take a failure for the fault of one row: an outage must pass them by."""

import ast

from .measures import trees

BROAD = frozenset({"Exception", "DatabaseError"})
# It waits for the lock of another act and says that somebody else is at it; there is no row to blame.
OTHERS = frozenset({"cases/procedure/merging.py"})


def names(handler: ast.ExceptHandler) -> set[str]:
    """The classes that a handler takes."""
    if handler.type is None:
        return {"Exception"}
    return {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}


def blaming(tree: ast.Module) -> list[int]:
    """The lines of the broad handlers before which no handler lets an outage pass."""
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
    return [
        node.lineno
        for node in tries
        if any(names(handler) & BROAD for handler in node.handlers) and "PASSING" not in names(node.handlers[0])
    ]


def test_no_round_lays_an_outage_to_the_charge_of_a_row() -> None:
    found = {path: lines for path, tree in trees().items() if (lines := blaming(tree)) and path not in OTHERS}
    assert found == {}


def test_a_broad_handler_is_seen() -> None:
    act = "try:\n    act()\n{}except Exception:\n    blame()\n"
    assert blaming(ast.parse(act.format(""))) == [1]
    assert blaming(ast.parse(act.format("except PASSING:\n    raise\n"))) == []
