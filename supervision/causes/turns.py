"""Turns of a 督办件: whose it is, seen from the own unit."""

from collections.abc import Mapping

from django.db.models import Q, TextChoices

from supervision.models import AT_OFFICE, AT_UNIT, SupervisionCase


class Turn(TextChoices):
    """Turns of a 督办件, seen from the own unit."""

    MINE = "mine", "轮到本单位"
    UNIT = "unit", "轮到被督办单位"
    OFFICE = "office", "轮到其他督办单位"
    OVER = "over", "已办结"


def turns(unit_id: int) -> Mapping[str, Q]:
    """Map each turn to its 督办件, for somebody of the unit; every one is in exactly one of them."""
    at_office, at_unit = Q(stage__in=AT_OFFICE), Q(stage__in=AT_UNIT)
    own_office, own_unit = Q(office=unit_id), Q(unit=unit_id)
    return {
        Turn.MINE: (at_office & own_office) | (at_unit & own_unit),
        Turn.UNIT: at_unit & ~own_unit,
        Turn.OFFICE: at_office & ~own_office,
        Turn.OVER: ~at_office & ~at_unit,
    }


def turn_of(cause: SupervisionCase, unit_id: int) -> Turn:
    """Tell the same of one that was read."""
    if cause.stage in AT_OFFICE:
        return Turn.MINE if cause.office_id == unit_id else Turn.OFFICE
    if cause.stage in AT_UNIT:
        return Turn.MINE if cause.unit_id == unit_id else Turn.UNIT
    return Turn.OVER
