"""Notices of a 通报."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.notices.outbox import Note, Topic
from supervision.models import Circular, CircularStage

HEADS = frozenset({Role.UNIT_HEAD, Role.OFFICE_HEAD})


def write_circulars(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the heads of the units named in a circular that it was issued."""
    for circular in Circular.objects.filter(pk__in=subjects, stage=CircularStage.ISSUED):
        named = [row["code"] for row in circular.figures["rows"] if any(row["counts"])]
        held = Post.objects.held(timezone.localdate()).filter(unit__code__in=named, role__in=HEADS)
        people = {post.user_id: post.user for post in held.select_related("user").order_by("pk")}
        url, words = (
            reverse("supervision:circular", args=[circular.pk]),
            f"印发{circular.number}《{circular.title}》，涉及本单位",
        )
        for user in people.values():
            yield Note(circular.pk, user, words, f"【滨州信访】{words}，请组织学习、对照整改。", url, matter=None)


CIRCULAR = Topic("circular", write_circulars)
