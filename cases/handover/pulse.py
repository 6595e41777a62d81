"""Pulse of the hand-overs, for who keeps the system running."""

from datetime import timedelta

from django.utils import timezone

from binzhou_xinfang.health import NotWellError, Part
from cases.models import HandOver

# Somebody goes on with them every half minute; where nothing has gone for so long, something is wrong.
STANDS = timedelta(minutes=30)


def check_hand_overs() -> None:
    """Raise NotWellError when an unfinished act has handed nothing over for too long."""
    since = timezone.now() - STANDS
    acts = HandOver.objects.filter(done_at=None, at__lt=since).exclude(items__done_at__gte=since)
    standing = list(acts.order_by("pk").values_list("pk", flat=True))
    if standing:
        keys = ", ".join(map(str, standing))
        raise NotWellError(f"hand-overs that stand unfinished: {keys}", f"{len(standing)} 个承接移交停滞超过半小时")


HAND_OVERS = Part(check_hand_overs, "承接移交", "已移交的有效，未移交的事项仍在原单位，查明原因后继续移交")
