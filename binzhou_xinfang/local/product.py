"""`make run`: from an empty checkout to a system that can be signed in to, and its orderly end."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from binzhou_xinfang.local import leftovers, packages, postgres, processes, servers, state_file
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.kept import LOOP, Kept, Program
from binzhou_xinfang.local.output import pass_on
from binzhou_xinfang.local.state_file import StateFile
from binzhou_xinfang.local.steps import say, step

HOST = "127.0.0.1"
WEB_PATIENCE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.25
# Longer than the web server and the worker need to finish what they have begun.
END_PATIENCE_SECONDS = 15.0


@dataclass(frozen=True)
class Checkout:
    """The folder of the sources and the folder of everything that is made."""

    base_dir: Path
    var_dir: Path

    @property
    def demo_accounts(self) -> Path:
        """The account list that `manage.py make_demo` writes when the demo bureau stands."""
        return self.var_dir / "demo_accounts.txt"


def run(checkout: Checkout, port: int) -> None:
    """Start everything, tell where it is, and keep it running until a signal comes: whatever ends by itself is started
    again, and nothing ends because something else did.

    Raises LocalError when the port is taken, a step fails or the web server does not come up at all.
    """
    leftovers.end(checkout.var_dir)
    _check_port(port)
    packages.bring(checkout.base_dir)
    with ExitStack() as started:
        with step("启动数据库 PostgreSQL 和 Redis"):
            addresses, own_servers = started.enter_context(servers.kept(checkout.var_dir))
        env = os.environ | addresses | {"VAR_DIR": str(checkout.var_dir), "PYTHONUNBUFFERED": "1"}
        _prepare(checkout, env | _as_owner())
        env |= _as_web(checkout)
        state = started.enter_context(state_file.opened(checkout.var_dir))
        with step("启动网页服务、后台任务和定时器"):
            kept = [*own_servers, *started.enter_context(serving(checkout, env, port))]
            wait_for_web(port, kept, state)
        _welcome(checkout, port)
        while True:
            look_after(kept, state)


def _as_owner() -> dict[str, str]:
    """Name the office's database for who may change its tables, where the office tells; its own role else."""
    given = os.environ.get("OWNER_DATABASE_URL")
    return {"DATABASE_URL": given} if given else {}


def _as_web(checkout: Checkout) -> dict[str, str]:
    """Name the database for those who serve: our own under the role without power over its tables. What the office has
    named in DATABASE_URL is its role for them."""
    return {} if os.environ.get("DATABASE_URL") else {"DATABASE_URL": servers.web_database_url(checkout.var_dir)}


def is_parted() -> bool:
    """Check that the owner of the tables and those who serve are two roles: always on our own database, on the
    office's when it names the owner."""
    return not os.environ.get("DATABASE_URL") or bool(os.environ.get("OWNER_DATABASE_URL"))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise LocalError(
                f"端口 {port} 不能使用（{error.strerror}）。换一个端口：make run PORT={port + 1}"
            ) from error


def _prepare(checkout: Checkout, env: Mapping[str, str]) -> None:
    """Bring database, reference data and static files up to this version; each step may be repeated."""
    # The rights of those who serve at every start: a restore takes them away. An office without a role of its own for
    # them has nothing to give.
    parts = is_parted()
    role = urlsplit(os.environ.get("DATABASE_URL", "")).username or postgres.WEB_ROLE
    words = ("grant_web", role, "--migrate", "--verbosity=0") if parts else ("migrate", "--no-input", "--verbosity=0")
    _manage(checkout, env, "更新数据库结构和权限" if parts else "更新数据库结构", *words)
    data = _mark(checkout.base_dir, "*/data/**/*", "binzhou_xinfang/*/data/**/*", "requirements.txt")
    with unless_done(checkout.var_dir / "reference-loaded", data, ask=not os.environ.get("DATABASE_URL")) as missing:
        if missing:
            _manage(checkout, env, "载入机构、内容分类和节假日等基础数据", "load_reference")
    if wants_demo(checkout, env):
        _manage(checkout, env, "建立演示单位和演示信访事项（仅第一次）", "make_demo")
    files = _mark(checkout.base_dir, "static/**/*", "*.txt", "package-lock.json", "binzhou_xinfang/front_end.py")
    with unless_done(checkout.var_dir / "static" / ".collected", files) as missing:
        if missing:
            _manage(
                checkout,
                env,
                "汇集网页文件",
                "collectstatic",
                "--no-input",
                "--verbosity=0",
                "--clear",
                "--ignore=redoc",
            )


