"""What the apps above do when something has happened here, in its transaction: functions named in the settings."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def followers(name: str) -> Sequence[Callable[..., Any]]:
    """The functions that the setting `name` lists (MOVE_FOLLOWERS, DRAFT_FOLLOWERS), in order."""
    return _imported(tuple(getattr(settings, name)))


@cache
def _imported(paths: tuple[str, ...]) -> Sequence[Callable[..., Any]]:
    return [import_string(path) for path in paths]
