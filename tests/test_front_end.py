"""The files taken from npm packages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from binzhou_xinfang.front_end import FILES, PackageFinder
from tests import measures

# Where the name of an icon stands among the arguments of what makes an entry of a menu.
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


def icons_named() -> Iterator[str]:
    """List the icons that templates, scripts and menus name."""
    for template in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        yield from re.findall(r"ti ti-([a-z0-9-]+)", template.read_text(encoding="utf-8"))
    for script in Path(settings.BASE_DIR, "static", "js").glob("*.js"):
        yield from re.findall(r"ti ti-([a-z0-9-]+)", script.read_text(encoding="utf-8"))
    for tree in measures.trees().values():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _ICON_AT:
                named = call.args[_ICON_AT[call.func.id] :][:1]
                yield from (str(icon.value) for icon in named if isinstance(icon, ast.Constant))


def icon_lines() -> list[str]:
    """The lines of static/css/icons.css, one an icon, read from the five thousand of the package."""
    package = (settings.NODE_MODULES / "@tabler/icons-webfont/dist/tabler-icons.min.css").read_text(encoding="utf-8")
    marks = dict(re.findall(r'\.ti-([a-z0-9-]+):before\{content:"(\\[0-9a-f]+)"\}', package))
    return [f'.ti-{name}::before {{ content: "{marks[name]}"; }}' for name in sorted(set(icons_named()))]


def test_every_icon_that_is_named_is_drawn_and_no_other_is_sent() -> None:
    """An icon that has no line leaves a gap, and nothing says so; the whole list of the package is 200 KB of rules on
    every page. To mend: put the lines that are missing into the file."""
    lines = icon_lines()
    assert len(lines) > 30
    kept = Path(settings.BASE_DIR, "static/css/icons.css").read_text(encoding="utf-8").splitlines()
    assert [line for line in kept if line.startswith(".ti-")] == lines
