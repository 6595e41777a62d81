"""Every POST with a body that somebody who is let in would send: it gets something done for him, and nothing for a
stranger, who is answered as though he had sent nothing; a report's number in any of its fields is one that nobody
has."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

import pytest
from django.db import transaction

from tests.access.asking import Line, leaks, lines, meaning, read_whole, text_of
from tests.access.bodies import NUMBER, OF_ROUTE, named, sent_to, typed_into
from tests.access.law import sees
from tests.access.seats import AMOUNTING, by_token
from tests.access.table import Answer
from tests.access.test_parameters import apart, without
from tests.access.world import Matter, Seat, World

_SENTENCE = re.compile(r'field-error"[^>]*>\s*([^<]+)')
Sent = tuple[Seat | None, dict[str, Any], Matter, str]
pytestmark = pytest.mark.django_db
POSTS = [line for line in lines() if line.method == "POST" and not line.is_a_move]
# Of the strangers one in so many sends the body; the next address is asked by the next ones.
STRANGERS = 7
NOBODYS = "987654"
# A field of the same name is the same field of many forms: it is tried at so many addresses.
ASKED = 2
TELL = (
    "No body was found with which anybody gets something done at these addresses. Give FIELDS of bodies.py "
    "what the new field takes, or say in UNFINISHED why none can be: "
)  # fmt: skip
# Addresses at which a body alone gets nothing done, and why; a new one has to be asked with a whole body.
_OWN = "it asks for the password or a code of whoever sits there: tests/own_account, tests/cases/house/test_pages.py"
UNFINISHED: Mapping[str, str] = {
    **dict.fromkeys(
        ("accounts/second-factor/", "accounts/second-factor/end/", "accounts/recovery-codes/", "accounts/activate/"),
        _OWN,
    ),
    "accounts/code/": "it follows a password, which no seat has typed: tests/own_account/test_sign_in.py",
    "accounts/tokens/<int:pk>/": "a token is fetched by its owner alone, who is no seat: tests/own_account",
    "accounts/first-password/": "no seat has a password that has to be changed: tests/accounts/test_views.py",
    "accounts/sign-out/": "it asks for nothing, and leads to the sign-in whoever comes",
    "accounts/use-post/": "it takes posts of one's own, and each seat holds one: tests/web/test_shown_post.py",
}  # fmt: skip


def post(seat: Seat, url: str, body: dict[str, Any]) -> Any:
    """Send a body; what it does is undone."""
    cookies = copy(seat.client.cookies)
    with transaction.atomic():
        kind = {"content_type": "application/json"} if url.startswith("/api/") and "attachments" not in url else {}
        response = read_whole(seat.client.post(url, body, **kind))
        transaction.set_rollback(True)
    seat.client.cookies = cookies
    return response


def body_of(line: Line, seat: Seat, url: str, matter: Matter) -> dict[str, Any]:
    matter.case.refresh_from_db(fields=["version"])
    words = {**matter.ids, NUMBER: matter.case.number, "{version}": str(matter.case.version)}
    own = {
        name: value(seat.client, url) if callable(value) else named(value, words)
        for name, value in OF_ROUTE.get(line.route, {}).items()
    }
    if line.route.startswith("api/"):
        return sent_to(line.route) | own
    page = read_whole(seat.client.get(url))
    return (typed_into(page.content.decode()) if page.status_code == 200 else {}) | own


def _why(response: Any) -> str:
    """The sentences at the fields of a page, or what the API answers."""
    said = text_of(response)
    return said[:300] if said.startswith("{") else "；".join(_SENTENCE.findall(said))[:300]


@pytest.fixture(scope="module")
def everybody(furnished: World) -> list[Seat]:
    others = [make(furnished) for make in (*AMOUNTING, by_token)]
    return [furnished.nobody, furnished.without_post, *others, *furnished.seats]


@pytest.fixture(scope="module")
def bodies(furnished: World) -> dict[Line, Sent]:
    """For each address who sends what about which matter, and why nothing came of it ("" when something did)."""
    return {line: worked(furnished, line) for line in POSTS}


def is_of_the_stage(response: Any, line: Line) -> bool:
    """Check that the body was taken, and the act refused for what the thing is like now, at no field; on the page of a
    matter such a refusal stands above the form."""
    said = text_of(response)
    if response.status_code == 422 and line.is_of_a_matter:
        return 'class="refusal"' in said and "field-error" not in said
    if response.status_code != 409:
        return False
    return json.loads(said).get("field") == "" if said.startswith("{") else "field-error" not in said


def worked(world: World, line: Line) -> Sent:
    sender, last, told = None, dict[str, Any](), "nobody is let in"
    for matter in world.matters if line.is_of_a_matter else world.matters[:1]:
        url = line.urls(matter)[0]
        let_in = [seat for seat in world.seats if line.who(seat, matter) is Answer.IN]
        # Who has the matter in hand comes first: what is written there is his to put right.
        for seat in sorted(let_in, key=lambda seat: seat.place is not matter.holder)[:3]:
            body = body_of(line, seat, url, matter)
            response = post(seat, url, body)
            if response.status_code < 400 or is_of_the_stage(response, line):
                return seat, body, matter, ""
            sender, last, told = seat, body, f"{response.status_code} {_why(response)}"
    return sender, last, world.matters[0], told


def test_every_address_is_asked_with_a_whole_body(
    bodies: dict[Line, Sent],
) -> None:
    unfinished = {line.route: why for line, (_, _, _, why) in bodies.items() if why}
    print(f"{len(POSTS)} addresses, {len(POSTS) - len(unfinished)} with a body that gets something done")
    new = [f"{route}: {why}" for route, why in unfinished.items() if route not in UNFINISHED]
    assert new == [], TELL + "\n".join(new)
    assert UNFINISHED.keys() - {line.route for line in POSTS} == set(), "no such address"
    assert UNFINISHED.keys() - unfinished.keys() == set(), "finished: take them off the list"


def test_a_whole_body_does_nothing_for_a_stranger(
    furnished: World, everybody: list[Seat], bodies: dict[Line, Sent]
) -> None:
    faults, count = [], 0
    for place, (line, (_, body, matter, _)) in enumerate(bodies.items()):
        url = line.urls(matter)[0]
        strangers = [seat for seat in everybody if line.who(seat, matter) is not Answer.IN]
        for seat in strangers[place % STRANGERS :: STRANGERS]:
            if seat.name == "令牌" and not line.route.startswith("api/"):
                continue
            response = post(seat, url, body)
            wanted, found = line.who(seat, matter), meaning(seat, response)
            faults += [f"POST {url}: {seat.name} {found}, {wanted} is right"] if found is not wanted else []
            faults += [
                f"POST {url}: {seat.name} reads of {leak}" for leak in leaks(seat, response, furnished, f"{url} {body}")
            ]
            count += 1
    print(f"{len(POSTS)} addresses, {len(everybody)} seats: {count} whole bodies sent by strangers")
    assert "\n".join(faults[:60]) == "", len(faults)


def fields(body: dict[str, Any]) -> Iterator[str]:
    """The fields into which somebody can type a number."""
    for name, value in body.items():
        if isinstance(value, str | list) and name not in ("as_post", "csrfmiddlewaretoken", "once", "version"):
            yield name


def _plain(response: Any, number: str) -> str:
    """Leave out what is drawn anew for each answer: hashes, query codes, and the numbers of what was made."""
    said = re.sub(r"<code.*?</code>", "", without(text_of(response), number))
    return re.sub(r"\d+", "0", re.sub(r"[0-9a-f]{40,}|\b[0-9a-f]{16,}\b|\b[0-9A-Z]{10}\b", "", said))


def test_the_number_of_a_report_in_any_field_is_one_that_nobody_has(furnished: World, bodies: dict[Line, Sent]) -> None:
    report, faults, count = furnished.matters[1].case, [], 0
    asked: Counter[str] = Counter()
    nobodys = report.number[:-6] + NOBODYS
    for line, (sender, body, matter, _) in bodies.items():
        if sender is None or sees(sender, furnished.matters[1]) or matter.case.is_sealed:
            continue
        url = line.urls(matter)[0]
        for name in fields(body):
            asked[name] += 1
            if asked[name] > ASKED:
                continue
            whole = isinstance(body[name], list)
            own, other = (
                post(sender, url, body | {name: [number] if whole else number}) for number in (report.number, nobodys)
            )
            about = f"POST {url} {name}: {sender.name}"
            one, two = _plain(own, report.number), _plain(other, nobodys)
            if (own.status_code, one) != (other.status_code, two):
                faults.append(f"{about} {own.status_code}/{other.status_code} {apart(one, two)}")
            faults += [
                f"{about} reads of {leak}" for leak in leaks(sender, own, furnished, f"{url} {body} {report.number}")
            ]
            count += 1
    print(f"{len(bodies)} addresses, {count} fields with the number of a report")
    assert "\n".join(faults[:60]) == "", len(faults)
