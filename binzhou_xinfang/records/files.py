"""Uploaded files: kept once each, under the SHA-256 of their content, never executable."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import file_types
from binzhou_xinfang.records.models import StoredFile
from binzhou_xinfang.turns import find_or_make

FILE_MODE = 0o640
FOLDER_MODE = 0o750


def limit_words() -> str:
    """Say how large a file may be."""
    return f"{settings.UPLOAD_LIMIT_BYTES // 1024**2}MB"


def path_of(sha256: str) -> Path:
    """Locate the content with this hash: MEDIA_ROOT/ab/cd/abcd…"""
    return Path(settings.MEDIA_ROOT, sha256[:2], sha256[2:4], sha256)


NO_ROOM = "服务器磁盘空间不足，暂时不能上传附件。可以先不带附件提交，清理磁盘后再补充；请通知系统管理员。"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def _room_for(size: int, root: Path) -> Iterator[None]:
    """Refuse an upload that the disk cannot take, or that would take from the database the room to go on.

    Raises Refusal (field "file"), also when the room ends while it is written.
    """
    if shutil.disk_usage(root).free < size + settings.DISK_RESERVE_BYTES:
        raise Refusal(NO_ROOM, field="file")
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise Refusal(NO_ROOM, field="file") from fault
        raise


def _copy(upload: "UploadedFile[bytes]", target: IO[bytes]) -> tuple[str, int]:
    sha256, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            raise Refusal(f"文件超过{limit_words()}，不能上传。", field="file")
        sha256.update(chunk)
        target.write(chunk)
    if not size:
        raise Refusal("文件是空的，请重新选择。", field="file")
    target.flush()
    os.fsync(target.fileno())
    return sha256.hexdigest(), size


def _make_folders(folder: Path) -> None:
    for each in (folder.parent.parent, folder.parent, folder):
        each.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def _put(temporary: Path, sha256: str) -> None:
    target = path_of(sha256)
    _make_folders(target.parent)
    temporary.chmod(FILE_MODE)
    temporary.replace(target)


def store(upload: "UploadedFile[bytes]") -> StoredFile:
    """Keep the content of `upload`, of the office's size at most, and return its row, which may have been there before.

    Raises Refusal (field "file") for what `file_types` does not take, and when the disk is full. A rolled back
    transaction leaves at most a file to which no row points; the same content stored again takes its place.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with (
        _room_for(upload.size or 0, root),
        tempfile.NamedTemporaryFile(dir=root, prefix=".upload-", delete=False) as target,
    ):
        temporary = Path(target.name)
        try:
            sha256, size = _copy(upload, target)
            file_type = file_types.decide(temporary, upload.name or "")
            _put(temporary, sha256)
        finally:
            temporary.unlink(missing_ok=True)
    facts = {"size": size, "content_type": file_type.content_type}
    return find_or_make(StoredFile.objects.all(), sha256=sha256, defaults=facts)[0]


def keep(content: bytes, content_type: str) -> StoredFile:
    """Keep what the system itself has made, under its SHA-256, and return its row."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not path_of(sha256).exists():
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=".made-", delete=False) as target:
            temporary = Path(target.name)
            try:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
                _put(temporary, sha256)
            finally:
                temporary.unlink(missing_ok=True)
    facts = {"size": len(content), "content_type": content_type}
    return find_or_make(StoredFile.objects.all(), sha256=sha256, defaults=facts)[0]


def open_file(stored: StoredFile) -> BinaryIO:
    """Open the content for reading; the caller closes it. Raises FileNotFoundError when the file is gone."""
    return path_of(stored.sha256).open("rb")
