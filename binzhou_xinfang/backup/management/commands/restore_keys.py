"""`manage.py restore_keys FILE --identity FILE --to FILE`: take the keys out of their backup, for the configuration."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from binzhou_xinfang.backup import restoring
from binzhou_xinfang.errors import Refusal


class Command(BaseCommand):
    help = "取回备份中的密钥，写成配置文件的三行（SECRET_KEY、FIELD_KEYS、DIGEST_KEY）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="密钥的备份，例如 backup-keys/keys-….age")
        parser.add_argument("--identity", type=Path, required=True, help="备份私钥文件")
        parser.add_argument("--to", type=Path, required=True, help="写入的文件，须不存在")

    def handle(self, *args: Any, file: Path, identity: Path, to: Path, **options: Any) -> None:
        try:
            words = restoring.open_keys(file, restoring.identity_in(identity))
            handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except (Refusal, OSError) as error:
            raise CommandError(f"没有取回密钥：{error}", returncode=2) from error
        with os.fdopen(handle, "w", encoding="utf-8") as target:
            target.write(words)
        self.stdout.write(f"密钥已写入 {to}（只有本人可读）。")
