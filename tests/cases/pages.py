"""Helpers for the pages of a matter: signed-in browsers, addresses, and the input of forms."""

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.states import Move
from cases.web.procedure.forms import MOVE_FORMS
from tests.moves import Sent

HTMX = {"HX-Request": "true"}


def signed_in(post: Post) -> Client:
    """A browser in which the holder of the post has signed in."""
    client = Client()
    client.force_login(post.user)
    return client


def move_url(case: PetitionCase, move: Move) -> str:
    return reverse("cases:move", args=[case.number, move.value])


def version_in(html: str) -> str:
    """The version that a form was made from."""
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found is not None
    return found.group(1)


def typed(sent: Sent) -> dict[str, Any]:
    """Type in a browser what a program sends as this JSON: a list by the line, an answer in its own boxes."""
    data: dict[str, Any] = {}
    for name, value in sent.items():
        if isinstance(value, UploadedFile):
            value.seek(0)
            data[name] = value
            continue
        if name == "answers":
            for answer in value:
                data |= {f"answers-{answer['order']}-{part}": answer[part] for part in ("result", "text")}
        elif isinstance(value, list):
            data[name] = "\n".join(value)
        elif value is True:
            data[name] = "on"
        elif value is not False:
            data[name] = str(value)
    return data


# What the form of a move refuses at a field; any other form with a required field is sent without it.
_WRONG: dict[Move, dict[str, str]] = {
    Move.TRIAGE: {"topic": "999999"},
    Move.REFER: {"to_unit": "nowhere"},
    Move.ASSIGN: {"days": "0"},
    Move.OBJECT: {"reason": "短"},
    Move.ASK_EXTENSION: {"days": "31"},
    Move.DRAFT: {"answers-2-text": ""},
    Move.SUCCEED: {"phone": "13"},
    Move.MERGE: {"into": "BZXF-1999-000001"},
    Move.CLOSE: {"solved": ""},
    Move.RESOLVE: {"solved": ""},
    Move.MEDIATE: {"both_consent": ""},
    Move.WITHDRAW: {"is_free_will": ""},
    Move.CALL_HEARING: {"members": "甲\n乙"},
}


def wrong_in(move: Move) -> dict[str, str] | None:
    """Values that the form of the move refuses at a field; None for a form that refuses nothing."""
    required = [name for name, field in MOVE_FORMS[move].base_fields.items() if field.required and name != "answers"]
    return _WRONG.get(move) or ({required[0]: ""} if required else None)
