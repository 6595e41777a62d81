"""Clocks that count from the day on which the matter arrived, when that day was written down wrongly."""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.beginning import FROM_ARRIVAL
from cases.clocks.moving import reckon_anew, reckoning_of
from cases.clocks.turning import refresh_due
from cases.models import Deadline, PetitionCase


def count_from(
    case: PetitionCase, *, before: date, at: datetime, heals: bool, gained_by: int | None = None
) -> list[Mapping[str, Any]]:
    """Reckon anew the running clocks that counted from the day `before`, now that `case.received_on` is right; gives
    rule, old and new last day of each that moved. Does not save the matter.

    Only as the law counts: a clock that began with another event, or has ended, keeps its days; so does one that has
    lapsed, unless the new day `heals` it. `gained_by`: the unit, by its key, that writes a later day; no lapse of its
    own is healed by its own word.
    """
    running, on = list(case.deadlines.running()), timezone.localdate(at)
    healed = [clock for clock in running if not clock.is_late(on) or (heals and clock.unit_id != gained_by)]
    moved = list(_moved(case, healed, before=before, at=at))
    refresh_due(case, running, on=case.due_on)
    return moved


def _moved(case: PetitionCase, running: list[Deadline], *, before: date, at: datetime) -> Iterator[Mapping[str, Any]]:
    book, as_it_was = current_rulebook(), copy(case)
    as_it_was.received_on = before
    for clock in running:
        since = FROM_ARRIVAL.get(Rule(clock.rule))
        if since is None or clock.subject or (clock.rule == Rule.NOTICE and case.sender_id is not None):
            continue
        if clock.started_on != since(as_it_was, book) or clock.started_on == since(case, book):
            continue
        last, clock.started_on = clock.legal_on, since(case, book)
        if reckoning_of(clock).legal >= timezone.localdate(at):  # it has not lapsed after all; the alert stays
            clock.lapsed_at = None
        reckon_anew(clock, changed=["started_on"], at=at)
        yield {"rule": clock.rule, "before": last.isoformat(), "legal": clock.legal_on.isoformat()}
