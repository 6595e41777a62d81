"""One request inside this process, to see its queries; it goes through the same middleware and views."""

from collections.abc import Mapping

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binzhou_xinfang.accounts.models import Post

_FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def queries_of(post: Post, path: str, data: Mapping[str, str] | None) -> list[str]:
    """The statements of a page (`data` None) or a form, as they went to the database, in order.

    The words that only frame a transaction are left out. Raises RuntimeError when the page does not answer.
    """
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(post.user)
    client.get("/bench/empty/")
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path) if data is None else client.post(path, data)
    if response.status_code not in (200, 302):
        raise RuntimeError(f"{path} answered {response.status_code}")
    statements = [str(query["sql"]) for query in seen.captured_queries]
    return [statement for statement in statements if not statement.startswith(_FRAME)]


def reads(statements: list[str]) -> list[str]:
    """Those that change nothing, which may be sent again."""
    return [statement for statement in statements if statement.startswith("SELECT")]
