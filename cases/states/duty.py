"""Duties: the roles that may make a move, and the desks they must sit at."""

from dataclasses import dataclass
from enum import Enum

from binzhou_xinfang.accounts.roles import Role


class Desk(Enum):
    """Desks from which a move is made."""

    HOLDER = "当前单位"
    REGISTERED = "登记机构"
    SENDER = "转办单位"
    RESPONSIBLE = "责任单位"
    CO_HANDLER = "协办单位"


@dataclass(frozen=True, slots=True)
class Duty:
    """The roles that may make a move, and the desks they must sit at; `by_system`: the sweep makes it too;
    `other_hand`: whoever drafted does not make it.
    """

    roles: frozenset[Role]
    desks: tuple[Desk, ...] = (Desk.HOLDER,)
    by_system: bool = False
    other_hand: bool = False


OWN = (Desk.REGISTERED,)
