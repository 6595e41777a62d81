"""Typed registries between the apps: a lower app declares one, the apps above fill it while Django starts.

Whoever calls a hook declares it, with the signature of its followers as its type, so that mypy refuses one that does
not fit. It is filled in `AppConfig.ready()` and nowhere else: an entry that comes later, comes twice, or takes a place
that is taken is a `HookError`. What cannot be typed is found by `binzhou_xinfang.checks`, a hook that nobody fills too.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, ParamSpec, TypeVar

from django.apps import apps

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")
V = TypeVar("V")

# Every hook and registry of the process, for the check that somebody fills each.
DECLARED: "list[Hook[..., Any] | Registry[Any, Any]]" = []


class HookError(Exception):
    """A registry is filled wrongly: a mistake in the code, which stops the start."""


class Hook(Generic[P, R]):
    """A point at which an app calls the functions that others have added, in their order, and gets all answers."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.followers: dict[int, Callable[P, R]] = {}
        DECLARED.append(self)

    def add(self, function: Callable[P, R], *, order: int) -> None:
        """Add a follower at this place. Raises HookError after the start, and for anything twice."""
        _refuse_late(self.name)
        if order in self.followers:
            raise HookError(f"{self.name}: place {order} is taken by {self.followers[order]!r}")
        if function in self.followers.values():
            raise HookError(f"{self.name}: {function!r} was added before")
        self.followers = dict(sorted({**self.followers, order: function}.items()))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        return [follow(*args, **kwargs) for follow in self.followers.values()]

    def __len__(self) -> int:
        return len(self.followers)


class Registry(Mapping[K, V]):
    """A mapping of entries that others have added under keys of their own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: dict[K, V] = {}
        DECLARED.append(self)

    def add(self, key: K, value: V) -> None:
        """Add one entry. Raises HookError after the start, and for a key that is there."""
        _refuse_late(self.name)
        if key in self.entries:
            raise HookError(f"{self.name}: {key!r} was added before")
        self.entries[key] = value

    def add_all(self, entries: Mapping[K, V]) -> None:
        """Add all of them; raises as `add`."""
        for key, value in entries.items():
            self.add(key, value)

    def __getitem__(self, key: K) -> V:
        return self.entries[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def _refuse_late(name: str) -> None:
    if apps.ready:
        raise HookError(f"{name}: filled in AppConfig.ready() alone; Django has started")
