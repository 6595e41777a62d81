"""Two chains of events over three days for the tests of events, anchors and the audit; letters of a bureau."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import events, letters
from binzhou_xinfang.records.letter_facts.examples import EXAMPLES
from binzhou_xinfang.records.letter_kinds import LetterKind
from binzhou_xinfang.records.models import Letter
from tests.factories import PostFactory, UnitFactory
from tests.records.chains import Folder, FolderEvent, tables

Write = Callable[..., FolderEvent]
Issue = Callable[..., Letter]


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


@pytest.fixture
def bureau(db: None) -> Post:
    """A post of the bureau, which numbers letters."""
    unit = UnitFactory.create(name="滨州市信访局", letter_mark="滨信", phone="0543-1234567")
    return PostFactory.create(unit=unit)


@pytest.fixture
def issue(bureau: Post) -> Issue:
    """Issue a letter of the bureau with made-up facts, some of them changed."""

    def make(kind: LetterKind, *, on: date = date(2026, 3, 6), **changed: Any) -> Letter:
        return letters.issue(kind, unit=bureau.unit, on=on, facts={**EXAMPLES, **changed}, by=bureau)

    return make
