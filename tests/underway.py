"""Requests that the live server is busy with."""

import threading
from typing import Any

from tests import patience


class Underway:
    """The requests that threads of the live server are answering: a page that is closed does not wait for its own."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.changed = threading.Condition()

    def begin(self, **_: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self.changed:
                self.threads.add(threading.get_ident())

    def end(self, **_: Any) -> None:
        with self.changed:
            self.threads.discard(threading.get_ident())
            self.changed.notify_all()

    def wait_for_none(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: not self.threads, timeout=patience.SECONDS), "a request does not end"


underway = Underway()
