"""English of the docstrings: noun phrases and imperatives, never riddles ("What is meant by a few words typed")."""

import pytest

from . import measures

EVERYWHERE = (*measures.APPS, "tests")
FORBIDDEN = frozenset({"What", "How", "Whether", "Who"})
# Rooms whose docstrings have not been gone through yet; a room that is done leaves this list for good.
UNREAD = (
    "supervision/circulars/",
    "supervision/web/circulars/",
)


def test_no_docstring_begins_with_a_question_word():
    riddles = [place for place in measures.dialect(EVERYWHERE) if measures.first_word(place.text) in FORBIDDEN]
    assert [str(place) for place in riddles if not place.path.startswith(UNREAD)] == []


def test_the_docstring_of_a_function_is_an_imperative():
    assert [str(place) for place in measures.noun_phrases() if not place.path.startswith(UNREAD)] == []


@pytest.mark.xfail(bool(UNREAD), reason="rooms are unread", strict=False)
def test_few_docstrings_begin_in_dialect():
    assert len(measures.dialect()) < measures.DIALECT_SHARE * len(list(measures.docstrings()))
