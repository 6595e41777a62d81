"""Celery tasks of the matters. Safe to run twice, late, or in several workers."""

from celery import shared_task
from django.utils import timezone

from cases.handover.acts import resume_all
from cases.handover.plans import carry_out_due
from cases.handover.stragglers import follow_up
from cases.house import changes
from cases.watch.sweep import sweep


@shared_task(name="cases.sweep_deadlines")
def sweep_deadlines() -> dict[str, float]:
    """Let every clock reach the rungs of its ladder, end the rights that nobody used; `manage.py sweep` does it too."""
    return vars(sweep(at=timezone.now()))


@shared_task(name="cases.resume_hand_overs")
def resume_hand_overs() -> int:
    """Carry out changes of units and begin hand-overs whose day has come; go on with those that are long, or that a
    fall left unfinished."""
    at = timezone.now()
    changes.carry_out_due(at=at)
    carry_out_due(at=at)
    return resume_all(at=at)


@shared_task(name="cases.follow_hand_overs")
def follow_hand_overs() -> int:
    """Let what came to a body on its last day follow its matters, once that day is over."""
    return follow_up(at=timezone.now())
