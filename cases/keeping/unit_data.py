"""Entries of units that letters print and that nobody has made yet: who keeps the units is told of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from binzhou_xinfang.accounts.hierarchy import REVIEWING_KINDS
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind


@dataclass(frozen=True)
class Gap:
    """A unit, what is missing of it, and which letters miss it."""

    unit: Unit
    column: str
    why: str


_MARK = ("letter_mark", "发文代字", "不能编定文号，文书不能签发")
_PHONE = ("phone", "电话", "告知书、函件上没有咨询、联系电话")
_ADDRESS = ("address", "地址", "处理意见书、复查意见书写明复查、复核机关时没有地址")


def gaps_of_units(on: date) -> list[Gap]:
    """List what is missing of the units where somebody works: the mark of the number, the telephone, and of a body to
    which a review or recheck may go its address. Two queries."""
    held = Exists(Post.objects.held(on).filter(unit=OuterRef("pk")))
    manned = Unit.objects.current(on).filter(held).exclude(kind=UnitKind.AREA)
    gaps = [_gap(unit, *entry) for unit in manned.order_by("path") for entry in (_MARK, _PHONE)]
    gaps += [_gap(unit, *_ADDRESS) for unit in _reviewing(on).order_by("path")]
    return [gap for gap in gaps if gap is not None]


def _reviewing(on: date) -> QuerySet[Unit]:
    """Select the bodies that may be the next higher one of somebody: those that govern or review, guide, or have
    branches."""
    below = Exists(Unit.objects.current(on).filter(parent=OuterRef("pk")))
    guided = Exists(Unit.objects.current(on).filter(guided_by=OuterRef("pk")))
    over = Q(kind__in=REVIEWING_KINDS) | Q(below) | Q(guided)
    return Unit.objects.current(on).filter(over).exclude(kind=UnitKind.AREA)


def _gap(unit: Unit, column: str, label: str, why: str) -> Gap | None:
    return None if getattr(unit, column) else Gap(unit, label, why)
