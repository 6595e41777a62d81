"""`manage.py backup`: write a backup now; one line of JSON says what it holds."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from binzhou_xinfang.backup import keeping, making
from binzhou_xinfang.backup.postgres import ProgramError
from binzhou_xinfang.errors import Refusal


class Command(BaseCommand):
    help = "立即备份：数据库、文件（加密）和密钥（加密，另存一处），并清理过期的备份"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_DIR), help="备份目录")
        parser.add_argument("--keys", type=Path, default=Path(settings.BACKUP_KEYS_DIR), help="密钥的备份目录")

    def handle(self, *args: Any, to: Path, keys: Path, **options: Any) -> None:
        now = timezone.now()
        # `disable=None` shows the bar on a terminal only.
        with tqdm(desc="备份文件", unit="个", disable=None) as bar:
            try:
                made = making.back_up(to, keys, settings.BACKUP_RECIPIENT, at=now, on_file=bar.update)
            except (Refusal, ProgramError, OSError) as error:
                raise CommandError(f"没有备份：{error}", returncode=2) from error
        told = asdict(made) | {"tables": len(made.tables), "rows": sum(made.tables.values())}
        told |= {"removed": keeping.prune(to, at=now)}
        self.stdout.write(json.dumps(told, ensure_ascii=False))
