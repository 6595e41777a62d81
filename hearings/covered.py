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
_EVENT = {"kind": "a word of the house", "actor_name": "who works here"}
PLAIN_HEARINGS: Mapping[type[Model], Mapping[str, str]] = {
    Draw: dict.fromkeys(("pool", "left_out", "ranking", "specialities"), "codes of experts, and words of the rules")
    | {"party_units": "keys of units", "pool_sha256": "a digest", "seed_sha256": "a digest"}
    | {"word": "a number that was called out"},
    DrawEvent: _EVENT,
    MediationEvent: _EVENT,
}
