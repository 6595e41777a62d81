"""The drill: a life is backed up, the machine burns, and another machine has everything that counts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from binzhou_xinfang.backup.manifest import read
from binzhou_xinfang.records import anchors
from binzhou_xinfang.records.files import store
from cases.models import CaseEvent, Petitioner
from tests.office import State, case_in, make_office

pytestmark = pytest.mark.django_db(transaction=True)
DRILL = "drill_of_the_restore"


class Machine:
    """Another machine: an empty database on the same server, a folder of its own, the keys that it is given."""

    def __init__(self, folder: Path) -> None:
        params = connection.get_connection_params()
        host, port = quote(str(params["host"]), safe=""), params.get("port")
        self.var = folder / "var"
        self.env = os.environ | {
            "DATABASE_URL": f"postgres://{params['user']}@{host}{f':{port}' if port else ''}/{DRILL}",
            "VAR_DIR": str(self.var),
            "SECRET_KEY": ours.SECRET_KEY, "FIELD_KEYS": ours.FIELD_KEYS, "DIGEST_KEY": ours.DIGEST_KEY,
        }  # fmt: skip

    @property
    def as_web(self) -> str:
        """Name its database under the role that owns nothing."""
        return f"postgres://xinfang_web@{self.env['DATABASE_URL'].rpartition('@')[2]}"

    def manage(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            env=self.env | env, cwd=ours.BASE_DIR, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DRILL}")
    yield Machine(tmp_path / "other")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {DRILL} WITH (FORCE)")


@pytest.fixture
def identity(tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "identity.txt"
    call_command("backup_identity", str(path))
    settings.BACKUP_RECIPIENT = capsys.readouterr().out.strip().removeprefix("BACKUP_RECIPIENT=")
    settings.VAR_DIR = tmp_path / "var"
    return path


@pytest.fixture
def burnt(tmp_path: Path, identity: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The backup of a life with persons, letters, clocks and a file, whose days are closed."""
    case_in(make_office(), State.DELIVERED)
    store(SimpleUploadedFile("照片.png", bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 40))
    anchors.close_days(timezone.now())
    root = tmp_path / "backups"
    call_command("backup", "--to", str(root), "--keys", str(tmp_path / "keys"))
    assert json.loads(capsys.readouterr().out)["files"] >= 1
    [folder] = root.glob("2*")
    return folder


def test_another_machine_has_everything_that_counts(burnt: Path, machine: Machine, identity: Path) -> None:
    done = machine.manage("restore", str(burnt), "--identity", str(identity))
    assert done.returncode == 0, done.stderr
    proof = json.loads(done.stdout)
    made = read(burnt)
    assert (proof["faults"], proof["rows"], proof["files"]) == (0, sum(made.tables.values()), made.files)
    assert proof["events"] >= CaseEvent.objects.count() > 0
    asked = "from cases.models import Petitioner as P; print(*P.objects.order_by('pk').values_list('name', flat=True))"
    names = machine.manage("shell", "-v", "0", "-c", asked).stdout.split()
    assert names == list(Petitioner.objects.order_by("pk").values_list("name", flat=True))


def test_the_web_s_role_restores_nothing_and_has_its_rights_after_a_restore(
    burnt: Path, machine: Machine, identity: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = 'xinfang_web'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE xinfang_web LOGIN")
    refused = machine.manage("restore", str(burnt), "--identity", str(identity), DATABASE_URL=machine.as_web)
    assert (refused.returncode, "不能建表" in refused.stderr) == (2, True)
    assert machine.manage("restore", str(burnt), "--identity", str(identity)).returncode == 0
    asked = "from cases.models import CaseEvent as E; print(E.objects.count()); E.objects.all().delete()"
    done = machine.manage("shell", "-v", "0", "-c", asked, DATABASE_URL=machine.as_web)
    assert int(done.stdout) == CaseEvent.objects.count()
    assert "permission denied" in done.stderr


def test_the_keys_come_from_their_own_place_and_open_for_the_identity_alone(
    burnt: Path, machine: Machine, identity: Path, tmp_path: Path
) -> None:
    [keys] = (tmp_path / "keys").iterdir()
    target = tmp_path / "keys.env"
    done = machine.manage("restore_keys", str(keys), "--identity", str(identity), "--to", str(target))
    assert done.returncode == 0, done.stderr
    assert f"FIELD_KEYS={ours.FIELD_KEYS}\n" in target.read_text()
    assert target.stat().st_mode & 0o077 == 0
    other = tmp_path / "other.txt"
    call_command("backup_identity", str(other))
    refused = machine.manage("restore_keys", str(keys), "--identity", str(other), "--to", str(tmp_path / "no.env"))
    assert (refused.returncode, (tmp_path / "no.env").exists()) == (2, False)


def test_a_backup_shows_nothing_of_the_persons_and_keys_in_it(burnt: Path, tmp_path: Path) -> None:
    found = [path for path in tmp_path.rglob("*") if path.is_file() and path.is_relative_to(tmp_path / "keys")]
    found += [path for path in burnt.parent.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in found)
    secrets = [ours.DIGEST_KEY, ours.FIELD_KEYS.partition(":")[2], "刘某", "cases_petition_pkey"]
    assert [secret for secret in secrets if secret.encode() in content] == []


def test_what_cannot_be_restored_is_refused_and_leaves_the_database_empty(
    burnt: Path, machine: Machine, identity: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    call_command("backup_identity", str(other))

    def restore(by: Path = identity, **env: str) -> tuple[int, str]:
        done = machine.manage("restore", str(burnt), "--identity", str(by), **env)
        return done.returncode, done.stderr

    refusals = [restore(DIGEST_KEY="0" * 64), restore(tmp_path / "none.txt"), restore(other)]
    with flipped(burnt / "database.dump.age"):
        refusals.append(restore())
    with moved(burnt / "manifest.json"):
        refusals.append(restore())
    assert [status for status, _ in refusals] == [2] * 5
    wanted = ["不是这份备份的密钥", "没有备份私钥", "备份私钥不对", "已损坏或被改动", "不是一份完整的备份"]
    assert [words in said for words, (_, said) in zip(wanted, refusals, strict=True)] == [True] * 5
    assert not (machine.var / "files").exists()
    assert restore()[0] == 0
    status, said = restore()
    assert (status, "不是空的" in said) == (2, True)


def test_a_file_that_is_gone_from_the_disk_stops_the_backup_and_says_so(
    burnt: Path, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "nothing"
    with pytest.raises(CommandError, match="备份不完整"):
        call_command("backup", "--to", str(tmp_path / "second"), "--keys", str(tmp_path / "keys"))
    assert list((tmp_path / "second").glob("2*")) == []


def test_without_a_recipient_nothing_is_written(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="BACKUP_RECIPIENT"):
        call_command("backup", "--to", str(tmp_path / "backups"), "--keys", str(tmp_path / "keys"))
    assert not (tmp_path / "backups").exists()


@contextmanager
def flipped(path: Path) -> Iterator[None]:
    """One bit of the file is another for a while."""
    whole = path.read_bytes()
    path.write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:])
    yield
    path.write_bytes(whole)


@contextmanager
def moved(path: Path) -> Iterator[None]:
    """The file is not there for a while."""
    path.rename(path.with_suffix(".away"))
    yield
    path.with_suffix(".away").rename(path)
