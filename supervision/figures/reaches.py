"""Reaches of figures: what a post sees, what it is told, and what is told of an area's units."""

from dataclasses import replace

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase
from cases.queries import SCOPES, Scope, counted, of_area, visible_to
from supervision.figures.counting import predecessors
from supervision.figures.figure import Figure, Item, Reach, of_nobody, of_units
from supervision.models import SupervisionCase
from supervision.queries import NO_UNIT, visible_supervisions


def opens_rates(post: Post) -> bool:
    """Check that the post sees all matters of its field, and so the list behind a figure."""
    return SCOPES[Role(post.role)] not in (Scope.LAPSED, Scope.NOTHING)


def opens(post: Post, figure: Figure) -> bool:
    """Check that the figure opens its list for the post: what is told of the moment, or of 督办, tells everybody of
    what they see."""
    return opens_rates(post) or figure.is_of_today or figure.item is Item.SUPERVISION


def seen_by(post: Post) -> Reach:
    """Reach as far as the post sees: every figure of it opens its list."""
    seen = visible_to(post)
    return Reach(counted(seen).filter(is_sealed=False), seen, visible_supervisions(post))


def told_to(post: Post) -> Reach:
    """Reach as far as the post is told of. Of what has lapsed alone a rate would say nothing: an inspector, who reads
    only that, is told the figures of the area and opens no list (reference §1.7: 督查专员, statistics user)."""
    seen = seen_by(post)
    return seen if opens_rates(post) else replace(seen, cases=counted(of_area(post)))


def of_units_of(area: Unit) -> Reach:
    """Reach over the units of an area, whoever drafts or reads: what is told of them, by units, in a 通报."""
    cases = counted(PetitionCase.objects.filter(is_sealed=False))
    return Reach(cases, cases, SupervisionCase.objects.all(), of_units(Unit.objects.under(area)))


def of_unit(reach: Reach, unit: Unit | None) -> Reach:
    """Narrow to what is told of a unit and of those whose figures it carries; None: of no unit yet."""
    return replace(reach, of=of_units(predecessors(unit)) if unit else of_nobody)


def chosen_unit(reach: Reach, code: str) -> tuple[Reach, Unit | None]:
    """Narrow to the unit that an address names, the mark of none included; "" narrows nothing.

    Raises Unit.DoesNotExist.
    """
    if not code:
        return reach, None
    unit = None if code == NO_UNIT else Unit.objects.get(code=code.replace("\x00", ""))
    return of_unit(reach, unit), unit
