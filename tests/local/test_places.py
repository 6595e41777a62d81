"""Places of the sockets, however the checkout is placed."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.local import places, servers
from binzhou_xinfang.local.errors import LocalError

# "/servers/run/" and the longest name in it take 31 bytes of the 107.
LONGEST_VAR = 107 - len("/servers/run/") - len(".s.PGSQL.5432.lock")


def path_of(length: int) -> Path:
    return Path("/" + "d" * (length - 1))


@pytest.mark.parametrize(("length", "own"), [(LONGEST_VAR - 1, True), (LONGEST_VAR, True), (LONGEST_VAR + 1, False)])
def test_sockets_lie_under_var_up_to_the_limit_of_the_system(length: int, own: bool) -> None:
    var_dir = path_of(length)
    assert (places.socket_dir(var_dir) == var_dir / "servers" / "run") is own


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60), max_size=8))
def test_every_socket_has_a_path_that_the_system_and_libpq_accept(names: list[str]) -> None:
    names = [name for name in names if name not in {".", ".."}]
    folder = places.socket_dir(Path("/", *names))
    assert len(os.fsencode(folder / ".s.PGSQL.5432.lock")) <= 107
    assert "," not in str(folder)


def test_two_deep_checkouts_do_not_share_their_sockets() -> None:
    assert places.socket_dir(path_of(200)) != places.socket_dir(path_of(201))


def test_prepare_links_the_short_folder_from_var() -> None:
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        var_dir = Path(parent, "x" * 100)
        place = places.prepare(var_dir)
        link = var_dir / "servers" / "run"
        assert link.is_symlink()
        assert link.resolve() == place.sockets == places.socket_dir(var_dir)
        assert place.sockets.stat().st_mode & 0o777 == 0o700
        place.sockets.rmdir()


def test_prepare_twice_gives_the_same_place() -> None:
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        assert places.prepare(Path(parent, "var")) == places.prepare(Path(parent, "var"))


def test_prepare_refuses_a_short_folder_that_is_not_ours() -> None:
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        var_dir = Path(parent, "x" * 100)
        stranger = places.socket_dir(var_dir)
        stranger.symlink_to(parent)
        with pytest.raises(LocalError, match="属于别人"):
            places.prepare(var_dir)
        stranger.unlink()


def test_addresses_name_the_sockets_as_each_library_reads_them() -> None:
    assert servers.addresses(Path("/srv/信 访/var")) == {
        "DATABASE_URL": "postgres://xinfang@%2Fsrv%2F%E4%BF%A1%20%E8%AE%BF%2Fvar%2Fservers%2Frun/xinfang",
        "REDIS_URL": "unix:///srv/%E4%BF%A1%20%E8%AE%BF/var/servers/run/redis.sock?db=0",
    }


@pytest.mark.parametrize(
    ("address", "broker"),
    [
        ("unix:///srv/%20x/redis.sock?db=3", "redis+socket:///srv/ x/redis.sock?virtual_host=3"),
        ("unix:///srv/redis.sock", "redis+socket:///srv/redis.sock?virtual_host=0"),
        ("redis://:secret@office:6379/2", "redis://:secret@office:6379/2"),
    ],
)
def test_broker_url_says_the_same_to_celery(address: str, broker: str) -> None:
    assert servers.broker_url(address) == broker
