"""Which backups stay, and when the missing of one is told."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.backup.keeping import backups, check_backups, kept, prune
from binzhou_xinfang.backup.manifest import LIST, Manifest
from binzhou_xinfang.health import NotWellError, findings

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)


def made(root: Path, at: datetime, *names: str) -> Path:
    """A folder of a backup as it lies there, with the files that it names."""
    folder = root / f"{at:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    (folder / LIST).write_text("".join(f"{name}\n" for name in names))
    Manifest(at=at.isoformat(), migrations=1, tables={}, keys={}, dump="", bytes=0, list="", files=len(names)).write(
        folder
    )
    for name in names:
        path = root / "files" / name[:2] / f"{name}.age"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def days(*backs: int) -> list[date]:
    return [TODAY - timedelta(days=back) for back in backs]


@pytest.mark.parametrize(("back", "stays"), [(12, True), (13, True), (14, False)])
def test_all_of_the_last_days_stay(back: int, stays: bool) -> None:
    found = kept(days(0, back, 29), today=TODAY, for_days=14, for_months=1)
    assert (days(back)[0] in found) is stays


def test_the_first_of_each_of_the_last_months_stays() -> None:
    found = kept(days(0, 30, 45, 61, 400), today=TODAY, for_days=1, for_months=2)
    # 30 October and 16 October 2026: of October the earlier one; September is the month before the last two.
    assert found == {TODAY, date(2026, 10, 16)}


@given(st.sets(st.dates(date(2024, 1, 1), TODAY), min_size=1), st.integers(0, 40), st.integers(0, 24))
def test_the_latest_always_stays_and_nothing_is_made_up(found: set[date], for_days: int, for_months: int) -> None:
    stays = kept(found, today=TODAY, for_days=for_days, for_months=for_months)
    assert max(found) in stays
    assert stays <= found


def test_files_go_with_the_last_backup_that_names_them(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DAYS, settings.BACKUP_MONTHS = 14, 0
    made(tmp_path, NOW - timedelta(days=20), "aa1", "bb2")
    made(tmp_path, NOW, "bb2")
    assert prune(tmp_path, at=NOW) == 1
    assert sorted(path.name for path in (tmp_path / "files").glob("*/*")) == ["bb2.age"]
    assert len(backups(tmp_path)) == 1


def test_what_was_broken_off_is_no_backup_and_goes_after_a_day(tmp_path: Path) -> None:
    whole = made(tmp_path, NOW)
    (tmp_path / "20261130-010000").mkdir()
    (tmp_path / "20261130-020000").mkdir()
    (tmp_path / "20261130-020000" / "manifest.json").write_text(json.dumps({"at": 1}))
    draft = tmp_path / ".draft-x"
    draft.mkdir()
    assert [folder for folder, _ in backups(tmp_path)] == [whole]
    prune(tmp_path, at=datetime.now(UTC))
    assert draft.exists()
    prune(tmp_path, at=datetime.now(UTC) + timedelta(days=2))
    assert not draft.exists()


@pytest.mark.parametrize(("hours", "words"), [(25, ""), (27, "27 hours old")])
def test_a_night_without_a_backup_is_told(tmp_path: Path, settings: Any, hours: int, words: str) -> None:
    settings.BACKUP_DIR = tmp_path
    made(tmp_path, NOW - timedelta(hours=hours))
    with time_machine.travel(NOW, tick=False):
        if not words:
            check_backups()
            return
        with pytest.raises(NotWellError, match=words):
            check_backups()


@pytest.mark.django_db
@pytest.mark.parametrize(("recipient", "said"), [("", "没有设置 BACKUP_RECIPIENT"), ("age1x", "")])
def test_without_a_recipient_it_is_said_that_none_are_made_and_nothing_alarms(
    tmp_path: Path, settings: Any, recipient: str, said: str
) -> None:
    settings.BACKUP_DIR, settings.VAR_DIR, settings.BACKUP_RECIPIENT = tmp_path, tmp_path, recipient
    [found] = [finding for finding in findings() if finding.name == "backup"]
    assert found.unused.startswith(said)
    assert bool(found.problem) is not bool(said)


def test_none_at_all_is_told(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DIR = tmp_path
    with pytest.raises(NotWellError, match="no backup"):
        check_backups()
