"""文书稿 in words: what may be done with a letter written by hand, by which roles, and whose hand was in it.

The table of its steps is made by the verbs (`verbs`). No move of a matter owns such a letter; it never touches the
matter's state or its clocks.
"""

from django.db.models import TextChoices

from binzhou_xinfang.accounts.roles import Role


class DraftStep(TextChoices):
    DRAFT = "draft", "拟制"
    REVISE = "revise", "修改"
    CHECK = "check", "审核通过"
    RETURN = "return", "退回修改"
    SIGN = "sign", "签发"
    DISCARD = "discard", "作废"


class Hand(TextChoices):
    """Hands of the earlier steps; the value is the column."""

    DRAFTER = "drafted_by", "拟稿人"
    CHECKER = "checked_by", "审核人"


class Desk(TextChoices):
    UNIT = "unit", "拟制单位"


WRITERS = frozenset(
    {Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR, Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.DISCIPLINE}
)
SIGNERS = frozenset({Role.OFFICE_HEAD, Role.UNIT_HEAD, Role.DISCIPLINE, Role.LEADER})
READERS = WRITERS | SIGNERS
