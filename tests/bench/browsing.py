"""One signed-in browser without a screen: a connection that stays open, its cookies, and nothing but 127.0.0.1."""

import re
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urlencode

HOST = "127.0.0.1"
SIGN_IN = "/accounts/sign-in/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer:
    """Answer to a request."""

    def __init__(self, status: int, location: str, body: bytes) -> None:
        self.status, self.location, self.body = status, location, body


class Browser:
    """A user's session. As a context manager it is signed in inside and hangs up afterwards."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=60)
        self.username, self.password = username, password
        self.cookies: dict[str, str] = {}
        self.token = ""

    def __enter__(self) -> "Browser":
        self.read_token(SIGN_IN)
        answer = self.post(SIGN_IN, {"username": self.username, "password": self.password})
        if answer.status != 302:
            raise RuntimeError(f"{self.username} could not sign in: status {answer.status}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def get(self, path: str) -> Answer:
        """One page; raises RuntimeError for anything but 200."""
        answer = self._ask("GET", path, None)
        if answer.status != 200:
            raise RuntimeError(f"GET {path} answered {answer.status}")
        return answer

    def post(self, path: str, data: Mapping[str, str]) -> Answer:
        """One form, with the token of the page that was read last."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **data}))

    def read_token(self, path: str) -> None:
        """Open a page for the token of its form."""
        found = _TOKEN.search(self.get(path).body.decode())
        if found is None:
            raise RuntimeError(f"{path} has no form")
        self.token = found.group(1)

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (HTTPException, ConnectionError):
            # The server hangs up a connection that was idle for two seconds.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, response.headers.get("Location", ""), response.read())
