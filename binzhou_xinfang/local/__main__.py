"""`python -m binzhou_xinfang.local run|test|check|with`: the commands behind the Makefile."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import environ

from binzhou_xinfang.local import commands
from binzhou_xinfang.local.errors import LocalError

STOPPED_BY_HAND = 130


def main(arguments: Sequence[str]) -> int:
    """Do what the words say; gives the exit status."""
    words = parser().parse_args(arguments)
    os.chdir(commands.BASE_DIR)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if name is signal.SIGINT or signal.getsignal(name) is not signal.SIG_IGN:  # nohup ignores SIGHUP
            signal.signal(name, _stop)
    env_file = Path(os.environ.get("ENV_FILE") or commands.BASE_DIR / ".env")
    if words.reads_env and env_file.is_file():
        environ.Env.read_env(env_file)
    try:
        status: int = words.do(words)
    except (LocalError, PermissionError) as problem:
        print(f"\n{_in_words(problem)}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return STOPPED_BY_HAND
    return status


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m binzhou_xinfang.local")
    kinds = top.add_subparsers(required=True)
    run = kinds.add_parser("run", help="start the whole system and keep it running")
    run.add_argument("--port", type=int, help="PORT, or 8000")
    run.add_argument("--with-parent", action="store_true", help="stop when the calling make is killed")
    run.set_defaults(do=commands.run, reads_env=True)
    test = kinds.add_parser("test", help="run pytest on servers of its own")
    test.add_argument("arguments", nargs="*", help="for pytest, after --")
    test.set_defaults(do=commands.test, reads_env=False)
    check = kinds.add_parser("check", help="run every check that is not a test")
    check.set_defaults(do=commands.check, reads_env=False)
    around = kinds.add_parser("with", help="run a command while the servers run")
    around.add_argument("--throwaway", action="store_true", help="on servers of its own that vanish afterwards")
    around.add_argument("command", nargs="+", help="the command, after --")
    around.set_defaults(do=commands.with_servers, reads_env=True)
    return top


def _stop(signal_number: int, frame: FrameType | None) -> None:
    """End as after Ctrl-C; a second Ctrl-C must not disturb the tidying up."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def _in_words(problem: LocalError | PermissionError) -> str:
    if isinstance(problem, LocalError):
        return str(problem)
    return f"没有权限使用 {problem.filename}：这个目录此前由别的用户启动过，请改用那个用户，或另外克隆一份"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
