"""Everything that an event kind declares is told, and nothing can be written that is not declared."""

import ast
import html
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from binzhou_xinfang.records import event_fields
from binzhou_xinfang.records.event_fields import Chosen, EventField, UndeclaredField
from cases.casefile.event_text import tell
from cases.casefile.whole_file.contents import Teller
from cases.engine import note
from cases.models import CaseEvent
from cases.states import EVENTS, Move
from tests.office import MONDAY, Office, register

TODAY = date(2025, 3, 3)
# States, and keys of what is told by its name in another field or stands on the page by itself.
KEYS = {
    "from", "to", "letters", "topic", "to_unit", "disputed_by", "opinion", "hearing_on", "number", "sha256", "draft",
    "parties", "supervision", "inspection", "units", "asks", "act", "entry", "hands",
}  # fmt: skip
_SAMPLES: dict[Any, Any] = {
    event_fields.plain: "一段说明",
    event_fields.lines: ["甲说明", "乙说明"],
    event_fields.day: "2025-02-28",
    event_fields.days: 17,
    event_fields.by_label: True,
    event_fields.person: "王小芳",
}


def sample(name: str, field: EventField) -> Any:
    """A value of the shape that the field tells."""
    if name == "clocks":
        return [{"rule": "handling", "legal": "2025-05-06"}]
    if name == "changes":
        return [{"entry": "标题", "old": "旧", "new": "新"}]
    if name == "reckoned":
        return [{"rule": "triage", "before": "2025-03-18", "legal": "2025-03-17"}]
    if name == "rule":
        return "handling"
    if isinstance(field.say, Chosen):
        return field.say.choices[0][0]
    return _SAMPLES[field.say] if field.say else "2025-05-06"


def filled(kind: str) -> dict[str, Any]:
    """A detail with every field of the kind."""
    return {name: sample(name, field) for name, field in EVENTS[kind].fields.items()}


def test_every_declared_field_is_told(subtests: pytest.Subtests) -> None:
    for kind in EVENTS:
        detail, fields = filled(kind.name), kind.fields
        lines = tell(CaseEvent(seq=1, kind=kind.name, happened_at=MONDAY, detail=detail), on=TODAY).lines
        with subtests.test(kind.name):
            spoken = [name for name, field in fields.items() if field.sentence(name, detail, TODAY)]
            assert spoken == [name for name, field in fields.items() if field.say]
            assert lines == [fields[name].sentence(name, detail, TODAY) for name in spoken]


def test_a_field_is_kept_without_being_told_where_another_tells_it() -> None:
    """Whatever else becomes KEPT is lost to everybody who reads the course."""
    silent = [(kind, name) for kind in EVENTS for name, field in kind.fields.items() if not field.say]
    by_the_clock = [(kind, name) for kind, name in silent if name in ("strict", "legal") and "rule" in kind.fields]
    assert [(kind.name, name) for kind, name in silent if name not in KEYS and (kind, name) not in by_the_clock] == []


def test_what_is_declared_stands_on_the_page_in_the_api_and_in_the_whole_file(office: Office) -> None:
    case = register(office).case
    for kind in EVENTS:
        detail = filled(kind.name) | ({"letters": []} if kind.name in Move else {})
        note(case, kind.name, by=office.registrar, at=MONDAY, detail=detail)
    client = Client()
    client.force_login(office.registrar.user)
    url = case.get_absolute_url()
    page = "".join(client.get(f"{url}{more}").content.decode() for more in ("", *_older(client, url)))
    answer = client.get(f"/api/cases/{case.number}/events/").json()
    in_api = {row["seq"]: row["lines"] for row in answer["rows"]}
    in_file = {row["seq"]: row["lines"] for row in Teller(case, office.registrar, in_full=False, on=TODAY).events()}
    for event in case.events.all():
        lines = tell(event, on=timezone.localdate()).lines
        # What it goes on from is a link there.
        assert [line for line in lines if line not in page and not line.startswith("接续原事项")] == []
        assert in_api.get(event.seq, lines) == lines
        assert in_file[event.seq] == tell(event, on=TODAY).lines
    assert in_api


def _older(client: Client, url: str) -> list[str]:
    """The addresses of the older pages of the course."""
    addresses: list[str] = []
    more = re.search(r'href="[^"]*?(\?after=[^"]+)"', client.get(url).content.decode())
    while more and more[1] not in addresses:
        addresses.append(more[1])
        more = re.search(r'href="[^"]*?(\?after=[^"]+)"', client.get(f"{url}{html.unescape(more[1])}").content.decode())
    return [html.unescape(address) for address in addresses]


def test_an_undeclared_field_is_refused_where_it_is_written(office: Office) -> None:
    case = register(office).case
    with pytest.raises(UndeclaredField, match=r"attached.*colour"):
        note(case, "attached", by=office.registrar, at=MONDAY, detail={"name": "a.pdf", "colour": "red"})


def test_a_kind_that_nobody_declares_is_refused(office: Office) -> None:
    case = register(office).case
    with pytest.raises(UndeclaredField, match="painted"):
        note(case, "painted", by=office.registrar, at=MONDAY, detail={})


def test_every_module_that_declares_a_kind_or_a_move_is_loaded_at_the_start() -> None:
    """A worker that only runs tasks, too, knows every kind of event and every move."""
    root = Path(settings.BASE_DIR)
    declaring = [
        ".".join(path.relative_to(root).with_suffix("").parts)
        for app in ("cases", "hearings", "supervision")
        for path in sorted((root / app).rglob("*.py"))
        if path.parent.name != "states" and _declares(path)
    ]
    loaded = subprocess.run(
        [sys.executable, "-c", "import django, sys; django.setup(); print(*sys.modules, sep='\\n')"],
        capture_output=True, text=True, check=True, cwd=root,
    ).stdout.split()  # fmt: skip
    assert [module for module in declaring if module not in loaded] == []
    assert declaring


def _declares(path: Path) -> bool:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    # The ledger of the house has kinds of its own, told by the pages that load them.
    calls = [call for call in calls if not ast.unparse(call).startswith("ledger.")]
    names = {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in calls}
    return bool(names & {"declare", "action", "entry"}) and path.name not in ("engine.py", "table.py")
