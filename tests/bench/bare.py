"""The same reads and writes without Django: plain psycopg2 on one connection."""

import os
import secrets
from collections.abc import Sequence
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as PlainConnection  # noqa: N812  a class, whatever its name

from cases.models import CaseEvent, CaseRequest, Deadline, Petition, PetitionCase, Petitioner


def connect(parameters: dict[str, Any]) -> PlainConnection:
    """A connection of our own, from what Django connects with."""
    return psycopg2.connect(**{name: value for name, value in parameters.items() if name not in _OF_DJANGO})


_OF_DJANGO = frozenset({"context", "cursor_factory", "client_encoding", "prepare_threshold"})


def replay(connection: PlainConnection, statements: Sequence[str]) -> None:
    """The statements of a page, every row fetched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()
    connection.commit()


class Writer:
    """Writer of a visit's registration, as copies of the rows of one that was registered."""

    def __init__(self, connection: PlainConnection, petition: Petition) -> None:
        self.connection, self.petition = connection, petition
        self.copies = 0
        self.counter = f"bench/{petition.unit.code}"

    def register(self) -> None:
        """One transaction: number, person, matter, requests, clock, event, petition."""
        case, self.copies = self.petition.case_id, self.copies + 1
        with self.connection.cursor() as cursor:
            cursor.execute(_TAKE, [self.counter])
            number = f"BENCH-{os.getpid()}-{cursor.fetchone()[0]:06d}"
            lead = self._copy(cursor, Petitioner, "id", self.petition.lead_id)
            new = self._copy(cursor, PetitionCase, "id", case, number=number, lead_id=lead)
            for model in (Deadline, CaseEvent, CaseRequest):
                self._copy(cursor, model, "case_id", case, case_id=new)
            digest = secrets.token_bytes(32)
            self._copy(
                cursor, Petition, "id", self.petition.pk, number=number, lead_id=lead, case_id=new, query_digest=digest
            )
        self.connection.commit()

    def _copy(self, cursor: Any, model: type[Any], key: str, value: int, **changes: Any) -> int:
        columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
        wanted = [sql.Placeholder() if column in changes else sql.Identifier(column) for column in columns]
        statement = sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {wanted} FROM {table} WHERE {key} = %s RETURNING id"
        )
        cursor.execute(
            statement.format(
                table=sql.Identifier(model._meta.db_table),
                columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                wanted=sql.SQL(", ").join(wanted),
                key=sql.Identifier(key),
            ),
            [*(changes[column] for column in columns if column in changes), value],
        )
        return int(cursor.fetchall()[0][0])


_TAKE = """
    INSERT INTO records_counter (name, value) VALUES (%s, 1)
    ON CONFLICT (name) DO UPDATE SET value = records_counter.value + 1 RETURNING value
"""
