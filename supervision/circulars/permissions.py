"""Who writes, signs and reads a 通报."""

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from supervision.models import Circular, CircularStage

DRAFTERS = frozenset({Role.REGISTRAR, Role.INSPECTOR})
SIGNERS = frozenset({Role.OFFICE_HEAD})
WORKERS = DRAFTERS | SIGNERS


def may_draft(post: Post) -> bool:
    """Whether the post begins a circular: of a petition office, which circulates by the article."""
    return post.role in DRAFTERS and post.unit.kind == UnitKind.PETITION_OFFICE


def refuse_drafter(post: Post) -> None:
    """Raise NotPermitted unless the post begins circulars."""
    if not may_draft(post):
        raise NotPermitted("您当前的岗位不能拟制通报。")


def visible_circulars(post: Post) -> QuerySet[Circular]:
    """What was issued to the units of an area is read by every post there; the rest by those who work on it."""
    issued = Q(stage=CircularStage.ISSUED, area__code__in=post.unit.path.split("/"))
    if post.role in WORKERS:
        issued |= Q(office=post.unit_id)
    return Circular.objects.filter(issued)


def listed(post: Post, stage: str) -> QuerySet[Circular]:
    """Those of the stage; without one all but what was discarded."""
    found = visible_circulars(post)
    return found.filter(stage=stage) if stage else found.exclude(stage=CircularStage.DISCARDED)
