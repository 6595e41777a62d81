"""The migrated database that every test database is a copy of.

Migrating from nothing costs more than most folders of tests. It is done when a migration or a pin has changed, and kept
as a dump in pytest's cache; a copy is still given to `migrate`, which makes what is missing.
"""

import fcntl
import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from binzhou_xinfang.local import programs

KEPT = 3


def template_in(cache: Path) -> str:
    """Name the template on this server, which is made from the dump in the cache when it is not there."""
    key = _key()
    name, dump = f"template_{key}", cache / f"{key}.dump"
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there(name):
            _administer("CREATE DATABASE {} TEMPLATE template0", f"{name}_new")
            if dump.exists():
                _run("pg_restore", f"{name}_new", "--no-owner", "--exit-on-error", str(dump))
            else:
                _migrate(f"{name}_new")
                _keep(f"{name}_new", dump)
            # Half a template bears no name that anybody would copy.
            _administer("ALTER DATABASE {} RENAME TO {}", f"{name}_new", name)
    return name


def _key() -> str:
    """The migrations of all apps, the pins, and the server."""
    told = hashlib.sha256(str(connection.pg_version).encode())
    told.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            told.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return told.hexdigest()[:24]


def _migrate(name: str) -> None:
    with _connected_to(name):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _keep(name: str, dump: Path) -> None:
    """Write the dump, and let the oldest ones go."""
    draft = dump.with_suffix(".new")
    _run("pg_dump", name, "--format=custom", "--no-owner", f"--file={draft}")
    draft.rename(dump)
    for old in sorted(dump.parent.glob("*.dump"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink()


def _run(program: str, name: str, *words: str) -> None:
    parameters = connection.get_connection_params()
    command = [programs.postgres_bin(None) / program, "--dbname", name, "--username", parameters["user"], *words]
    subprocess.run([*command, "--host", parameters["host"]], check=True)


def _is_there(name: str) -> bool:
    with closing(_server()) as plain, plain.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _administer(statement: str, *names: str) -> None:
    with closing(_server()) as plain:
        plain.autocommit = True
        plain.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _server() -> "psycopg2.extensions.connection":
    parameters = connection.get_connection_params()
    given = {key: parameters[key] for key in ("host", "port", "user", "password") if key in parameters}
    return psycopg2.connect(**given, dbname="postgres")
