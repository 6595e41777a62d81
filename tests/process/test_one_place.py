"""A state is set in one place: by the kernel, and by the engine for the matter, which does not stand on it yet."""

import ast

from tests import measures

OF_THE_MATTER = {"cases/engine.py", "cases/outcome.py", "cases/window/registration.py"}
SETTER = "binzhou_xinfang/process/taking.py"


def updates(tree: ast.AST) -> list[int]:
    """List the lines of `….update(state=…)` and of `….bulk_update(…, ["state"])`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr.endswith("update")]
    return [call.lineno for call in named if measures.STATES & _words(call)]


def _words(call: ast.Call) -> set[str]:
    keys = {keyword.arg for keyword in call.keywords if keyword.arg}
    if isinstance(call.func, ast.Attribute) and call.func.attr == "bulk_update":
        keys |= {str(node.value) for node in ast.walk(call) if isinstance(node, ast.Constant)}
    return keys


def test_no_other_module_assigns_a_state() -> None:
    found = {place.path for place in measures.state_assignments()}
    assert found - OF_THE_MATTER == {SETTER}


def test_no_module_updates_a_state_in_the_database() -> None:
    found = {path: updates(tree) for path, tree in measures.trees().items()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_an_update_of_a_state_is_seen() -> None:
    source = "Case.objects.filter(pk=1).update(state='x')\nrows.bulk_update(found, ['stage'])\nrows.update(a=1)"
    assert updates(ast.parse(source)) == [1, 2]
