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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from binzhou_xinfang.local import packages, processes, servers
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.output import passed_on
from binzhou_xinfang.local.steps import say, step

HOST = "127.0.0.1"
WEB_PATIENCE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.5
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
    """Start everything, tell where it is, and keep it running until a signal comes.

    Raises LocalError when the port is taken, a step fails or a process ends by itself.
    """
    _check_port(port)
    packages.bring(checkout.base_dir)
    with ExitStack() as started:
        with step("启动数据库 PostgreSQL 和 Redis"):
            addresses = started.enter_context(servers.running(checkout.var_dir))
        env = os.environ | addresses | {"VAR_DIR": str(checkout.var_dir), "PYTHONUNBUFFERED": "1"}
        _prepare(checkout, env)
        with step("启动网页服务、后台任务和定时器"):
            running = started.enter_context(serving(checkout, env, port))
            wait_for_web(port, running)
        _welcome(checkout, port)
        _watch(running)


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
    _manage(checkout, env, "更新数据库结构", "migrate", "--no-input", "--verbosity=0")
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


def _commands(port: int) -> dict[str, list[str]]:
    web = ["-m", "gunicorn", "binzhou_xinfang.wsgi", "--bind", f"{HOST}:{port}", "--preload", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"]
    celery = ["-m", "celery", "--app", "binzhou_xinfang", "--quiet"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"]
    return {"web": web, "worker": worker, "beat": beat}


@contextmanager
def serving(checkout: Checkout, env: Mapping[str, str], port: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run web server, worker and beat, their lines passed on under their names; all end with the block."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in _commands(port).items():
            running[name] = processes.start(
                [sys.executable, *words], output=subprocess.PIPE, env=env, cwd=checkout.base_dir
            )
        with passed_on(running):
            yield running
    finally:
        say("\n正在停止…")
        for process in running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in running.values():
            processes.stop(process, patience=END_PATIENCE_SECONDS)


def wait_for_web(port: int, running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Wait until /healthz answers; raises LocalError when it does not within a minute or a process has ended."""
    patience = time.monotonic() + WEB_PATIENCE_SECONDS
    while time.monotonic() < patience:
        _check_alive(running)
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise LocalError("网页服务没有在一分钟内应答")


def _watch(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    while True:
        _check_alive(running)
        time.sleep(LOOK_EVERY_SECONDS)


def _check_alive(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, process in running.items():
        if process.poll() is not None:
            raise LocalError(f"{name} 进程自己结束了（返回值 {process.returncode}），原因见上")


def _welcome(checkout: Checkout, port: int) -> None:
    say(f"\n滨州信访已启动：http://{HOST}:{port}/\n")
    if checkout.demo_accounts.is_file():
        say(checkout.demo_accounts.read_text(encoding="utf-8").rstrip() + "\n")
    say("按 Ctrl-C 停止，数据会保留。")
