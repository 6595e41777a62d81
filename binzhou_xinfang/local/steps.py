"""Progress lines for the person at the keyboard: each step, and the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Announce a step, and its end with the seconds it took. A step that fails says nothing more."""
    say(f"▸ {sentence}…")
    started = time.monotonic()
    yield
    say(f"  完成，用时 {time.monotonic() - started:.1f} 秒")


def say(sentence: str) -> None:
    """Print one line, at once even into a pipe. A full disk behind it costs the line alone."""
    with suppress(OSError):
        print(sentence, flush=True)
