"""Clocks that the watch had to set aside, taken up again by hand once somebody has looked at them."""

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from cases.models import Deadline


def take_up(clock: Deadline, *, by: Post) -> None:
    """Give the clock back to the next round as if it had never been set aside. Raises NotPermitted without the
    right."""
    if not has_right(by, Right.MANAGE_SETTINGS):
        raise NotPermitted("您当前的岗位不能重新纳入巡查。")
    Deadline.objects.filter(pk=clock.pk).update(set_aside_at=None)
