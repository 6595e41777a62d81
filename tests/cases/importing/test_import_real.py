"""The real exports, where they are at hand: all rows, twice, with equal results.

They lie in the folder that SHARED_DATA names, else in ../shared/data beside the checkout.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from binzhou_xinfang.records.models import Counter
from binzhou_xinfang.statute.models import current_calendar
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from cases.importing.messages import MESSAGE_COLUMNS, read_message, read_reply
from cases.importing.sheet import read_sheet
from cases.models import Petition, PetitionCase, Topic
from cases.states import State
from tests.cases.importing.test_import_messages import counts
from tests.cases.importing.workbooks import catch_all_topic, run_import
from tests.office import Office

DATA = Path(os.environ.get("SHARED_DATA", "") or settings.BASE_DIR.parent / "shared" / "data")
OPEN, ANSWERED = DATA / "messages_open.xlsx", DATA / "messages_answered.xlsx"

pytestmark = pytest.mark.skipif(
    not (OPEN.is_file() and ANSWERED.is_file()),
    reason=f"the sample messages are not at hand: no messages_open.xlsx and messages_answered.xlsx in {DATA}",
)

__all__ = ["catch_all_topic"]


@pytest.fixture(autouse=True)
def _own_var(settings: Any, tmp_path: Path, catch_all_topic: Topic) -> None:
    settings.VAR_DIR = tmp_path / "var"


def snapshot() -> list[tuple[Any, ...]]:
    """Every arrival with the state of its matter and its clocks."""
    columns = ("number", "external_id", "case__state", "case__version", "case__due_on", "case__closed_on")
    return list(Petition.objects.order_by("pk").values_list(*columns))


def numbers_are_gapless() -> bool:
    """Check that the numbers of each year run from 1 to the value of its counter."""
    given: dict[str, list[int]] = {}
    for number in Petition.objects.values_list("number", flat=True):
        series, serial = str(number).rsplit("-", 1)
        given.setdefault(series.replace("-", "/").lower(), []).append(int(serial))
    taken = Counter.objects.filter(name__startswith="petition/")
    counted = {counter.name.removeprefix("petition/"): counter.value for counter in taken}
    return all(sorted(serials) == list(range(1, counted[series] + 1)) for series, serials in given.items())


def test_all_open_messages_are_imported_twice_with_equal_results(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    first, before = run_import(OPEN, capsys), snapshot()
    second, after = run_import(OPEN, capsys), snapshot()
    assert first == counts(rows=2266, imported=2266)
    assert second == counts(rows=2266, already_present=2266)
    assert before == after
    assert numbers_are_gapless()


def in_time(rule: Rule) -> int:
    """Count the replies of the export that came by the legal day, reckoned from the file alone."""
    sheet, now, calendar = read_sheet(ANSWERED, MESSAGE_COLUMNS), timezone.now(), current_calendar()
    found = 0
    for row in sheet.rows:
        message = read_message(row, epoch=sheet.epoch, now=now)
        reply = read_reply(message, epoch=sheet.epoch, now=now)
        due = reckon(rule, timezone.localdate(message.posted_at), calendar=calendar).legal
        found += reply is not None and timezone.localdate(reply.replied_at) <= due
    return found


def test_all_answered_messages_are_replayed_twice_with_equal_results(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    first, before = run_import(ANSWERED, capsys, "--replay"), snapshot()
    second, after = run_import(ANSWERED, capsys, "--replay"), snapshot()
    same = {"rows": 1373, "answered": 1373, "on_time_60": in_time(Rule.HANDLING), "on_time_15": in_time(Rule.TRIAGE)}
    assert first == counts(imported=1373, **same)
    assert second == counts(already_present=1373, **same)
    assert before == after
    assert {state for _, _, state, *_ in before} == {State.CLOSED}
    assert PetitionCase.objects.filter(closed_on__lt=timezone.localdate() - timedelta(days=365)).count() == 1373
