"""Ways to a report for those who are not named for it: administrator, auditor, heads, the accused unit, whoever took it
in, a reader of the database. Each finds nothing; and each that asks for it by something stands in the log."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection, transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from supervision.figures.rates import RATES
from supervision.figures.table import FIGURES
from tests.access.asking import leaks, read_whole
from tests.access.law import sees
from tests.access.rows import post_at
from tests.access.seats import client_of
from tests.access.world import REPORTER, REPORTER_PHONE, SECRET, Matter, Place, Seat, World, leave, register_at
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
# An attempt stands in the log by one of these.
ATTEMPTS = (AccessAct.NOT_FOUND, AccessAct.FIND_PERSON, AccessAct.READ_AUDIT)
WHO = {
    "administrator": (Role.ADMINISTRATOR, Place.OFFICE),
    "security": (Role.SECURITY, Place.OFFICE),
    "auditor": (Role.AUDITOR, Place.OFFICE),
    "head": (Role.OFFICE_HEAD, Place.OFFICE),
    "head above": (Role.OFFICE_HEAD, Place.SUPERIOR),
    "leader": (Role.LEADER, Place.SUPERIOR),
    "inspector": (Role.INSPECTOR, Place.OFFICE),
    "accused unit": (Role.UNIT_HEAD, Place.HOUSING),
    "who took it in": (Role.WINDOW_CLERK, Place.OFFICE),
    "registrar": (Role.REGISTRAR, Place.OFFICE),
}
EVERYBODY = tuple(WHO)
Asked = tuple[str, dict[str, Any] | None]


@dataclass(frozen=True)
class Way:
    """A way: the requests (a body: sent by POST), who takes it, and whether the attempt is logged."""

    asks: Callable[[World, Matter], list[Asked]]
    who: tuple[str, ...] = EVERYBODY
    is_logged: bool = True


def get(*urls: str) -> Callable[[World, Matter], list[Asked]]:
    """Ask these addresses, the report's own words in place of the names in braces."""

    def asks(world: World, report: Matter) -> list[Asked]:
        number = report.case.number
        said = {
            "number": number, "tail": number[-6:], "petition": report.ids["petitions/"], "title": SECRET,
            "name": REPORTER, "letter": report.ids["letters/"], "file": report.ids["attachments/"],
            "draft": report.ids["drafts/"], "clock": report.ids["deadlines/"], "ordinary": world.matters[0].case.number,
            "unit": report.case.holder.pk if report.case.holder else 0,
        }  # fmt: skip
        return [(url.format(**said), None) for url in urls]

    return asks


def post(url: str, **body: str) -> Callable[[World, Matter], list[Asked]]:
    def asks(world: World, report: Matter) -> list[Asked]:
        said = {"number": report.case.number, "ordinary": world.matters[0].case.number}
        return [(url.format(**said), {name: value.format(**said) for name, value in body.items()})]

    return asks


def drill(world: World, report: Matter) -> list[Asked]:
    return [(f"/supervision/figures/{slug}/", None) for slug in sorted({*RATES, *FIGURES})]


def merging(world: World, report: Matter) -> list[Asked]:
    fresh = register_at(Place.OFFICE, title="路灯不亮")
    body = {"into": report.case.number, "version": str(fresh.version), "reason": "同一事项"}
    return [(f"/cases/{fresh.number}/moves/merge/", None), (f"/cases/{fresh.number}/moves/merge/", body)]


