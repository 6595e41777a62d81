"""Refusals of acts, in words that a clerk understands; and failures that nobody's row is to blame for."""

from django.db import InterfaceError, OperationalError

# The server went away, the disk was full, two acts stood in each other's way: it passes, and whoever works through
# many rows must not lay it to the charge of the row that he was at. The whole is tried again.
PASSING = (OperationalError, InterfaceError)


class Refusal(Exception):
    """An act that may not happen. The message is a full Chinese sentence that says what to do.

    `field` names the input the sentence belongs to, or is empty when it concerns the whole act.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def failure(fault: BaseException) -> str:
    """Word what failed for who keeps the system: the kind and its first line. Behind that the database tells the whole
    row, which is nobody's there; the server's log has it."""
    return f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"[:500]


class NotPermitted(Refusal):
    """The post in use does not carry the right to do this."""


class Stale(Refusal):
    """Refusal because somebody else has changed the matter since the page was opened."""
