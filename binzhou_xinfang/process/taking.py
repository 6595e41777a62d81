"""The one function that takes a step, in every life: lock, ask, act, set the state, write the event and its
followers."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal, Stale
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.life import Follower, Life, Taking
from binzhou_xinfang.process.permissions import refuse
from binzhou_xinfang.process.steps import Effect, M, State, Step

P = ParamSpec("P")
Verb = Callable[Concatenate[M, P], Effect]


def verb(life: Life[M], row: Step[M]) -> Callable[[Verb[M, P]], Callable[Concatenate[M, P], M]]:
    """Put a row into the table with the function that does it: it checks its own facts and says its effect.

    What stands under its name afterwards takes the step: it locks the object, raises Stale when it is another version
    than the one that was seen, Refusal for a wrong state, a missing fact or a missing successor, NotPermitted for the
    wrong post, and returns the object as it stands then. All of it is one transaction; `by` and `at` are keywords.
    """

    def wrap(act: Verb[M, P]) -> Callable[Concatenate[M, P], M]:
        @wraps(act)
        @transaction.atomic
        def taken(seen: M, /, *args: P.args, **kwargs: P.kwargs) -> M:
            by, at = cast(Post | None, kwargs["by"]), cast(datetime, kwargs["at"])
            obj = life.lock(seen)
            if life.version and getattr(obj, life.version) != getattr(seen, life.version):
                raise Stale(life.stale(obj))
            refuse(life, row, obj, by)
            settle(life, row, obj, act(obj, *args, **kwargs), by=by, at=at)
            return obj

        life.add(row, taken)
        return taken

    return wrap


def beginning(life: Life[M], row: Step[M]) -> Callable[[Callable[P, tuple[M, Effect]]], Callable[P, M]]:
    """Wrap as `verb` does, for a step that begins the life: the function makes the object, unsaved, and says its
    effect."""

    def wrap(act: Callable[P, tuple[M, Effect]]) -> Callable[P, M]:
        @wraps(act)
        @transaction.atomic
        def begun(*args: P.args, **kwargs: P.kwargs) -> M:
            by, at = cast(Post | None, kwargs["by"]), cast(datetime, kwargs["at"])
            obj, effect = act(*args, **kwargs)
            refuse(life, row, obj, by)
            settle(life, row, obj, effect, by=by, at=at)
            return obj

        life.add(row, begun)
        return begun

    return wrap


def take(life: Life[M], key: str, seen: M, *, by: Post | None, at: datetime, **given: Any) -> M:
    """Take the step with this key, by its verb. Raises KeyError where the life has none."""
    return life.verbs[str(key)](seen, by=by, at=at, **given)


def settle(life: Life[M], row: Step[M], obj: M, effect: Effect, *, by: Post | None, at: datetime) -> None:
    """Set the new state and write all that the step leaves behind. The caller holds the row, or has just made it."""
    target = _target(life, row, obj, effect)
    # A post that nobody can sign in to writes down what has happened (an import): who went on was there.
    if (
        by is not None
        and by.user.is_active
        and (gap := Ahead(life, [obj], timezone.localdate(at)).gap(obj, row, by, target))
    ):
        raise Refusal(gap)
    taking = Taking(row, by, at, None if row.begins else life.state_of(obj), target)
    setattr(obj, life.state, target)
    if life.version and not row.begins:
        setattr(obj, life.version, getattr(obj, life.version) + 1)
    detail = effect.detail | life.store(obj, taking, effect)
    if kind := row.event_at(target):
        life.record(obj, kind, taking, detail)
    for follower in life.followers:
        if row.key.value in follower.after:
            follower.run(obj, taking)


def _target(life: Life[M], row: Step[M], obj: M, effect: Effect) -> State:
    targets = life.targets(obj, row)
    if effect.target is None and len(targets) == 1:
        return targets[0]
    if effect.target not in targets:
        raise ValueError(f"{life.name}: {row.key.value} does not lead to {effect.target}")
    return effect.target


def follows(
    life: Life[M], *after: str, takes: tuple[str, ...], of: str
) -> Callable[[Callable[[M, Taking[M]], None]], Callable[[M, Taking[M]], None]]:
    """Call the function after each of these steps of `life`; it may take the steps `takes` of the life `of`."""

    def wrap(run: Callable[[M, Taking[M]], None]) -> Callable[[M, Taking[M]], None]:
        life.followers.append(Follower(frozenset(map(str, after)), run, of, frozenset(map(str, takes))))
        return run

    return wrap
