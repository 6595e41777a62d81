"""The description of the API is complete, and no request, whether it follows the description or not, makes it fail."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from rest_framework.throttling import UserRateThrottle
from schemathesis.generation import GenerationMode

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.wsgi import application
from cases.models import PetitionCase
from cases.web.procedure.forms import MOVE_FORMS
from tests.cases.api_client import token_of
from tests.described import ask, served_within_the_test
from tests.office import Office, ready_for, register

EXAMPLES = {GenerationMode.POSITIVE: 4, GenerationMode.NEGATIVE: 3}
# Codes that exist, so that a request gets past its fields.
KNOWN = {"topic": "030504", "region": "371602", "to_unit": "bzzj", "review_body": "bzfc", "arrived_on": "2025-03-03"}
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return described


def test_the_description_is_made_without_a_warning(tmp_path: Path) -> None:
    target = tmp_path / "schema.yml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(target), stderr=StringIO())
    assert target.stat().st_size > 10_000


def test_every_move_has_an_address_and_an_input_of_its_own(description: dict[str, Any]) -> None:
    moves = {path: item["post"] for path, item in description["paths"].items() if "/moves/" in path}
    assert set(moves) == {f"/api/cases/{{number}}/moves/{move}/" for move in MOVE_FORMS}
    inputs = [str(move["requestBody"]["content"]["application/json"]["schema"]) for move in moves.values()]
    assert len(set(inputs)) == len(MOVE_FORMS)


def test_every_operation_is_described_in_chinese(description: dict[str, Any]) -> None:
    operations = [
        operation for item in description["paths"].values() for operation in item.values() if "/" not in operation
    ]
    plain = [each["operationId"] for each in operations if not _is_chinese(each.get("summary", "")) or not each["tags"]]
    components = [
        name
        for name, each in description["components"]["schemas"].items()
        if each.get("type") == "object" and not _is_chinese(each.get("description", ""))
    ]
    assert (plain, components) == ([], [])


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.fixture
def targets(office: Office, on_monday: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, str]]:
    """For each path with a matter in it a number and a token with which the request gets as far as possible."""
    monkeypatch.setattr(UserRateThrottle, "get_rate", lambda _: None)
    tokens: dict[int, str] = {}

    def target(case: PetitionCase, post: Post) -> tuple[str, str]:
        if post.pk not in tokens:
            tokens[post.pk] = token_of(post)
        return case.number, tokens[post.pk]

    found = {"": target(register(office).case, office.clerk)}
    found["/settings/"] = target(register(office).case, office.administrator)
    for move in MOVE_FORMS:
        ready = ready_for(office, move)
        found[f"/moves/{move}/"] = target(ready.case, ready.by)
    return found


def test_no_request_makes_the_house_fail(description: dict[str, Any], targets: dict[str, tuple[str, str]]) -> None:
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    failed: list[str] = []
    with served_within_the_test():
        for operation in (found.ok() for found in schema.get_all_operations()):
            number, token = next(value for part, value in reversed(targets.items()) if part in operation.path)
            for mode, examples in EXAMPLES.items():
                sender = Sender(mode, number=number, token=token)
                ask(operation, mode, settings(QUICK, max_examples=examples), sender.send)
                failed += sender.failed
    assert failed == []


class Sender:
    """Requests about one matter with one token; `failed` are those that made the house fail."""

    def __init__(self, mode: GenerationMode, *, number: str, token: str) -> None:
        self.mode, self.number, self.token, self.failed = mode, number, token, list[str]()

    def send(self, case: Any) -> None:
        if "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = self.number
        if self.mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            case.body |= {name: code for name, code in KNOWN.items() if name in case.body}
        with transaction.atomic():
            response = case.call(headers={"Authorization": f"Token {self.token}"})
            transaction.set_rollback(True)
        if response.status_code >= 500:
            about = case.operation
            self.failed.append(f"{about.method} {about.path} {case.query} {case.body}")
