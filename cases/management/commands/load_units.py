"""`manage.py load_units [DIR]`: load the units of a city from its CSV folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from binzhou_xinfang.accounts import loading
from cases.house.loading import load_units

BINZHOU = Path(loading.__file__).parent / "data" / "binzhou"


class Command(BaseCommand):
    help = "从目录中的 units.csv 载入机构；可重复执行，有错则一行也不写入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=BINZHOU, help="含 units.csv 的目录（默认滨州）")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            loaded = load_units(folder, at=timezone.now())
        except loading.UnitsRefused as refused:
            raise CommandError(f"未载入任何机构：\n{refused}") from refused
        self.stdout.write(f"机构：新增{loaded.added}个，已有{loaded.present}个。")
