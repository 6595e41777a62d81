"""文书拟制: the states of a letter written by hand, and the small table of the steps between them.

No move of a matter owns such a letter; it never touches the matter's state or its clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from binzhou_xinfang.accounts.roles import Role


class DraftState(TextChoices):
    DRAFTED = "drafted", "待审核"
    RETURNED = "returned", "退回修改"
    CHECKED = "checked", "待签发"
    SIGNED = "signed", "已签发"
    DISCARDED = "discarded", "已作废"


class DraftStep(TextChoices):
    REVISE = "revise", "修改"
    CHECK = "check", "审核通过"
    RETURN = "return", "退回修改"
    SIGN = "sign", "签发"
    DISCARD = "discard", "作废"


class Hand(TextChoices):
    """Whose hand an earlier step was."""

    DRAFTER = "drafted_by", "拟稿人"
    CHECKER = "checked_by", "审核人"


@dataclass(frozen=True, slots=True)
class Step:
    """One row: the roles that take it at the unit of the draft, and whose hand it must be or must not be.

    `own`: only who did that earlier step, or one of the roles `or_by`.
    """

    sources: frozenset[DraftState]
    target: DraftState
    roles: frozenset[Role]
    event: str
    own: Hand | None = None
    or_by: frozenset[Role] = frozenset()
    others_than: tuple[Hand, ...] = ()
    needs_note: bool = False


WRITERS = frozenset(
    {Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR, Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.DISCIPLINE}
)
SIGNERS = frozenset({Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.DISCIPLINE, Role.LEADER})
READERS = WRITERS | SIGNERS
OPEN_DRAFTS = (DraftState.DRAFTED, DraftState.RETURNED, DraftState.CHECKED)

# As with an opinion (第三十二条) one hand drafts, another checks, a third signs.
STEPS: Mapping[DraftStep, Step] = {
    DraftStep.REVISE: Step(
        frozenset({DraftState.DRAFTED, DraftState.RETURNED}),
        DraftState.DRAFTED,
        WRITERS,
        "letter-revised",
        own=Hand.DRAFTER,
    ),
    DraftStep.CHECK: Step(
        frozenset({DraftState.DRAFTED}),
        DraftState.CHECKED,
        WRITERS,
        "letter-checked",
        others_than=(Hand.DRAFTER,),
    ),
    DraftStep.RETURN: Step(
        frozenset({DraftState.DRAFTED, DraftState.CHECKED}),
        DraftState.RETURNED,
        READERS,
        "letter-returned",
        others_than=(Hand.DRAFTER,),
        needs_note=True,
    ),
    DraftStep.SIGN: Step(
        frozenset({DraftState.CHECKED}),
        DraftState.SIGNED,
        SIGNERS,
        "letter-signed",
        others_than=(Hand.DRAFTER, Hand.CHECKER),
    ),
    DraftStep.DISCARD: Step(
        frozenset(OPEN_DRAFTS),
        DraftState.DISCARDED,
        READERS,
        "letter-discarded",
        own=Hand.DRAFTER,
        or_by=SIGNERS,
        needs_note=True,
    ),
}
