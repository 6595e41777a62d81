"""Who writes, signs and reads a 通报."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from supervision.models import Circular, CircularStage

DRAFTERS = frozenset({Role.REGISTRAR, Role.INSPECTOR})
_HEAD = frozenset({Role.OFFICE_HEAD})
WORKERS = DRAFTERS | _HEAD


@dataclass(frozen=True, slots=True)
class CircularAct:
    """One thing that may be done with a draft, as a button. `asks`: it has a form of its own."""

    slug: str
    label: str
    roles: frozenset[Role]
    asks: bool = False


SIGN = CircularAct("sign", "签发", _HEAD)
REVISE = CircularAct("revise", "修改", DRAFTERS, asks=True)
RECOMPUTE = CircularAct("recompute", "重新汇总", WORKERS)
DISCARD = CircularAct("discard", "作废", WORKERS)
ACTS: Mapping[str, CircularAct] = {act.slug: act for act in (SIGN, REVISE, RECOMPUTE, DISCARD)}


def may_draft(post: Post) -> bool:
    """Whether the post begins a circular: of a petition office, which circulates by the article."""
    return post.role in DRAFTERS and post.unit.kind == UnitKind.PETITION_OFFICE


def may(post: Post, act: CircularAct, found: Circular) -> bool:
    """Whether the post may do the act with this one, which has not been issued. Who wrote in it does not sign it."""
    is_own = post.role in act.roles and post.unit_id == found.office_id and post.unit.kind == UnitKind.PETITION_OFFICE
    return is_own and found.stage == CircularStage.DRAFTED and not (act is SIGN and post.user_id in found.hands)


def refuse(post: Post, act: CircularAct, found: Circular) -> None:
    """Raise NotPermitted, in words, unless the post may do the act with this one now."""
    if act is SIGN and post.user_id in found.hands:
        raise NotPermitted("拟稿人不能签发自己拟制的通报。")
    if not may(post, act, found):
        raise NotPermitted(f"这份通报现为“{found.get_stage_display()}”，您当前的岗位不能“{act.label}”。")


def refuse_drafter(post: Post) -> None:
    """Raise NotPermitted unless the post begins circulars."""
    if not may_draft(post):
        raise NotPermitted("您当前的岗位不能拟制通报。")


def acts_now(post: Post, found: Circular) -> list[CircularAct]:
    """What the post may do now."""
    return [act for act in ACTS.values() if may(post, act, found)]


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
