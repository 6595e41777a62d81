"""`manage.py load_reference`: load units, topics and legal ways from CSV files. Safe to run at every start."""

import csv
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cases.models import LegalRoute, Topic

ROUTES = Path(__file__).resolve().parents[2] / "data" / "legal_routes.csv"
TOPICS = Path(__file__).resolve().parents[2] / "data" / "content_classification.csv"
ALIASES = TOPICS.with_name("topic_aliases.csv")


class Command(BaseCommand):
    help = "载入机构、内容分类和法定途径（可重复执行）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--topics", type=Path, default=TOPICS, help="内容分类 CSV：code,level_1,level_2,level_3")
        parser.add_argument("--units", default="", help="机构 CSV 所在目录，缺省为滨州")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_units", *([options["units"]] if options["units"] else []), stdout=self.stdout)
        self.stdout.write(f"内容分类 {load_topics(options['topics'])} 项。")
        self.stdout.write(f"法定途径 {load_routes(ROUTES)} 项。")


@transaction.atomic
def load_topics(path: Path) -> int:
    """Write the list of contents; entries no longer in the file stay for old matters, marked as not current. What
    people call an entry is the bureau's to change: only entries without any get the names of the file."""
    called = {row["code"]: row["aliases"] for row in _rows(ALIASES)}
    called |= dict(Topic.objects.exclude(aliases="").values_list("code", "aliases"))
    topics = [Topic(**row, is_current=True, aliases=called.get(row["code"], "")) for row in _rows(path)]
    Topic.objects.bulk_create(
        topics,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level_1", "level_2", "level_3", "aliases", "words", "is_current"],
    )
    Topic.objects.exclude(code__in=[topic.code for topic in topics]).update(is_current=False)
    return len(topics)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_routes(path: Path) -> int:
    """Write the entries of 法定途径 that are not there yet: what the office has changed since stays as it is."""
    routes = [LegalRoute(**row) for row in _rows(path)]
    LegalRoute.objects.bulk_create(routes, ignore_conflicts=True)
    return len(routes)
