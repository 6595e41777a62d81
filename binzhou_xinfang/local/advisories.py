"""Known weaknesses of the pinned packages, asked of the advisories where these can be reached (`pip-audit`)."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from binzhou_xinfang.local.steps import say

PATIENCE_SECONDS = 120.0
# Pinned with everything that they bring: what is installed here is what is asked about.
COMMAND = ("-m", "pip_audit", "--local", "--skip-editable", "--format", "json", "--progress-spinner", "off")
_NOT_ASKED = "没有查到安全公告（无法联网，或者镜像不提供），本次不核对；联网后再运行 make check"

Run = Callable[[Sequence[str]], "tuple[int, str, str] | None"]


def run(words: Sequence[str]) -> tuple[int, str, str] | None:
    """Run the command to its end: status, output, errors; None when it takes too long."""
    try:
        ended = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return ended.returncode, ended.stdout, ended.stderr


def main(ask: Run = run) -> int:
    """Tell what is known; 1 for a finding alone. Without an answer it says so and passes: no network is no fault."""
    answer = ask([sys.executable, *COMMAND])
    found = findings(answer[1]) if answer else None
    if found is None:
        say(_NOT_ASKED)
        return 0
    for line in found:
        say(line)
    return 1 if found else 0


def findings(output: str) -> list[str] | None:
    """Read the weaknesses out of the answer; None when it is none, or knows not a single package: what was asked was a
    mirror without advisories."""
    try:
        told: dict[str, Any] = json.loads(output)
    except ValueError:
        return None
    packages = told.get("dependencies", [])
    if not any("vulns" in package for package in packages):
        return None
    return [
        f"{package['name']} {package['version']}：{weakness['id']}，"
        f"已在{'、'.join(weakness['fix_versions']) or '（尚无）'}中修复"
        for package in packages
        for weakness in package.get("vulns", [])
    ]


if __name__ == "__main__":
    sys.exit(main())
