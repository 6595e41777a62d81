"""Requests by the API's own description, right ones and wrong ones, as every role and as a stranger: nothing fails, and
nothing is answered that the description does not tell."""

import os
import re
from collections import Counter
from itertools import count, cycle, islice
from tempfile import TemporaryFile
from typing import IO, Any

import pytest
import schemathesis
import werkzeug.test
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.web.schema import ANYWHERE
from binzhou_xinfang.wsgi import application
from tests.access.asking import Line, lines
from tests.access.rows import post_at
from tests.access.world import Matter, Place, World
from tests.cases.api_client import token_of
from tests.described import MODES, ask, served_within_the_test

pytestmark = pytest.mark.django_db
# Of each kind so many for every operation; `make fuzz` sends more, and others each time.
CASES = int(os.environ.get("CASES", "1"))
TRIALS = settings(
    deadline=None, derandomize="CASES" not in os.environ, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck), max_examples=CASES,
)  # fmt: skip
CHECKS = [status_code_conformance, content_type_conformance]
# Codes that exist, so that a request gets past its fields.
KNOWN = {"topic": "030504", "region": "1602", "to_unit": "u-sibling", "unit": "u-housing", "arrived_on": "2026-01-05"}
_PART = re.compile(r"\{\w+\}|<\w+:\w+>")
LINES = {(line.method, "/" + _PART.sub("{}", line.route)): line for line in lines()}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


def test_every_operation_tells_what_any_may_answer(description: dict[str, Any]) -> None:
    answers = [
        (path, operation["responses"])
        for path, item in description["paths"].items()
        for operation in item.values()
        if "responses" in operation
    ]
    assert [path for path, said in answers if not ANYWHERE.keys() <= said.keys()] == []
    refusals = [each for _, said in answers for status, each in said.items() if status >= "400"]
    assert {kind for each in refusals for kind in each["content"]} == {"application/json"}


def test_an_address_that_there_is_not_answers_a_program_by_json(world: World) -> None:
    response = world.seats[0].client.get("/api/nothing/")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/json")
    assert world.seats[0].client.get("/nothing/").headers["Content-Type"].startswith("text/html")


@pytest.fixture(autouse=True)
def spooled(monkeypatch: pytest.MonkeyPatch) -> list[IO[bytes]]:
    """The large bodies that the sender of requests (werkzeug) spools to the disk and leaves open: closed for it, so
    that a file which is not closed is one of ours, and fails."""
    files: list[IO[bytes]] = []

    def spool(mode: str) -> IO[bytes]:
        files.append(TemporaryFile(mode))  # noqa: SIM115  closed after the request
        return files[-1]

    monkeypatch.setattr(werkzeug.test, "TemporaryFile", spool)
    return files


def served(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer as a server does, which closes the answer: what is left open then is a file of ours."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        if hasattr(answer, "close"):
            answer.close()


def tokens(world: World) -> list[tuple[str, str]]:
    """Each role with the header of its program, where it has most to do, and a stranger with none."""
    desks = {Role.UNIT_HANDLER: Place.HOUSING, Role.UNIT_HEAD: Place.HOUSING, Role.DISCIPLINE: Place.DISCIPLINE}
    roles = [(role.value, f"Token {token_of(post_at(desks.get(role, Place.OFFICE), role))}") for role in Role]
    return [*roles, ("nobody", ""), ("wrong", "Token none")]


class Trial:
    """Requests to the operations, the roles taking turns; `answered` by role and status, `faults` as they are told."""

    def __init__(self, world: World, spooled: list[IO[bytes]]) -> None:
        self.spooled = spooled
        self.world, self.answered, self.faults = world, Counter[tuple[str, int]](), dict[str, str]()
        self.turn, self.who = count(), tokens(world)

    def of(self, operation: Any, place: int) -> None:
        """Send the operation right and wrong requests."""
        line = LINES[operation.method.upper(), _PART.sub("{}", operation.path)]
        who = islice(cycle(self.who), place, None)
        for mode in MODES:
            ask(operation, mode, TRIALS, lambda case, mode=mode: self._ask(case, line, mode, *next(who)))

    def _ask(self, case: Any, line: Line, mode: GenerationMode, role: str, token: str) -> None:
        matter = self.world.matters[next(self.turn) % 2]
        if mode is GenerationMode.POSITIVE:
            self._fill(case, line, matter)
        with transaction.atomic():
            response = case.call(headers={"Authorization": token} if token else {})
            transaction.set_rollback(True)
        while self.spooled:
            self.spooled.pop().close()
        self.answered[role, response.status_code] += 1
        about = f"{case.operation.method.upper()} {case.operation.path} {role}: {response.status_code}"
        if response.status_code >= 500:
            self.faults[about] = f"{case.path_parameters} {case.query} {case.body}"
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as group:
            self.faults[about] = "; ".join(str(one).splitlines()[0] for one in group.exceptions)

    def _fill(self, case: Any, line: Line, matter: Matter) -> None:
        """Let it be about a matter and rows that there are."""
        names = re.findall(r"\{(\w+)\}", case.operation.path)
        found = re.fullmatch(_PART.sub("([^/]+)", case.operation.path), line.urls(matter)[0])
        if names and found:
            case.path_parameters = dict(zip(names, found.groups(), strict=True))
        if isinstance(case.body, dict):
            case.body |= {name: code for name, code in KNOWN.items() if name in case.body}


def test_nothing_fails_and_nothing_is_answered_that_is_not_described(
    furnished: World, description: dict[str, Any], spooled: list[IO[bytes]]
) -> None:
    schema = schemathesis.openapi.from_dict(description)
    schema.app = served
    trial, operations = Trial(furnished, spooled), [found.ok() for found in schema.get_all_operations()]
    with served_within_the_test():
        for place, operation in enumerate(operations):
            trial.of(operation, place)
    statuses, roles = Counter[int](), Counter[str]()
    for (role, status), number in trial.answered.items():
        statuses[status] += number
        roles[role] += number
    told = dict(sorted(statuses.items()))
    print(f"{len(operations)} operations x {len(roles)} roles: {sum(roles.values())} requests, {told}")
    assert "\n".join(f"{about} {why}" for about, why in list(trial.faults.items())[:40]) == "", len(trial.faults)
