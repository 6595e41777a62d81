"""`manage.py sweep`: go one round of the watch over the clocks by hand, or from plain cron when Celery is away.

Hand-overs whose day has come begin with it; those that are long, or that a fall has left unfinished, go on.
"""

import json
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases.handover.acts import resume_all
from cases.handover.plans import carry_out_due
from cases.handover.stragglers import follow_up
from cases.house import changes
from cases.watch.sweep import sweep


class Command(BaseCommand):
    help = "巡查一次期限：到级的提醒、逾期的登记、届满的权利；输出一行JSON摘要"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=_moment, help="以此时刻为现在，例如 2026-03-02T08:00:00+08:00")

    def handle(self, *args: Any, **options: Any) -> None:
        at = options["now"] or timezone.now()
        done = sweep(at=at)
        changes.carry_out_due(at=at)
        carry_out_due(at=at)
        follow_up(at=at)
        resume_all(at=at)
        self.stdout.write(json.dumps(vars(done)))


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ArgumentTypeError("应为ISO格式的时刻，例如 2026-03-02T08:00:00+08:00")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
