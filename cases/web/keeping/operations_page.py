"""运行状况: rounds of the watch, arrears and failures, for who keeps the system running."""

import redis
from celery import current_app
from django.conf import settings
from django.contrib import messages
from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.health import findings
from binzhou_xinfang.notices import sending
from binzhou_xinfang.notices.models import Message, Outbox
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.paging import capped_count
from cases.keeping.stuck import stuck_matters
from cases.keeping.unit_data import gaps_of_units
from cases.models import Deadline, SweepFault, SweepRun
from cases.watch.sweep.pulse import SILENCE, pulse_of, stopped_since
from cases.watch.sweep.set_aside import take_up

ROUNDS, SHOWN = 20, 50
QUEUE = "celery"
WORKER_SECONDS = 1.0


@require_safe
@holds(Right.MANAGE_SETTINGS)
def operations(request: StaffRequest) -> HttpResponse:
    """Show how each part is and since when, the last rounds, the oldest clock that is due, the clocks set aside, and
    the notices that did not get out."""
    now = timezone.now()
    pulse = pulse_of(now)
    waiting = Outbox.objects.filter(written_at=None)
    unsent = Message.objects.filter(next_try_at__isnull=False)
    dead = Message.objects.filter(dead_at__isnull=False)
    context = {
        "parts": findings(),
        "pulse": pulse,
        "now": now,
        "is_behind": pulse.lag(now) > SILENCE,
        "stopped": stopped_since(now),
        "rounds": SweepRun.objects.all()[:ROUNDS],
        "faults": _faults(),
        "waiting": capped_count(waiting),
        "oldest": waiting.aggregate(oldest=Min("send_after"))["oldest"],
        "broken": waiting.exclude(error="").order_by("send_after")[:SHOWN],
        "unsent": capped_count(unsent),
        "dead": dead.select_related("user").order_by("-dead_at")[:SHOWN],
        "dead_number": capped_count(dead),
        "queued": _queued(),
    }
    return render(request, "cases/keeping/operations.html", context)


def _faults() -> list[SweepFault]:
    """List the latest reason of each clock that is set aside."""
    aside = SweepFault.objects.filter(deadline__set_aside_at__isnull=False).select_related("deadline__case")
    faults: dict[int, SweepFault] = {}
    for fault in aside.order_by("-pk")[:SHOWN]:
        faults.setdefault(fault.deadline_id, fault)
    return list(faults.values())


def _queued() -> int | None:
    """Count the tasks that wait for a worker; None when Redis does not answer."""
    try:
        return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2).llen(QUEUE)
    except redis.RedisError:
        return None


@require_safe
@holds(Right.MANAGE_SETTINGS)
def workers(request: StaffRequest) -> HttpResponse:
    """Show the workers that answer within a second; asked for after the page stands."""
    try:
        replies = current_app.control.ping(timeout=WORKER_SECONDS) or []
    except (OSError, redis.RedisError):
        replies = []
    names = sorted(name for answer in replies for name in answer)
    return render(request, "cases/keeping/_workers.html", {"names": names})


@require_safe
@holds(Right.MANAGE_SETTINGS)
def stuck(request: StaffRequest) -> HttpResponse:
    """Show where matters lie that nobody could move on, without the matters; asked for after the page stands."""
    piles = stuck_matters(timezone.localdate())
    context = {"piles": piles[:SHOWN], "more": len(piles[SHOWN:])}
    return render(request, "cases/keeping/_stuck.html", context)


@require_safe
@holds(Right.MANAGE_SETTINGS)
def unit_data(request: StaffRequest) -> HttpResponse:
    """Show which entries of units letters miss; asked for after the page stands."""
    gaps = gaps_of_units(timezone.localdate())
    context = {"gaps": gaps[:SHOWN], "more": len(gaps[SHOWN:])}
    return render(request, "cases/keeping/_unit_data.html", context)


@require_POST
@holds(Right.MANAGE_SETTINGS)
def take_up_clock(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the watch look at a clock again that it had set aside."""
    clock = get_object_or_404(Deadline.objects.filter(set_aside_at__isnull=False), pk=pk)
    take_up(clock, by=request.post)
    messages.success(request, "已重新纳入巡查，下一次巡查时处理。")
    return redirect("cases:operations")


@require_POST
@holds(Right.MANAGE_SETTINGS)
def send_message_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a notice again that was given up."""
    message = get_object_or_404(Message.objects.filter(dead_at__isnull=False), pk=pk)
    sending.send_again(message, by=request.post, at=timezone.now())
    messages.success(request, "已重新排入发送。")
    return redirect("cases:operations")


@require_POST
@holds(Right.MANAGE_SETTINGS)
def send_all_again(request: StaffRequest) -> HttpResponse:
    """Send all notices again that were given up: the gateway has been away for days and is back."""
    number = sending.send_all_again(by=request.post, at=timezone.now())
    messages.success(request, f"已将{number}条重新排入发送。")
    return redirect("cases:operations")
