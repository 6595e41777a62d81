"""Units as a tree with dates, users, the posts they hold, the tokens of programs, and what waits for its day or for a
second hand."""

from binzhou_xinfang.accounts.models.activation import Activation
from binzhou_xinfang.accounts.models.door import Door, Purpose
from binzhou_xinfang.accounts.models.house import ChangeKind, Grant, GrantKind, UnitChange
from binzhou_xinfang.accounts.models.token import ApiToken
from binzhou_xinfang.accounts.models.unit import (
    PLACES,
    STILL_HOLDS,
    Unit,
    UnitKind,
    UnitQuerySet,
    final_unit,
    in_force,
    path_below,
)
from binzhou_xinfang.accounts.models.user import FormerPassword, Post, PostQuerySet, User

__all__ = [
    "PLACES",
    "STILL_HOLDS",
    "Activation",
    "ApiToken",
    "ChangeKind",
    "Door",
    "FormerPassword",
    "Grant",
    "GrantKind",
    "Post",
    "PostQuerySet",
    "Purpose",
    "Unit",
    "UnitChange",
    "UnitKind",
    "UnitQuerySet",
    "User",
    "final_unit",
    "in_force",
    "path_below",
]
