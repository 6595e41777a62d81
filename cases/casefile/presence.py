"""在看、在填: the readers of a matter at this moment. Kept in the cache for a minute, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase

# An open page tells of itself every 20 seconds; who has missed two turns is gone.
LIVES_SECONDS = 60
# So many are shown at one matter. Each takes a place of its own, so that two who come at once do not undo each other.
PLACES = 12


@dataclass(frozen=True, slots=True)
class Watcher:
    """A reader who has the matter open; `form` is the slug of the move whose form he fills in, or ""."""

    name: str
    unit: str
    since: datetime
    form: str = ""
    form_since: datetime | None = None


Place = Mapping[str, Any]


def be_present(case: PetitionCase, post: Post, *, form: str, at: datetime) -> list[Watcher]:
    """Note that the post has the matter open (and the form of a move), and tell who else has, the first comer first.

    The caller has found `case` among what the post sees.
    """
    keys = [f"presence:{case.pk}:{place}" for place in range(PLACES)]
    taken: dict[str, Place] = cache.get_many(keys)
    own = [key for key in keys if key in taken and taken[key]["user"] == post.user_id]
    entry = _entry(post, taken[own[0]] if own else None, form=form, at=at)
    if own:
        cache.set(own[0], entry, LIVES_SECONDS)
        # Two windows that were opened at the same moment have taken a place each.
        cache.delete_many(own[1:])
    else:
        any(cache.add(key, entry, LIVES_SECONDS) for key in keys if key not in taken)
    others = {place["user"]: place for place in taken.values() if place["user"] != post.user_id}
    return sorted((_watcher(place) for place in others.values()), key=lambda watcher: watcher.since)


def _entry(post: Post, before: Place | None, *, form: str, at: datetime) -> Place:
    is_same_form = before is not None and before["form"] == form
    return {
        "user": post.user_id,
        "name": post.user.name,
        "unit": post.unit.short_name or post.unit.name,
        "since": before["since"] if before else at,
        "form": form,
        "form_since": before["form_since"] if before and is_same_form else at,
    }


def _watcher(place: Place) -> Watcher:
    shown = {key: value for key, value in place.items() if key != "user"}
    return Watcher(**shown)
