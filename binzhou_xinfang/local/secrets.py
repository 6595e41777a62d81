"""Keys that are made once, under `var/secrets/`, for an installation that brings none of its own."""

import base64
import os
import secrets as randomness
import tempfile
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32


def secret(name: str, var_dir: Path) -> str:
    """Read the secret of this name: 64 hexadecimal digits, made at the first call and the same ever after."""
    return _kept(var_dir / "secrets" / name, lambda: randomness.token_hex(KEY_BYTES))


def field_keys(var_dir: Path) -> str:
    """Read the encryption keys, `id:base64,id:base64`; the first one writes. Rotation adds a key before the others."""
    return _kept(var_dir / "secrets" / "field_keys", _first_field_key)


def _first_field_key() -> str:
    return "k1:" + base64.b64encode(randomness.token_bytes(KEY_BYTES)).decode("ascii")


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Read the file, made by whoever comes first; a half-written file is never seen by anyone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp makes files that only their owner may read
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            _claim(draft, path)
        finally:
            os.unlink(draft)
    return path.read_text(encoding="ascii").strip()


def _claim(draft: str, path: Path) -> None:
    """Give the draft its name unless another process was quicker: its key is then the key."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
