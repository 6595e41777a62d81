"""Manifest of a backup: when it was made, what the database held, and by what each part is known again."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NAME, DUMP, LIST = "manifest.json", "database.dump.age", "files.txt"
_PURPOSE = b"backup"


@dataclass(frozen=True)
class Manifest:
    """`tables`: the rows of each; `keys`: marks of the keys that its columns want (`marks_of_keys`).

    `dump`, `list`: the SHA-256 of the encrypted dump and of the list of files, `bytes` the size of the dump.
    """

    at: str
    migrations: int
    tables: Mapping[str, int]
    keys: Mapping[str, str]
    dump: str
    bytes: int
    list: str
    files: int

    @property
    def moment(self) -> datetime:
        """Read when it was made."""
        return timezone.localtime(datetime.fromisoformat(self.at))

    def write(self, folder: Path) -> None:
        """Write it into the folder, the last of all parts."""
        (folder / NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a folder. Raises FileNotFoundError where there is none, ValueError where it is none."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{folder / NAME}: {error}") from error


def marks_of_keys() -> dict[str, str]:
    """Mark the configured keys, so that a restore can tell whether it has those of the backup; nothing of a key can be
    learnt from its mark."""
    keys = dict(entry.strip().split(":", 1) for entry in settings.FIELD_KEYS.split(","))
    keys["digest"] = settings.DIGEST_KEY
    return {name: hmac.digest(key.encode(), _PURPOSE, "sha256").hex()[:16] for name, key in keys.items()}
