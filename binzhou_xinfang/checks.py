"""System checks of the wiring: the database, the registries between the apps, names that are only strings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.template import TemplateDoesNotExist
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import autodiscover_modules, import_string

from binzhou_xinfang import hooks

OLDEST_POSTGRESQL = 150000
# Settings with words that look like paths and are none; and the handler of requests, which importing would build.
_NO_PATHS = frozenset({"CELERY_BEAT_SCHEDULE", "LOGGING", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "WSGI_APPLICATION"})
_PATH = re.compile(r"[a-z_]+(\.\w+)+")
# Addresses and templates that other packages look up by the names in our settings.
_ADDRESSES = ("LOGIN_URL", "LOGIN_REDIRECT_URL", "LOGOUT_REDIRECT_URL")


def check_databases(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report each database that is too old, not UTF-8, or whose LC_CTYPE is not UTF-8."""
    return [problem for alias in databases or () for problem in _problems(alias)]


def _problems(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datctype"
            " FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, ctype = cursor.fetchone()
    return problems_of(version, encoding, ctype)


def problems_of(version: int, encoding: str, ctype: str) -> list[CheckMessage]:
    """List the faults of a database of this server version (150004 is 15.4), encoding and LC_CTYPE."""
    problems: list[CheckMessage] = []
    if version < OLDEST_POSTGRESQL:
        problems.append(Error("PostgreSQL 版本过低，需要 15 或更高版本", id="binzhou_xinfang.E001"))
    hint = "重新建库：CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    if encoding != "UTF8":
        problems.append(Error(f"数据库编码是 {encoding}，必须是 UTF8", hint=hint, id="binzhou_xinfang.E002"))
    if not ctype.lower().replace("-", "").endswith("utf8"):
        problems.append(Error(f"数据库的 LC_CTYPE 是 {ctype}，必须是 UTF-8 的", hint=hint, id="binzhou_xinfang.E003"))
    return problems


def check_hooks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each hook or registry that nobody fills."""
    return [Error(f"{hook.name}: 没有任何应用登记", id="binzhou_xinfang.E004") for hook in hooks.DECLARED if not hook]


def check_timetable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each entry of the timetable that names no task, and each task of ours that nobody starts."""
    # As Celery finds them; its own loader would run these checks again.
    autodiscover_modules("tasks")
    ours = {name for name, task in current_app.tasks.items() if not task.__module__.startswith("celery.")}
    timed = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    return [
        *(Error(f"CELERY_BEAT_SCHEDULE: 没有任务 {name}", id="binzhou_xinfang.E005") for name in sorted(timed - ours)),
        *(Error(f"任务 {name} 没有列入定时表", id="binzhou_xinfang.E006") for name in sorted(ours - timed)),
    ]


def check_paths(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each path, address or template of the settings that names nothing."""
    values = {name: getattr(settings, name) for name in dir(settings) if name.isupper() and name not in _NO_PATHS}
    return [
        *_wrong("路径", ((name, path) for name, value in values.items() for path in _paths(value)), _import),
        *_wrong("地址", ((name, getattr(settings, name)) for name in _ADDRESSES), reverse),
    ]


def _wrong(what: str, named: Iterable[tuple[str, str]], find: Any) -> Iterator[CheckMessage]:
    for setting, name in named:
        try:
            find(name)
        except (ImportError, AttributeError, NoReverseMatch, TemplateDoesNotExist) as fault:
            yield Error(f"{setting}: {what} {name} 不存在（{fault}）", id="binzhou_xinfang.E007")


def _paths(value: Any) -> Iterator[str]:
    """List the strings in a setting that are paths of installed packages."""
    if isinstance(value, str):
        roots = {app.partition(".")[0] for app in settings.INSTALLED_APPS} | {"whitenoise"}
        if type(value) is str and _PATH.fullmatch(value) and value.partition(".")[0] in roots:
            yield value
    elif isinstance(value, Mapping):
        yield from (path for one in value.values() for path in _paths(one))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (path for one in value for path in _paths(one))


def _import(path: str) -> None:
    try:
        import_module(path)
    except ModuleNotFoundError:
        import_string(path)
