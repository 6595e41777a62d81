"""Requests by the API's own description, right ones and wrong ones, for the tests that send them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def ask(operation: Any, mode: GenerationMode, trials: settings, send: Callable[[Any], None]) -> None:
    """Send the operation requests of one kind, as many as `trials` say. Wrong ones are left out where nothing can be
    asked wrongly; where they should be there and are not, Unsatisfiable is raised."""
    if mode is GenerationMode.NEGATIVE and not [*operation.path_parameters, *operation.query, *operation.body]:
        return  # it takes nothing but the token

    @trials
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        send(case)

    try:
        each()
    except Unsatisfiable:
        # A number in an address is right, or it is another address: there is nothing else to be wrong.
        if mode is GenerationMode.POSITIVE or [*operation.query, *operation.body]:
            raise


@contextmanager
def served_within_the_test() -> Iterator[None]:
    """Do as Django's own test client does: a request leaves the connection open, for the test's transaction is on
    it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
