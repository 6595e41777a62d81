"""A stack of servers and processes of its own for each file of tests that kills them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.stack import Stack


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with tempfile.TemporaryDirectory(prefix="xf-") as folder:
        Path(folder).chmod(0o755)
        running = Stack(Path(folder) / "var")
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture(autouse=True)
def _nobody_works_yet(stack: Stack) -> None:
    while stack.children:
        stack.kill(stack.children.pop())
    stack.empty_redis()
