"""Counters without gaps: a number is taken in the caller's transaction and given back when that is rolled back."""

from django.db import connection, transaction

# One statement that nobody can come between, where the ORM needs three. It is 6 % of 登记来访（提交）, too
# (`python -m tests.bench.plain`).
TAKE = """
    INSERT INTO records_counter (name, value) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET value = records_counter.value + EXCLUDED.value
    RETURNING value
"""


def take(name: str, count: int = 1) -> int:
    """Take the next number under `name`, from 1; of `count` numbers taken at once the last.

    Raises TransactionManagementError outside a transaction.

    Whoever else wants a number under this name waits until the caller's transaction ends, so take it late.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a counter is only gapless inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [name, count])
        return int(cursor.fetchone()[0])
