"""The files taken from npm packages."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from binzhou_xinfang.front_end import FILES, PackageFinder


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
