"""Powers that hang on the tree and on the kind of a unit: no change of a unit gives more than two hands gave."""

from datetime import date

from binzhou_xinfang.accounts.models import PLACES, Grant, Post, PostQuerySet, Unit
from binzhou_xinfang.accounts.roles import OVERSEERS
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.wording import listed


def refuse_wider_sight(unit: Unit, parent: Unit, on: date) -> None:
    """Raise Refusal when somebody who reads the matters of his area would have another area by the unit's new superior:
    a post there is asked for and given anew."""
    if unit.kind in PLACES:
        return  # what lies in the place stays in it
    before, after = unit.area, parent if parent.kind in PLACES else parent.area
    if before == after:
        return
    held = _to_come(on).filter(unit__path__startswith=unit.path, role__in=OVERSEERS)
    moved = [post for post in held.select_related("unit", "user") if post.unit.area == before]
    if moved:
        who = listed(f"{post.user.name}（{post.label}）" for post in moved)
        raise Refusal(
            f"{who}按所在地区查阅事项，调整后将改为查阅{after.name}的。"
            "请先结束这些岗位，调整后重新申请，由安全保密管理员审批。", field="parent",
        )  # fmt: skip


def refuse_other_powers(unit: Unit, on: date) -> None:
    """Raise Refusal for another kind of a unit where somebody holds a post, or waits for one: what a post may do hangs
    on the kind."""
    held = _to_come(on).filter(unit=unit).count()
    waiting = Grant.objects.filter(unit=unit, decided_at=None).count()
    if held or waiting:
        said = f"{unit.name}有现任岗位{held}个、待审批的岗位{waiting}个"
        raise Refusal(f"{said}，岗位能办理什么随机构类别而定。请先结束，更正类别后重新申请。", field="kind")


def _to_come(on: date) -> PostQuerySet:
    """Select the posts that are held on the day or later."""
    return Post.objects.filter(user__is_active=True).exclude(to_on__lt=on)
