"""Since when a part is not well: one empty file for each, whose time says it.

It stands outside the servers that may be gone, and an empty file can be made on a full disk too.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

REDIS = "redis"


def note(part: str) -> datetime:
    """Note that the part is not well, unless it is noted already; gives since when."""
    mark = _mark(part)
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            mark.open("x").close()
    return since(part) or timezone.now()


def clear(part: str) -> None:
    """Note that the part is well."""
    with suppress(OSError):
        _mark(part).unlink(missing_ok=True)


def since(part: str) -> datetime | None:
    """Read since when the part is not well; never ahead of now, for a clock may have been wrong."""
    try:
        noted = datetime.fromtimestamp(_mark(part).stat().st_mtime, UTC)
    except OSError:
        return None
    return min(noted, timezone.now())


def _mark(part: str) -> Path:
    return Path(settings.VAR_DIR) / "unwell" / part
