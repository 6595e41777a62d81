"""The office's own clock on a 督办件 (第四十条第一款：及时督办): from the cause to the letter, from answer to verdict.

It stands beside the road of the matter; the steps of the life stop and start it by what the stage owes. What a round of
the deadlines opens gets it in the same statement (`sweeping`).
"""

from datetime import datetime

from django.utils import timezone

from binzhou_xinfang.process.owed import wanted
from cases.clocks.beside import meet_beside, start_beside
from cases.models import Deadline
from supervision.causes.owed import OWED
from supervision.models import Stage, SupervisionCase

OF_OFFICE = ":office"


def turn_own_clock(cause: SupervisionCase, stage: Stage, *, at: datetime) -> None:
    """Start or meet the clock of the office by what the stage owes; one that runs goes on. The caller holds the
    matter."""
    on, mark = timezone.localdate(at), f"{cause.subject}{OF_OFFICE}"
    running = Deadline.objects.running().filter(case=cause.case_id, subject=mark).first()
    owed = wanted(OWED, {}, stage, cause, [])
    if running is not None and not owed:
        meet_beside(running.pk, met_on=on, today=on)
    for debt in owed:
        if running is None and debt.own:
            start_beside(cause.case_id, debt.own, subject=mark, unit=cause.office, on=on, at=at)
