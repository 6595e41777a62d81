"""Permissions of a 通报: writers, signers and readers."""

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from cases.queries import SCOPES, Scope
from supervision.models import Circular, CircularStage

DRAFTERS = frozenset({Role.REGISTRAR, Role.INSPECTOR})
SIGNERS = frozenset({Role.OFFICE_HEAD})
WORKERS = DRAFTERS | SIGNERS


def may_draft(post: Post) -> bool:
    """Check that the post begins a circular: of a petition office, which circulates by the article."""
    return post.role in DRAFTERS and post.unit.kind == UnitKind.PETITION_OFFICE


def refuse_drafter(post: Post) -> None:
    """Raise NotPermitted unless the post begins circulars."""
    if not may_draft(post):
        raise NotPermitted("您当前的岗位不能拟制通报。")


def visible_circulars(post: Post) -> QuerySet[Circular]:
    """Select what was issued to the units of an area for every post there; the rest for those who work on it."""
    issued = Q(stage=CircularStage.ISSUED, area__code__in=post.unit.path.split("/"))
    if post.role in WORKERS:
        issued |= Q(office=post.unit_id)
    return Circular.objects.filter(issued)


def listed(post: Post, stage: str) -> QuerySet[Circular]:
    """Select those of the stage; without one all but what was discarded."""
    circulars = visible_circulars(post)
    return circulars.filter(stage=stage) if stage else circulars.exclude(stage=CircularStage.DISCARDED)


def opens_figures(post: Post, circular: Circular, code: str) -> bool:
    """Check that the figures of a unit, or (code "") of all, open their lists for the post: it sees all matters of the
    area, or they are its own unit's."""
    sees_all = SCOPES[Role(post.role)] is Scope.AREA and circular.area.path.startswith(post.unit.area.path)
    return sees_all or (bool(code) and code == post.unit.code)
