"""The units of systemd: they name what exists, and start what `make run` starts."""

import importlib.util
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from binzhou_xinfang.local import product

DEPLOY = Path(settings.BASE_DIR, "deploy")
UNITS = sorted(DEPLOY.glob("*.service"))
PYTHON = "/opt/xinfang/.venv/bin/python"
# Of the distribution: they need not be on the machine of a developer.
OF_OTHERS = re.compile(r"postgresql|redis-server|valkey-server|xinfang\.target")


def commands(unit: Path) -> list[list[str]]:
    """The commands that a unit starts, in words."""
    return [shlex.split(line) for line in re.findall(r"(?m)^ExecStart=(.*)$", unit.read_text(encoding="utf-8"))]


def settings_of(unit: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^(\w+)=(.*)$", unit.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_unit_starts_what_make_run_starts(name: str) -> None:
    assert commands(DEPLOY / f"xinfang-{name}.service") == [[PYTHON, *product.commands(8000)[name]]]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_names_modules_and_commands_that_exist(unit: Path) -> None:
    assert commands(unit)
    for python, *words in commands(unit):
        assert python == PYTHON
        if words[0] == "-m":
            assert importlib.util.find_spec(words[1]) is not None
        else:
            assert words[0] == "manage.py"
            assert words[1] in get_commands()


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_part_is_started_again_for_ever_and_none_requires_another(name: str) -> None:
    unit = settings_of(DEPLOY / f"xinfang-{name}.service")
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == ("always", "0")
    assert not {"Requires", "BindsTo", "Requisite"} & set(unit)
    assert unit["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("server", ["postgresql@", "redis-server", "valkey-server"])
def test_a_server_is_started_again_for_ever(server: str) -> None:
    unit = settings_of(DEPLOY / f"{server}.service.d" / "xinfang.conf")
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == ("always", "0")


def test_the_target_wants_units_that_exist() -> None:
    wanted = settings_of(DEPLOY / "xinfang.target")["Wants"].split()
    assert [name for name in wanted if not (DEPLOY / name).is_file()] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
def test_systemd_has_nothing_against_the_units(tmp_path: Path) -> None:
    for unit in [*UNITS, DEPLOY / "xinfang.target"]:
        said = unit.read_text(encoding="utf-8")
        # The account and the environment's Python are made on the server.
        for made, here in ((PYTHON, shutil.which("true") or "/bin/true"), ("User=xinfang", "User=root")):
            said = said.replace(made, here)
        (tmp_path / unit.name).write_text(said.replace("Group=xinfang", "Group=root"), encoding="utf-8")
    words = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "xinfang" in line]
    assert [line for line in told if not OF_OTHERS.search(line)] == []
