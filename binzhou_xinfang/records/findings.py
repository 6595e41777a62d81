"""Faults that an audit finds."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One fault: where, and whether what stands there is `altered`, `missing` or `inserted`.

    `chain` is the key of the object or of the row, the day of an anchor or of a seal, or empty for a whole table; `seq`
    the first event at fault.
    """

    model: str
    chain: str
    seq: int | None
    fault: str
