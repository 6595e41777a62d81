"""Backups that there are: the latest, which are kept for how long, and what it means when none was made."""

import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from binzhou_xinfang.backup import manifest
from binzhou_xinfang.backup.manifest import LIST, Manifest
from binzhou_xinfang.health import NotWellError

# One is made every night; after this long without one somebody has to look.
_OLDEST = timedelta(hours=26)
_DRAFTS_LAST = timedelta(days=1)


def backups(root: Path) -> list[tuple[Path, Manifest]]:
    """List the whole backups, the latest first; what was broken off, or is none, is left out."""
    found = []
    for folder in sorted(root.glob("[0-9]*-[0-9]*"), reverse=True) if root.is_dir() else []:
        try:
            found.append((folder, manifest.read(folder)))
        except (FileNotFoundError, ValueError):
            continue
    return found


def last_backup() -> Manifest | None:
    """Find the manifest of the latest backup in the configured folder."""
    found = backups(Path(settings.BACKUP_DIR))
    return found[0][1] if found else None


def kept(days: Iterable[date], *, today: date, for_days: int, for_months: int) -> set[date]:
    """Choose the days whose backups stay: the last `for_days` natural days, the first day of a backup in each of the
    last `for_months` calendar months, and always the latest."""
    known = sorted(set(days))
    recent = {day for day in known if (today - day).days < for_days}
    firsts = {(day.year, day.month): day for day in reversed(known)}
    months = {
        day for (year, month), day in firsts.items() if (today.year - year) * 12 + today.month - month < for_months
    }
    return recent | months | set(known[-1:])


def prune(root: Path, *, at: datetime) -> int:
    """Remove what need not be kept any longer, files that no backup names among it; returns how many backups went."""
    found, today = backups(root), timezone.localdate(at)
    stay = kept(
        (made.moment.date() for _, made in found),
        today=today, for_days=settings.BACKUP_DAYS, for_months=settings.BACKUP_MONTHS,
    )  # fmt: skip
    going = [folder for folder, made in found if made.moment.date() not in stay]
    for folder in going:
        shutil.rmtree(folder)
    _drop_drafts(root, at)
    if going:
        named = {f"{name}.age" for folder, _ in backups(root) for name in (folder / LIST).read_text().split()}
        for path in (root / "files").glob("*/*.age"):
            if path.name not in named:
                path.unlink()
    return len(going)


def _drop_drafts(root: Path, at: datetime) -> None:
    """Remove what a killed backup left; one that is being written is younger."""
    for draft in root.glob(".draft-*"):
        if at.timestamp() - draft.stat().st_mtime > _DRAFTS_LAST.total_seconds():
            shutil.rmtree(draft, ignore_errors=True)


def not_set_up() -> str:
    """Say that no backups are made, and what sets them up; "" where they are."""
    if settings.BACKUP_RECIPIENT:
        return ""
    return "没有设置 BACKUP_RECIPIENT，系统不做备份；数据只有这一份，请按 docs/fire.md 设置"


def check_backups() -> None:
    """Raise NotWellError when no nightly backup was made for more than a day."""
    last = last_backup()
    if last is None:
        raise NotWellError("no backup has been made yet", "还没有做过备份")
    if (age := timezone.now() - last.moment) > _OLDEST:
        hours = int(age.total_seconds() // 3600)
        raise NotWellError(f"the last backup is {hours} hours old", f"最近一次备份在{hours}小时以前")
