"""Proof of 1,000,000 rows: how long sealing and verifying take, and what is found of four rows that were tampered with.

.venv/bin/python -m binzhou_xinfang.local with --throwaway -- .venv/bin/python -m tests.bench.proof [ROWS]
"""

import json
import os
import sys
import time

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_xinfang.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  after the set-up
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from binzhou_xinfang.records import anchors, audit, ledger  # noqa: E402

ROWS = 1_000_000
_FILL = """
    INSERT INTO records_accesslog (at, post_label, act, subject, ip, reason)
    SELECT now() - interval '2 days' + number * interval '100 milliseconds', '滨州市信访局 · 窗口接待', 'open',
        'BZXF-2026-' || lpad(number::text, 6, '0'), '10.0.0.8', ''
    FROM generate_series(1, %s) number
"""
_DEEDS = (
    "UPDATE records_accesslog SET subject = '别的' WHERE id = 1000",
    "DELETE FROM records_accesslog WHERE id = 2000",
    "UPDATE records_accesslog SET id = -5 WHERE id = 3000",
    "UPDATE records_accesslog SET id = -1 WHERE id = 4000; UPDATE records_accesslog SET id = 4000 WHERE id = 5000;"
    "UPDATE records_accesslog SET id = 5000 WHERE id = -1",
)


def main(number: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    past = timezone.now() - 2 * anchors.ONE_DAY
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [number])
        cursor.execute("ANALYZE records_accesslog")
    with time_machine.travel(past, tick=False):
        ledger.note(ledger.CALENDAR_WHOLE, by=None, at=past, of="calendar:2026", label="2026年")
    told = {"rows": number, "sealing": _seconds(lambda: anchors.close_days(timezone.now()))}
    reports = []
    told["verifying"] = _seconds(lambda: reports.append(audit.verify(None)))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_accesslog DISABLE TRIGGER USER")
        for deed in _DEEDS:
            cursor.execute(deed)
    told["verifying after tampering"] = _seconds(lambda: reports.append(audit.verify(None)))
    told["found before"], told["found after"] = ([list(one) for one in report.findings] for report in reports)
    print(json.dumps(told, ensure_ascii=False, indent=1))


def _seconds(work):  # type: ignore[no-untyped-def]
    began = time.monotonic()
    work()
    return round(time.monotonic() - began, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
