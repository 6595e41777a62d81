"""Two of the faults of `make faults`, on a system of its own under load; the whole table is printed by that command."""

import os

import pytest

from tests.crash.faults import FAULTS
from tests.crash.ground import ground
from tests.crash.table import tried

SHORT = ("Redis away", "all five killed at once")


# It starts a whole system: beside other tests that start one its start was seen to fail (load_reference was not found).
@pytest.mark.skipif(os.environ.get("FAULTS") != "1", reason="by itself: FAULTS=1; make faults tries them all")
def test_what_was_acknowledged_is_there_once_after_an_outage_and_after_a_fall_of_everything() -> None:
    chosen = tuple(fault for fault in FAULTS if fault.name in SHORT)
    with ground() as running:
        lines = list(tried(running, chosen))
        said = running.said()
    assert [str(line) for line in lines if not line.is_good] == []
    assert [line.held.acknowledged > 0 for line in lines] == [True, True]
    # Both are told on the console, by their names.
    assert "数据库（PostgreSQL）已重新启动" in said
    assert "缓存和任务队列（Redis）" in said
