"""Every field of every move, typed by somebody who means harm: an answer in words, no failure, nothing half done."""

from itertools import cycle
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile

from cases.models import PetitionCase
from cases.states import TRANSITIONS, Move
from cases.web.procedure.forms import MOVE_FORMS
from tests.cases.api_client import program, url_of
from tests.cases.pages import move_url, signed_in, typed
from tests.moves import Sent
from tests.office import Office, ready_for, undone

pytestmark = pytest.mark.usefixtures("on_monday")
HOSTILE = (
    "<script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "' OR 1=1 --", "a\x00b", "\u202e\u200b\ufeff", "9" * 400,
    "-1", "1e309", "٣", "𠮷🏛️" * 40, "字" * 60_000, "0001-01-01", "9999-12-31", "../../etc/passwd", "\n" * 300, "on",
)  # fmt: skip
TURNS = cycle(HOSTILE)
# Of the values one is tried at each field; over all the fields each comes often.
# What a program may send where a text is awaited.
STRANGE: tuple[Any, ...] = (None, [], {}, [[1]], {"a": {"b": 1}}, True, 10**30, 1.5, ["x"] * 3)
STRANGERS = cycle(STRANGE)


def whole(case: PetitionCase) -> bool:
    """Tell whether the move was made as a whole, or not at all."""
    now = PetitionCase.objects.get(pk=case.pk)
    return case.events.count() >= now.version - case.version and now.version - case.version in (0, 1, 2)


@pytest.mark.parametrize("move", MOVE_FORMS, ids=lambda move: move.value)
def test_no_field_of_the_page_or_of_the_api_fails(office: Office, move: Move) -> None:
    ready = ready_for(office, move)
    browser, api = signed_in(ready.by), program(ready.by)
    browser.raise_request_exception = api.raise_request_exception = False
    failed = []
    for name in [*MOVE_FORMS[move](case=ready.case, post=ready.by).fields, "version"]:
        value, strange = next(TURNS), next(STRANGERS)
        with undone():
            hand = typed(again(ready.sent)) | {"version": str(ready.case.version), name: value}
            status = browser.post(move_url(ready.case, move), hand).status_code
            failed += [f"page {name}={value[:20]!r}: {status}"] if status >= 500 or not whole(ready.case) else []
        if TRANSITIONS[move].papers:  # files do not go as JSON
            continue
        with undone():
            sent = ready.sent | {"version": ready.case.version, name: strange}
            status = api.post(url_of(ready.case, f"moves/{move}/"), sent, format="json").status_code
            failed += [f"api {name}={strange!r}: {status}"] if status >= 500 or not whole(ready.case) else []
    assert failed == []


def again(sent: Sent) -> Sent:
    """Rewind the files: what was sent once has been read to its end."""
    for value in sent.values():
        if isinstance(value, UploadedFile):
            value.seek(0)
    return sent
