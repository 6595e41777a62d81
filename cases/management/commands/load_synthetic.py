"""`manage.py load_synthetic`: make matters in any number, to measure with."""

import sys
import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from binzhou_xinfang.errors import Refusal
from cases.made_up.synthetic import Load


class Command(BaseCommand):
    help = "写入虚构的信访事项（含人员、期限、流转记录、文书），用于测速；在现有数据之上增加，不能撤销"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=_count, default=1000, help="件数，缺省1000")
        parser.add_argument("--seed", type=int, default=1, help="种子：相同的种子得到相同的内容")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        size: int = options["cases"]
        load = Load(cases=size, seed=options["seed"], now=timezone.now())
        with tqdm(total=size, desc="写入事项", unit="件", file=sys.stderr) as bar:
            try:
                loaded = load.run(progress=bar.update)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"写入事项 {loaded.cases} 件、流转记录 {loaded.events} 条、文书 {loaded.letters} 份，"
            f"用时 {time.monotonic() - began:.1f} 秒。"
        )


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError("件数应为正整数")
    return int(text)
