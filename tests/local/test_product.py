"""`make run`: the whole system started and stopped, and what is said on the way."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from binzhou_xinfang.local import commands, product
from binzhou_xinfang.local.errors import LocalError
from tests import patience
from tests.local.holders import holders, wait_until_free
from tests.patience import wait_for


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def var_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="xf-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"


class Running:
    """`make run` of this checkout with a `var` of its own; what it says is collected."""

    def __init__(self, var_dir: Path, port: int) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        env = kept | {"VAR_DIR": str(var_dir), "DEMO": "0", "ENV_FILE": os.devnull, "PORT": str(port)}
        self.port, self.said = port, ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "binzhou_xinfang.local", "run"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=env,
            cwd=settings.BASE_DIR,
        )

    def hear(self, words: str) -> None:
        """Listen until these words are said."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        pytest.fail(f"ended without saying {words}:\n{self.said}")

    def is_ready(self) -> bool:
        """Check that /readyz answers 200: beat has to strike first."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=patience.SECONDS) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as answer:
            answer.close()
            return False

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        self.said += self.process.communicate(timeout=patience.SECONDS)[0]
        return self.process.returncode


def test_the_system_starts_from_nothing_stops_on_ctrl_c_and_starts_again(var_dir: Path, port: int) -> None:
    first = Running(var_dir, port)
    first.hear(f"滨州信访已启动：http://127.0.0.1:{port}/")
    wait_for(first.is_ready, "the system is ready")
    assert first.stop(signal.SIGINT) == 0
    assert holders(var_dir) == []

    second = Running(var_dir, port)
    second.hear("滨州信访已启动")
    assert "载入" in first.said
    assert "载入" not in second.said
    assert "汇集" not in second.said
    second.process.kill()
    second.process.communicate()
    wait_until_free(var_dir)


def test_a_port_in_use_is_named_before_anything_is_started(var_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=f"端口 {port} 不能使用.*make run PORT={port + 1}"):
            product.run(product.Checkout(settings.BASE_DIR, var_dir), port)
    assert not var_dir.exists()


@pytest.mark.parametrize(
    ("given", "port"), [("8000", 8000), ("1", 1), ("65535", 65535), ("65536", None), ("0", None), ("abc", None)]
)
def test_a_port_is_a_number_up_to_65535(monkeypatch: pytest.MonkeyPatch, given: str, port: int | None) -> None:
    monkeypatch.setenv("PORT", given)
    if port is None:
        with pytest.raises(LocalError, match=f"PORT={given} 不是端口号"):
            commands.port_wanted()
    else:
        assert commands.port_wanted() == port


@pytest.mark.parametrize(
    ("database_url", "demo", "made", "wanted"),
    [
        ("", None, False, True),
        ("", None, True, False),
        ("", "0", False, False),
        ("postgres://office/x", None, False, False),
        ("postgres://office/x", "1", False, True),
    ],
)
def test_the_demo_bureau_is_made_once_and_never_on_the_office_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str, demo: str | None, made: bool, wanted: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    checkout = product.Checkout(settings.BASE_DIR, tmp_path)
    if made:
        checkout.demo_accounts.touch()
    assert product.wants_demo(checkout, {} if demo is None else {"DEMO": demo}) is wanted


def test_a_step_is_repeated_when_its_files_change_or_it_failed(tmp_path: Path) -> None:
    stamp = tmp_path / "done"
    with pytest.raises(LocalError), product.unless_done(stamp, "a"):
        raise LocalError("failed")
    asked = []
    for wanted in ("a", "a", "b"):
        with product.unless_done(stamp, wanted) as missing:
            asked.append(missing)
    assert asked == [True, False, True]
