"""Covers of the tables of hearings."""

from collections.abc import Mapping

from django.db.models import Model

from cases.covers import Cover, Door, inside
from hearings.mediation.life import visible_mediations
from hearings.models import Draw, DrawEvent, Mediation, MediationEvent, MediationSession, Member
from hearings.pool.draws import visible_draws

HEARINGS: Mapping[type[Model], Cover] = {
    Draw: Cover(Door.SCOPE, visible_draws),
    Mediation: Cover(Door.SCOPE, visible_mediations),
    **inside(DrawEvent, Member, MediationEvent, MediationSession),
}
