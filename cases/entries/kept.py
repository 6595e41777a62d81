"""Columns of registration's tables that are no entries: nobody types them in, for the reason that is given.

A column of these tables is declared as an entry or stands here; `tests/cases/window/test_entries.py` holds it.
"""

from collections.abc import Mapping

_KEY = "key of the row"
_NUMBER = "given out by a counter, or drawn"
_DIGEST = "made from the entry beside it, to find it again"
_DESK = "known from who registers, and when"
_ARRIVAL = "taken from the arrivals"
_MOVES = "written by the moves of the matter"
_RULE = "follows from the entries by a rule of the office"

KEPT: Mapping[str, Mapping[str, str]] = {
    "Petitioner": {"id": _KEY, "id_digest": _DIGEST, "phone_digest": _DIGEST, "address_digest": _DIGEST}
    | {"name_key": _DIGEST},
    "Petition": {"id": _KEY, "case": _KEY, "lead": _KEY}
    | dict.fromkeys(("number", "query_code"), _NUMBER)
    | {"query_digest": _DIGEST, "is_group": _RULE, "is_repeat": _RULE, "is_apart": _RULE}
    | dict.fromkeys(("registered_at", "unit", "registrar"), _DESK),
    "PetitionCase": {"id": _KEY, "number": _NUMBER}
    | dict.fromkeys(("registered_unit", "registrar", "registered_at"), _DESK)
    | dict.fromkeys(("lead", "people", "is_group", "received_on", "petition_count"), _ARRIVAL)
    | {"is_sealed": _RULE, "accused_pieces": _DIGEST}
    | dict.fromkeys(
        (
            "is_simple", "is_assigned", "state", "previous_state", "holder", "sender", "assigner", "passers",
            "responsible", "assignee", "due_on", "due_rule", "last_move_at", "last_move", "closed_on", "outcomes",
            "heart", "needs_assigner", "review_result", "was_heard", "last_answer", "end_ground", "end_asked",
            "recused", "hands", "unserved", "co_handlers", "is_joint", "is_recusal_asked", "is_hearing_asked",
            "owes_execution", "drafter", "merged_into",
            "retention_years", "is_supervised", "is_delivery_doubted", "is_delivery_unproven", "is_sent", "version",
        ),
        _MOVES,
    ),
}  # fmt: skip
