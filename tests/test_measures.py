"""Measures of the code that must hold: lengths of files and functions, imports at the top."""

import ast

from . import measures


def test_no_file_is_too_long():
    assert [str(place) for place in measures.long_files()] == []


def test_no_function_is_too_long():
    assert [str(place) for place in measures.long_functions()] == []


def test_nine_of_ten_functions_are_short():
    assert measures.function_p90() <= measures.FUNCTION_P90


def test_imports_stand_at_the_top():
    assert [str(place) for place in measures.inner_imports()] == []


def test_a_state_is_assigned_in_one_place_a_life():
    """The kernel sets it for every life by steps; the outcome of a move for made-up rows, which no verb takes there."""
    assert sorted({place.path for place in measures.state_assignments()}) == [
        "binzhou_xinfang/process/taking.py",
        "cases/outcome.py",
    ]
    assert len(measures.state_assignments()) == 2


def test_a_state_in_a_tuple_is_seen():
    (node,) = ast.parse("row.note, row.stage = note, Stage.DROPPED").body
    assert measures._sets_state(node)
