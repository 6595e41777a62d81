"""`python -m tests.sights.lighthouse`: Lighthouse on the four pages of the day, on a running instance with the demo.

Start the instance first (`make run`). Prints a table and ends with 1 when a page is below its aim.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

LIGHTHOUSE = "lighthouse@13.5.0"
PERSON = "window1"
# Points of a hundred, for a desktop.
AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100}
_MATTER = re.compile(r"^/cases/[^/]+/$")


def main(arguments: Sequence[str]) -> int:
    """Sign in as the window clerk of the demo, look at each page; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.sights.lighthouse")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the instance answers")
    parser.add_argument("--accounts", type=Path, default=Path("var/demo_accounts.txt"))
    chosen = parser.parse_args(arguments)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    pages, cookies = _pages(chosen.base, _password(chosen.accounts), chromium)
    below = False
    for name, address in pages.items():
        points = _points(chosen.base + address, cookies, chromium)
        below |= any(points[category] < aim for category, aim in AIMS.items())
        print(name, *(f"{category} {points[category]}" for category in AIMS), sep="\t")
    return int(below)


def _password(accounts: Path) -> str:
    found = re.search(r"密码\D*?([a-z0-9]{12})", accounts.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"no password in {accounts}")
    return found.group(1)


def _pages(base: str, password: str, chromium: str) -> tuple[dict[str, str], str]:
    """Sign in by the page itself; the addresses of the four pages and the cookies of the person."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=base, locale="zh-CN")
        page.goto("/accounts/sign-in/")
        page.get_by_label("用户名").fill(PERSON)
        page.get_by_label("密码", exact=True).fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{base}/")
        page.goto("/cases/")
        pages = {"首页": "/", "登记": "/register/", "事项列表": "/cases/", "事项": _first_matter(page)}
        cookies = "; ".join(f"{cookie.get('name')}={cookie.get('value')}" for cookie in page.context.cookies())
        browser.close()
    return pages, cookies


def _first_matter(page: Page) -> str:
    links: list[str] = page.eval_on_selector_all("main a[href]", "links => links.map((a) => a.getAttribute('href'))")
    return next(link for link in links if _MATTER.match(link))


def _points(url: str, cookies: str, chromium: str) -> dict[str, int]:
    npx = Path(sys.executable).with_name("npx")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as headers:
        json.dump({"Cookie": cookies}, headers)
        headers.flush()
        command = [str(npx), "--yes", LIGHTHOUSE, url, "--preset=desktop", "--output=json", "--quiet"]
        command += [f"--only-categories={','.join(AIMS)}", f"--extra-headers={headers.name}"]
        command += ["--chrome-flags=--headless=new --no-sandbox --lang=zh-CN"]
        path = os.pathsep.join([str(npx.parent), os.environ.get("PATH", os.defpath)])
        env = os.environ | {"CHROME_PATH": chromium, "PATH": path}
        done = subprocess.run(command, check=True, capture_output=True, env=env, timeout=180)
    report: dict[str, Any] = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit.get("scoreDisplayMode") == "binary":
            print("  ", audit["id"], audit["title"], file=sys.stderr)
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
