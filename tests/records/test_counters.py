"""Counters and letter numbers under many writers at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.records import counters
from tests.factories import UnitFactory

THREADS, TURNS = 20, 10


class _GivenUp(Exception):
    """A clerk whose act fails after the number was taken."""


@pytest.mark.django_db
def test_a_counter_starts_at_1_and_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        assert [counters.take("a"), counters.take("a"), counters.take("b")] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_counter_is_only_taken_in_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        counters.take("a")


def _write_letters(unit: Unit, start: Barrier, thread: int) -> list[str]:
    kept = []
    start.wait()
    for turn in range(TURNS):
        try:
            with transaction.atomic():
                number = issuing.next_number(unit, ACCEPTANCE, date(2026, 3, 2))
                if (thread + turn) % 7 == 0:
                    raise _GivenUp
            kept.append(number.text)
        except _GivenUp:
            continue
    connection.close()
    return kept


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_when_many_write_and_some_give_up() -> None:
    unit = UnitFactory.create(letter_mark="滨信")
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        kept = [n for found in pool.map(lambda t: _write_letters(unit, start, t), range(THREADS)) for n in found]
    given_up = sum((thread + turn) % 7 == 0 for thread in range(THREADS) for turn in range(TURNS))
    assert sorted(kept) == sorted(f"滨信告〔2026〕{n}号" for n in range(1, THREADS * TURNS - given_up + 1))
