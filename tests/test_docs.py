"""Papers for developers against the code: names, commands and the picture that they show exist."""

import importlib.util
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command, get_commands

from .measures import APPS, ROOT

PAPERS = ("README.md", "docs/README.md")
# `cases.queries`, `cases/queries.py`, `cases/drafts/`: what stands in backticks and begins with an app.
NAME = re.compile(rf"`((?:{'|'.join(APPS)})[./][a-z_./]*)")
GROUND = re.compile(r"`((?:statute|accounts|records|letters|process|notices|web|local)[./][a-z_./]*)")


def text_of(paper: str) -> str:
    return (ROOT / paper).read_text()


def exists(name: str) -> bool:
    """Find a file, a folder, a module, or a name of a module."""
    path = name.strip("./").removesuffix(".py").replace(".", "/")
    return any((ROOT / place).exists() for place in (f"{path}.py", path, f"{path.rpartition('/')[0]}.py"))


@pytest.mark.parametrize("paper", PAPERS)
def test_what_a_paper_names_exists(paper):
    names = NAME.findall(text_of(paper)) + [f"binzhou_xinfang/{name}" for name in GROUND.findall(text_of(paper))]
    assert [name for name in names if not exists(name)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_commands_of_a_paper_exist(paper):
    commands = set(re.findall(r"`manage\.py ([a-z_]+)", text_of(paper)))
    targets = set(re.findall(r"`make ([a-z]+)", text_of(paper)))
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert commands <= set(get_commands())
    assert targets <= known


def test_the_picture_is_that_of_the_imports():
    """`make picture` draws it again."""
    assert subprocess.run([sys.executable, "docs/picture.py", "--check"], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(("command", "paper"), [("state_table", "docs/states.md"), ("figure_table", "docs/figures.md")])
def test_a_table_in_the_papers_is_that_of_the_code(command, paper):
    """`make papers` writes it again."""
    said = StringIO()
    call_command(command, stdout=said)
    assert text_of(paper) == said.getvalue()


def test_every_room_says_what_it_is():
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    picture = importlib.util.module_from_spec(spec)
    sys.modules["picture"] = picture
    spec.loader.exec_module(picture)
    assert [room for room in picture.arrows() if not picture.words_of(room)[1]] == []
