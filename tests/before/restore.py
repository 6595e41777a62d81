"""The database and `var/` of before, brought back into a database of their own."""

import io
import lzma
import re
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg2 import sql

from tests.before import keys

# `COPY … FROM stdin;`, its rows, and the line that ends them.
_COPY = re.compile(r"^(COPY [^\n]* FROM stdin;)\n(.*?)^\\\.\n", re.MULTILINE | re.DOTALL)
# What psql alone understands, and a setting that older servers do not know.
_NOT_SQL = re.compile(r"^(\\(un)?restrict .*|SET transaction_timeout = .*)\n", re.MULTILINE)


@contextmanager
def database_of_before(name: str) -> Iterator[None]:
    """Lead Django's connection to a database that holds the dump and nothing else, as long as the block lasts."""
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _administer("CREATE DATABASE {} TEMPLATE template0", name)
    _fill(name)
    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        ContentType.objects.clear_cache()
        _administer("DROP DATABASE {} WITH (FORCE)", name)


def unpack_var(var_dir: Path) -> None:
    """Lay the files of before into a folder."""
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(keys.VAR.read_bytes()))) as tar:
        tar.extractall(var_dir, filter="data")


def _administer(statement: str, name: str) -> None:
    with closing(psycopg2.connect(**_parameters("postgres"))) as plain:
        plain.autocommit = True
        plain.cursor().execute(sql.SQL(statement).format(sql.Identifier(name)))


def _fill(name: str) -> None:
    dump = _NOT_SQL.sub("", lzma.decompress(keys.DUMP.read_bytes()).decode())
    with closing(psycopg2.connect(**_parameters(name))) as plain, plain, plain.cursor() as cursor:
        done = 0
        for copy in _COPY.finditer(dump):
            # Between two copies stand comments alone, which are no statement.
            cursor.execute(f"{dump[done : copy.start()]} SELECT 1")
            cursor.copy_expert(copy[1], io.StringIO(copy[2]))
            done = copy.end()
        cursor.execute(dump[done:])


def _parameters(name: str) -> dict[str, object]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password") if key in given} | {"dbname": name}
