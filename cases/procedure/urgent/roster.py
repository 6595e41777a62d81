"""值班表: the turns of a unit and those on duty at an hour; kept by its head, each turn with a way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import HEADS, OFFICE_HEADS
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from cases.models import DutyTurn

ROSTER_SET = ledger.declare("duty-set", "安排值班")
ROSTER_TAKEN_OFF = ledger.declare("duty-taken-off", "取消值班")

# Further off is a slip of the year.
FURTHEST = timedelta(days=370)
# What is just over still stands in the list, for who looks who it was.
SHOWN = timedelta(days=2)


@dataclass(frozen=True)
class Turn:
    """A person's turn as it is entered."""

    user: User
    from_at: datetime
    to_at: datetime


def may_keep_roster(post: Post) -> bool:
    """Check that the post keeps the roster of its unit: who heads it."""
    return post.role in HEADS | OFFICE_HEADS


def turns_of(unit: Unit, *, since: datetime) -> QuerySet[DutyTurn]:
    """Select the turns of the unit that were not over at the moment, those that were taken off too."""
    return DutyTurn.objects.filter(unit=unit, to_at__gt=since).select_related("user", "entered_by", "removed_by")


def on_duty(unit: Unit, at: datetime) -> list[Post]:
    """Find the posts at the unit of those who are on duty now; who has left it by then is not counted."""
    turns = DutyTurn.objects.filter(unit=unit, removed_at=None, from_at__lte=at, to_at__gt=at)
    held = Post.objects.held(timezone.localdate(at)).filter(unit=unit, user__in=turns.values("user"))
    posts = held.filter(user__is_active=True).select_related("user", "unit__parent").order_by("user_id", "pk")
    return list(posts)


@transaction.atomic
def put_on(turns: Sequence[Turn], *, by: Post, at: datetime) -> int:
    """Put the turns on the roster of the own unit; gives how many are new: one that stands is not doubled.

    Raises NotPermitted, and Refusal for a turn that is over, too far off, or of who does not work there on that day.
    """
    refuse_keeper(by)
    Unit.objects.select_for_update(no_key=True).get(pk=by.unit_id)
    for turn in turns:
        _refuse_turn(turn, by.unit, at)
    begins = [turn.from_at for turn in turns]
    kept = DutyTurn.objects.filter(unit=by.unit, removed_at=None, from_at__in=begins)
    if over := kept.filter(to_at__lte=at, user__in=[turn.user for turn in turns]).select_related("user").first():
        begun = timezone.localtime(over.from_at)
        raise Refusal(f"{over.user.name}{begun:%m月%d日%H:%M}开始的值班已经结束，请从现在起另行安排。", field="turns")
    standing = set(kept.values_list("user", "from_at"))
    new = {(turn.user.pk, turn.from_at): turn for turn in turns if (turn.user.pk, turn.from_at) not in standing}
    made = DutyTurn.objects.bulk_create(
        DutyTurn(
            unit=by.unit, user=turn.user, from_at=turn.from_at, to_at=turn.to_at, entered_by=by.user, entered_at=at
        )
        for turn in new.values()
    )
    if made:
        _note(ROSTER_SET, [(turn, Changed(turn.user.name, "", _span(turn))) for turn in made], by=by, at=at)
    return len(made)


def _span(turn: DutyTurn) -> str:
    begun, over = (timezone.localtime(moment) for moment in (turn.from_at, turn.to_at))
    return f"{begun:%Y-%m-%d %H:%M}至{over:%m-%d %H:%M}"


def _note(kind: str, turns: Sequence[tuple[DutyTurn, Changed]], *, by: Post, at: datetime, reason: str = "") -> None:
    """Write the turns into the ledger of the house, which the auditor reads."""
    ledger.note(
        kind, by=by, at=at, of=f"roster:{by.unit_id}", label=f"{by.unit.name}值班表", reason=reason,
        changes=[change for _, change in turns], people=[turn.user for turn, _ in turns],
    )  # fmt: skip


def refuse_keeper(by: Post) -> None:
    """Raise NotPermitted for who does not head a unit."""
    if not may_keep_roster(by):
        raise NotPermitted("值班表由单位负责人、信访部门负责人安排。")


def _refuse_turn(turn: Turn, unit: Unit, at: datetime) -> None:
    day = timezone.localdate(turn.from_at)
    if turn.to_at <= at:
        raise Refusal(f"{_said(day)}的班次已经过去，请核对日期。", field="turns")
    if turn.from_at > at + FURTHEST:
        raise Refusal(f"{_said(day)}在一年以后，请核对年份。", field="turns")
    if not Post.objects.held(day).filter(unit=unit, user=turn.user).exists():
        raise Refusal(f"{turn.user.name}在{_said(day)}不在本单位任职。", field="turns")


def _said(day: date) -> str:
    return f"{day:%Y年%m月%d日}"


@transaction.atomic
def take_off(turn: DutyTurn, *, reason: str, by: Post, at: datetime) -> DutyTurn:
    """Take a turn off the roster; it is kept with its reason. Raises NotPermitted, Refusal when it is off already."""
    refuse_keeper(by)
    locked = DutyTurn.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=turn.pk)
    if locked.unit_id != by.unit_id:
        raise NotPermitted("只能安排本单位的值班表。")
    if locked.removed_at is not None or locked.to_at <= at:
        raise Refusal("该班次已经取消或者已经过去，请刷新页面查看。")
    locked.removed_by, locked.removed_at, locked.removed_why = by.user, at, reason
    locked.save(update_fields=["removed_by", "removed_at", "removed_why"])
    _note(ROSTER_TAKEN_OFF, [(locked, Changed(locked.user.name, _span(locked), ""))], by=by, at=at, reason=reason)
    return locked
