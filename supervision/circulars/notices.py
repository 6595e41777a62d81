"""Notices of a 通报."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.notices.outbox import Note, Topic
from supervision.models import Circular, CircularStage

HEADS = frozenset({Role.UNIT_HEAD, Role.OFFICE_HEAD})


def named_in(circular: Circular) -> list[str]:
    """List the codes of the units of which the circular tells something of its own period."""
    return [row["code"] for row in circular.figures["rows"] if any(row["counts"])]


def heads_told(circular: Circular, on: date) -> dict[Unit, list[User]]:
    """Find whom its issue on the day is told: the heads of the units named; a unit without any has none. Two
    queries."""
    units = {unit.pk: unit for unit in Unit.objects.filter(code__in=named_in(circular)).order_by("path")}
    people: dict[Unit, dict[int, User]] = {unit: {} for unit in units.values()}
    for post in Post.objects.held(on).filter(unit__in=units, role__in=HEADS).select_related("user").order_by("pk"):
        people[units[post.unit_id]][post.user_id] = post.user
    return {unit: list(users.values()) for unit, users in people.items()}


def write_circulars(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the heads of the units named in a circular that it was issued."""
    for circular in Circular.objects.filter(pk__in=subjects, stage=CircularStage.ISSUED):
        told = heads_told(circular, timezone.localdate()).values()
        url, words = (
            reverse("supervision:circular", args=[circular.pk]),
            f"印发{circular.number}《{circular.title}》，涉及本单位",
        )
        for user in {user.pk: user for users in told for user in users}.values():
            yield Note(circular.pk, user, words, f"【滨州信访】{words}，请组织学习、对照整改。", url, matter=None)


CIRCULAR = Topic("circular", write_circulars)
