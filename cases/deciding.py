"""Desk that decides on what ends a claim: nobody alone ends what is claimed of himself (第十四条、第四十条).

Who took a matter in decides on it, as long as somebody else handles it. What a body took in and handles itself is
decided on by the petition office over it; a report of wrongdoing by the body that took it in, as nobody else knows of
it (第三十条第一款). One rule, for one matter and as a condition on rows.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Unit, UnitKind
from cases.models import PetitionCase

# Before somebody has taken it on, whoever has it on the desk.
_HANDLED_BY_ITS_TAKER = Q(Exact(Coalesce(F("responsible"), F("holder")), F("registered_unit")))


def decider_of(case: PetitionCase) -> int | None:
    """Find the unit that decides, by its key; None where no petition office is registered over a body that took the
    matter in and handles it. At most two queries, and none of what somebody else handles."""
    taker = case.registered_unit_id
    if case.is_sealed or taker != (case.responsible_id or case.holder_id):
        return taker
    unit = case.holder if case.holder_id == taker else case.registered_unit
    is_office = unit.kind == UnitKind.PETITION_OFFICE
    if is_office and case.responsible_id != taker:
        return taker
    above = office_above(unit)
    return above.pk if above else taker if is_office else None


def judge_of(case: PetitionCase) -> int | None:
    """Find the unit that decides with its power over the matter, by its key: who has it on the desk, as long as
    somebody else took it in; else as `decider_of`."""
    is_own = case.registered_unit_id == (case.responsible_id or case.holder_id)
    return decider_of(case) if is_own else case.holder_id


def decided_by(unit: Unit) -> Q:
    """Build the condition that the unit decides on a matter."""
    own = Q(registered_unit=unit.pk)
    if unit.kind != UnitKind.PETITION_OFFICE:
        return own & (Q(is_sealed=True) | ~_HANDLED_BY_ITS_TAKER)
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