_PERSON = {"name": REPORTER, "phone": REPORTER_PHONE, "id_kind": ""}
_ARRIVAL = _PERSON | {
    "name": "王某", "phone": "13911110000", "channel": "visit", "arrived_on": "2026-01-05", "people": "1",
    "content": "反映小区漏水无人维修。", "requests": "修好", "purpose": "settle", "region": "1602", "threat": "",
}  # fmt: skip
_CLERKS = ("who took it in", "registrar", "head")
WAYS: dict[str, Way] = {
    "number in the search box": Way(get("/search/?q={number}")),
    "tail of the number": Way(get("/search/?q={tail}"), is_logged=False),
    "number of the arrival": Way(get("/search/?q={petition}")),
    "title in the search box": Way(get("/search/?q={title}")),
    "name in the search box": Way(get("/search/?q={name}")),
    "telephone in the search box": Way(post("/search/", q=REPORTER_PHONE), ("head", "registrar", "accused unit")),
    "number in the list": Way(get("/cases/?text={number}")),
    "name in the list": Way(get("/cases/?text={name}")),
    "number in the list of the API": Way(get("/api/cases/?text={number}")),
    "every order and filter of the API": Way(
        get("/api/cases/?channel=visit", "/api/cases/?state=handling", "/api/cases/?flag=urgent", "/api/figures/"),
        is_logged=False,
    ),
    "page of the matter": Way(get("/cases/{number}/", "/cases/{number}/due/", "/cases/{number}/charts/")),
    "matter in the API": Way(get("/api/cases/{number}/", "/api/cases/{number}/events/", "/api/petitions/{petition}/")),
    "clock by its key": Way(get("/cases/{number}/deadlines/{clock}/", "/cases/{ordinary}/deadlines/{clock}/")),
    "letter by a guessed address": Way(
        get(
            "/cases/{number}/letters/{letter}/docx/",
            "/cases/{ordinary}/letters/{letter}/docx/",
            "/api/cases/{number}/letters/{letter}/",
        ),
    ),
    "file by a guessed address": Way(
        get(
            "/cases/{number}/attachments/{file}/",
            "/cases/{ordinary}/attachments/{file}/",
            "/api/cases/{number}/attachments/{file}/",
        ),
    ),
    "draft by a guessed address": Way(get("/cases/{number}/drafts/{draft}/", "/drafts/", "/api/letter-drafts/")),
    "stored file by its path": Way(get("/media/ab/cd/abcd", "/static/../var/files/ab"), is_logged=False),
    "print": Way(get("/petitions/{petition}/receipt/", "/cases/{number}/charts/flow/"), _CLERKS),
    "export": Way(get("/cases/{number}/letters/zip/", "/cases/{number}/file/")),
    "export by the API": Way(post("/api/cases/{number}/file/")),
    "form of merging": Way(merging, ("registrar",)),
    "arrival that follows it": Way(post("/register/", **_ARRIVAL, follows="{number}"), ("registrar",)),
    "arrival that joins it": Way(post("/register/repeat/", **_ARRIVAL, case="{number}"), ("registrar",)),
    "panel of duplicates": Way(post("/register/person/", **_PERSON), ("registrar", "head"), is_logged=True),
    "督办 of it": Way(get("/supervision/new/?case={number}"), ("head", "inspector", "registrar")),
    "督办 of it, sent": Way(
        post("/supervision/new/", case="{number}", measure="phone", unit="u-housing", problem="没有按期", article=""),
        ("inspector", "registrar"),
    ),
    "inspection of it": Way(get("/supervision/inspections/new/{number}/"), ("head", "inspector")),
    "several at once": Way(post("/together/sign-for/", n="{number}")),
    "hand-over of it": Way(
        post("/hand-overs/person/", numbers_1="{number}", other_1="x"), ("accused unit",), is_logged=False
    ),
    "drill down of the figures": Way(drill, ("head", "leader", "registrar", "inspector"), is_logged=False),
    "lists of supervision": Way(
        get(
            "/supervision/",
            "/supervision/letters/?q={number}",
            "/supervision/overdue/",
            "/supervision/board/",
            "/supervision/trends/",
            "/supervision/morning/",
        ),
        is_logged=False,
    ),
    "search of the log": Way(
        get("/audit/?q={number}", "/audit/?q={tail}", "/audit/?q={title}", "/audit/"), ("auditor",), is_logged=True
    ),
    "bells and the outbox": Way(
        get("/notices/", "/notices/bell/", "/operations/", "/operations/stuck/"), EVERYBODY, False
    ),
    "calendar": Way(post("/calendar/recalculate/"), ("administrator", "head"), is_logged=False),
    "end of its unit": Way(get("/house/units/{unit}/ask-end/", "/house/units/{unit}/"), ("administrator",), False),
    "history of the house": Way(
        get("/house/history/unit/{unit}/", "/house/history/unit/"), ("administrator", "auditor"), is_logged=False
    ),
    "kept filter": Way(
        lambda _, report: [
            ("/filters/", {"path": "/cases/", "name": "甲", "query": f"text={report.case.number}"}),
            ("/cases/", None),
        ],
        is_logged=False,
    ),
}


