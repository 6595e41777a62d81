"""Units as a tree with dates, users, the posts they hold, and the tokens of programs."""

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
from binzhou_xinfang.accounts.models.user import KEPT_APPS, KEPT_MODELS, Post, PostQuerySet, User

__all__ = [
    "KEPT_APPS",
    "KEPT_MODELS",
    "PLACES",
    "STILL_HOLDS",
    "ApiToken",
    "Post",
    "PostQuerySet",
    "Unit",
    "UnitKind",
    "UnitQuerySet",
    "User",
    "final_unit",
    "in_force",
    "path_below",
]
