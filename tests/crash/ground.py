"""`make run` with a folder of its own, whose parts may be killed, starved of disk, and misled about the time."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg2

from binzhou_xinfang.local import state_file
from binzhou_xinfang.local.servers import addresses
from binzhou_xinfang.local.state_file import Part
from tests.crash.stack import settings_of

BASE_DIR = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 400.0
DISK_MB = 1500
RESERVE_MB = 64


class Ground:
    """The running system. `disk`: is its folder a small disk of its own, which a test can fill?"""

    def __init__(self, folder: Path, *, disk: bool) -> None:
        self.folder, self.disk = folder, disk
        self.var_dir, self.console = folder / "disk" / "var", folder / "console.log"
        self.clock, self.port = folder / "clock", _free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
        self.env = kept | {
            "VAR_DIR": str(self.var_dir), "ENV_FILE": os.devnull, "DEMO": "0", "PORT": str(self.port),
            "SWEEP_SECONDS": "1", "API_RATE": "100000/min", "DISK_RESERVE_MB": str(RESERVE_MB),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "clock"), os.environ.get("PYTHONPATH", "")]),
            "CRASH_CLOCK": str(self.clock),
        }  # fmt: skip
        for name in ("DATABASE_URL", "REDIS_URL"):
            self.env.pop(name, None)
        self.process: subprocess.Popen[bytes] | None = None
        self.cast: dict[str, str] = {}

    def start(self) -> None:
        """Start it, and wait until it says that it has."""
        with self.console.open("ab") as output:
            said = output.tell()
            command = [sys.executable, "-m", "binzhou_xinfang.local", "run"]
            self.process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env=self.env, cwd=BASE_DIR
            )
        wait(lambda: self._has_started(said), "the system starts", START_SECONDS, self.console)

    def _has_started(self, said: int) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said(said)
        return "滨州信访已启动" in self.said(said)

    def said(self, since: int = 0) -> str:
        """The words of its console."""
        with self.console.open("rb") as words:
            words.seek(since)
            return words.read().decode(errors="replace")

    def prepare(self) -> None:
        """Make the people of the load."""
        env = self.env | addresses(self.var_dir)
        words = [sys.executable, "-m", "tests.crash.prepare"]
        done = subprocess.run(words, env=env, cwd=BASE_DIR, check=True, stdout=subprocess.PIPE)
        self.cast = json.loads(done.stdout)

    def manage(self, *words: str) -> bool:
        """Run a command of the office; True when it says that all is well."""
        command = [sys.executable, "manage.py", *words]
        env = self.env | addresses(self.var_dir)
        return subprocess.run(command, env=env, cwd=BASE_DIR, check=False, capture_output=True).returncode == 0

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(90)

    def part(self, name: str) -> Part:
        """One part, as the supervisor's state file tells it."""
        state = state_file.read(self.var_dir)
        assert state is not None, "no state file"
        return next(part for part in state.parts if part.name == name)

    def kill(self, name: str) -> None:
        """-9, if it runs; never a number that another process has got meanwhile."""
        part = self.part(name)
        if state_file.is_running(part):
            with suppress(ProcessLookupError):
                os.kill(part.pid, signal.SIGKILL)

    def children(self, name: str) -> list[int]:
        """The processes that a part has started."""
        own = self.part(name).pid
        said = Path(f"/proc/{own}/task/{own}/children").read_text()
        return [int(pid) for pid in said.split()]

    def ask(
        self, path: str, sent: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Ask the web server; 0 when it does not answer."""
        body = None if sent is None else json.dumps(sent).encode()
        request = Request(
            f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": "application/json"} | (headers or {})
        )
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310  our own server
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(errors="replace")
        except (OSError, ValueError, EOFError):
            return 0, ""
        except Exception as broken:  # an answer that was cut off in the middle has many names
            return 0, str(broken)

    def upload(self, number: str) -> int:
        """Try to add a file to a matter; gives the status."""
        edge = "crash-edge"
        part = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--{edge}--\r\n'
        )
        headers = {
            "Authorization": f"Token {self.cast['clerk']}",
            "Content-Type": f"multipart/form-data; boundary={edge}",
        }
        url = f"http://127.0.0.1:{self.port}/api/cases/{number}/attachments/"
        try:
            with urlopen(Request(url, part.encode(), headers), timeout=20) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        plain = psycopg2.connect(**settings_of(addresses(self.var_dir)["DATABASE_URL"]))
        try:
            with plain, plain.cursor() as cursor:
                yield cursor
        finally:
            plain.close()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def jump(self, seconds: float) -> None:
        """Let the clocks of all Python processes jump."""
        self.clock.write_text(str(seconds))

    def fill_disk(self, left: int) -> None:
        """Fill its disk until so many bytes are left."""
        with (self.folder / "disk" / "filler").open("ab", buffering=0) as filler, suppress(OSError):
            while (room := shutil.disk_usage(self.folder / "disk").free - left) > 0:
                filler.write(b"\0" * min(room, 4 * 1024**2))

    def free_disk(self) -> None:
        (self.folder / "disk" / "filler").unlink(missing_ok=True)


@contextmanager
def ground() -> Iterator[Ground]:
    """Start a system in a folder of its own, on a small disk where this machine lets us make one; all goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="xf-"))
    folder.chmod(0o755)
    (folder / "disk").mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0755", "tmpfs", str(folder / "disk")]
    has_disk = os.geteuid() == 0 and subprocess.run(words, check=False, capture_output=True).returncode == 0
    made = Ground(folder, disk=has_disk)
    try:
        made.start()
        made.prepare()
        yield made
    finally:
        made.free_disk()
        made.stop()
        if has_disk:
            subprocess.run(["umount", "--lazy", str(folder / "disk")], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def wait(is_so: Callable[[], bool], what: str, seconds: float, log: Path | None = None) -> float:
    """Look again and again until it is so; gives the seconds that it took."""
    began = time.monotonic()
    while not is_so():
        said = log.read_text(errors="replace")[-2000:] if log is not None else ""
        assert time.monotonic() - began < seconds, f"in vain: {what}\n{said}"
        time.sleep(0.1)
    return time.monotonic() - began


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
