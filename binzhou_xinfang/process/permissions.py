"""Permissions for the steps of an object: one answer for pages, API, matrix and the act itself."""

from collections.abc import Mapping

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.steps import Guard, Hand, M, Seat, Step

# Hands that a step would fill, by whose: what looking ahead adds to those that the object knows.
Filled = Mapping[Hand, int]
NOBODY: Filled = {}


def hands_of(life: Life[M], obj: M, hand: Hand, filled: Filled = NOBODY) -> set[int]:
    """List the users whose hand it was, and would be."""
    users = {user for user in life.users(hand, obj) if user is not None}
    return users | {filled[hand]} if hand in filled else users


def shut_out(life: Life[M], row: Step[M], obj: M, post: Post, filled: Filled = NOBODY) -> list[Hand]:
    """List the earlier hands of the post's user that keep the step for others."""
    return [hand for hand in row.others_than if filled.get(hand) == post.user_id or life.is_hand(hand, obj, post)]


def may(life: Life[M], row: Step[M], obj: M, post: Post | None, filled: Filled = NOBODY) -> bool:
    """Check that the post (None: the system) may take the step on this object, whatever its state."""
    if post is None:
        return row.by_system
    if row.named and not post.reads_sealed:
        return False
    if not sits(life, row, obj, post):
        return False
    if shut_out(life, row, obj, post, filled) or not life.admits(post, obj):
        return False
    return row.own is None or post.role in row.or_by or post.user_id in hands_of(life, obj, row.own, filled)


def sits(life: Life[M], row: Step[M], obj: M, post: Post) -> bool:
    """Check that the post sits at one of the desks of the step in a role that takes it, whoever its user is."""
    return any(post.role in seat.roles and _is_at(life, obj, post, seat) for seat in row.who)


def _is_at(life: Life[M], obj: M, post: Post, seat: Seat) -> bool:
    return any(post.unit_id in life.units(desk, obj) for desk in seat.desks)


def hindrance(row: Step[M], obj: M) -> Guard[M] | None:
    """Find the first fact that the object lacks for the step; None when it has them all."""
    return next((guard for guard in row.guards if not guard.holds(obj)), None)


def refuse_post(life: Life[M], row: Step[M], obj: M, post: Post | None) -> None:
    """Raise NotPermitted unless the post may take the step on this object, whatever its state."""
    if not may(life, row, obj, post):
        raise NotPermitted(life.not_permitted(obj, row, shut_out(life, row, obj, post) if post else ()))


def refuse(life: Life[M], row: Step[M], obj: M, post: Post | None) -> None:
    """Raise Refusal for the wrong state or a missing fact, NotPermitted for the wrong post. Nobody is looked for."""
    if not row.begins and life.state_of(obj) not in row.sources:
        raise life.wrong_state(obj, row)
    refuse_post(life, row, obj, post)
    if guard := hindrance(row, obj):
        raise Refusal(guard.says)
    if post is not None:
        life.refuse(obj, row, post)
