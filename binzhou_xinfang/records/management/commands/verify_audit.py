"""`manage.py verify_audit`: prove that no event and no sealed row was altered, removed or added.

Exit 1 with the places otherwise.
"""

import json
import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from binzhou_xinfang.records import audit

SHOWN = 100
WORDS = {"altered": "被改动", "missing": "缺失", "inserted": "事后插入"}


class Command(BaseCommand):
    help = "核对流转记录链、只增不改的各表、每日封存和库外封存文件；发现改动、缺失或者插入时退出码为1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help="只核对自该日起有变动的链和封存，例如 2026-03-01")

        parser.add_argument("--files", action="store_true", help="同时核对每个存档文件的内容，需要较长时间")

    def handle(self, *args: Any, since: date | None = None, files: bool = False, **options: Any) -> None:
        began = time.monotonic()
        # `disable=None` shows the bar on a terminal only.
        with tqdm(desc="核对", unit="条", disable=None) as bar:
            report = audit.verify(since, on_event=bar.update, with_files=files)
        for finding in report.findings[:SHOWN]:
            place = f"{finding.model} {finding.chain}" + (f" 第{finding.seq}条" if finding.seq else "")
            self.stderr.write(f"{place} {WORDS[finding.fault]}")
        summary = {
            "ok": not report.findings,
            "since": since.isoformat() if since else None,
            "events": report.events,
            "rows": report.rows,
            "anchors": report.anchors,
            "faults": len(report.findings),
            "first": [finding._asdict() for finding in report.findings[:SHOWN]],
            "seconds": round(time.monotonic() - began, 1),
        }
        self.stdout.write(json.dumps(summary, ensure_ascii=False))
        if report.findings:
            sys.exit(1)
