"""Worklists at any size: no count and no page of them reads the table of matters from end to end."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import PetitionCase
from cases.queries import QUEUES, Queue, queues_of
from cases.worklists.counting import count_queues
from tests.office import MONDAY, Office, register

TABLE = PetitionCase._meta.db_table
AT_WORK = sorted({role for queue in QUEUES for role in queue.roles})


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def reads_whole_table(sql: str) -> bool:
    """Ask PostgreSQL for its plan; a walk through the whole table is left only where no index answers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
    [plan] = found if isinstance(found, list) else json.loads(found)
    return any(
        node["Node Type"].endswith("Seq Scan") and node.get("Relation Name") == TABLE for node in nodes(plan["Plan"])
    )


def test_a_question_without_an_index_is_seen(office: Office) -> None:
    matters = PetitionCase.objects.all()
    assert reads_whole_table(str(matters.filter(version=1).query))
    assert not reads_whole_table(str(matters.filter(closed_on=None, holder=1).query))


@pytest.mark.parametrize("role", AT_WORK)
def test_the_counts_of_the_menu_read_by_index(office: Office, role: str) -> None:
    post = a_post(office, role)
    register(office)
    with CaptureQueriesContext(connection) as asked:
        count_queues(post, queues_of(post), MONDAY.date())
    assert [query["sql"] for query in asked if TABLE in query["sql"] and reads_whole_table(query["sql"])] == []


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.slug)
def test_a_page_of_a_worklist_reads_by_index(office: Office, queue: Queue) -> None:
    for role in sorted(queue.roles):
        with CaptureQueriesContext(connection) as asked:
            list(queue.cases(a_post(office, role))[:1])
        assert [query["sql"] for query in asked if reads_whole_table(query["sql"])] == [], role


def a_post(office: Office, role: str) -> Post:
    """Give the unit under the city's petition office, which sees the least by its area, somebody of this role."""
    unit = office.handler.unit if Role(role) in (Role.UNIT_HANDLER, Role.UNIT_HEAD) else office.head.unit
    return Post(user=office.head.user, unit=unit, role=role, from_on=MONDAY.date(), pk=1)
