"""Large uploads on their way lie in a folder of the instance alone, and what a killed process left there goes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from binzhou_xinfang.records.spooling import LEFT_AFTER_SECONDS


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOAD_SPOOL_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


def spooled(megabytes: int) -> Any:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", b"1" * megabytes * 1024**2)})
    return request.FILES["file"]


def test_a_large_upload_waits_where_nobody_else_may_look(folder: Path) -> None:
    upload = spooled(3)
    assert isinstance(upload, TemporaryUploadedFile)
    waiting = Path(upload.temporary_file_path())
    assert (waiting.parent, folder.stat().st_mode & 0o777, waiting.stat().st_mode & 0o777) == (folder, 0o700, 0o600)
    upload.close()
    assert list(folder.iterdir()) == []


def test_a_small_one_touches_no_disk(folder: Path) -> None:
    spooled(1)
    assert not folder.exists()


def test_what_a_killed_process_left_is_thrown_away_after_a_day(folder: Path) -> None:
    folder.mkdir()
    old, new = folder / "old.upload", folder / "new.upload"
    for left, age in ((old, LEFT_AFTER_SECONDS + 60), (new, LEFT_AFTER_SECONDS - 60)):
        left.write_bytes(b"1")
        os.utime(left, (time.time() - age, time.time() - age))
    spooled(3).close()
    assert (old.exists(), new.exists()) == (False, True)
