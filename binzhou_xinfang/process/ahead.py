"""Looking ahead: a step after which nobody could go on is not offered, and the page says who is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.permissions import NOBODY, Filled, hands_of, hindrance, may, refuse, shut_out, sits
from binzhou_xinfang.process.steps import Hand, M, State, Step


@dataclass(frozen=True)
class Offer(Generic[M]):
    """A step that the post may take now, but for `gap`: who would be missing to go on; "" when nobody is."""

    row: Step[M]
    gap: str


@dataclass(frozen=True)
class Stuck:
    """An object that nobody can move on: at which units, by which roles, what would be the next step, and `but`: who
    is there and has to leave it to others."""

    units: frozenset[int]
    roles: str
    steps: str
    but: str = ""

    def sentence(self, where: str) -> str:
        """Say it of the unit that is named."""
        return f"{where}现在{self.but}没有可以{self.steps}的人员（需要{self.roles}），请由管理员配置岗位。"


class Ahead(Generic[M]):
    """Look-ahead for objects of one life on a day. The posts at all their desks are read at once, when first asked."""

    def __init__(self, life: Life[M], objects: Sequence[M], on: date) -> None:
        self.life, self.objects, self.on = life, objects, on

    @cached_property
    def posts(self) -> list[Post]:
        """The posts held today at a desk of any of them. One query."""
        desks = {desk for row in self.life.steps.values() for desk in row.desks} - self.life.beyond
        units = {unit for obj in self.objects for desk in desks for unit in self.life.units(desk, obj) if unit}
        held = Post.objects.held(self.on).filter(unit__in=units).with_user_units(self.on)
        return list(held.select_related("unit"))

    def offers(self, obj: M, post: Post) -> list[Offer[M]]:
        """List the steps that the post may take now, in the order of the table, with what stands in the way of each."""
        rows = self.life.rows_from(self.life.state_of(obj))
        open_to = [row for row in rows if may(self.life, row, obj, post) and hindrance(row, obj) is None]
        return [Offer(row, self.gap(obj, row, post)) for row in open_to]

    def gap(self, obj: M, row: Step[M], by: Post, target: State | None = None) -> str:
        """Name who is missing to go on after the step, as a sentence; "" when somebody is there.

        `target`: where the step leads, if the verb has decided; otherwise one way that goes on is enough.
        """
        filled = {row.fills: by.user_id} if row.fills else NOBODY
        # Who only stays where somebody was missing already makes it no worse, unless by another hand.
        stays = None if row.begins or row.fills else self.life.state_of(obj)
        targets = (target,) if target is not None else self.life.targets(obj, row)
        gaps = [self._gap_from(obj, one, by, filled) if one != stays else "" for one in targets]
        return gaps[0] if all(gaps) else ""

    def _gap_from(self, obj: M, state: State, by: Post, filled: Filled) -> str:
        return next((gap for one in self.life.through(state) if (gap := self._gap_at(obj, one, by, filled))), "")

    def _gap_at(self, obj: M, state: State, by: Post, filled: Filled) -> str:
        onward = [row for row in self._ways_out(state) if row.is_awaited]
        if any(row.by_system or self.life.beyond & set(row.desks) for row in onward) or not onward:
            return ""
        # Guards are not asked: the step may be what makes them hold.
        if any(may(self.life, row, obj, by, filled) for row in onward):
            return ""
        if any(may(self.life, row, obj, post, filled) for row in onward for post in self.posts):
            return ""
        return self._who_is_missing(obj, onward, by, filled)

    def _ways_out(self, state: State) -> list[Step[M]]:
        return [row for row in self.life.rows_from(state) if row.onward and set(row.targets) - {state}]

    def stuck(self, obj: M) -> "Stuck | None":
        """Find who is missing for anybody to move the object on from where it stands; None when somebody is there."""
        rows = [row for row in self._ways_out(self.life.state_of(obj)) if hindrance(row, obj) is None]
        if not rows or any(row.by_system or self.life.beyond & set(row.desks) for row in rows):
            return None
        if any(may(self.life, row, obj, post) for row in rows for post in self.posts):
            return None
        units = {unit for row in rows for desk in row.desks for unit in self.life.units(desk, obj) if unit}
        roles = {role for row in rows for seat in row.who for role in seat.roles}
        return Stuck(frozenset(units), listed(role.label for role in Role if role in roles),
                     listed(row.key.label for row in rows), _but(self._others(obj, rows, self.posts)))  # fmt: skip

    def _others(self, obj: M, rows: Sequence[Step[M]], posts: Iterable[Post], filled: Filled = NOBODY) -> list[Hand]:
        """List the hands that keep one of the posts from one of the rows."""
        sitting = [(row, post) for row in rows for post in posts if sits(self.life, row, obj, post)]
        return list(
            dict.fromkeys(hand for row, post in sitting for hand in shut_out(self.life, row, obj, post, filled))
        )

    def _who_is_missing(self, obj: M, onward: Sequence[Step[M]], by: Post, filled: Filled) -> str:
        desks = dict.fromkeys(desk for row in onward for desk in row.desks)
        where = listed("本单位" if by.unit_id in self.life.units(desk, obj) else desk.label for desk in desks)
        owners = dict.fromkeys(row.own for row in onward if row.own)
        what = listed(row.key.label for row in onward)
        if owners:
            return (
                f"{listed(hand.label for hand in owners)}现在不在{where}任职，没有人可以{what}，请先由管理员配置岗位。"
            )
        # Whose hand it was is named though the post there may be another's by now; who sits twice, where it counts.
        was = (hand for row in onward for hand in row.others_than if hands_of(self.life, obj, hand, filled))
        others = dict.fromkeys([*was, *self._others(obj, onward, [by, *self.posts], filled)])
        return f"{where}{_but(others)}没有可以{what}的人员，请先由管理员配置岗位。"


def refuse_now(life: Life[M], row: Step[M], obj: M, post: Post, on: date) -> None:
    """Raise what taking the step now would raise for state, post, facts and successor: before its form is shown."""
    refuse(life, row, obj, post)
    if gap := Ahead(life, [obj], on).gap(obj, row, post):
        raise Refusal(gap)


def _but(hands: Iterable[Hand]) -> str:
    said = listed(hand.label for hand in hands)
    return f"除{said}外" if said else ""


def listed(words: Iterable[object]) -> str:
    return "、".join(dict.fromkeys(str(word) for word in words))
