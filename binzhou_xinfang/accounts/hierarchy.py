"""Next higher body of a body, by the tree of units and the law (条例第三十五条、第三十六条：上一级机关、单位)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models.functions import Length

from binzhou_xinfang.accounts.models import PLACES, Unit, UnitKind
from binzhou_xinfang.errors import Refusal

# 山东省信访事项复查复核办法: a government reviews through its 复查复核 office, which is proposed before it.
_GOVERNS = (UnitKind.REVIEW, UnitKind.GOVERNMENT)
_OVER_THE_PARTY = (UnitKind.PARTY, UnitKind.REVIEW)
# Whoever of these is registered stands over somebody.
REVIEWING_KINDS = frozenset({UnitKind.PARTY, *_GOVERNS})
# Organs of a place as a whole: what stands above them stands over the next larger place.
_OF_THE_PLACE = frozenset({*_GOVERNS, UnitKind.PARTY, *PLACES})
# A court, a procuratorate and a discipline body answer to the body that guides them, and not to a government; so do the
# bodies that are led from above (行政复议法第二十七条, by analogy: 海关、金融、外汇管理、税务、国家安全).
_OF_THEIR_OWN_LINE = frozenset({UnitKind.JUDICIAL, UnitKind.DISCIPLINE, UnitKind.VERTICAL})


def bodies_above(unit: Unit, *, on: date) -> list[Unit]:
    """List the next higher bodies of a body that exist on the day, the one that is proposed first.

    Of a branch: the body that set it up. Of a department: the government of its place, and the body that guides its
    line (`guided_by`); of one that is led from above, that body alone. Of a government or a township: the government
    of the next larger place; of the city's, those outside its tree. Of the party's departments and committees: the
    committee over them and the review office, which acts for committee and government alike, but no government. Empty
    where none is registered. At most as many queries as the tree is deep.
    """
    if unit.parent is not None and unit.parent.kind != UnitKind.AREA and unit.kind not in _OF_THE_PLACE:
        above = [unit.parent]
    elif unit.kind in _OF_THEIR_OWN_LINE:
        above = []
    else:
        above = _over(unit.area.parent if unit.kind in _OF_THE_PLACE else unit.parent, unit, on)
    guide = [unit.guided_by] if unit.guided_by is not None else []
    return [body for body in dict.fromkeys((*above, *guide)) if body.pk != unit.pk and _exists(body, on)]


def body_above(unit: Unit, *, on: date) -> Unit | None:
    """Propose the next higher body; None where none is registered."""
    return next(iter(bodies_above(unit, on=on)), None)


def office_above(unit: Unit) -> Unit | None:
    """Find the petition office nearest over a body, other than itself: that of its place, or of a larger one; None
    where none is registered."""
    offices = Unit.objects.filter(kind=UnitKind.PETITION_OFFICE, valid_to=None, parent__code__in=unit.path.split("/"))
    return offices.exclude(pk=unit.pk).order_by(Length("parent__path").desc(), "pk").first()


def refuse_not_above(body: Unit, unit: Unit, *, on: date, role: str, article: str, field: str) -> None:
    """Raise Refusal, with the reason and the bodies that may be chosen, for one that is not next above the unit.

    `role`: what it would be (复查机关, 复核机关); `article`: of the 条例.
    """
    allowed = bodies_above(unit, on=on)
    if body in allowed:
        return
    if not allowed:
        raise Refusal(f"没有登记{unit.name}的上一级机关、单位，请由系统管理员在机构中登记后再选择{role}。", field=field)
    names = _or(one.name for one in allowed)
    why = _why_not(body, unit, allowed, on)
    raise Refusal(f"{role}应当是{unit.name}的上一级机关、单位（{article}），即{names}；{body.name}{why}。", field=field)


def _over(place: Unit | None, unit: Unit, on: date) -> list[Unit]:
    """Find who stands over the unit in the place, or in the next larger one where there is somebody; above the root,
    bodies outside of it. A department of the party has its committee, and is looked for no higher."""
    is_of_the_party = unit.guided_by is not None and unit.guided_by.kind == UnitKind.PARTY
    kinds = _OVER_THE_PARTY if unit.kind == UnitKind.PARTY else (UnitKind.REVIEW,) if is_of_the_party else _GOVERNS
    while True:
        bodies = list(Unit.objects.current(on).filter(parent=place, kind__in=kinds).order_by("pk"))
        if bodies or place is None or (is_of_the_party and unit.kind != UnitKind.PARTY):
            # Nothing is registered above what stands at the top itself.
            return sorted(bodies, key=lambda body: kinds.index(UnitKind(body.kind))) if unit not in bodies else []
        place = place.parent


def _exists(body: Unit, on: date) -> bool:
    return (body.valid_from is None or body.valid_from <= on) and (body.valid_to is None or body.valid_to >= on)


def _why_not(body: Unit, unit: Unit, allowed: Sequence[Unit], on: date) -> str:
    if body.valid_to is not None and body.valid_to < on:
        return "已撤销或并入其他单位"
    if body.pk == unit.pk:
        return "就是作出原意见的机关、单位"
    if body.path.startswith(unit.path):
        return "是其下级单位"
    if any(body in bodies_above(one, on=on) for one in allowed):
        return "越过了上一级"
    return "不是其上一级"


def _or(names: Iterable[str]) -> str:
    *others, last = names
    return f"{'、'.join(others)}或者{last}" if others else last
