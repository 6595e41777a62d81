"""The verbs of 督办. Each is one transaction with its event."""

from supervision.causes.answering import answer, judge, receive, recheck, return_answer, sign_answer, sign_for
from supervision.causes.letters import draft
from supervision.causes.taking import bring_up, drop, list_on_board, record

__all__ = [
    "answer", "bring_up", "draft", "drop", "judge", "list_on_board", "receive", "recheck", "record", "return_answer",
    "sign_answer", "sign_for",
]  # fmt: skip
