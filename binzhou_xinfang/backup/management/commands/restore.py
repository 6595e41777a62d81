"""`manage.py restore FOLDER --identity FILE`: bring a backup back into an empty database and prove it; exit 1 with
what is missing, 2 when nothing was restored."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from binzhou_xinfang.backup import restoring
from binzhou_xinfang.backup.postgres import ProgramError
from binzhou_xinfang.errors import Refusal


class Command(BaseCommand):
    help = "把一份备份恢复到空数据库，并逐项核对；缺少任何一项时退出码为1"
    # The database is empty: there is nothing yet to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="一份备份的目录，例如 backups/20261130-023000")
        parser.add_argument("--identity", type=Path, required=True, help="备份私钥文件")

    def handle(self, *args: Any, folder: Path, identity: Path, **options: Any) -> None:
        with tqdm(desc="恢复文件", unit="个", disable=None) as bar:
            try:
                proof = restoring.restore(folder, restoring.identity_in(identity), on_file=bar.update)
            except (Refusal, ProgramError) as error:
                raise CommandError(f"没有恢复：{error}", returncode=2) from error
        for fault in proof.faults[:100]:
            self.stderr.write(fault)
        self.stdout.write(json.dumps(asdict(proof) | {"faults": len(proof.faults)}, ensure_ascii=False))
        if proof.faults:
            sys.exit(1)
