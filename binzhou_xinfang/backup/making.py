"""Making of a backup: one moment of the database, the files of that moment, the keys at a place of their own."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pyrage
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from binzhou_xinfang.backup.manifest import DUMP, LIST, Manifest, marks_of_keys
from binzhou_xinfang.backup.postgres import dumping
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.anchors import file_path
from binzhou_xinfang.records.files import path_of
from binzhou_xinfang.records.models import StoredFile

ANCHORS = "anchors.jsonl.age"
KEYS = ("SECRET_KEY", "FIELD_KEYS", "DIGEST_KEY")
Told = Callable[[int], object]


def back_up(root: Path, keys: Path, recipient: str, *, at: datetime, on_file: Told = lambda _: None) -> Manifest:
    """Write one whole backup into a folder of `root`, and the keys into `keys`; `on_file` hears of each file.

    Raises Refusal when the recipient is none, or a file that the database names is gone; ProgramError of pg_dump.
    A backup that was broken off leaves no folder with a manifest.
    """
    to = recipient_of(recipient)
    for folder in (root, keys):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        made = _write(draft, root / "files", to, at, on_file)
        _encrypt_keys(keys, to, made)
        final = root / f"{timezone.localtime(at):%Y%m%d-%H%M%S}"
        draft.rename(final)
        _settle(root)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def recipient_of(text: str) -> "pyrage.x25519.Recipient":
    """Read a recipient (age1…). Raises Refusal for anything else."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Refusal(
            "BACKUP_RECIPIENT 不是备份公钥（age1…）。请先执行 manage.py backup_identity，再把它写入配置。"
        ) from error


def _write(draft: Path, store: Path, to: "pyrage.x25519.Recipient", at: datetime, on_file: Told) -> Manifest:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        with dumping(cursor.fetchone()[0]) as dump, Hashing(draft / DUMP) as target:
            pyrage.encrypt_io(dump, target, [to])
        tables = count_tables()
        named = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True))
        migrations = MigrationRecorder.Migration.objects.count()
    if file_path().exists():
        pyrage.encrypt_file(str(file_path()), str(draft / ANCHORS), [to])
    _keep_files(store, named, to, on_file)
    with Hashing(draft / LIST) as names:
        names.write("".join(f"{name}\n" for name in named).encode())
    made = Manifest(
        at=at.isoformat(), migrations=migrations, tables=tables, keys=marks_of_keys(),
        dump=target.sha256, bytes=target.size, list=names.sha256, files=len(named),
    )  # fmt: skip
    made.write(draft)
    for part in draft.iterdir():
        _settle(part)
    return made


def count_tables() -> dict[str, int]:
    """Count the rows of every table of ours, as the transaction sees them."""
    models = sorted(
        (model for model in apps.get_models() if model._meta.managed), key=lambda model: model._meta.db_table
    )
    return {model._meta.db_table: model._base_manager.count() for model in models}


def _keep_files(store: Path, named: Iterable[str], to: "pyrage.x25519.Recipient", on_file: Told) -> None:
    """Keep each file once, whatever number of backups names it: a file never changes under its hash."""
    for name in named:
        target = store / name[:2] / f"{name}.age"
        if not target.exists():
            if not path_of(name).exists():
                raise Refusal(f"数据库登记的文件 {name} 已不在 {settings.MEDIA_ROOT}，备份不完整，已停止。")
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = target.with_suffix(".draft")
            pyrage.encrypt_file(str(path_of(name)), str(draft), [to])
            _settle(draft)
            draft.rename(target)
        on_file(1)


def _encrypt_keys(folder: Path, to: "pyrage.x25519.Recipient", made: Manifest) -> None:
    """Write the keys under the marks of them: keys that did not change are not written again."""
    name = hashlib.sha256(json.dumps(made.keys, sort_keys=True).encode()).hexdigest()[:12]
    target = folder / f"keys-{name}.age"
    if not target.exists():
        words = "".join(f"{key}={getattr(settings, key)}\n" for key in KEYS)
        draft = target.with_suffix(".draft")
        draft.write_bytes(pyrage.encrypt(words.encode(), [to]))
        _settle(draft)
        draft.rename(target)


def _settle(path: Path) -> None:
    """Make sure that the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Hashing:
    """A new file that is written through its hash; `sha256` and `size` stand when it is closed."""

    def __init__(self, path: Path) -> None:
        self._file, self._hash = path.open("xb"), hashlib.sha256()
        self.sha256, self.size = "", 0

    def __enter__(self) -> "Hashing":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.sha256 = self._hash.hexdigest()

    def write(self, content: bytes) -> int:
        """Write and hash, as an output of `pyrage`."""
        self._hash.update(content)
        self.size += len(content)
        return self._file.write(content)

    def flush(self) -> None:
        """Hand on what the file still holds, as an output of `pyrage`."""
        self._file.flush()
