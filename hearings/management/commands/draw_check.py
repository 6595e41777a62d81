"""draw_check: every draw reckoned anew; a JSON summary, exit 1 with what was altered."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hearings.models import Draw
from hearings.pool.checking import findings


class Command(BaseCommand):
    help = "重新计算听证员抽取，核对候选名单、种子、排序和听证员；有改动的以1退出"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("draw", nargs="?", type=int, help="抽取的编号；不写的核对全部")

    def handle(self, *args: Any, **options: Any) -> None:
        draws = Draw.objects.order_by("pk")
        if options["draw"] is not None:
            draws = draws.filter(pk=options["draw"])
            if not draws.exists():
                raise CommandError(f"没有第{options['draw']}号抽取。")
        found = {draw.pk: faults for draw in draws.iterator() if (faults := list(findings(draw)))}
        self.stdout.write(json.dumps({"draws": draws.count(), "altered": found}, ensure_ascii=False))
        if found:
            raise SystemExit(1)
