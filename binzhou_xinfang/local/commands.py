"""The four commands of the local machinery: run, test, check, with."""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from binzhou_xinfang.local import packages, processes, product, servers
from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.steps import say, step
from binzhou_xinfang.local.throwaway import servers_of_its_own

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEFAULT_PORT = 8000
PARTS = ("binzhou_xinfang", "cases", "hearings", "supervision")
# Two cores: two workers, each with a database of its own, which goes with its server and need not be dropped.
PYTEST = ("-m", "pytest", "-n", "2", "--dist", "worksteal", "--reuse-db")
BANDIT = ("bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", *PARTS, "manage.py")
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    BANDIT,
    ("python", "-m", "binzhou_xinfang.local.advisories"),
    ("python", "manage.py", "check", "--fail-level", "WARNING", "--database", "default"),
    ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
)
# The settings of the person at this machine are no matter of the tests.
PERSONAL = (
    "ALLOWED_HOSTS",
    "API_RATE",
    "API_RATE_ANONYMOUS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "DIGEST_KEY",
    "DISK_RESERVE_MB",
    "FIELD_KEYS",
    "HTTPS",
    "LOG_LEVEL",
    "SECRET_KEY",
    "SMS_GATEWAY_TAKEN",
    "SMS_GATEWAY_URL",
    "TEST_DB_SUFFIX",
    "UPLOAD_LIMIT_MB",
)


def run(words: argparse.Namespace) -> int:
    """Run the whole system until Ctrl-C."""
    if words.with_parent:
        processes.die_with_parent()
    checkout = product.Checkout(BASE_DIR, _var_dir())
    try:
        product.run(checkout, words.port or port_wanted())
    except KeyboardInterrupt:
        say("\n已停止，数据保留在 var 目录。")
    return 0


def test(words: argparse.Namespace) -> int:
    """Run pytest with its arguments, on a PostgreSQL and a Redis that nobody else sees."""
    packages.bring(BASE_DIR)
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")):
        say("没有找到 Chromium：浏览器测试将跳过（Debian 可安装 chromium 和 fonts-noto-cjk）")
    with servers_of_its_own() as addresses:
        return processes.call([sys.executable, *PYTEST, *words.arguments], env=_impersonal(addresses), cwd=BASE_DIR)


def check(words: argparse.Namespace) -> int:
    """Run every check, also after one has failed; 1 when any has."""
    packages.bring(BASE_DIR)
    bin_dir = Path(sys.executable).parent
    failed = []
    with servers_of_its_own() as addresses:
        for words_of_check in CHECKS:
            name = " ".join(words_of_check)
            command = [bin_dir / words_of_check[0], *words_of_check[1:]]
            with step(name):
                if processes.call(command, env=_impersonal(addresses), cwd=BASE_DIR):
                    failed.append(name)
    if failed:
        raise LocalError("没有通过的检查：" + "；".join(failed))
    return 0


def with_servers(words: argparse.Namespace) -> int:
    """Run any command on this checkout's servers, on the office's, or on a throw-away pair."""
    if words.throwaway:
        packages.bring(BASE_DIR)
        with servers_of_its_own(durable=True) as addresses:
            return processes.call(words.command, env=_impersonal(addresses), cwd=BASE_DIR)
    var_dir = _var_dir()
    try:
        with servers.running(var_dir) as addresses:
            return processes.call(words.command, env=os.environ | addresses, cwd=BASE_DIR)
    except servers.AlreadyRunningError:  # `make run` in another window: its servers will do
        return processes.call(words.command, env=os.environ | servers.addresses(var_dir), cwd=BASE_DIR)


def _var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").absolute()


def port_wanted() -> int:
    """Read the port named by PORT, or 8000; raises LocalError for what is no port."""
    given = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise LocalError(f"PORT={given} 不是端口号，请用 1 到 65535 之间的数字")
    return int(given)


def _impersonal(addresses: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    return kept | dict(addresses) | {"ENV_FILE": os.devnull}
