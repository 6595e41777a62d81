"""`manage.py backup_identity FILE`: make the pair of keys for which backups are encrypted."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pyrage
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "生成备份密钥：私钥写入指定文件（请离线保管），公钥写入配置 BACKUP_RECIPIENT"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="私钥文件，须不存在；不要留在服务器上")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        identity = pyrage.x25519.Identity.generate()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{file} 不能写入：{error.strerror}。私钥没有生成。", returncode=2) from error
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(f"{identity}\n")
        self.stdout.write(f"BACKUP_RECIPIENT={identity.to_public()}")
