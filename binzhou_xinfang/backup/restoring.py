"""Restoring of a backup into an empty database, and the proof that everything that counts is there."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.apps import apps
from django.db import connection, transaction

from binzhou_xinfang.backup import manifest
from binzhou_xinfang.backup.making import ANCHORS, count_tables
from binzhou_xinfang.backup.manifest import DUMP, LIST, Manifest, marks_of_keys
from binzhou_xinfang.backup.postgres import restoring
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import audit, web_role
from binzhou_xinfang.records.anchors import file_path
from binzhou_xinfang.records.crypto import DecryptionError, EncryptedTextField
from binzhou_xinfang.records.files import path_of
from binzhou_xinfang.records.models import StoredFile

Told = Callable[[int], object]
# Of each encrypted column so many of the latest values are opened.
_OPENED = 1000
_MAY_CREATE = "SELECT has_schema_privilege(current_user, 'public', 'CREATE')"
_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Proof:
    """Answers of the restored system; `faults` in the reader's words, none where all is well."""

    tables: int
    rows: int
    files: int
    events: int
    faults: list[str]


def identity_in(path: Path) -> "pyrage.x25519.Identity":
    """Read the identity from the file that `backup_identity` made. Raises Refusal where there is none."""
    lines = path.read_text(encoding="ascii").split() if path.is_file() else []
    keys = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(keys[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise Refusal(f"{path} 里没有备份私钥（AGE-SECRET-KEY-…）。") from error


def restore(folder: Path, identity: "pyrage.x25519.Identity", *, on_file: Told = lambda _: None) -> Proof:
    """Bring back the backup of `folder` and prove it.

    Raises Refusal, with nothing written, when the folder holds no whole backup, the database is not empty, the
    configured keys are not those of the backup, or the role may make no tables; ProgramError of pg_restore, which
    leaves the database empty.
    """
    made = _ready(folder)
    try:
        with restoring() as target, (folder / DUMP).open("rb") as source:
            pyrage.decrypt_io(source, target, [identity])
    except (pyrage.DecryptError, OSError) as error:
        raise Refusal("备份私钥不对，或者备份已被改动，没有恢复。") from error
    _restore_files(folder, identity, on_file)
    if (folder / ANCHORS).exists():
        file_path().parent.mkdir(parents=True, exist_ok=True)
        pyrage.decrypt_file(str(folder / ANCHORS), str(file_path()), [identity])
    # A backup holds no rights of roles.
    if web_role.exists(web_role.ROLE):
        with transaction.atomic():
            web_role.grant(web_role.ROLE)
    return prove(made)


def open_keys(path: Path, identity: "pyrage.x25519.Identity") -> str:
    """Read the keys of a backup, as lines for the configuration. Raises Refusal for another identity's."""
    try:
        return str(pyrage.decrypt(path.read_bytes(), [identity]), "utf-8")
    except (pyrage.DecryptError, OSError) as error:
        raise Refusal(f"{path} 不能用这把备份私钥打开。") from error


def _ready(folder: Path) -> Manifest:
    try:
        made = manifest.read(folder)
    except (FileNotFoundError, ValueError) as error:
        raise Refusal(f"{folder} 不是一份完整的备份。") from error
    for name, known in ((DUMP, made.dump), (LIST, made.list)):
        with (folder / name).open("rb") as part:
            if hashlib.file_digest(part, "sha256").hexdigest() != known:
                raise Refusal(f"{folder / name} 已损坏或被改动，没有恢复。")
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        filled = cursor.fetchone()[0]
        cursor.execute(_MAY_CREATE)
        if not cursor.fetchone()[0]:
            raise Refusal(
                "这个数据库角色不能建表，没有恢复。请用表的所有者恢复（OWNER_DATABASE_URL），不用网页服务的角色。"
            )
        if filled:
            raise Refusal("目标数据库不是空的。恢复只写入新建的空数据库，请检查 DATABASE_URL。")
    if not made.keys.items() <= marks_of_keys().items():
        raise Refusal("当前配置的密钥不是这份备份的密钥。请先用 manage.py restore_keys 取回，再写入配置。")
    return made


def _restore_files(folder: Path, identity: "pyrage.x25519.Identity", on_file: Told) -> None:
    for name in (folder / LIST).read_text(encoding="ascii").split():
        target = path_of(name)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".draft")
            source = folder.parent / "files" / name[:2] / f"{name}.age"
            if source.exists():
                pyrage.decrypt_file(str(source), str(draft), [identity])
                draft.rename(target)
        on_file(1)


def prove(made: Manifest) -> Proof:
    """Ask the restored system for everything that counts: rows, files by their hashes, values that open, the proof of
    the events."""
    tables = count_tables()
    faults = [
        f"表 {name} 有 {tables.get(name, 0)} 行，备份时有 {rows} 行"
        for name, rows in made.tables.items()
        if tables.get(name) != rows
    ]
    faults += [*_faults_of_files(), *_faults_of_values()]
    report = audit.verify(None)
    faults += [f"{finding.model} {finding.chain} 与封存不符" for finding in report.findings]
    return Proof(len(tables), sum(tables.values()), made.files, report.events, faults)


def _faults_of_files() -> Iterator[str]:
    for name in StoredFile.objects.values_list("sha256", flat=True).iterator():
        try:
            with path_of(name).open("rb") as content:
                is_whole = hashlib.file_digest(content, "sha256").hexdigest() == name
        except FileNotFoundError:
            is_whole = False
        if not is_whole:
            yield f"文件 {name} 缺失或者已损坏"


def _faults_of_values() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                latest = model._base_manager.order_by("-pk").values_list(field.attname, flat=True)
                try:
                    list(latest[:_OPENED])
                except DecryptionError as error:
                    yield f"{model._meta.db_table}.{field.column} 不能解密：{error}"
