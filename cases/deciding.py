"""Desk that decides on what ends a claim: nobody alone ends what is claimed of himself (第十四条、第四十条).

Who took a matter in decides on it, as long as somebody else handles it. What a body took in and handles itself is
decided on by the petition office over it; a report of wrongdoing by the body that took it in, as nobody else knows of
it (第三十条第一款). One rule, for one matter and as a condition on rows.

And nobody decides above on what he did below: two posts of one person are one person (第二十八条第三款).
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import REVIEWERS
from cases.models import PetitionCase
from cases.states import KEEPERS, Hand, Keeper, State

# Before somebody has taken it on, whoever has it on the desk.
_HANDLED_BY_ITS_TAKER = Q(Exact(Coalesce(F("responsible"), F("holder")), F("registered_unit")))


def decider_of(case: PetitionCase) -> int | None:
    """Find the unit that decides, by its key; None where no petition office is registered over a body that took the
    matter in and handles it. At most two queries, and none of what somebody else handles."""
    if case.is_sealed:
        return case.holder_id if has_left(case) else case.registered_unit_id
    taker: int = case.registered_unit_id
    # The row of the unit is read only where it matters: lists ask this of each line.
    if taker != (case.responsible_id or case.holder_id):
        return taker
    return deciding_for(case.holder if case.holder_id == taker else case.registered_unit, case)


def has_left(case: PetitionCase) -> bool:
    """Check that a report lies with the organ of discipline, away from a body that handles claims: nobody there decides
    on it, or reads it, any longer (第三十条第三款)."""
    if case.holder_id == case.registered_unit_id or case.registered_unit.kind in TAKES_REPORTS:
        return False
    return case.holder.kind == UnitKind.DISCIPLINE


# Bodies whose named persons go on with a report that they took in, wherever it lies.
TAKES_REPORTS = (UnitKind.PETITION_OFFICE, UnitKind.DISCIPLINE)
AT_AN_ORGAN = Q(holder__in=Unit.objects.filter(kind=UnitKind.DISCIPLINE).values("pk"))


def deciding_for(unit: Unit, case: PetitionCase) -> int | None:
    """Find the unit that decides on what this one has done in the matter, by its key: itself, as long as somebody else
    handles it; else the petition office over it, None where none is registered."""
    if unit.pk != (case.responsible_id or case.holder_id):
        return unit.pk
    is_office = unit.kind == UnitKind.PETITION_OFFICE
    if is_office and case.responsible_id != unit.pk:
        return unit.pk
    above = office_above(unit)
    return above.pk if above else unit.pk if is_office else None


def judge_of(case: PetitionCase) -> int | None:
    """Find the unit that decides with its power over the matter, by its key: who has it on the desk, or handles it
    while an extension waits with the assigner, as long as somebody else took it in; else as `decider_of`."""
    is_own = case.registered_unit_id == (case.responsible_id or case.holder_id)
    if is_own:
        return decider_of(case)
    return case.responsible_id if KEEPERS.get(State(case.state)) is Keeper.ASSIGNER else case.holder_id


def decided_by(unit: Unit) -> Q:
    """Build the condition that the unit decides on a matter."""
    own = Q(registered_unit=unit.pk)
    if unit.kind != UnitKind.PETITION_OFFICE:
        stays = Q(is_sealed=True) if unit.kind in TAKES_REPORTS else Q(is_sealed=True) & ~AT_AN_ORGAN
        came = Q(is_sealed=True, holder=unit.pk) & ~Q(registered_unit__kind__in=TAKES_REPORTS)
        here = own & (stays | (Q(is_sealed=False) & ~_HANDLED_BY_ITS_TAKER))
        return here | came if unit.kind == UnitKind.DISCIPLINE else here
    return own | (Q(is_sealed=False, registered_unit__in=_looked_after(unit)) & _HANDLED_BY_ITS_TAKER)


def _looked_after(office: Unit) -> QuerySet[Unit]:
    """Select the bodies over which this office is the nearest: `office_above` the other way round."""
    here = office.area
    nearer = (
        Unit.objects.filter(kind=UnitKind.PETITION_OFFICE, valid_to=None)
        .exclude(parent=here.pk)
        .alias(body=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
        .filter(parent__path__startswith=here.path, body__startswith=F("parent__path"))
    )
    bodies = Unit.objects.under(here).exclude(kind=UnitKind.PETITION_OFFICE)
    return bodies.filter(~Exists(nearer))


def note_hand(case: PetitionCase, by: Post | None) -> None:
    """Remember who acted for the responsible unit, or for a body of review: `PetitionCase.hands`."""
    if by is None:
        return
    reviews = by.role in REVIEWERS
    if not reviews and by.unit_id != case.responsible_id:
        return
    hand = [Hand.REVIEWED.value if reviews else Hand.HANDLED.value, by.unit_id, by.user_id]
    if hand not in case.hands:
        case.hands = [*case.hands, hand]


def sits_below(post: Post, hand: Hand, case: PetitionCase) -> bool:
    """Check that the post's user has acted in this matter for another body that is judged, or holds a post there
    today; at its own desk a body is kept apart by the desks alone."""
    below = [(unit, user) for part, unit, user in case.hands if part == hand and unit != post.unit_id]
    units = {unit for unit, _ in below}
    if hand is Hand.HANDLED and case.responsible_id not in (None, post.unit_id):
        units.add(case.responsible_id)
        if case.registered_unit_id == case.responsible_id and case.registrar_id == post.user_id:
            return True
    return any(user == post.user_id for _, user in below) or (bool(units) and not units.isdisjoint(post.user_units))
