"""Notice of a hand-over to who has the matters now."""

from collections.abc import Iterator, Sequence

from django.db.models import Count
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import ANSWERABLE, TRIAGERS
from binzhou_xinfang.notices.outbox import Note, Topic
from cases.models import HandOver


def write_hand_overs(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who heads or sorts at each successor, or the person who took over, how many came."""
    for act in HandOver.objects.filter(pk__in=subjects).select_related("unit", "person"):
        # 检举控告 are not told of: their number is nobody else's business.
        shares = act.items.exclude(moved={}).filter(case__is_sealed=False).order_by("to_unit_id", "to_person_id")
        for unit, person, number in shares.values_list("to_unit", "to_person").annotate(number=Count("pk")):
            words = f"{act}，移交来{number}件事项"
            for user in _readers(unit, person):
                yield Note(act.pk, user, words, f"【滨州信访】{words}，期限从原来的日期连续计算。", "/", matter=None)


def _readers(unit: int, person: int | None) -> list[User]:
    if person is not None:
        return list(User.objects.filter(pk=person, is_active=True))
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=ANSWERABLE | TRIAGERS)
    return list({post.user_id: post.user for post in held.select_related("user")}.values())


HANDED_OVER_TO = Topic("handed-over", write_hand_overs)
