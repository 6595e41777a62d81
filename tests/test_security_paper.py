"""SECURITY.md: every row names tests that there are, or says why there is none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
_REASON = re.compile(r"^(not yet|none)[:：].{8,}", re.DOTALL)


def rows() -> list[tuple[str, str]]:
    """Each row: the demand, and its last cell."""
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [(first, last) for first, _, last in cells if first not in ("Section", "要求") and set(first) != {"-"}]


def fault(held: str) -> str:
    """The fault of the last cell of a row; "" without one."""
    named = _TEST.findall(held)
    if not named:
        return "" if _REASON.match(held) else "neither a test nor a reason"
    for path, name in named:
        file = ROOT / path
        if not file.exists() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            return f"there is no {path}::{name}"
    return ""


def test_every_row_is_held_by_a_test_or_says_why_not() -> None:
    assert len(rows()) > 60
    assert {first: fault(last) for first, last in rows() if fault(last)} == {}


@pytest.mark.parametrize("held", ["", "yes", "not yet", "`tests/nowhere.py`", "`tests/test_docs.py::test_of_nothing`"])
def test_a_row_without_is_found(held: str) -> None:
    assert fault(held)
