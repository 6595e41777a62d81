"""The keys that an installation makes for itself."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from binzhou_xinfang.local import secrets


def test_a_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    first = secrets.secret("django", tmp_path)
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert secrets.secret("django", tmp_path) == first


def test_secrets_of_two_names_differ(tmp_path: Path) -> None:
    assert secrets.secret("django", tmp_path) != secrets.secret("digest", tmp_path)


def test_the_first_encryption_key_is_k1_with_32_bytes(tmp_path: Path) -> None:
    name, _, key = secrets.field_keys(tmp_path).partition(":")
    assert (name, len(base64.b64decode(key, validate=True))) == ("k1", 32)


def test_only_the_owner_may_read_a_secret(tmp_path: Path) -> None:
    secrets.secret("django", tmp_path)
    folder = tmp_path / "secrets"
    assert (folder.stat().st_mode & 0o777, (folder / "django").stat().st_mode & 0o777) == (0o700, 0o600)


def test_many_first_callers_get_one_secret_and_leave_one_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: secrets.secret("digest", tmp_path), range(64)))
    assert len(set(made)) == 1
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["digest"]


def test_a_key_written_by_hand_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "field_keys").write_text("k2:bmV3,k1:b2xk\n")
    assert secrets.field_keys(tmp_path) == "k2:bmV3,k1:b2xk"
