"""The file of a letter is made once; nothing that happens later changes a byte of it."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import rendering, storage
from binzhou_xinfang.letters.kinds.notices import DECLINE
from binzhou_xinfang.letters.kinds.registration import RECEIPT
from binzhou_xinfang.letters.models import Letter, LetterFile
from binzhou_xinfang.letters.tasks import make_letter_files
from binzhou_xinfang.records import files
from binzhou_xinfang.records.models import StoredFile
from tests.letters.conftest import Issue

pytestmark = pytest.mark.django_db


def test_issuing_makes_no_file_and_the_first_need_does(issue: Issue) -> None:
    letter = issue(RECEIPT)
    assert not LetterFile.objects.exists()
    content = storage.read(letter)
    made = LetterFile.objects.get()
    assert made.file.sha256 == hashlib.sha256(content).hexdigest() == str(storage.file_of(letter).sha256)
    assert made.file.size == len(content)


def test_the_file_stays_when_the_layout_changes(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = issue(RECEIPT)
    before = storage.read(letter)
    monkeypatch.setattr(rendering, "render", lambda _: b"another layout")
    assert storage.read(letter) == before


def test_who_is_slower_gets_the_file_of_who_was_faster(issue: Issue) -> None:
    letter = issue(RECEIPT)
    faster = storage.keep(letter, b"first")
    assert storage.keep(letter, b"second") == faster
    assert storage.read(letter) == b"first"


def test_the_link_to_the_file_cannot_be_changed(issue: Issue) -> None:
    storage.file_of(issue(RECEIPT))
    for command in ("UPDATE records_letterfile SET made_at = now()", "DELETE FROM records_letterfile"):
        with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(command)


def test_a_file_that_the_disk_has_lost_is_not_made_anew_in_silence(issue: Issue) -> None:
    letter = issue(RECEIPT)
    files.path_of(storage.file_of(letter).sha256).unlink()
    with pytest.raises(Refusal, match="文件库中找不到滨信收〔2026〕1号的文件"):
        storage.read(letter)


def test_the_task_makes_the_files_of_new_letters_once(issue: Issue) -> None:
    letters = [issue(RECEIPT), issue(DECLINE)]
    assert make_letter_files() == 2
    assert make_letter_files() == 0
    assert {made.letter_id for made in LetterFile.objects.all()} == {letter.pk for letter in letters}


def test_the_task_leaves_letters_alone_that_were_loaded_with_an_old_date(issue: Issue) -> None:
    issue(RECEIPT)
    assert storage.make_missing(timezone.now() + storage.FRESH + timedelta(hours=1)) == 0


def test_what_the_system_made_is_kept_once_and_is_not_executable(settings: Any, tmp_path: Path) -> None:
    first, second = files.keep(b"one", "text/plain"), files.keep(b"one", "text/plain")
    assert first == second
    assert StoredFile.objects.count() == 1
    path = files.path_of(first.sha256)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", files.FILE_MODE)
    assert not list(Path(settings.MEDIA_ROOT).glob(".made-*"))


def altered(letter: Letter) -> Letter:
    """The letter as somebody with the rights of the owner of the table has left it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_letter DISABLE TRIGGER USER")
        other = Letter._meta.get_field("title").get_db_prep_value("别的标题", connection)
        cursor.execute("UPDATE records_letter SET title = %s WHERE id = %s", [other, letter.pk])
        cursor.execute("ALTER TABLE records_letter ENABLE TRIGGER USER")
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize("has_file", [True, False])
def test_a_letter_whose_text_does_not_hash_to_its_signature_is_handed_out_by_nobody(
    issue: Issue, has_file: bool
) -> None:
    letter = issue(RECEIPT)
    assert letter.is_as_issued
    if has_file:
        storage.file_of(letter)
    with pytest.raises(Refusal, match="与签发时的校验值不一致"):
        storage.read(altered(letter))
    assert LetterFile.objects.exists() is has_file
    assert storage.make_missing(timezone.now()) == 0


def test_a_file_whose_bytes_were_changed_on_the_disk_is_handed_out_by_nobody(issue: Issue) -> None:
    letter = issue(RECEIPT)
    path = files.path_of(storage.file_of(letter).sha256)
    path.chmod(0o640)
    path.write_bytes(b"another paper")
    with pytest.raises(Refusal, match="与签发时的校验值不一致"):
        storage.read(letter)