@contextmanager
def unless_done(stamp: Path, wanted: str, *, ask: bool = True) -> Iterator[bool]:
    """Tell in the block if the step is still to be done for these files, and note it when it has been.

    Without `ask` it is always to be done: what a database of the office holds, no file of ours can tell.
    """
    missing = not (ask and stamp.is_file() and stamp.read_text() == wanted)
    yield missing
    if missing:
        stamp.write_text(wanted)


def _mark(base_dir: Path, *patterns: str) -> str:
    """Digest names, sizes and times of the files, so that a change is seen."""
    files = sorted(path for pattern in patterns for path in base_dir.glob(pattern) if path.is_file())
    seen = (f"{path.relative_to(base_dir)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def wants_demo(checkout: Checkout, env: Mapping[str, str]) -> bool:
    """Want the demo once, on our own database; never on the office's."""
    own_database = not os.environ.get("DATABASE_URL")
    return env.get("DEMO", "1" if own_database else "0") == "1" and not checkout.demo_accounts.exists()


def _manage(checkout: Checkout, env: Mapping[str, str], sentence: str, *words: str) -> None:
    with step(sentence):
        if processes.call([sys.executable, "manage.py", *words], env=env, cwd=checkout.base_dir):
            raise LocalError(f"“{sentence}”没有成功（manage.py {words[0]}），原因见上")


def commands(port: int) -> dict[str, list[str]]:
    """Build the commands of web server, worker and beat, as words for Python; the units in `deploy/` have the same."""
    web = ["-m", "gunicorn", "binzhou_xinfang.wsgi", "--bind", f"{HOST}:{port}", "--preload", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"]
    celery = ["-m", "celery", "--app", "binzhou_xinfang", "--quiet"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"]
    return {"web": web, "worker": worker, "beat": beat}


LABELS: Mapping[str, str] = {"web": "网页服务（web）", "worker": "后台任务（worker）", "beat": "定时器（beat）"}


@contextmanager
def serving(checkout: Checkout, env: Mapping[str, str], port: int) -> Iterator[list[Kept]]:
    """Run web server, worker and beat, their lines passed on under their names; all end with the block."""

    def begin(name: str, words: Sequence[str]) -> subprocess.Popen[bytes]:
        process = processes.start([sys.executable, *words], output=subprocess.PIPE, env=env, cwd=checkout.base_dir)
        pass_on(name, process)
        return process

    kept = [Kept(Program(name, LABELS[name], partial(begin, name, words))) for name, words in commands(port).items()]
    try:
        for one in kept:
            one.start()
        yield kept
    finally:
        say("\n正在停止…")
        for one in kept:
            if one.process is not None and one.process.poll() is None:
                one.process.send_signal(signal.SIGTERM)
        for one in kept:
            one.stop(END_PATIENCE_SECONDS)


def look_after(kept: Sequence[Kept], state: StateFile) -> None:
    """Look once at each of them, and tell whoever reads the state file when something has changed."""
    # Every one is looked at, whatever the one before has said.
    changed = [one.look() for one in kept]
    if any(changed):
        state.write(kept)
    time.sleep(LOOK_EVERY_SECONDS)


def wait_for_web(port: int, kept: Sequence[Kept], state: StateFile) -> None:
    """Wait until /healthz answers; raises LocalError when it does not within a minute, or a program falls on and on."""
    state.write(kept)
    patience = time.monotonic() + WEB_PATIENCE_SECONDS
    while time.monotonic() < patience:
        for one in kept:
            if one.falls >= LOOP:
                raise LocalError(f"{one.program.label}启动后反复退出，原因见上")
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            look_after(kept, state)
        else:
            return
    raise LocalError("网页服务没有在一分钟内应答")


def _welcome(checkout: Checkout, port: int) -> None:
    say(f"\n滨州信访已启动：http://{HOST}:{port}/\n")
    if checkout.demo_accounts.is_file():
        say(checkout.demo_accounts.read_text(encoding="utf-8").rstrip() + "\n")
    say("按 Ctrl-C 停止，数据会保留。某个部分自己结束时会自动重新启动，并在这里说明。")
