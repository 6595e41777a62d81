"""Processes that work in a folder: they stand in it, or it was named to them as VAR_DIR."""

import os
import time
from pathlib import Path


def holders(folder: Path) -> list[str]:
    """The command lines of the living processes of this folder."""
    return [line for process in Path("/proc").glob("[0-9]*") if (line := _command_line(process, str(folder)))]


def wait_until_free(folder: Path, seconds: float = 20) -> None:
    """Fail when a process of the folder still lives after so many seconds."""
    patience = time.monotonic() + seconds
    while holders(folder) and time.monotonic() < patience:
        time.sleep(0.05)
    assert holders(folder) == []


def _command_line(process: Path, folder: str) -> str:
    try:
        told = f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes()
        if told or folder in os.readlink(process / "cwd"):
            return (process / "cmdline").read_text().replace("\0", " ")
    except OSError:  # ended meanwhile, or somebody else's
        return ""
    return ""
