"""Preview of a hand-over: what would go, to whom, what stays, and who would be there to go on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.models import Letter
from cases.handover.belongings import columns_of
from cases.handover.orders import Order, division, matters_of
from cases.models import PetitionCase
from cases.queries import visible_to


@dataclass(frozen=True)
class Preview:
    """A hand-over before it is made, as one post may see it: 检举控告 are counted for the persons named for them alone.

    `counts`: rows by the words of their column; `open` and `closed`: matters; `unseen`: ordinary ones that the post may
    not read; `sealed`: 检举控告 that it may; `shares`: how many each successor gets; `stays`: how many nobody gets;
    `total`: the ordinary matters, by which the act knows that nothing has changed since; `letters`: written in the
    body's name after its last day.
    """

    order: Order
    counts: list[tuple[str, int]]
    open: int
    closed: int
    unseen: int
    sealed: int
    shares: list[tuple[str, int]]
    stays: int
    total: int
    destinations: Mapping[int, str]
    posts: list[Post]
    below: list[Unit]
    staff: list[tuple[str, str]]
    letters: int


def preview(order: Order, *, by: Post, on: date) -> Preview:
    """Reckon what the order would do. Some ten queries, whatever goes; refuses nothing."""
    matters = matters_of(order)
    seen = _seen(order, by)
    hidden = set(matters.filter(is_sealed=True).exclude(pk__in=seen).values_list("pk", flat=True))
    told = [(pk, share.name) for pk, share in division(order) if pk not in hidden]
    ordinary = matters.filter(is_sealed=False)
    total, shares = ordinary.count(), Counter(name for _, name in told)
    sealed = seen.filter(is_sealed=True).count()
    return Preview(
        order=order,
        counts=_counts(order, hidden),
        open=seen.filter(closed_on=None).count(),
        closed=seen.exclude(closed_on=None).count(),
        unseen=total - seen.filter(is_sealed=False).count(),
        sealed=sealed,
        shares=[(share.name, shares[share.name]) for share in order.shares],
        stays=total + sealed - len(told),
        total=total,
        destinations=dict(told),
        posts=_posts(order, on),
        below=list(Unit.objects.filter(parent=order.unit, valid_to=None)) if order.ends_unit else [],
        staff=_staff(order, on),
        letters=_letters_after(order),
    )


def foreseen(order: Order) -> dict[str, Any]:
    """Count what the order would hand over now, of ordinary matters alone, for everybody who reads the plan of it."""
    matters = matters_of(order)
    sealed = set(matters.filter(is_sealed=True).values_list("pk", flat=True))
    shares = Counter(share.name for pk, share in division(order) if pk not in sealed)
    ordinary = matters.filter(is_sealed=False)
    counts = [list(count) for count in _counts(order, sealed)]
    return {
        "open": ordinary.filter(closed_on=None).count(), "closed": ordinary.exclude(closed_on=None).count(),
        "shares": [[share.name, shares[share.name]] for share in order.shares], "counts": counts,
    }  # fmt: skip


def _seen(order: Order, by: Post) -> QuerySet[PetitionCase]:
    return visible_to(by).filter(pk__in=matters_of(order).values("pk"))


def listed(order: Order, by: Post) -> QuerySet[PetitionCase]:
    """Select the open matters of the order that the post may read."""
    return _seen(order, by).filter(closed_on=None).select_related("topic", "assignee", "holder")


def _counts(order: Order, hidden: set[int]) -> list[tuple[str, int]]:
    """Count the rows by column, without those of matters that are hidden; columns without any are left out."""
    owner, key = (User, order.person.pk) if order.person else (Unit, order.unit.pk)
    at_unit = order.unit.pk if order.person else None
    found = []
    for column in columns_of(owner, of_matters=True):
        rows = column.rows(key, at_unit=at_unit).exclude(**{f"{column.rule.case}__in": hidden})
        found.append((column.rule.label, rows.count()))
    if order.ends_unit:
        found += [(column.rule.label, column.rows(key).count()) for column in columns_of(Unit, of_matters=False)]
    return [(label, number) for label, number in found if number]


def _posts(order: Order, on: date) -> list[Post]:
    if not order.ends_unit:
        return []
    return list(Post.objects.held(min(on, order.last_on or on)).filter(unit=order.unit).select_related("user"))


def _staff(order: Order, on: date) -> list[tuple[str, str]]:
    """Name the posts at each successor, so that nobody hands over to an empty desk."""
    if order.person is not None:
        return []
    held = Counter(
        Post.objects.held(on).filter(unit__in=[share.unit for share in order.shares]).values_list("unit", "role")
    )
    return [
        (share.name, "、".join(f"{role.label}{held[share.unit.pk, role.value]}人" for role in Role
                              if held[share.unit.pk, role.value]))
        for share in order.shares
    ]  # fmt: skip


def _letters_after(order: Order) -> int:
    if not order.ends_unit or order.last_on is None:
        return 0
    return Letter.objects.filter(unit=order.unit, issued_on__gt=order.last_on, is_sealed=False).count()
