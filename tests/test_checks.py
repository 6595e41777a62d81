"""Findings of `manage.py check` when a name that is only a string names nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from binzhou_xinfang import checks, hooks
from binzhou_xinfang.api_description import ENUM_NAMES
from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.notices import outbox
from binzhou_xinfang.notices.checks import check_topics

OURS = ("binzhou_xinfang", "cases", "hearings", "supervision")


def ids(problems: list[Any]) -> list[str]:
    return [problem.id for problem in problems]


def test_the_product_passes_its_own_checks() -> None:
    assert run_checks(tags=["xinfang"]) == []


def test_a_hook_that_nobody_fills_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "DECLARED", [*hooks.DECLARED])
    Hook[[], None]("test.NOBODY")
    assert ids(checks.check_hooks(None)) == ["binzhou_xinfang.E004"]


def test_an_entry_of_the_timetable_that_names_no_task_is_found(settings: Any) -> None:
    settings.CELERY_BEAT_SCHEDULE = {**settings.CELERY_BEAT_SCHEDULE, "x": {"task": "cases.sweep_deadline"}}
    assert ids(checks.check_timetable(None)) == ["binzhou_xinfang.E005"]


def test_a_task_that_nobody_starts_is_found(settings: Any) -> None:
    timed = {name: entry for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if name != "anchor-day"}
    settings.CELERY_BEAT_SCHEDULE = timed
    assert ids(checks.check_timetable(None)) == ["binzhou_xinfang.E006"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIDDLEWARE", ["binzhou_xinfang.proxy.ProxiMiddleware"]),
        ("REST_FRAMEWORK", {"EXCEPTION_HANDLER": "binzhou_xinfang.web.apis.handle_error"}),
        ("STATICFILES_FINDERS", ["binzhou_xinfang.front_ends.PackageFinder"]),
        ("AUTHENTICATION_BACKENDS", ("django.contrib.auth.backends.Model",)),
        ("LOGIN_REDIRECT_URL", "cases:start"),
    ],
)
def test_a_name_in_the_settings_that_names_nothing_is_found(settings: Any, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert ids(checks.check_paths(None)) == ["binzhou_xinfang.E007"]


def test_a_topic_that_no_app_has_added_is_found_and_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "DECLARED", [])
    stray = outbox.Topic("stray", lambda _: ())
    assert ids(check_topics(None)) == ["notices.E001"]
    with pytest.raises(LookupError):
        outbox.tell(stray, 1, at=timezone.now())


def test_every_topic_is_told_somewhere() -> None:
    """A writer whose topic nobody names is never asked."""
    constants = {
        target.id
        for node in _nodes()
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if getattr(node.value.func, "id", "") == "Topic"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    told = {
        getattr(argument, "id", "") or getattr(argument, "attr", "")
        for node in _nodes()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"tell", "telling"}
        for argument in node.args
    }
    assert len(constants) == len(outbox.TOPICS)
    assert constants - told == set()


def _nodes() -> Iterator[ast.AST]:
    base = Path(django_settings.BASE_DIR)
    for path in (path for app in OURS for path in (base / app).rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_every_named_code_list_stands_in_the_description_of_the_api() -> None:
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    assert set(ENUM_NAMES) - set(described["components"]["schemas"]) == set()
