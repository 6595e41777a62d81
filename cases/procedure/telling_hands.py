"""Notices to the handler who has a matter by another's act, and to the one who has it no longer.

An act that gives the matter to another handler names both in its event, as `hands`. Who acts knows it, and where the
units are told of the act itself (`telling_units`) nobody hears of it twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.notices.outbox import Note, Topic, tell
from cases.models import CaseEvent, PetitionCase
from cases.outcome import changed_hands
from cases.queries import visible_to
from cases.states import EVENTS, Move


def tell_hands(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Order the notices of the move that was just written, if the handler is another; hangs on `AFTER_MOVE`."""
    if changed_hands(case, by):
        tell_event(case.events.order_by("-seq")[0], at=at)


def tell_event(event: CaseEvent, *, at: datetime) -> None:
    """Order the notices of an event, of a move or of none, if it names handlers, and no units that are told of it."""
    if event.detail.get("hands") and not event.detail.get("units"):
        tell(HANDS, event.pk, at=at)


def write_hands(subjects: Sequence[int]) -> Iterator[Note]:
    """Write the notes of these events for the handlers whom they name, but for who made the act.

    Who sees the matter no longer is told its number, and gets no way in; of a report of wrongdoing nothing.
    """
    events = CaseEvent.objects.filter(pk__in=subjects).select_related("case__assignee", "unit")
    for event in events.order_by("pk"):
        for key in set(event.detail["hands"]) - {None, event.actor_id}:
            posts = list(Post.objects.held(timezone.localdate()).filter(user=key).select_related("user", "unit"))
            is_visible = any(visible_to(post).filter(pk=event.case_id).exists() for post in posts)
            if posts and (is_visible or not event.case.is_sealed):
                yield _note(event, posts[0].user, is_visible=is_visible)


def _note(event: CaseEvent, user: User, *, is_visible: bool) -> Note:
    case, act = event.case, EVENTS[event.kind].label
    who = f"{event.unit.name}{event.actor_name}" if event.unit else ""
    is_his = event.detail["hands"][1] == user.pk
    other = f"，改由{case.assignee.name}承办" if not is_his and case.assignee and case.assignee != user else ""
    became = "由您承办，请登录系统办理" if is_his else f"不再由您承办{other}"
    title = f"{case.number} {'由您承办' if is_his else '不再由您承办'}"
    text = f"【滨州信访】{who}办理“{act}”后，{case.number}{became}。"
    url = case.get_absolute_url() if is_visible else reverse("cases:home")
    return Note(event.pk, user, title, text, url, matter=case.pk)


HANDS = Topic("hands", write_hands)
