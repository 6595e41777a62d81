"""Processes that work in a folder: they stand in it, or it was named to them as VAR_DIR."""

import os
from pathlib import Path

from tests.patience import wait_for


def holders(folder: Path) -> list[str]:
    """The command lines of the living processes of this folder."""
    return [line for process in Path("/proc").glob("[0-9]*") if (line := _command_line(process, str(folder)))]


def wait_until_free(folder: Path) -> None:
    """Fail when a process of the folder lives on."""
    wait_for(lambda: not holders(folder), "all processes of the folder end")


def _command_line(process: Path, folder: str) -> str:
    try:
        told = f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes()
        if told or folder in os.readlink(process / "cwd"):
            return (process / "cmdline").read_text().replace("\0", " ")
    except OSError:  # ended meanwhile, or somebody else's
        return ""
    return ""
