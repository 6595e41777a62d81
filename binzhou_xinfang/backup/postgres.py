"""pg_dump and pg_restore of the database in use, of the version that its server speaks."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from django.db import connection

from binzhou_xinfang.local.programs import postgres_bin

_FROM = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


class ProgramError(Exception):
    """A program of PostgreSQL ended with an error; the message is its last line."""


@contextmanager
def dumping(snapshot: str) -> Iterator[IO[bytes]]:
    """Run pg_dump on an exported snapshot; gives its output. Raises ProgramError when it fails."""
    words = [
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-acl",
        "--no-unlogged-table-data",
        f"--snapshot={snapshot}",
    ]
    with _running(words, stdout=subprocess.PIPE) as process:
        yield cast(IO[bytes], process.stdout)


@contextmanager
def restoring() -> Iterator[IO[bytes]]:
    """Run pg_restore in one transaction; gives its input. What is broken off leaves nothing behind."""
    words = ["pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
    database = str(connection.get_connection_params()["dbname"])
    with _running([*words, f"--dbname={database}"], stdin=subprocess.PIPE) as process:
        yield cast(IO[bytes], process.stdin)


@contextmanager
def _running(words: list[str], **pipes: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run one program; whatever goes wrong in the block ends it too, before it could have finished."""
    program = str(postgres_bin(None) / words[0])
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([program, *words[1:]], stderr=errors, env=_environment(), **pipes)  # type: ignore[call-overload]
        try:
            yield process
            if process.stdin:
                process.stdin.close()
            status = process.wait()
        except BaseException as error:
            process.kill()
            process.wait()
            if isinstance(error, BrokenPipeError):
                raise ProgramError(_last_line(errors, words[0])) from error
            raise
        finally:
            if process.stdout:
                process.stdout.close()
        if status:
            raise ProgramError(_last_line(errors, words[0]))


def _environment() -> dict[str, str]:
    """Name the database in the environment, where no list of processes shows its password."""
    params = connection.get_connection_params()
    return os.environ | {name: str(params[key]) for key, name in _FROM.items() if params.get(key)}


def _last_line(errors: IO[bytes], program: str) -> str:
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"{program} ended without a word"
