"""System checks of the database: Chinese text is stored, sorted and compared as Unicode."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

OLDEST_POSTGRESQL = 150000


def check_databases(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report each database that is too old, not UTF-8, or whose LC_CTYPE is not UTF-8."""
    return [problem for alias in databases or () for problem in _problems(alias)]


def _problems(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datctype"
            " FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, ctype = cursor.fetchone()
    return problems_of(version, encoding, ctype)


def problems_of(version: int, encoding: str, ctype: str) -> list[CheckMessage]:
    """List the faults of a database of this server version (150004 is 15.4), encoding and LC_CTYPE."""
    problems: list[CheckMessage] = []
    if version < OLDEST_POSTGRESQL:
        problems.append(Error("PostgreSQL 版本过低，需要 15 或更高版本", id="binzhou_xinfang.E001"))
    hint = "重新建库：CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    if encoding != "UTF8":
        problems.append(Error(f"数据库编码是 {encoding}，必须是 UTF8", hint=hint, id="binzhou_xinfang.E002"))
    if not ctype.lower().replace("-", "").endswith("utf8"):
        problems.append(Error(f"数据库的 LC_CTYPE 是 {ctype}，必须是 UTF-8 的", hint=hint, id="binzhou_xinfang.E003"))
    return problems
