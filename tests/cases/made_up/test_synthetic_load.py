"""The load itself: all or nothing, the same for the same seed, with its references and anchors in order."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.issuing import LetterNumber
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.limits import limits_by_law
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records import anchors
from binzhou_xinfang.records.audit import verify
from binzhou_xinfang.records.models import Anchor
from binzhou_xinfang.statute.models import Kept
from cases.made_up.synthetic import load
from cases.made_up.synthetic.sketches import Sketches
from cases.models import CaseEvent, Deadline, PetitionCase
from tests.cases.made_up.test_synthetic import NOW, load_some
from tests.office import Office, register


def told() -> list[tuple[Any, ...]]:
    """The content of all matters, without what hangs on keys."""
    cases = PetitionCase.objects.order_by("pk")
    rows = list(cases.values_list("number", "title", "state", "due_on", "lead__name", "registered_at"))
    return rows + list(Deadline.objects.order_by("case", "pk").values_list("rule", "legal_on", "met_on", "lapsed_at"))


def test_the_same_seed_gives_the_same_matters_in_any_number_of_processes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "CHUNK", 10)
    contents = []
    for processes, seed in ((1, 3), (2, 3), (1, 4)):
        # As in a process that has read no settings yet: the workers must not read them through our connection.
        monkeypatch.setattr(Kept, "read_on", None)
        with transaction.atomic():
            load_some(40, seed=seed, processes=processes)
            contents.append(told())
            transaction.set_rollback(True)
    assert [contents[0] == contents[1], contents[0] == contents[2]] == [True, False]


def worded_by_the_file(sketches: Sketches, kind: LetterKind, number: LetterNumber, **rest: Any) -> dict[str, Any]:
    return issuing.columns_of(kind, number, **rest, limit=limits_by_law())


def test_a_letter_filled_into_a_sketch_says_what_its_wording_file_says(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = []
    for columns_of in (Sketches.columns_of, worded_by_the_file):
        monkeypatch.setattr(Sketches, "columns_of", columns_of)
        with transaction.atomic():
            load_some(150)
            written = Letter.objects.order_by("number").values_list("number", "title", "paragraphs", "facts", "sha256")
            contents.append(list(written))
            transaction.set_rollback(True)
    assert contents[0] == contents[1]


def references() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'")
        keys = set(cursor.fetchall())
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return keys | set(cursor.fetchall())


def test_a_large_load_takes_references_and_indexes_off_and_leaves_them_in_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "LARGE", 20)
    before = references()
    load_some(20)
    assert (references(), PetitionCase.objects.count()) == (before, 20)


def test_after_a_day_was_closed_all_is_recorded_at_the_load(office: Office, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    with time_machine.travel(NOW - timedelta(days=2)):
        register(office, at=NOW - timedelta(days=2))
    anchors.close_days(NOW)
    load_some(20)
    assert set(CaseEvent.objects.filter(actor__username__startswith="synthetic").values_list("recorded_at")) == {(NOW,)}
    assert (Anchor.objects.count(), verify(None).findings) == (2, [])


def test_without_units_the_command_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_synthetic", cases=5)


@pytest.mark.parametrize("size", ["0", "-1", "viele"])
def test_the_command_takes_a_positive_number_only(size: str) -> None:
    with pytest.raises(CommandError, match="正整数"):
        call_command("load_synthetic", "--cases", size)
