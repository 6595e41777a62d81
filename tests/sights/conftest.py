"""The demo bureau with the longest names it could have, walked once for all workers."""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from binzhou_xinfang.accounts.middleware import posts_of
from binzhou_xinfang.accounts.models import Unit, User
from cases.models import PetitionCase, Petitioner
from cases.permissions import moves_now
from cases.queries import visible_to
from cases.states import Move
from tests.office import moment
from tests.sights.crawl import Sight, Walk, Walker
from tests.sights.looking import SIZES, Screen, Size

# Names as they are in this country, longer than those of the demo; a word nobody can break.
LONG_UNIT = "（滨州市公共资源交易管理服务中心）"
LONG_NAME = "阿卜杜热合曼·买买提依明"
LONG_TITLE = "反映A1234567890B1234567890C1234567890D1234567890E1234567890F1234567890号楼渗漏一直没有人管"
NOBODY = "无人登录"
# The same bureau on every day on which the tests run.
NOW = moment(2026, 6, 10, 11)
# One person of each post at each kind of unit: others see the same pages with other rows.
PEOPLE = [
    "window1",
    "registrar",
    "head",
    "inspector",
    "counsellor",
    "administrator",
    "security",
    "auditor",
    "leader",
    "reviewer",
    "rechecker",
    "discipline1",
    "zhujian1",
    "zhujian2",
    "shizhengfu2",
    "bincheng1",
    "bincheng2",
    "beizhen1",
]


@pytest.fixture(scope="session")
def walks(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Walk]:
    """Walk as each person of the demo; the first worker walks, the others read what it found."""
    # The folder of a worker lies in that of the run; that of a run alone lies among those of other runs.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = shared / "walks.json"
    with (shared / "walks.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with (
                time_machine.travel(NOW, tick=False),
                django_db_blocker.unblock(),
                transaction.atomic(),
                override_settings(VAR_DIR=shared),
            ):
                call_command("load_reference")
                call_command("make_demo")
                _lengthen()
                kept.write_text(json.dumps([asdict(walk) for walk in _walk_all()]))
                transaction.set_rollback(True)
        found = (Walk(**walk) for walk in json.loads(kept.read_text()))
        return {walk.person: replace(walk, sights=[Sight(**sight) for sight in walk.sights]) for walk in found}


def _lengthen() -> None:
    Unit.objects.filter(code__contains="-").update(name=Concat(F("name"), Value(LONG_UNIT)))
    Petitioner.objects.filter(
        pk__in=list(Petitioner.objects.exclude(is_anonymous=True).values_list("pk", flat=True)[::3])
    ).update(name=LONG_NAME)
    PetitionCase.objects.filter(pk__in=list(PetitionCase.objects.values_list("pk", flat=True)[::4])).update(
        title=LONG_TITLE
    )


def _walk_all() -> Iterator[Walk]:
    seen: set[tuple[str, frozenset[str]]] = set()
    opened: set[tuple[str, str, Move]] = set()
    yield Walker(NOBODY, Client(), seen).walk()
    for person in PEOPLE:
        client = Client()
        client.force_login(User.objects.get(username=person))
        yield Walker(person, client, seen, _moves_of(person, opened)).walk()


def _moves_of(person: str, opened: set[tuple[str, str, Move]]) -> list[str]:
    """List the moves that are open to the person, each on one matter of each state; what another of the same role has
    opened tells no more."""
    addresses = []
    # A browser begins with the first post.
    for post in posts_of(User.objects.get(username=person), timezone.localdate())[:1]:
        for case in visible_to(post).order_by("state", "pk").distinct("state"):
            for move in moves_now(post, case):
                if (post.role, case.state, move) not in opened:
                    opened.add((post.role, case.state, move))
                    addresses.append(reverse("cases:move", args=[case.number, move.value]))
    return addresses


@pytest.fixture(scope="session", params=SIZES, ids=lambda size: size.name)
def glass(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Screen]:
    size: Size = request.param
    screen = Screen(browser, size)
    yield screen
    screen.close()
