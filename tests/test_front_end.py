"""The files taken from npm packages."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from binzhou_xinfang.front_end import FILES, PackageFinder
from tests import measures

# Where the name of an icon stands among the arguments of what makes an entry of a menu.
_ICON = re.compile(r"\bti-([a-z][a-z0-9-]*)")
_ICON_AT = {"MenuEntry": 1, "_entry": 2, "Queue": 4}


def test_every_file_is_found_under_the_name_that_pages_use() -> None:
    found = {name: finders.find(name) for name in FILES}
    assert found == {name: str(settings.NODE_MODULES / source) for name, source in FILES.items()}


def test_exactly_these_files_are_collected() -> None:
    assert [name for name, _ in PackageFinder().list([])] == list(FILES)
    assert all(storage.exists(name) for name, storage in PackageFinder().list([]))


def test_nothing_else_of_the_packages_is_served(client: Client) -> None:
    assert finders.find("vendor/tabler/css/tabler.css") is None
    assert client.get("/static/vendor/echarts/echarts.js").status_code == 404


def test_missing_packages_are_named_before_the_start(settings: Any, tmp_path: Path) -> None:
    settings.NODE_MODULES = tmp_path
    problems = PackageFinder().check()
    packages = ["@tabler/core", "@tabler/icons-webfont", "echarts"]
    assert [problem.msg for problem in problems] == [f"缺少前端软件包 {name}" for name in packages]


def test_the_lock_file_records_no_download_addresses() -> None:
    lock = Path(settings.BASE_DIR, "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def icons_named(marks: Mapping[str, str]) -> Iterator[str]:
    """List the icons that templates, scripts and menus name."""
    for template in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        yield from _ICON.findall(template.read_text(encoding="utf-8"))
    for script in Path(settings.BASE_DIR, "static", "js").glob("*.js"):
        yield from _ICON.findall(script.read_text(encoding="utf-8"))
    for path, tree in measures.trees().items():
        for node in ast.walk(tree):
            # Any text of a menu that is the name of one; what no text says is drawn is found by tests/sights.
            if path.endswith("menu.py") and isinstance(node, ast.Constant) and node.value in marks:
                yield str(node.value)
            if isinstance(named := _icon_in(node), ast.Constant):
                yield str(named.value)


def _icon_in(node: ast.AST) -> ast.AST | None:
    """Find what names an icon: `icon=…`, `icon: str = …`, the place of a call that takes one."""
    if isinstance(node, ast.keyword) and node.arg == "icon":
        return node.value
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "icon":
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ICON_AT:
        return next(iter(node.args[_ICON_AT[node.func.id] :]), None)
    return None


def icon_lines() -> list[str]:
    """The lines of static/css/icons.css, one an icon, read from the five thousand of the package."""
    package = (settings.NODE_MODULES / "@tabler/icons-webfont/dist/tabler-icons.min.css").read_text(encoding="utf-8")
    marks = dict(re.findall(r'\.ti-([a-z0-9-]+):before\{content:"(\\[0-9a-f]+)"\}', package))
    return [f'.ti-{name}::before {{ content: "{marks[name]}"; }}' for name in sorted(set(icons_named(marks)))]


def test_every_icon_that_is_named_is_drawn_and_no_other_is_sent() -> None:
    """An icon that has no line leaves a gap, and nothing says so; the whole list of the package is 200 KB of rules on
    every page. To mend: put the lines that are missing into the file."""
    lines = icon_lines()
    assert len(lines) > 30
    kept = Path(settings.BASE_DIR, "static/css/icons.css").read_text(encoding="utf-8").splitlines()
    assert [line for line in kept if line.startswith(".ti-")] == lines
