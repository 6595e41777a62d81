"""English of the docstrings: noun phrases and imperatives, never riddles ("What is meant by a few words typed")."""

import pytest

from . import measures

FORBIDDEN = frozenset({"What", "How", "Whether", "Who"})
# Rooms whose docstrings have not been gone through yet; a room that is done leaves this list for good.
UNREAD = (
    "binzhou_xinfang/hooks",
    "binzhou_xinfang/letters/",
    "binzhou_xinfang/process/",
    "binzhou_xinfang/reading.py",
    "binzhou_xinfang/records/letter",
    "binzhou_xinfang/records/wording.py",
    "cases/",
    "hearings/",
    "supervision/",
)


def test_no_docstring_begins_with_a_question_word():
    riddles = [place for place in measures.dialect() if place.text.split()[0] in FORBIDDEN]
    assert [str(place) for place in riddles if not place.path.startswith(UNREAD)] == []


@pytest.mark.xfail(bool(UNREAD), reason="rooms are unread", strict=False)
def test_few_docstrings_begin_in_dialect():
    assert len(measures.dialect()) < measures.DIALECT_SHARE * len(list(measures.docstrings()))
