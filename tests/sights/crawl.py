"""Pages of the demo bureau, found by following every link from the front page as each of its people."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.test import Client
from django.urls import Resolver404, resolve

# Which pages of one address are opened for one person: their numbers tell other stories, more of them tell little more.
PAGES_OF_A_ROUTE = 2
# How many looks of one address are kept, over everybody.
SHAPES_OF_A_ROUTE = 2
# Of one move.
SHAPES_OF_A_MOVE = 1
_MOVE = re.compile(r"^/cases/[^/]+/moves/(?P<slug>[^/]+)/")
_QUERY_KEPT = re.compile(r"[?&](?:page|tab|kind|print|view|by)=")
# What a person does by a link is tried elsewhere; here it would end the walk or ask another programme.
NOT_WALKED = ("/static/", "/api/", "/accounts/sign-out", "/attachments/")


@dataclass(frozen=True)
class Sight:
    """One page as it came: who saw it, at which address, of which route, and its HTML. `sheet`: the same as a side
    sheet, for an address that opens as one; "" for any other."""

    person: str
    url: str
    route: str
    html: str
    sheet: str = ""

    @property
    def name(self) -> str:
        return f"{self.person} {self.url}"


@dataclass
class Walk:
    """Finds of one person: pages, and links that led nowhere, with the page that offered them."""

    person: str
    sights: list[Sight] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)


class _Shape(HTMLParser):
    """The tags and classes of a page without its words: two pages of one shape look alike."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        self.marks.add(f"{tag}.{of.get('class') or ''}")
        if tag == "a" and (of.get("href") or "").startswith("/") and not (of.get("href") or "").startswith("//"):
            self.links.append(unescape(of["href"] or "").partition("#")[0])


class Walker:
    """One person who follows every link from the front page; `seen` holds the shapes others have shown already.

    `moves`: addresses of moves that are opened besides, whatever their number: one matter of each state for each.
    """

    def __init__(
        self, person: str, client: Client, seen: set[tuple[str, frozenset[str]]], moves: Sequence[str] = ()
    ) -> None:
        self.client, self.seen, self.moves, self.found = client, seen, moves, Walk(person)
        self.waiting, self.asked = [("/", "the start")], {"/"}
        self.opened: Counter[str] = Counter()

    def walk(self) -> Walk:
        while self.waiting:
            url, offered_by = self.waiting.pop(0)
            route = _route(url)
            self.opened[route] += 1
            if self.opened[route] <= PAGES_OF_A_ROUTE and url not in self.moves:
                self._open(url, route, offered_by)
        for url in self.moves:
            self._open(url, _route(url), "the moves that are open")
        return self.found

    def _open(self, url: str, route: str, offered_by: str) -> None:
        response = self.client.get(url)
        if response.streaming:
            deque(response.streaming_content, maxlen=0)  # a download is read to its end, which closes it
        elif response.status_code in (301, 302):
            self._note([response.headers["Location"]], offered_by)
        elif response.status_code != 200:
            self.found.dead.append(f"{offered_by} leads to {url} ({response.status_code})")
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            self._look(Sight(self.found.person, url, route, response.content.decode(), self._sheet(url)))

    def _look(self, sight: Sight) -> None:
        shape = _Shape()
        shape.feed(sight.html)
        kind = _kind(sight.url, sight.route)
        key = (kind, frozenset(shape.marks))
        most = SHAPES_OF_A_ROUTE if kind == sight.route else SHAPES_OF_A_MOVE
        if key not in self.seen and sum(route == kind for route, _ in self.seen) < most:
            self.seen.add(key)
            self.found.sights.append(sight)
        if sight.url not in self.moves:
            self._note(_walkable(shape.links), sight.url)

    def _sheet(self, url: str) -> str:
        if not _MOVE.match(url):
            return ""
        response = self.client.get(url, headers={"HX-Request": "true"})
        # The full page of an opinion opens as no sheet.
        html = response.content.decode()
        return html if "data-sheet-title" in html and "<html" not in html else ""

    def _note(self, links: Iterable[str], offered_by: str) -> None:
        for link in links:
            if link not in self.asked:
                self.asked.add(link)
                self.waiting.append((link, offered_by))


def _walkable(links: list[str]) -> Iterator[str]:
    for link in links:
        if not link.startswith(NOT_WALKED) and ("?" not in link or _QUERY_KEPT.search(link) or link.count("&") == 0):
            yield link


def _kind(url: str, route: str) -> str:
    """Tell one move from another: each is a form of its own."""
    found = _MOVE.match(url)
    return f"{route} {found['slug']}" if found else route


def _route(url: str) -> str:
    path = url.partition("?")[0]
    try:
        return resolve(path).route
    except Resolver404:
        return path
