"""`python -m tests.sights.lighthouse`: Lighthouse on the four pages of the day, on a running instance with the demo.

Start the instance first (`make run`). Prints a table and ends with 1 when a page is below its aim.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

LIGHTHOUSE = "lighthouse@13.5.0"
PERSON = "window1"
# Points of a hundred, for a desktop.
AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100}
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
_MATTER = re.compile(r"^/cases/[^/]+/$")


def main(arguments: Sequence[str]) -> int:
    """Sign in as the window clerk of the demo, look at each page; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.sights.lighthouse")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the instance answers")
    parser.add_argument("--accounts", type=Path, default=Path("var/demo_accounts.txt"))
    parser.add_argument("--times", type=int, default=3, help="so many runs of a page, of which the median counts")
    chosen = parser.parse_args(arguments)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    below = False
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        port = _free_port()
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, base_url=chosen.base, locale="zh-CN",
            args=["--no-sandbox", f"--remote-debugging-port={port}"],
        )  # fmt: skip
        pages = _pages(browser.new_page(), chosen.base, _password(chosen.accounts))
        for name, address in pages.items():
            runs = [_report(chosen.base + address, port) for _ in range(chosen.times)]
            points = {category: int(median(_points(run)[category] for run in runs)) for category in AIMS}
            below |= any(points[category] < aim for category, aim in AIMS.items())
            print(name, *(f"{category} {points[category]}" for category in AIMS), sep="\t", flush=True)
            for line in _faults(runs[-1]):
                print("  ", line)
        browser.close()
    return int(below)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def _password(accounts: Path) -> str:
    found = re.search(r"密码\D*?([a-z0-9]{12})", accounts.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"no password in {accounts}")
    return found.group(1)


def _pages(page: Page, base: str, password: str) -> dict[str, str]:
    """Sign in by the page itself, and find the addresses of the four pages; the browser keeps the session."""
    page.goto("/accounts/sign-in/")
    page.get_by_label("用户名").fill(PERSON)
    page.get_by_label("密码", exact=True).fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/")
    page.goto("/cases/")
    pages = {"首页": "/", "登记": "/register/", "事项列表": "/cases/", "事项": _first_matter(page)}
    page.goto("about:blank")
    return pages


def _first_matter(page: Page) -> str:
    links: list[str] = page.eval_on_selector_all("main a[href]", "links => links.map((a) => a.getAttribute('href'))")
    return next(link for link in links if _MATTER.match(link))


def _report(url: str, port: int) -> dict[str, Any]:
    """Run Lighthouse in the browser that is signed in."""
    npx = Path(sys.executable).with_name("npx")
    command = [str(npx), "--yes", LIGHTHOUSE, url, "--preset=desktop", "--output=json", "--quiet"]
    command += [f"--only-categories={','.join(AIMS)}", f"--port={port}", "--disable-storage-reset"]
    path = os.pathsep.join([str(npx.parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PATH": path}, timeout=180)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _points(report: Mapping[str, Any]) -> dict[str, int]:
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


def _faults(report: Mapping[str, Any]) -> Iterator[str]:
    """Tell what costs points, with the first places, and the times of the page."""
    audits = report["audits"]
    yield "，".join(f"{name} {audits[name].get('displayValue', '')}" for name in TIMES)
    counted = {
        ref["id"] for category in report["categories"].values() for ref in category["auditRefs"] if ref["weight"]
    }
    for name in sorted(counted - set(TIMES)):
        score = audits[name]["score"]
        if score is not None and score < 1:
            items = audits[name].get("details", {}).get("items", [])
            places = [
                str(item.get("node", {}).get("snippet") or item.get("description", ""))[:140] for item in items[:3]
            ]
            yield f"{name}: {audits[name]['title']} {places}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
