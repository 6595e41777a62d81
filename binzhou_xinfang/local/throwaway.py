"""A PostgreSQL and a Redis that live as long as one command, in a folder that is removed with them."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from binzhou_xinfang.local import servers

PREFIX = "binzhou-xinfang-test-"
# In memory when there is room: two test databases and their files.
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder ours
ROOM_BYTES = 2 * 1024**3
LEFT_BEHIND_SECONDS = 3600.0


@contextmanager
def servers_of_its_own(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Start fresh servers; gives DATABASE_URL, REDIS_URL and VAR_DIR for whoever is to work on them.

    `durable` servers write to disk as those of `make run` do, for measuring.
    """
    parent = Path(tempfile.gettempdir()) if durable else _parent()
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    var_dir = folder / "var"
    var_dir.mkdir()
    for passage in (folder, var_dir):  # when we are root, the servers' account has to pass through
        passage.chmod(0o711)
    try:
        with servers.running(var_dir, own=True, careless=not durable) as addresses:
            yield addresses | {"VAR_DIR": str(var_dir)}
    finally:
        _remove(folder)


def _parent() -> Path:
    with suppress(OSError):
        status = os.statvfs(MEMORY)
        if os.access(MEMORY, os.W_OK) and status.f_bavail * status.f_frsize >= ROOM_BYTES:
            return MEMORY
    return Path(tempfile.gettempdir())


def _remove(folder: Path) -> None:
    """Remove the folder and what the servers keep elsewhere by links: data and sockets out of reach or too deep."""
    home = folder / "var" / "servers"
    for link in (home / "run", home):
        if link.is_symlink():
            shutil.rmtree(link.resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what killed runs have left: old folders of ours whose lock nobody holds."""
    for folder in parent.glob(PREFIX + "*"):
        with suppress(OSError):
            old = time.time() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS
            if old and folder.stat().st_uid == os.geteuid() and _is_free(folder / "var" / "servers.lock"):
                _remove(folder)


def _is_free(lock: Path) -> bool:
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
