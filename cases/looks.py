"""Looks at matters: an ordinary one once a person and hour; a sealed one each time, a list with one line for its whole
answer (第三十条第三款)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from binzhou_xinfang.accounts import locks
from binzhou_xinfang.accounts.models import Post, Purpose
from binzhou_xinfang.errors import Refusal
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


def refuse_many_look_ups(post: Post) -> None:
    """Count a look-up of a person by ID, telephone or name. Raises Refusal for more than anybody's work needs
    (`locks`): whoever tries numbers one after another finds nobody."""
    at = timezone.now()
    until = locks.closed_until(Purpose.LOOK_UP, name=post.user.username, address="", at=at)
    until = until or locks.count(Purpose.LOOK_UP, name=post.user.username, address="", at=at)
    if until is not None:
        raise Refusal(f"查找信访人过于频繁，请等待{locks.wait_words(until, at=at)}后再查。")
