"""The whole road by API: from the registration of a visit to the closed matter, every clock and event right."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import UploadedFile
from rest_framework.test import APIClient

from cases.attaching import ATTACHED
from cases.models import PetitionCase
from cases.states import Move
from tests.cases.api_client import program, registration, url_of
from tests.cases.pages import typed
from tests.moves import sent
from tests.office import Office

# Who makes which move on which day of March 2025.
ROAD = [
    (Move.TRIAGE, "registrar", 4),
    (Move.REFER, "registrar", 5),
    (Move.SIGN_FOR, "handler", 6),
    (Move.ACCEPT, "handler", 7),
    (Move.INVESTIGATE, "handler", 10),
    (Move.DRAFT, "handler", 11),
    (Move.CHECK, "colleague", 12),
    (Move.SIGN, "unit_head", 13),
    (Move.DELIVER, "handler", 14),
    (Move.CLOSE, "handler", 17),
]


@pytest.fixture
def programs(office: Office) -> dict[str, APIClient]:
    with time_machine.travel("2025-03-03T08:00:00+08:00", tick=False):
        return {
            name: program(getattr(office, name))
            for name in ("clerk", "registrar", *dict.fromkeys(w for _, w, _ in ROAD))
        }


def send(client: APIClient, url: str, data: dict[str, Any], *, day: int) -> Any:
    with time_machine.travel(f"2025-03-{day:02d}T09:30:00+08:00", tick=False):
        with_files = any(isinstance(value, UploadedFile) for value in data.values())
        response = client.post(url, typed(data) if with_files else data, format="multipart" if with_files else "json")
    assert response.status_code in (200, 201), response.json()
    return response.json()


def walk(office: Office, programs: dict[str, APIClient]) -> tuple[PetitionCase, dict[str, Any], dict[str, Any]]:
    """The matter, the answer to its registration and the answer to its last move."""
    registered = send(programs["clerk"], "/api/petitions/", registration(office), day=3)
    case = PetitionCase.objects.get(number=registered["case"])
    answer: dict[str, Any] = {}
    for move, who, day in ROAD:
        offered = programs[who].get(url_of(case)).json()
        given = sent(move, date(2025, 3, day)) | {"version": offered["head"]["version"]}
        address = next(each["url"] for each in offered["moves"] if each["move"] == move)
        answer = send(programs[who], address, given, day=day)
    return case, registered, answer


def test_the_whole_road_by_api_ends_closed_with_every_clock_right(
    office: Office, programs: dict[str, APIClient]
) -> None:
    _, registered, closed = walk(office, programs)
    assert [(c["rule"], c["started_on"], c["legal"]) for c in registered["clocks"]] == [
        ("triage", "2025-03-03", "2025-03-18")
    ]
    assert closed["head"]["state"] == "closed"
    clocks = {
        c["rule"]: (c["started_on"], c["strict"], c["legal"], c["met_on"], c["cancelled_on"]) for c in closed["clocks"]
    }
    assert clocks == {
        "triage": ("2025-03-03", "2025-03-18", "2025-03-18", "2025-03-05", None),
        "notice": ("2025-03-05", "2025-03-20", "2025-03-20", "2025-03-07", None),
        "objection": ("2025-03-05", "2025-03-12", "2025-03-12", None, "2025-03-07"),
        # Answered when the answer is out, not when it is signed.
        "handling": ("2025-03-07", "2025-05-06", "2025-05-06", "2025-03-14", None),
        "delivery": ("2025-03-13", "2025-03-23", "2025-03-24", "2025-03-14", None),
        "review-request": ("2025-03-14", "2025-04-13", "2025-04-14", None, None),
        "evaluation": ("2025-03-14", "2025-04-13", "2025-04-14", None, None),
    }


def test_the_whole_road_by_api_leaves_an_event_for_every_move(office: Office, programs: dict[str, APIClient]) -> None:
    case, _, _ = walk(office, programs)
    rows = programs["handler"].get(url_of(case, "events/")).json()["rows"]
    acts = [row for row in reversed(rows) if row["kind"] != ATTACHED]
    assert [(row["kind"], row["actor"], row["happened_at"][:10]) for row in acts] == [
        ("register", "王窗口", "2025-03-03"),
        *((move.value, getattr(office, who).user.name, f"2025-03-{day:02d}") for move, who, day in ROAD),
    ]


def test_the_whole_road_by_api_answers_each_request_and_leaves_the_letters(
    office: Office, programs: dict[str, APIClient]
) -> None:
    _, _, closed = walk(office, programs)
    assert [(r["order"], r["answer"]["result"]) for r in closed["requests"]] == [(1, "explain"), (2, "explain")]
    assert [(letter["kind"], letter["number"]) for letter in closed["letters"]] == [
        ("referral", "滨信转〔2025〕1号"),
        ("procedural-acceptance", "滨信程〔2025〕1号"),
        ("acceptance", "滨住建告〔2025〕1号"),
        ("opinion", "滨住建意〔2025〕1号"),
        ("delivery-proof", "滨住建送〔2025〕1号"),
    ]


def test_every_letter_of_the_road_can_be_taken_out(office: Office, programs: dict[str, APIClient]) -> None:
    _, _, closed = walk(office, programs)
    assert closed["letters"]
    for letter in closed["letters"]:
        response = programs["handler"].get(letter["url"])
        assert (response.status_code, response.content[:2]) == (200, b"PK")
