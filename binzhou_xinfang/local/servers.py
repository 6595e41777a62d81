"""The PostgreSQL and the Redis of a checkout: their addresses, and their life from start to stop."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from binzhou_xinfang.local import postgres, redis_server
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.kept import Kept
from binzhou_xinfang.local.places import prepare, socket_dir

VARIABLES = ("DATABASE_URL", "REDIS_URL")


class AlreadyRunningError(LocalError):
    """The servers of this checkout run already, under another command."""


def database_url(var_dir: Path) -> str:
    """Name the address of this checkout's PostgreSQL in the form of DATABASE_URL. Starts nothing."""
    name = postgres.DATABASE
    return f"postgres://{name}@{quote(str(socket_dir(var_dir)), safe='')}/{name}"


def web_database_url(var_dir: Path) -> str:
    """Name the same database for those who serve: under the role that owns none of the tables."""
    return f"postgres://{postgres.WEB_ROLE}@{quote(str(socket_dir(var_dir)), safe='')}/{postgres.DATABASE}"


def redis_url(var_dir: Path) -> str:
    """Name the address of this checkout's Redis in the form of REDIS_URL. Starts nothing."""
    return f"unix://{quote(str(socket_dir(var_dir) / redis_server.SOCKET))}?db=0"


def broker_url(redis_address: str) -> str:
    """Name the same Redis in the words of Celery: `redis+socket` for a Unix socket, `virtual_host` for its database."""
    parts = urlsplit(redis_address)
    if parts.scheme != "unix":
        return redis_address
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{unquote(parts.path)}?virtual_host={database}"


@contextmanager
def running(var_dir: Path, *, own: bool = False, careless: bool = False) -> Iterator[dict[str, str]]:
    """Run both servers for as long as the block lasts; gives DATABASE_URL and REDIS_URL. See `kept`."""
    with kept(var_dir, own=own, careless=careless) as (found, _):
        yield found


@contextmanager
def kept(
    var_dir: Path, *, own: bool = False, careless: bool = False
) -> Iterator[tuple[dict[str, str], tuple[Kept, ...]]]:
    """Run both servers for as long as the block lasts; gives DATABASE_URL and REDIS_URL, and the servers to look after.

    A server whose variable is set already is the office's: it is used and nothing is started in its place, unless
    `own` servers are wanted. `careless` servers are quick and would lose their data with the machine.
    Raises AlreadyRunningError when another command holds the servers of this folder.
    """
    given = {} if own else {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}
    if len(given) == len(VARIABLES):
        yield given, ()
        return
    with _held(var_dir):
        place = prepare(var_dir)
        with ExitStack() as opened:
            started = [
                opened.enter_context(server.running(place, careless=careless))
                for name, server in zip(VARIABLES, (postgres, redis_server), strict=True)
                if name not in given
            ]
            yield addresses(var_dir) | given, tuple(started)


def addresses(var_dir: Path) -> dict[str, str]:
    """Build the variables by which a command finds the servers of this checkout."""
    return {"DATABASE_URL": database_url(var_dir), "REDIS_URL": redis_url(var_dir)}


@contextmanager
def _held(var_dir: Path) -> Iterator[None]:
    """Keep every other command from starting the same servers; the kernel lets go when we die."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "servers.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError("系统已在另一个窗口运行，请先在那里按 Ctrl-C 停止") from error
        yield
