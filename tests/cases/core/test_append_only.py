"""Tables that only grow: SQL is refused every way to change them, and the audit finds what is forced."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction

from binzhou_xinfang.records import audit
from binzhou_xinfang.records.append_only import AppendOnly
from binzhou_xinfang.records.audit import Finding
from cases.models import CaseEvent, PetitionCase
from cases.states import State
from tests.office import Office, case_in

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))
OURS = [table for table in TABLES if not table.startswith("tried_")]
WAYS = [
    "UPDATE {} SET id = id",
    "UPDATE {} SET id = id WHERE false",
    "DELETE FROM {}",
    "DELETE FROM ONLY {} WHERE id < 0",
    "TRUNCATE {}, records_counter CASCADE",
    "WITH gone AS (DELETE FROM {} RETURNING id) SELECT count(*) FROM gone",
    "MERGE INTO {} AS old USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "INSERT INTO {0} SELECT * FROM {0} WHERE false ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "DO $$ BEGIN EXECUTE 'DELETE FROM {}'; END $$",
    "CREATE TEMPORARY VIEW seen AS SELECT * FROM {}; DELETE FROM seen",
]


@pytest.fixture(autouse=True)
def _no_anchors(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def without_triggers() -> Iterator[None]:
    """As the owner of the table could do it, who needs no power over the server."""
    # Foreign keys that are still to be checked would hold the table.
    run("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE cases_caseevent DISABLE TRIGGER USER")
    yield
    run("ALTER TABLE cases_caseevent ENABLE TRIGGER USER")


def test_there_are_no_others_of_them() -> None:
    assert OURS == [
        "cases_alert", "cases_caseevent", "cases_evaluation", "cases_letterdelivery", "cases_logentry",
        "cases_sweepfault", "hearings_bookingevent", "hearings_drawevent", "hearings_expertevent",
        "hearings_mediationevent", "hearings_placeevent", "hearings_pointevent",
        "records_accesslog", "records_anchor", "records_houseevent", "records_letter",
        "records_letterfile", "records_lettertemplate", "records_seal", "records_storedfile", "statute_settingchange",
        "supervision_circularevent", "supervision_inspection", "supervision_record", "supervision_recordfile",
    ]  # fmt: skip


@pytest.mark.parametrize("table", OURS)
def test_no_statement_changes_what_only_grows(db: None, table: str, subtests: pytest.Subtests) -> None:
    for way in WAYS:
        with subtests.test(way), pytest.raises(InternalError, match="append-only"):
            run(way.format(table))


def test_emptying_the_matters_does_not_take_their_events_along(office: Office) -> None:
    case_in(office, State.TRIAGED)
    with pytest.raises(InternalError, match="append-only"):
        run("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE cases_petitioncase CASCADE")
    assert (PetitionCase.objects.count(), CaseEvent.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("forced", "seq", "fault"),
    [
        (
            "UPDATE cases_caseevent SET detail = set_byte(detail, 40, 255 - get_byte(detail, 40)) WHERE seq = 2",
            2,
            "altered",
        ),
        (
            "UPDATE cases_caseevent SET detail = (SELECT detail FROM cases_caseevent WHERE seq = 1 LIMIT 1) "
            "WHERE seq = 2",
            2,
            "altered",
        ),
        ("UPDATE cases_caseevent SET actor_name = '他人' WHERE seq = 1", 1, "altered"),
        ("UPDATE cases_caseevent SET happened_at = happened_at - interval '1 day' WHERE seq = 3", 3, "altered"),
        ("DELETE FROM cases_caseevent WHERE seq = 2", 2, "missing"),
        ("UPDATE cases_caseevent SET seq = 9 WHERE seq = 3", 3, "missing"),
    ],
)
def test_what_is_forced_upon_a_matter_is_found_there(office: Office, forced: str, seq: int, fault: str) -> None:
    case = case_in(office, State.SIGNED_FOR)
    other = case_in(office, State.TRIAGED)
    assert (audit.verify(None).findings, other.events.count()) == ([], 2)
    with without_triggers():
        run(f"{forced} AND case_id = {case.pk}")
    assert audit.verify(None).findings[0] == Finding("cases.caseevent", str(case.pk), seq, fault)