def seat_of(world: World, who: str) -> Seat:
    return world.seat(*WHO[who])


def say(seat: Seat, url: str, body: dict[str, Any] | None) -> Any:
    if body is None:
        return read_whole(seat.client.get(url))
    kind = {"content_type": "application/json"} if url.startswith("/api/") else {}
    return read_whole(seat.client.post(url, body, **kind))


def taken(world: World, seat: Seat, way: Way) -> Iterator[str]:
    """Take the way, and tell what was found of the report, and of a way that left no line."""
    before = _lines(seat)
    asked = way.asks(world, world.matters[1])
    for url, body in asked:
        response = say(seat, url, body)
        if response.status_code >= 500:
            yield f"{url}: {response.status_code}"
        yield from (f"{url}: {leak}" for leak in leaks(seat, response, world, f"{url} {unquote(str(asked))}"))
    if way.is_logged and _lines(seat) == before:
        yield "no line in the log"


def _lines(seat: Seat) -> int:
    user = int(seat.client.session["_auth_user_id"])
    return AccessLog.objects.filter(user=user, act__in=ATTEMPTS).count()


@pytest.mark.parametrize("name", WAYS)
def test_a_way_to_a_report_finds_nothing_and_stands_in_the_log(furnished: World, name: str) -> None:
    way, faults = WAYS[name], []
    for who in way.who:
        seat = seat_of(furnished, who)
        assert not sees(seat, furnished.matters[1])
        with transaction.atomic():
            faults += [f"{who} {fault}" for fault in taken(furnished, seat, way)]
            transaction.set_rollback(True)
    assert "\n".join(faults) == ""


def test_a_session_of_somebody_who_was_named_shows_nothing_when_the_post_is_over(furnished: World) -> None:
    unit, report = post_at(Place.OFFICE, Role.OFFICE_HEAD).unit, furnished.matters[1].case
    named, over = (PostFactory.create(unit=unit, role=Role.OFFICE_HEAD, reads_sealed=True) for _ in range(2))
    sessions = {post: client_of(post) for post in (named, over)}
    leave(over)
    answers = [sessions[post].get(f"/cases/{report.number}/").status_code for post in (named, over)]
    assert answers == [200, 403]


def test_the_post_of_a_named_person_is_no_key(furnished: World) -> None:
    named, report = Post.objects.filter(reads_sealed=True).earliest("pk"), furnished.matters[1].case
    for who in EVERYBODY:
        seat = seat_of(furnished, who)
        response = seat.client.get(f"/api/cases/{report.number}/", headers={"X-Post": str(named.pk)})
        assert response.status_code == 403


@pytest.mark.parametrize("word", [REPORTER_PHONE, "某村6号"])
def test_the_rows_of_the_database_do_not_tell_how_to_reach_who_reported(furnished: World, word: str) -> None:
    assert [table for table, said in rows() if word in said] == []


def rows() -> Iterator[tuple[str, str]]:
    """Every table as a dump writes it."""
    for table in connection.introspection.table_names():
        said = io.StringIO()
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {connection.ops.quote_name(table)} TO STDOUT", said)
        yield table, said.getvalue()


def test_the_log_tells_an_auditor_of_attempts_and_of_no_report(furnished: World) -> None:
    """Let what somebody typed stand as typed, whether or not there is such a report."""
    report, seat = furnished.matters[1].case, seat_of(furnished, "head")
    nobodys = report.number[:-6] + "987654"
    for number in (report.number, nobodys):
        seat.client.get(f"/cases/{number}/")
    auditor = seat_of(furnished, "auditor")
    said = [auditor.client.get("/audit/", {"q": number}).content.decode() for number in (report.number, nobodys)]
    counts = [text.count(f"{AccessAct.NOT_FOUND.label}</") for text in said]
    assert counts[0] == counts[1] > 0
    listed = auditor.client.get("/audit/", {"act": AccessAct.NOT_FOUND.value}).content.decode()
    assert (report.number in listed, nobodys in listed) == (True, True)
    told = auditor.client.get("/audit/", {"act": AccessAct.READ_AUDIT.value}).content.decode()
    assert (report.number in told, nobodys in told) == (True, True)
