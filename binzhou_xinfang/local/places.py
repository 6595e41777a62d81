"""Places of the local servers' data and sockets: private, reachable for who runs them, short enough for a socket."""

import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from binzhou_xinfang.local.errors import LocalError

# A Unix socket's whole path has at most 107 bytes (sockaddr_un on Linux); this is the longest name put into the folder,
# the lock file that PostgreSQL lays beside its socket.
LONGEST_NAME = ".s.PGSQL.5432.lock"
PATH_LIMIT = 107
# PostgreSQL refuses to run as root: then an account of the system that has no rights runs both servers.
SERVICE_ACCOUNTS = ("postgres", "nobody")
# Where that account can reach its data when it cannot look into the checkout.
OPEN_PARENTS = (Path("/var/lib"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108 - mkdtemp makes the folder private


@dataclass(frozen=True)
class Account:
    """The user who runs the servers in our stead."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """Place of the servers of one checkout, and the account that runs them (None: ourselves)."""

    home: Path
    sockets: Path
    account: Account | None


def socket_dir(var_dir: Path) -> Path:
    """Name the folder of the sockets for clients: `var/servers/run`, or a short folder that it is linked to."""
    own = var_dir.absolute() / "servers" / "run"
    if _fits(own):
        return own
    real = own.resolve()
    return real if _fits(real) else _short_dir(var_dir)


def prepare(var_dir: Path) -> Place:
    """Make the folders of the servers; what is there already is used as it is.

    Raises LocalError when the account that must run the servers cannot reach them.
    """
    account = _service_account() if os.geteuid() == 0 else None
    var_dir.mkdir(parents=True, exist_ok=True)
    home = var_dir / "servers"
    if not home.exists():
        _make_home(home, account)
    elif account:
        account = _owner(home)
    if account and not _reaches(home.resolve(), account):
        raise LocalError(f"运行数据库的账户（uid {account.uid}）进不了 {home.resolve()}，请恢复该目录原来的权限")
    return Place(home.resolve(), _make_sockets(var_dir, account), account)


def give(folder: Path, account: Account | None) -> None:
    """Make a private folder for who runs the servers."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def as_account(account: Account | None) -> dict[str, object]:
    """Build the arguments of `subprocess` by which the child belongs to the account."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def _make_home(home: Path, account: Account | None) -> None:
    home.unlink(missing_ok=True)  # a link whose goal is gone
    if account is None:
        return give(home, None)
    try:
        give(home, account)
        reachable = _reaches(home, account)
    except PermissionError:  # a file system that gives nothing away
        reachable = False
    if not reachable:
        home.rmdir()
        elsewhere = open_folder("data-", account)
        give(elsewhere, account)
        home.symlink_to(elsewhere)
    return None


def open_folder(prefix: str, account: Account) -> Path:
    """Make a new folder, ours alone to write, in a place that the account can look into."""
    for parent in OPEN_PARENTS:
        common = parent / "binzhou-xinfang"
        try:
            common.mkdir(exist_ok=True, mode=0o755)
            if common.is_symlink() or common.stat().st_uid != 0:
                continue
            common.chmod(0o755)
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=common))
        except OSError:
            continue
        folder.chmod(0o755)
        if _reaches(folder, account, "-x"):
            return folder
        folder.rmdir()
    raise LocalError("找不到数据库账户能够进入的目录，请改用普通用户执行，或设置 DATABASE_URL 和 REDIS_URL")


def _make_sockets(var_dir: Path, account: Account | None) -> Path:
    own = var_dir.absolute() / "servers" / "run"
    if not own.exists():
        own.unlink(missing_ok=True)
        if _fits(own) or _fits(own.resolve()):
            give(own, account)
        else:
            own.symlink_to(_claim_short_dir(var_dir, account))
    real = own.resolve()
    return real if _fits(real) else own


def _claim_short_dir(var_dir: Path, account: Account | None) -> Path:
    short = _short_dir(var_dir)
    short.mkdir(mode=0o700, exist_ok=True)
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if short.is_symlink() or short.stat().st_uid not in ours:
        raise LocalError(f"{short} 属于别人，请删除后再启动")
    give(short, account)
    return short


def _fits(folder: Path) -> bool:
    """Check that a socket in this folder can be reached; a comma would part the path into two hosts for libpq."""
    return "," not in str(folder) and len(os.fsencode(folder / LONGEST_NAME)) <= PATH_LIMIT


def _short_dir(var_dir: Path) -> Path:
    """Make a folder with a short path that belongs to this checkout and this user alone."""
    mark = hashlib.sha256(os.fsencode(var_dir.resolve())).hexdigest()[:12]
    return Path("/tmp") / f"binzhou-xinfang-{os.geteuid()}-{mark}"  # noqa: S108 - `prepare` makes it private


def _service_account() -> Account:
    for name in SERVICE_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise LocalError("PostgreSQL 不能以 root 身份运行，本机也没有 postgres 或 nobody 账户，请改用普通用户执行")


def _owner(home: Path) -> Account:
    """Find the account that made the data, for it runs the server; root's own data go to the service account."""
    status = home.stat()
    return Account(status.st_uid, status.st_gid) if status.st_uid else _service_account()


def _reaches(folder: Path, account: Account, right: str = "-w") -> bool:
    asked = subprocess.run(["test", right, str(folder)], check=False, cwd="/", **as_account(account))  # type: ignore[call-overload]
    return bool(asked.returncode == 0)
