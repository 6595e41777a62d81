"""`manage.py load_reference`: load units, topics and legal ways from CSV files. Safe to run at every start."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cases.house.loading import ROUTES, TOPICS, load_routes, load_topics


class Command(BaseCommand):
    help = "载入机构、内容分类和法定途径（可重复执行）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--topics", type=Path, default=TOPICS, help="内容分类 CSV：code,level_1,level_2,level_3")
        parser.add_argument("--units", default="", help="机构 CSV 所在目录，缺省为滨州")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_units", *([options["units"]] if options["units"] else []), stdout=self.stdout)
        at = timezone.now()
        self.stdout.write(f"内容分类 {load_topics(options['topics'], at=at)} 项。")
        self.stdout.write(f"法定途径 {load_routes(ROUTES, at=at)} 项。")
