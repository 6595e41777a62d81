"""English of the docstrings: noun phrases and imperatives, never riddles ("What is meant by a few words typed")."""

from . import measures

EVERYWHERE = (*measures.APPS, "tests")
FORBIDDEN = frozenset({"What", "How", "Whether", "Who"})


def test_no_docstring_begins_with_a_question_word():
    riddles = [place for place in measures.dialect(EVERYWHERE) if measures.first_word(place.text) in FORBIDDEN]
    assert [str(place) for place in riddles] == []


def test_the_docstring_of_a_function_is_an_imperative():
    assert [str(place) for place in measures.noun_phrases()] == []


def test_few_docstrings_begin_in_dialect():
    assert len(measures.dialect()) < measures.DIALECT_SHARE * len(list(measures.docstrings()))
