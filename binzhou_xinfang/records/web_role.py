"""Role of the database under which web, worker and beat work: it reads and writes rows, and owns nothing.

So whoever has found a way into the web server cannot take a trigger off a table, nor change a row of a table that only
grows, whatever SQL is sent.
"""

from django.apps import apps
from django.db import connection, models

from binzhou_xinfang.records import proof

ROLE = "xinfang_web"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_GROWING = "SELECT, INSERT"
_KEPT = "SELECT, INSERT, UPDATE"


def exists(role: str) -> bool:
    """Check that the server has the role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def owns_tables() -> bool:
    """Check that whoever is connected owns a table of ours, or is somebody who may do anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user)"
            " OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
        return bool(cursor.fetchone()[0])


def rights_on(model: type[models.Model]) -> str:
    """Name what may be done to rows of the table."""
    claim = proof.claim_of(model)
    if claim is not None and claim.final is None:
        return _GROWING
    return _KEPT if proof.keeps_rows(model) else _ALL


def grant(role: str) -> int:
    """Take from the role whatever it had in our schema and give it what it needs; returns on how many tables. In the
    caller's transaction."""
    quote = connection.ops.quote_name
    name = quote(role)
    known = {model._meta.db_table: rights_on(model) for model in apps.get_models(include_auto_created=True)}
    known["django_migrations"] = "SELECT"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = quote(str(cursor.fetchone()[0]))
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
        there = sorted(connection.introspection.table_names(cursor))
        for table in there:
            # A table without a model is a place to keep things for a while: a second leg of the cache.
            cursor.execute(f"GRANT {known.get(table, _ALL)} ON {quote(table)} TO {name}")
    return len(there)
