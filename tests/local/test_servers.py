"""The packaged PostgreSQL and Redis, really started."""

import lzma
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis

from binzhou_xinfang.local import programs, servers
from binzhou_xinfang.local.places import Account
from binzhou_xinfang.local.throwaway import servers_of_its_own
from tests.before import keys
from tests.local.holders import holders, wait_until_free

AS_ROOT = os.geteuid() == 0
HOLD = "import sys, time; from pathlib import Path; from binzhou_xinfang.local import servers\n"
HOLD += "with servers.running(Path(sys.argv[1]), own=True): print('up', flush=True); time.sleep(600)"


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A short path, unlike tmp_path, so that sockets lie under it."""
    folder = Path(tempfile.mkdtemp(prefix="xf-"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


def visit(var_dir: Path) -> tuple[int, int, str]:
    """Leave a row and a key; gives how many visits there were, by each server, and the LC_CTYPE."""
    with servers.running(var_dir, own=True) as addresses:
        parts = urlsplit(addresses["DATABASE_URL"])
        host = unquote(parts.netloc.rpartition("@")[2])
        connection = psycopg2.connect(host=host, user="xinfang", dbname="xinfang")
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS visit (at timestamptz)")
            cursor.execute("INSERT INTO visit VALUES (now())")
            cursor.execute("SELECT count(*), (SELECT datctype FROM pg_database WHERE datname = 'xinfang') FROM visit")
            rows, ctype = cursor.fetchone()
        connection.close()
        with redis.Redis.from_url(addresses["REDIS_URL"]) as client:
            return rows, int(client.incr("visit")), ctype


def test_data_survive_a_stop_and_nothing_keeps_running(var_dir: Path) -> None:
    assert visit(var_dir) == (1, 1, "C.UTF-8")
    assert holders(var_dir) == []
    assert visit(var_dir) == (2, 2, "C.UTF-8")


def test_servers_of_a_killed_command_end_and_do_not_hinder_the_next(var_dir: Path) -> None:
    visit(var_dir)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(var_dir)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder.stdout:
        assert holder.stdout.readline() == b"up\n"
        holder.kill()
        holder.wait()
    assert visit(var_dir)[0] == 2
    wait_until_free(var_dir)


def test_leftovers_of_a_killed_postgresql_do_not_hinder_the_next(var_dir: Path) -> None:
    visit(var_dir)
    servers_dir = var_dir / "servers"
    # A process number that lives, but belongs to somebody else: ours.
    (servers_dir / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{servers_dir}\n0\n5432\n")
    (servers_dir / "run" / ".s.PGSQL.5432").touch()
    (servers_dir / "run" / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    assert visit(var_dir)[0] == 2


def test_an_interrupted_first_start_is_begun_anew(var_dir: Path) -> None:
    (var_dir / "servers" / "postgres.new").mkdir(parents=True)
    (var_dir / "servers" / "postgres").mkdir()
    if AS_ROOT:
        shutil.chown(var_dir / "servers", "nobody")
    assert visit(var_dir)[:2] == (1, 1)


def test_what_the_redis_of_before_has_queued_is_read(var_dir: Path) -> None:
    data = var_dir / "servers" / "redis"
    data.mkdir(parents=True)
    (data / "appendonly.aof").write_bytes(lzma.decompress(keys.AOF.read_bytes()))
    if AS_ROOT:
        for path in (data.parent, data, data / "appendonly.aof"):
            shutil.chown(path, "nobody")
    for _ in ("read at first", "and as it is kept now"):
        with (
            servers.running(var_dir, own=True) as addresses,
            redis.Redis.from_url(addresses["REDIS_URL"], decode_responses=True) as client,
        ):
            assert client.lrange(keys.QUEUE, 0, -1) == [keys.QUEUED]


def test_a_second_command_is_refused_in_words(var_dir: Path) -> None:
    with (
        servers.running(var_dir, own=True),
        pytest.raises(servers.AlreadyRunningError, match="已在另一个窗口运行"),
        servers.running(var_dir, own=True),
    ):
        pytest.fail("two commands held the same servers")


def test_a_very_deep_checkout_starts_too(var_dir: Path) -> None:
    deep = var_dir / ("深" * 60) / ("d" * 120)
    assert visit(deep)[:2] == (1, 1)
    assert visit(deep)[:2] == (2, 2)
    shutil.rmtree((deep / "servers" / "run").resolve())


def test_a_path_with_blanks_quotes_and_commas_starts_too(var_dir: Path) -> None:
    odd = var_dir / '滨州 "信访", 一号'
    assert visit(odd)[:2] == (1, 1)
    shutil.rmtree((odd / "servers" / "run").resolve())


@pytest.mark.skipif(not AS_ROOT, reason="only root has a home that the servers' account cannot look into")
def test_root_starts_from_a_checkout_that_nobody_else_can_look_into(var_dir: Path) -> None:
    var_dir.parent.chmod(0o700)
    assert visit(var_dir)[:2] == (1, 1)
    assert visit(var_dir)[:2] == (2, 2)
    link = var_dir / "servers"
    assert link.is_symlink()
    assert link.stat().st_uid != 0
    shutil.rmtree(link.resolve())


@pytest.mark.skipif(not AS_ROOT, reason="only root keeps things from the servers' account")
def test_a_strict_umask_does_not_hinder_the_start(var_dir: Path) -> None:
    var_dir.parent.chmod(0o700)
    before = os.umask(0o077)
    try:
        assert visit(var_dir)[:2] == (1, 1)
    finally:
        os.umask(before)
    shutil.rmtree((var_dir / "servers").resolve())


@pytest.mark.skipif(not AS_ROOT, reason="these tests run as an ordinary user already")
def test_an_ordinary_user_starts_the_servers(var_dir: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    if not programs.postgres_bin(None).samefile(programs.postgres_bin(Account(nobody.pw_uid, nobody.pw_gid))):
        pytest.skip("this checkout lies where an ordinary user cannot look into it")
    var_dir.mkdir()
    shutil.chown(var_dir, "nobody")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setuid(var_dir.stat().st_uid)
            status = 0 if visit(var_dir)[:2] == (1, 1) and visit(var_dir)[:2] == (2, 2) else 1
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    owners = {path.owner() for path in (var_dir / "servers").rglob("*")}
    assert owners == {"nobody"}


def test_throwaway_servers_leave_nothing() -> None:
    with servers_of_its_own() as addresses:
        folder = Path(addresses["VAR_DIR"]).parent
        assert folder.is_dir()
    assert not folder.exists()
    assert holders(folder) == []


def test_the_servers_of_the_office_are_used_when_both_are_named(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://office/xinfang")
    monkeypatch.setenv("REDIS_URL", "redis://office")
    with servers.running(var_dir) as addresses:
        assert addresses == {"DATABASE_URL": "postgres://office/xinfang", "REDIS_URL": "redis://office"}
    assert not var_dir.exists()


def test_a_redis_of_our_own_stands_beside_a_database_of_the_office(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://office/xinfang")
    monkeypatch.delenv("REDIS_URL", raising=False)
    with servers.running(var_dir) as addresses:
        assert addresses["DATABASE_URL"] == "postgres://office/xinfang"
        with redis.Redis.from_url(addresses["REDIS_URL"]) as client:
            assert client.ping()
    assert not (var_dir / "servers" / "postgres").exists()
