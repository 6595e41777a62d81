"""Since when a part is not well: one empty file for each, whose time says it.

It stands outside the servers that may be gone, and an empty file can be made on a full disk too.
"""

import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

log = logging.getLogger(__name__)
REDIS = "redis"


def note(part: str, *, why: str = "it does not answer") -> datetime:
    """Note that the part is not well, unless it is noted already; gives since when. Only the change is logged: whoever
    asks again and again, while a start is under way or something falls in a loop, reads it in the answer."""
    mark = _mark(part)
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            mark.open("x").close()
            log.warning("%s is not well: %s", part, why)
    return since(part) or timezone.now()


def clear(part: str) -> None:
    """Note that the part is well."""
    with suppress(OSError):
        _mark(part).unlink()
        log.warning("%s is well again", part)


def since(part: str) -> datetime | None:
    """Read since when the part is not well; never ahead of now, for a clock may have been wrong."""
    try:
        noted = datetime.fromtimestamp(_mark(part).stat().st_mtime, UTC)
    except OSError:
        return None
    return min(noted, timezone.now())


def _mark(part: str) -> Path:
    return Path(settings.VAR_DIR) / "unwell" / part
