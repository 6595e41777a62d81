"""The keys of the office before: made up, known to everybody, good for nothing else."""

import base64
import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).resolve().parent / "data"
DUMP, FINGERPRINT, VAR = FOLDER / "database.sql.xz", FOLDER / "fingerprint.json.xz", FOLDER / "var.tar.xz"
# What the Redis of before, 6.2, had written down: one list.
AOF, QUEUE, QUEUED = FOLDER / "appendonly.aof.xz", "left-before", "a task that nobody had taken"
FIELD_KEYS = "k1:" + base64.b64encode(hashlib.sha256(b"tests/before").digest()).decode()
DIGEST_KEY = "the digest key of tests/before"
# The moment at which the office was left.
LEFT_AT = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
