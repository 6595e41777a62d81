"""Texts that are cut to fit: the end says so, and nothing in the code cuts a text in silence."""

import ast

import pytest

from binzhou_xinfang.typed import shortened

from . import measures

# From here on a cut takes words away; a shorter one quotes the head of what was typed.
WORDS = 100
# Texts of the machine, and rows of a list.
MACHINES = {
    "binzhou_xinfang/notices/sending.py", "binzhou_xinfang/notices/writing.py", "cases/watch/sweep/claiming.py",
    "binzhou_xinfang/records/file_types.py", "binzhou_xinfang/web/sign_in_log.py", "cases/watch/sweep/rights.py",
    "cases/made_up/synthetic/load.py", "cases/web/keeping/calendar_page.py",
    "binzhou_xinfang/accounts/locks.py", "binzhou_xinfang/web/showing.py", "binzhou_xinfang/errors.py",
    "binzhou_xinfang/backup/management/commands/restore.py",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cut"), [("一二三", "一二三"), ("一二三四", "一二…"), ("", ""), ("𠮷𠮷𠮷𠮷", "𠮷𠮷…")]
)
def test_what_is_cut_says_at_its_end_that_something_is_missing(text: str, cut: str) -> None:
    assert shortened(text, 3) == cut


def test_no_text_is_cut_in_silence() -> None:
    cuts = [
        f"{path}:{node.lineno}"
        for path, tree in measures.trees().items()
        if path not in MACHINES
        for node in ast.walk(tree)
        if isinstance(node, ast.Slice)
        and node.lower is None
        and isinstance(node.upper, ast.Constant)
        and isinstance(node.upper.value, int)
        and node.upper.value >= WORDS
    ]
    assert cuts == []
