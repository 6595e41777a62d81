"""Preview of a change of a unit or of a person's posts: what is in hand there, and what follows."""

from datetime import date

from django.db.models import Q

from binzhou_xinfang.accounts.hierarchy import bodies_above
from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.statute.wording import listed
from cases.models import Deadline, PetitionCase


def in_hand(unit: Unit, on: date) -> list[str]:
    """Count what the unit has in hand: open matters, running clocks, posts. 检举控告 are not counted; three queries."""
    mine = Q(holder=unit) | Q(responsible=unit)
    matters = PetitionCase.objects.filter(mine, closed_on=None, is_sealed=False).count()
    clocks = Deadline.objects.running().filter(unit=unit, case__is_sealed=False).count()
    posts = Post.objects.held(on).filter(unit=unit).count()
    return [f"在办事项{matters}件、正在计算的期限{clocks}个、现任岗位{posts}个"]


def after_renaming(unit: Unit, on: date) -> list[str]:
    """Word what a new name does and what it leaves alone."""
    kept = "都留在本机构，期限不变；自生效之日起显示新名称"
    return [
        f"{in_hand(unit, on)[0]}，{kept}",
        "此前制发的文书、打印的回执和办理经过保留当时的名称",
        "代码和发文代字不变，文号接着编；原名称仍可查找",
    ]


def after_moving(unit: Unit, parent: Unit | None, on: date) -> list[str]:
    """Word what a new superior does: who stands above, and what lies below."""
    below = Unit.objects.current(on).under(unit).exclude(pk=unit.pk).count()
    said = [f"{in_hand(unit, on)[0]}，都留在本机构，期限不变"]
    if below:
        said.append(f"下属机构{below}个一并调整")
    old = listed(body.name for body in bodies_above(unit, on=on))
    moved = Unit.objects.select_related("parent", "guided_by").get(pk=unit.pk)
    moved.parent = parent
    new = listed(body.name for body in bodies_above(moved, on=on))
    said.append(
        f"复查、复核的上一级机关仍为{new or '（没有登记）'}"
        if new == old
        else f"此后登记的复查、复核，上一级机关为{new or '（没有登记）'}（原为{old or '（没有登记）'}）；已经写明的不变"
    )
    said.append("本地区的清单、统计和督办自生效之日起按新的隶属归集")
    return said


def of_person(user: User, on: date, *, unit: Unit | None = None) -> list[str]:
    """Count what a person has in hand, at one unit or everywhere: 检举控告 are not counted."""
    mine = PetitionCase.objects.filter(assignee=user, closed_on=None, is_sealed=False)
    if unit is not None:
        mine = mine.filter(responsible=unit)
    number = mine.count()
    if not number:
        return ["此人手中没有在办事项"]
    return [f"此人手中还有{number}件在办事项，请先由所在单位负责人在“承接移交”中移交"]
