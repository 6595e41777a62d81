"""Lists brought in from files by the server's commands: units, topics, 法定途径; what changed is kept in the ledger."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from binzhou_xinfang.accounts import loading
from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from cases.models import LegalRoute, Topic

_DATA = Path(__file__).resolve().parents[1] / "data"
ROUTES = _DATA / "legal_routes.csv"
TOPICS = _DATA / "content_classification.csv"
ALIASES = _DATA / "topic_aliases.csv"
_COMMAND = "服务器命令"


@transaction.atomic
def load_units(folder: Path, *, at: datetime) -> loading.Loaded:
    """Bring the units to the state of the file (`accounts.loading.load`): one event for those that came, one for each
    that was changed; none when nothing was."""
    ledger.lock()
    known = set(Unit.objects.values_list("code", flat=True))
    loaded = loading.load(folder)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=loaded.changed)}
    new = [Changed(code, "", units[code].name) for code in loaded.changed if code not in known]
    _note(ledger.UNITS_LOADED, "units", f"新增{len(new)}个机构", new, at=at)
    for code, columns in loaded.changed.items():
        if code in known:
            changes = [Changed(label, *words) for label, words in columns.items()]
            _note(ledger.UNITS_LOADED, f"unit:{units[code].pk}", units[code].name, changes, at=at)
    return loaded


@transaction.atomic
def load_topics(path: Path, *, at: datetime) -> int:
    """Write the list of contents; entries no longer in the file stay for old matters, marked as not current. What
    people call an entry is the bureau's to change: only entries without any get the names of the file."""
    ledger.lock()
    before = _topics()
    called = {row["code"]: row["aliases"] for row in _rows(ALIASES)}
    called |= dict(Topic.objects.exclude(aliases="").values_list("code", "aliases"))
    topics = [Topic(**row, is_current=True, aliases=called.get(row["code"], "")) for row in _rows(path)]
    Topic.objects.bulk_create(
        topics,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level_1", "level_2", "level_3", "aliases", "words", "is_current"],
    )
    Topic.objects.exclude(code__in=[topic.code for topic in topics]).update(is_current=False)
    _note(ledger.TOPICS_LOADED, "topics", f"在用分类{len(topics)}项", _differences(before, _topics()), at=at)
    return len(topics)


def _topics() -> dict[str, str]:
    """Word the topics as they stand, by code."""
    return {
        topic.code: "，".join(word for word in (str(topic), topic.aliases, "" if topic.is_current else "停用") if word)
        for topic in Topic.objects.all()
    }


@transaction.atomic
def load_routes(path: Path, *, at: datetime) -> int:
    """Write the entries of 法定途径 that are not there yet: what the office has changed since stays as it is."""
    ledger.lock()
    before = _routes()
    routes = [LegalRoute(**row) for row in _rows(path)]
    LegalRoute.objects.bulk_create(routes, ignore_conflicts=True)
    changes = _differences(before, _routes())
    _note(ledger.ROUTES_LOADED, "routes", f"新增{len(changes)}项法定途径", changes, at=at)
    return len(routes)


def _routes() -> dict[str, str]:
    return {route.code: str(route) for route in LegalRoute.objects.all()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Changed]:
    return [Changed(key, before.get(key, ""), words) for key, words in after.items() if before.get(key, "") != words]


def _note(kind: str, of: str, label: str, changes: Iterable[Changed], *, at: datetime) -> None:
    if changes := list(changes):
        ledger.note(kind, by=None, at=at, of=of, label=label, changes=changes, reason=_COMMAND)
