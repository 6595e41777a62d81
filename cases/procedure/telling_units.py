"""Notices to the units that a move concerns besides the actor's: what was put right, taken back or asked for.

A move names them in its event, as `units`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import HANDLERS, HEADS, OFFICE_HEADS, REVIEWERS, TRIAGERS
from binzhou_xinfang.notices.outbox import Note, Topic, tell
from cases.models import CaseEvent, PetitionCase
from cases.queries import visible_to
from cases.states import EVENTS, Move

_READERS = HANDLERS | TRIAGERS | REVIEWERS
# Who decides on what is asked for is told of it alone.
_DECIDERS = OFFICE_HEADS | HEADS


def tell_units(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Order the notices of the event that was just written, if it names units; hangs on `AFTER_MOVE`."""
    if "units" not in EVENTS[move.value].fields:
        return
    tell_event(case.events.order_by("-seq")[0], at=at)


def tell_event(event: CaseEvent, *, at: datetime) -> None:
    """Order the notices of an event, of a move or of none, if it names units."""
    if event.detail.get("units"):
        tell(UNIT_TOLD, event.pk, at=at)


def write_told(subjects: Sequence[int]) -> Iterator[Note]:
    """Write the notes of these events for who works on the matter at the units they name.

    The handler alone where there is one; who no longer sees the matter is told its number, and gets no way in. Of a
    report of wrongdoing nobody is told who does not see it.
    """
    events = list(CaseEvent.objects.filter(pk__in=subjects).select_related("case", "unit").order_by("pk"))
    posts = _posts({unit for event in events for unit in event.detail["units"]})
    for event in events:
        for unit in event.detail["units"]:
            for post in _meant(event, posts.get(unit, [])):
                is_visible = visible_to(post).filter(pk=event.case_id).exists()
                if is_visible or not event.case.is_sealed:
                    yield _note(event, post, is_visible=is_visible)


def _posts(units: set[int]) -> Mapping[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    held = Post.objects.held(timezone.localdate()).filter(unit__in=units, role__in=_READERS)
    for post in held.select_related("user", "unit").order_by("pk"):
        found[post.unit_id].append(post)
    return found


def _meant(event: CaseEvent, posts: Sequence[Post]) -> list[Post]:
    if event.detail.get("asks"):
        return [post for post in posts if post.role in _DECIDERS]
    handler = [post for post in posts if post.user_id == event.case.assignee_id]
    return handler or list({post.user_id: post for post in posts}.values())


def _note(event: CaseEvent, post: Post, *, is_visible: bool) -> Note:
    case, kind = event.case, EVENTS[event.kind]
    who = event.unit.name if event.unit else ""
    title = f"{case.number} {kind.label}"
    text = f"【滨州信访】{who}已对{case.number}办理“{kind.label}”，请登录系统查看。"
    url = case.get_absolute_url() if is_visible else reverse("cases:home")
    return Note(event.pk, post.user, title, text, url, matter=case.pk)


UNIT_TOLD = Topic("unit-told", write_told)
