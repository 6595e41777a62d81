"""Pulse of the hand-overs, for who keeps the system running."""

from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from binzhou_xinfang.health import NotWellError
from cases.models import HandOver

# Somebody goes on with them every half minute; where nothing has gone for so long, something is wrong.
STANDS = timedelta(minutes=30)


def check_hand_overs() -> None:
    """Raise NotWellError when an unfinished act has handed nothing over for too long, as one of `health.PARTS`."""
    since = timezone.now() - STANDS
    try:
        acts = HandOver.objects.filter(done_at=None, at__lt=since).exclude(items__done_at__gte=since)
        standing = list(acts.order_by("pk").values_list("pk", flat=True))
    except DatabaseError as error:
        raise NotWellError("the database does not answer, so the hand-overs cannot be read") from error
    if standing:
        raise NotWellError(f"hand-overs that stand unfinished: {', '.join(map(str, standing))}")
