"""Log of the database server, as far as it was written in this test database since a moment."""

from pathlib import Path

from django.conf import settings
from django.db import connection


class ServerLog:
    """The lines from now on; `is_ours`: the server is one that writes its log beside our data."""

    def __init__(self) -> None:
        self.path: Path = settings.VAR_DIR / "servers" / "postgres.log"
        self.is_ours = self.path.exists() and connection.settings_dict["HOST"].startswith("/")
        self._since = self.path.stat().st_size if self.is_ours else 0

    def errors(self) -> list[str]:
        """List the errors of this database, each a line without its moment."""
        with self.path.open("rb") as file:
            file.seek(self._since)
            lines = file.read().decode(errors="replace").splitlines()
        mine = f"@{connection.settings_dict['NAME']} "
        return [line.partition(mine)[2] for line in lines if mine in line and _is_bad(line.partition(mine)[2])]


def _is_bad(said: str) -> bool:
    return said.startswith(("ERROR", "FATAL", "PANIC"))
