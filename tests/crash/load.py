"""Load of registrations, moves and looks through HTTP, which writes down what was acknowledged."""

import http.cookiejar
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.crash.ground import Ground
from tests.crash.prepare import PASSWORD

PAUSE_SECONDS = 0.15
PROGRAMS = 2
_MARK = "第{}号"


@dataclass
class Acknowledged:
    """Answers since the last look: successes by what they acknowledged, all by their status."""

    registered: dict[str, str] = field(default_factory=dict)  # the mark in the words → the number
    moved: list[tuple[str, str]] = field(default_factory=list)  # number of the matter, move
    answers: dict[int, int] = field(default_factory=dict)
    signed_out: int = 0
    looks: int = 0
    last_at: float = 0.0  # when the last acknowledged registration was begun

    @property
    def acts(self) -> int:
        return len(self.registered) + len(self.moved)


class Load:
    """Programs that register and move on, and one browser that stays signed in."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.done = ground, Acknowledged()
        self._next, self._lock = 0, threading.Lock()
        self._ends, self._goes = threading.Event(), threading.Event()
        self._busy = 0
        self._browser: Any = None
        self._threads = [threading.Thread(target=self._program, daemon=True) for _ in range(PROGRAMS)]
        self._threads.append(threading.Thread(target=self._look, daemon=True))

    def start(self) -> None:
        self._browser = self._sign_in()
        self._goes.set()
        for thread in self._threads:
            thread.start()

    def pause(self) -> Acknowledged:
        """Hold it, wait for what is under way, and give what was acknowledged since the last time."""
        self._goes.clear()
        while self._busy:
            time.sleep(0.05)
        done, self.done = self.done, Acknowledged()
        return done

    def go_on(self) -> None:
        self._goes.set()

    def end(self) -> None:
        self._ends.set()
        self._goes.set()

    def _program(self) -> None:
        while not self._ends.is_set():
            self._goes.wait()
            with self._lock:
                if not self._goes.is_set():
                    continue
                self._busy += 1
            try:
                self._register_and_move()
            finally:
                with self._lock:
                    self._busy -= 1
            time.sleep(PAUSE_SECONDS)

    def _register_and_move(self) -> None:
        with self._lock:
            self._next += 1
            mark = _MARK.format(self._next)
        number = self._register(mark)
        if number is None:
            return
        cast = self.ground.cast
        sorting = {"kind": "claim", "legal_way": "a31-6", "legal_basis": "属地管辖", "topic": cast["topic"]}
        if self._move(number, "triage", sorting):
            self._move(number, "refer", {"to_unit": cast["unit"], "note": "请依法办理"})

    def _register(self, mark: str) -> str | None:
        """Register, again and again under the same key until it is acknowledged, or the load is held."""
        cast = self.ground.cast
        sent = {
            "name": "刘某", "phone": "13800000000", "id_kind": "", "channel": "visit",
            "arrived_on": date.today().isoformat(), "people": 1, "content": f"小区地下车库漏水，物业未修。{mark}",
            "requests": ["明确维修责任单位和期限"], "purpose": "settle", "topic": cast["topic"],
            "region": cast["region"],
        }  # fmt: skip
        while True:
            began = time.monotonic()
            status, said = self._ask("/api/petitions/", sent, "clerk", {"Idempotency-Key": mark.encode().hex()})
            if status == 201:
                with self._lock:
                    self.done.registered[mark] = said["number"]
                    self.done.last_at = max(self.done.last_at, began)
                return str(said["case"])
            if not self._goes.is_set():
                return None
            time.sleep(PAUSE_SECONDS)

    def _move(self, number: str, move: str, sent: dict[str, Any]) -> bool:
        status, _ = self._ask(f"/api/cases/{number}/moves/{move}/", sent, "registrar", {})
        if status == 200:
            with self._lock:
                self.done.moved.append((number, move))
        return status == 200

    def _ask(self, path: str, sent: dict[str, Any], who: str, headers: dict[str, str]) -> tuple[int, Any]:
        status, said = self.ground.ask(path, sent, {"Authorization": f"Token {self.ground.cast[who]}"} | headers)
        with self._lock:
            self.done.answers[status] = self.done.answers.get(status, 0) + 1
        return status, said

    def _sign_in(self) -> Any:
        browser, url = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar())), self._url("/accounts/sign-in/")
        html = browser.open(url, timeout=30).read().decode()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', html)
        assert token is not None
        sent = {"username": self.ground.cast["username"], "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = browser.open(Request(url, urlencode(sent).encode(), {"Referer": url}), timeout=30)  # noqa: S310
        assert "sign-in" not in answer.url, answer.url
        return browser

    def _look(self) -> None:
        """Look at the first page every half second: whoever is led to the sign-in was signed out."""
        while not self._ends.is_set():
            try:
                answer = self._browser.open(self._url("/"), timeout=20)
                self.done.looks += 1
                if "sign-in" in answer.url:
                    self.done.signed_out += 1
                    self._browser = self._sign_in()
            except Exception:  # noqa: S110  it is away, which the programs count
                pass
            time.sleep(0.5)

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.ground.port}{path}"
