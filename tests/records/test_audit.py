"""Anchors and the audit: each kind of tampering is found where it was done."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from binzhou_xinfang.records import anchors, audit, tasks
from binzhou_xinfang.records.audit import Finding
from binzhou_xinfang.records.models import Anchor
from binzhou_xinfang.records.tasks import anchor_day
from tests.records.chains import Folder, FolderEvent, trigger_off
from tests.records.conftest import Write

LABEL = "tried.folderevent"
FIFTH = datetime(2026, 3, 5, 4, tzinfo=UTC)
Story = list[FolderEvent]


def sql(statement: str, *values: Any) -> None:
    with trigger_off(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults(since: date | None = None) -> list[tuple[Any, ...]]:
    return [tuple(found) for found in audit.verify(since).findings]


@pytest.fixture
def closed(story: Story) -> Story:
    anchors.close_days(FIFTH)
    return story


def test_days_that_have_ended_are_closed_once(story: Story) -> None:
    assert (anchors.close_days(FIFTH), anchors.close_days(FIFTH)) == (3, 0)
    assert [(a.day.day, a.tables[LABEL]["count"]) for a in Anchor.objects.order_by("day")] == [(2, 3), (3, 3), (4, 0)]


def test_an_anchor_tells_how_long_each_chain_was(closed: Story, folder: Folder, other: Folder) -> None:
    assert [a.ends[LABEL] for a in Anchor.objects.order_by("day")] == [
        {str(folder.pk): 2, str(other.pk): 1},
        {str(folder.pk): 4, str(other.pk): 2},
        {},
    ]


@pytest.mark.parametrize(
    ("now", "closed_days"),
    [
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 2, 16, 9, tzinfo=UTC), 0),
        (datetime(2026, 3, 2, 16, 10, tzinfo=UTC), 1),
    ],
)
def test_a_day_is_closed_ten_minutes_after_midnight_in_shanghai(story: Story, now: datetime, closed_days: int) -> None:
    assert anchors.close_days(now) == closed_days


def test_nothing_is_closed_before_the_first_event(folder: Folder) -> None:
    assert anchors.close_days(FIFTH) == 0


def test_missed_days_are_caught_up_by_the_task(closed: Story, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 3, 8, 4, tzinfo=UTC))
    assert anchor_day() == 3
    assert Anchor.objects.count() == 6
    assert faults() == []


def test_a_day_that_only_a_clock_ahead_has_ended_is_not_closed(
    closed: Story, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_machine.move_to(datetime(2026, 3, 8, 4, tzinfo=UTC))
    monkeypatch.setattr(tasks, "_clock_of_the_database", lambda: datetime(2026, 3, 6, 4, tzinfo=UTC))
    assert anchor_day() == 1


def test_the_file_outside_the_database_holds_every_anchor(closed: Story) -> None:
    lines = anchors.file_path().read_text(encoding="utf-8").splitlines()
    assert lines == [anchors.line_of(anchor) for anchor in Anchor.objects.order_by("day")]


def test_untouched_records_are_found_sound(closed: Story) -> None:
    assert audit.verify(None) == (7, 0, 3, [])


def test_a_changed_detail_is_found(closed: Story, folder: Folder) -> None:
    sql("UPDATE tried_folderevent SET detail = '' WHERE id = %s", closed[3].pk)
    assert faults() == [(LABEL, str(folder.pk), 3, "altered")]


def test_a_changed_last_event_of_the_running_day_is_found(closed: Story, folder: Folder) -> None:
    sql("UPDATE tried_folderevent SET happened_at = now() WHERE id = %s", closed[6].pk)
    assert faults() == [(LABEL, str(folder.pk), 5, "altered")]


def test_an_event_missing_from_the_middle_is_found(closed: Story, folder: Folder) -> None:
    sql("DELETE FROM tried_folderevent WHERE id = %s", closed[1].pk)
    assert faults() == [(LABEL, str(folder.pk), 2, "missing"), (LABEL, "2026-03-02", None, "missing")]


def test_an_event_missing_from_the_end_is_found_by_the_anchor(closed: Story, other: Folder) -> None:
    sql("DELETE FROM tried_folderevent WHERE id = %s", closed[5].pk)
    assert faults() == [(LABEL, str(other.pk), 2, "missing"), (LABEL, "2026-03-03", None, "missing")]


def test_a_whole_missing_chain_is_found_by_the_anchors(closed: Story, other: Folder) -> None:
    sql("DELETE FROM tried_folderevent WHERE folder_id = %s", other.pk)
    assert faults() == [
        (LABEL, str(other.pk), 1, "missing"),
        (LABEL, "2026-03-02", None, "missing"),
        (LABEL, "2026-03-03", None, "missing"),
    ]


def test_an_event_written_again_with_other_words_is_found(closed: Story, folder: Folder) -> None:
    old = closed[1]
    sql("DELETE FROM tried_folderevent WHERE id = %s", old.pk)
    old.pk, old.detail = None, {"note": "没看"}
    old.save(force_insert=True)
    assert faults() == [(LABEL, str(folder.pk), 2, "altered"), (LABEL, "2026-03-02", None, "altered")]


def test_an_event_put_into_a_closed_day_is_found_although_its_seal_is_right(
    closed: Story, other: Folder, write: Write
) -> None:
    write(other, 3)
    assert faults() == [(LABEL, str(other.pk), 3, "inserted"), (LABEL, "2026-03-03", None, "inserted")]


def test_an_event_moved_to_another_chain_is_found(closed: Story, folder: Folder, other: Folder) -> None:
    sql("UPDATE tried_folderevent SET folder_id = %s, seq = 3 WHERE id = %s", other.pk, closed[4].pk)
    assert faults() == [
        (LABEL, str(folder.pk), 4, "missing"),
        (LABEL, str(other.pk), 3, "inserted"),
    ]


def test_a_changed_anchor_is_found(closed: Story) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_anchor DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_anchor SET tables = '{}' WHERE day = '2026-03-03'")
    assert faults() == [("records.anchor", "2026-03-03", None, "altered")]


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-04"])
def test_a_missing_anchor_is_found(closed: Story, day: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_anchor DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM records_anchor WHERE day = %s", [day])
    assert ("records.anchor", day, None, "missing") in faults()


def test_a_line_taken_out_of_the_file_is_found(closed: Story) -> None:
    lines = anchors.file_path().read_text(encoding="utf-8").splitlines(keepends=True)
    anchors.file_path().write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    assert faults() == [("anchors.jsonl", "2026-03-03", None, "missing")]


def test_a_line_changed_in_the_file_is_found(closed: Story) -> None:
    text = anchors.file_path().read_text(encoding="utf-8")
    hash_of_the_fourth = Anchor.objects.get(day=date(2026, 3, 4)).hash
    anchors.file_path().write_text(text.replace(f'"hash":"{hash_of_the_fourth}"', '"hash":"00"'), encoding="utf-8")
    assert faults() == [("anchors.jsonl", "2026-03-04", None, "altered")]


def test_a_spoilt_line_in_the_file_is_found_and_does_not_stop_the_next_days(closed: Story) -> None:
    with anchors.file_path().open("a", encoding="utf-8") as target:
        target.write('{"day"\n')
    assert anchors.close_days(datetime(2026, 3, 6, 4, tzinfo=UTC)) == 1
    assert faults() == [("anchors.jsonl", '{"day"', None, "altered")]


def test_since_a_day_only_what_grew_from_then_is_looked_at(closed: Story, folder: Folder) -> None:
    assert audit.verify(date(2026, 3, 4)) == (5, 0, 1, [])
    sql("UPDATE tried_folderevent SET kind = 'x' WHERE id = %s", closed[2].pk)
    assert faults(date(2026, 3, 4)) == []
    sql("UPDATE tried_folderevent SET kind = 'x' WHERE id = %s", closed[0].pk)
    assert faults(date(2026, 3, 4)) == [(LABEL, str(folder.pk), 1, "altered")]


def test_since_a_day_a_missing_end_is_found_in_its_chain(closed: Story, other: Folder) -> None:
    sql("DELETE FROM tried_folderevent WHERE id = %s", closed[5].pk)
    assert faults(date(2026, 3, 3))[0] == (LABEL, str(other.pk), 2, "missing")


def test_the_command_says_that_all_is_well(closed: Story) -> None:
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    summary = json.loads(said.getvalue())
    assert (summary["ok"], summary["events"], summary["anchors"], summary["first"]) == (True, 7, 3, [])


def test_the_command_ends_with_1_and_names_the_place(closed: Story, folder: Folder) -> None:
    sql("UPDATE tried_folderevent SET detail = '' WHERE id = %s", closed[3].pk)
    said, shouted = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", stdout=said, stderr=shouted)
    assert end.value.code == 1
    assert shouted.getvalue().strip() == f"{LABEL} {folder.pk} 第3条 被改动"
    assert json.loads(said.getvalue())["first"] == [Finding(LABEL, str(folder.pk), 3, "altered")._asdict()]
