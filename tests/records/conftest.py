"""Two chains of events over three days for the tests of events, anchors and the audit."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import events
from tests.factories import PostFactory
from tests.records.chains import Folder, FolderEvent, tables

Write = Callable[..., FolderEvent]


@pytest.fixture
def _chain_tables(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Any:
    monkeypatch.setattr(events, "chained_models", lambda: [FolderEvent])
    settings.VAR_DIR = tmp_path
    with tables():
        yield


@pytest.fixture
def post(db: None) -> Post:
    return PostFactory.create()


@pytest.fixture
def folder(_chain_tables: None) -> Folder:
    return Folder.objects.create()


@pytest.fixture
def other(_chain_tables: None) -> Folder:
    return Folder.objects.create()


@pytest.fixture
def write(post: Post) -> Write:
    """Append an event at noon (Asia/Shanghai) of a day of March 2026."""

    def append(folder: Folder, day: int, note: str = "看过") -> FolderEvent:
        noon = datetime(2026, 3, day, 4, tzinfo=UTC)
        with time_machine.travel(noon, tick=False):
            return events.append(FolderEvent, folder, kind="noted", by=post, happened_at=noon, detail={"note": note})

    return append


@pytest.fixture
def story(folder: Folder, other: Folder, write: Write) -> list[FolderEvent]:
    """2 March: 1, 2 of one and 1 of the other folder; 3 March: 3, 4 and 2; 5 March (not closed by the 5th): 5."""
    steps = [(folder, 2), (folder, 2), (other, 2), (folder, 3), (folder, 3), (other, 3), (folder, 5)]
    return [write(where, day) for where, day in steps]
