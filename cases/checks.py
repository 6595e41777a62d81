"""System checks: the tables fit one another."""

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.db.models import TextChoices

from binzhou_xinfang.accounts.roles import Role
from cases.engine import ACTIONS
from cases.permissions import FITS, MAY
from cases.queries import SCOPES
from cases.states import MOVE_GROUPS, STATE_GROUPS, TRANSITIONS, Guard, Move, State
from cases.web.procedure.forms import MOVE_FORMS

_ENTRY = {Move.REGISTER, Move.REPEAT}


def check_tables(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that every move has its row, its permission, its verb and its form; every guard its test; every role its
    scope; and that every move and every state stands in one group of the screens."""
    wanted: list[tuple[str, set[Any], set[Any]]] = [
        ("states.TRANSITIONS", set(Move), set(TRANSITIONS)),
        ("rules.MAY", set(Move), set(MAY)),
        ("rules.FITS", set(Guard), set(FITS)),
        ("actions.ACTIONS", set(Move) - _ENTRY, set(ACTIONS)),
        ("forms.MOVE_FORMS", set(Move) - _ENTRY, set(MOVE_FORMS)),
        ("queries.SCOPES", set(Role), set(SCOPES)),
    ]
    return [*_misfits(wanted), *_twice_or_never()]


def _misfits(wanted: list[tuple[str, set[Any], set[Any]]]) -> list[checks.CheckMessage]:
    return [
        checks.Error(f"{table}: 缺少或多出 {sorted(map(str, should ^ has))}", id="cases.E001")
        for table, should, has in wanted
        if should != has
    ]


def _twice_or_never() -> list[checks.CheckMessage]:
    grouped: dict[str, tuple[Iterable[TextChoices], list[TextChoices]]] = {
        "states.MOVE_GROUPS": (Move, [move for group in MOVE_GROUPS for move in (*group.steps, *group.beside)]),
        "states.STATE_GROUPS": (State, [state for _, states in STATE_GROUPS for state in states]),
    }
    return [
        checks.Error(f"{table}: 应当出现一次而没有，或者出现多次 {faults}", id="cases.E002")
        for table, (words, members) in grouped.items()
        if (faults := sorted(str(word) for word in words if members.count(word) != 1))
    ]
