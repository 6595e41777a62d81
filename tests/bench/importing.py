"""Rows of a message board export, made up, and the seconds their import takes."""

import io
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from cases.importing.messages import MESSAGE_COLUMNS
from cases.made_up.synthetic import words
from cases.made_up.synthetic.people import staff_name
from tests.bench import bare
from tests.bench.drive import latest_visit


def write_export(path: Path, rows: int, *, until: datetime) -> None:
    """An .xlsx of so many messages with numbers that nobody has used, one a minute up to a moment."""
    rng = Random(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(MESSAGE_COLUMNS)
    for row in range(rows):
        posted_at = timezone.localtime(until - timedelta(minutes=rows - row))
        told = "".join(rng.sample(words.COMPLAINTS, 4))
        number = f"{until:%d%H%M%S}{row:06d}"
        sheet.append([number, staff_name(rng), rng.choice(words.REQUESTS), f"{posted_at:%Y/%m/%d %H:%M:%S}", told])
    book.save(path)


def import_seconds(path: Path) -> float:
    """Time `manage.py import_messages` on the file."""
    began = time.perf_counter()
    call_command("import_messages", str(path), rejects=path.with_suffix(".rejects.xlsx"), stdout=io.StringIO())
    return time.perf_counter() - began


def bare_seconds(rows: int) -> float:
    """Time the same rows when they are only written."""
    plain = bare.connect(connection.get_connection_params())
    try:
        writer = bare.Writer(plain, latest_visit())
        began = time.perf_counter()
        for _ in range(rows):
            writer.register()
        return time.perf_counter() - began
    finally:
        plain.close()
