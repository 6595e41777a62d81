"""Looks at matters: an ordinary one once a person and hour; a sealed one each time, a list with one line for its whole
answer (第三十条第三款)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Model

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from cases.models import PetitionCase

AGAIN_AFTER = timedelta(hours=1)


def log_look(post: Post, case: PetitionCase, *, ip: str | None) -> None:
    """Write down that the post looks at the matter: one line an hour for one person, of a sealed one every look."""
    if case.is_sealed:
        access.log(post, AccessAct.OPEN_SEALED, case.number, ip=ip)
    else:
        access.log_once(post, AccessAct.OPEN, case.number, within=AGAIN_AFTER, ip=ip)


def log_lines(post: Post, rows: Iterable[Model], *, ip: str | None) -> None:
    """Write down which sealed matters stand in a list that the post is shown. `rows`: matters, or rows of matters that
    were read with their `case`. Nothing is written for a list without any."""
    cases = (row if isinstance(row, PetitionCase) else getattr(row, "case", None) for row in rows)
    numbers = list(dict.fromkeys(case.number for case in cases if case is not None and case.is_sealed))
    if numbers:
        said = f"检举控告保密件{len(numbers)}件"
        access.log(post, AccessAct.LIST_SEALED, said, reason="、".join(numbers), ip=ip)
