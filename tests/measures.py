"""Measures of the code, taken from its syntax trees alone; `make measures` prints them."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ("binzhou_xinfang", "cases", "hearings", "supervision")
FILE_LINES, FUNCTION_LINES, FUNCTION_P90, DIALECT_SHARE = 300, 40, 15, 0.03
# A docstring that begins so tells a riddle where a noun phrase or an imperative names the thing.
DIALECT = frozenset({"What", "How", "Whether", "Who", "Whom", "Whose", "When", "Where", "Which", "Why", "By", "Of"})
# A function's docstring is an imperative: it does not begin like a noun phrase, as a property's does.
ARTICLES = frozenset({"The", "A", "An", "All", "Every", "Each", "Its", "Those", "One", "No", "Everything", "Somebody"})
TERM = re.compile(r"^[^ ]*[\u4e00-\u9fff]+[:：,.] (?=[a-z])")
STATES = frozenset({"state", "stage"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True)
class Place:
    """A line of the tree with what stands there."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.text}"


@cache
def trees(roots: Sequence[str] = APPS) -> Mapping[str, ast.Module]:
    """Parse every file of the apps but the migrations, which are written by Django."""
    paths = sorted(path for root in roots for path in (ROOT / root).rglob("*.py") if "migrations" not in path.parts)
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def functions() -> Iterator[tuple[str, Function]]:
    """List every function with its file."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def docstrings(roots: Sequence[str] = APPS) -> Iterator[Place]:
    """List every docstring with the line of what it describes."""
    for path, tree in trees(roots).items():
        for node in ast.walk(tree):
            if isinstance(node, Documented) and (text := ast.get_docstring(node)):
                yield Place(path, getattr(node, "lineno", 1), text.splitlines()[0])


def long_files() -> list[Place]:
    """List the files over `FILE_LINES` lines."""
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in trees()}
    return [Place(path, length, "lines") for path, length in lengths.items() if length > FILE_LINES]


def length_of(function: Function) -> int:
    """Count the lines from `def` to the end, docstring included and decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def long_functions() -> list[Place]:
    """List the functions over `FUNCTION_LINES` lines."""
    found = ((path, function, length_of(function)) for path, function in functions())
    return [
        Place(path, node.lineno, f"{node.name}: {length} lines")
        for path, node, length in found
        if length > FUNCTION_LINES
    ]


def percentile(values: Sequence[int], share: float) -> int:
    """Read the value below which `share` of the values lie."""
    return sorted(values)[int(len(values) * share)]


def function_p90() -> int:
    """Measure the length that nine of ten functions do not exceed."""
    return percentile([length_of(function) for _, function in functions()], 0.9)


def inner_imports() -> list[Place]:
    """List imports inside functions; `AppConfig.ready` and its parts have them, for they run after the models."""
    return sorted(
        {
            Place(path, node.lineno, ast.unparse(node))
            for path, function in functions()
            if not path.endswith("/apps.py")
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        },
        key=str,
    )


def first_word(text: str) -> str:
    """Read the first English word; a Chinese term with its colon may stand before it (期限: one clock)."""
    return TERM.sub("", text).split(maxsplit=1)[0].rstrip(",.:;").capitalize()


def dialect(roots: Sequence[str] = APPS) -> list[Place]:
    """List the docstrings that begin with a word of `DIALECT`."""
    return [place for place in docstrings(roots) if first_word(place.text) in DIALECT]


def noun_phrases() -> list[Place]:
    """List the functions, but for properties, whose docstring begins like a noun phrase."""
    return [
        Place(path, node.lineno, text.splitlines()[0])
        for path, node in functions()
        if (text := ast.get_docstring(node))
        # A Chinese term in front is the name of the act: 签收: the unit has what was sent to it.
        and text.split(maxsplit=1)[0] in ARTICLES
        and not any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def _is_state(target: ast.AST) -> bool:
    """Find `row.state` and `row.stage`; what an object keeps of itself (`self.stage`) is no row."""
    is_own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    return isinstance(target, ast.Attribute) and target.attr in STATES and not is_own


def _sets_state(node: ast.AST) -> bool:
    """Find an assignment to a state, also within a tuple, and the kernel's own `setattr(obj, life.state, …)`."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "setattr" and _is_state(node.args[1])
    return any(_is_state(part) for target in _targets(node) for part in ast.walk(target))


def state_assignments() -> list[Place]:
    """List the assignments to the state of a row."""
    return [
        Place(path, node.lineno, ast.unparse(node))
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if _sets_state(node)
    ]


def report() -> Iterator[str]:
    """Word each measure with its aim, and the lines that miss it."""
    documented, riddles = len(list(docstrings())), dialect()
    yield f"files: {len(trees())}, functions: {len(list(functions()))}, docstrings: {documented}"
    yield f"p90 of functions: {function_p90()} lines (aim: {FUNCTION_P90})"
    yield f"docstrings in dialect: {len(riddles)} = {len(riddles) / documented:.1%} (aim: under {DIALECT_SHARE:.0%})"
    measures = {
        "functions without an imperative (aim: 0)": noun_phrases(),
        f"files over {FILE_LINES} lines (aim: 0)": long_files(),
        f"functions over {FUNCTION_LINES} lines (aim: 0)": long_functions(),
        "imports inside functions (aim: 0)": inner_imports(),
        "assignments of a state (aim: one a life)": state_assignments(),
    }
    for name, places in measures.items():
        yield f"{name}: {len(places)}"
        yield from (f"    {place}" for place in places)


if __name__ == "__main__":
    print("\n".join(report()))
