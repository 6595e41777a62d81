"""Tables that keep the house are written where their event is written: a function that writes one in silence is found.

The sources are read, not run: a call that writes is known by its method, what it writes by the model that it is called
on, by the annotation or the assignment of the name, or by the name of the column that leads to it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PRODUCT = ("binzhou_xinfang", "cases", "hearings", "supervision")
# Units, people, posts, powers; lists, calendar, settings, templates, rosters.
KEPT = frozenset({
    "Unit", "UnitChange", "User", "Post", "ApiToken", "Grant", "Topic", "LegalRoute", "Holiday", "SettingChange",
    "LetterTemplate", "DutyTurn",
})  # fmt: skip
COLUMNS = {"unit", "user", "post", "token", "grant", "topic", "route"}
WRITES = frozenset({
    "save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
})  # fmt: skip
# Where the event is written by who calls: each with that place.
BY_THE_CALLER = {
    "binzhou_xinfang/accounts/loading.py": "cases/house/loading.py",
    "binzhou_xinfang/accounts/tokens.py": "own_account.tokens and make_token write it; the last use is no change",
    "binzhou_xinfang/accounts/passwords.py": "own_account, for the person himself and at the activation; the commands",
    "binzhou_xinfang/accounts/tree.py": "paths follow the superiors: names.move and loading.load_units",
    "cases/house/names.py": "the acts of units.py, and changes.py on the day of a change",
    "cases/house/asking.py": "the acts of grants.py and people.py, which ask",
}
MADE_UP = "made_up"


def sources() -> Iterator[Path]:
    for part in PRODUCT:
        for path in sorted((ROOT / part).rglob("*.py")):
            if not {"migrations", MADE_UP, "local"} & set(path.relative_to(ROOT).parts):
                yield path


def root_of(node: ast.AST) -> str:
    """The name that a chain of calls and attributes begins with, or the last column on its way that leads to a table
    of the house."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            if node.attr in COLUMNS:
                return f".{node.attr}"
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return node.id if isinstance(node, ast.Name) else ""


def is_kept(annotation: ast.AST | None) -> bool:
    return annotation is not None and any(
        (isinstance(node, ast.Name) and node.id in KEPT) or (isinstance(node, ast.Constant) and node.value in KEPT)
        for node in ast.walk(annotation)
    )


def names_of(target: ast.AST) -> list[str]:
    """The names that a target binds; a column of something binds none."""
    parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def written_in(function: ast.AST) -> bool:
    """Check that the function writes a table of the house."""
    known = {
        argument.arg
        for node in ast.walk(function)
        if isinstance(node, ast.arguments)
        for argument in (*node.args, *node.kwonlyargs)
        if is_kept(argument.annotation)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and root_of(node.value) in KEPT | known:
            known |= {name for target in node.targets for name in names_of(target)}
        if isinstance(node, ast.For) and root_of(node.iter) in KEPT | known:
            known |= set(names_of(node.target))
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    if any(_makes(node) for node in nodes):
        return True
    calls = (node.func for node in nodes)
    return any(
        call.attr in WRITES and (root_of(call.value) in KEPT | known or root_of(call.value).startswith("."))
        for call in calls
        if isinstance(call, ast.Attribute)
    )


def _makes(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "find_or_make" and root_of(call.args[0]) in KEPT


def tells(tree: ast.AST) -> bool:
    """Check that the module writes events of the house, or offers its functions as acts, which do."""
    words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    words |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return "Act" in words or ("note" in words and "ledger" in words)


def silent(text: str) -> list[str]:
    """The functions that write a table of the house in a module without an event."""
    tree = ast.parse(text)
    if tells(tree):
        return []
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [function.name for function in functions if written_in(function)]


def test_every_table_that_keeps_the_house_is_written_with_its_event() -> None:
    found = {str(path.relative_to(ROOT)): silent(path.read_text(encoding="utf-8")) for path in sources()}
    strays = {path: names for path, names in found.items() if names and path not in BY_THE_CALLER}
    assert strays == {}
    assert [path for path in BY_THE_CALLER if not found.get(path)] == []


@pytest.mark.parametrize(
    "body",
    [
        "Unit.objects.filter(pk=1).update(name='x')",
        "Post(user=user, unit=unit).save()",
        "kept = Holiday.objects.get(pk=1)\n    kept.delete()",
        "for row in Topic.objects.all():\n        row.save()",
        "case.unit.save(update_fields=['name'])",
        "given.name = 'x'\n    given.save()",
        "find_or_make(User.objects.all(), username='x', defaults={})",
    ],
)
def test_the_next_one_that_writes_without_an_event_is_found(body: str) -> None:
    assert silent(f"def change(given: Unit) -> None:\n    {body}\n") == ["change"]


def test_a_table_of_matters_is_no_table_of_the_house() -> None:
    body = "case.save()\n    Alert.objects.create(case=case)"
    assert silent(f"def change(case: PetitionCase) -> None:\n    {body}\n") == []
