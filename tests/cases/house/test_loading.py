"""Lists that the server's commands bring in: what changed stands in the ledger, and nothing where nothing did."""

from pathlib import Path

import pytest
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.records.models import HouseEvent
from cases.house.loading import load_routes, load_topics, load_units
from cases.models import LegalRoute

pytestmark = pytest.mark.django_db

_HEAD = "code,name,short_name,kind,parent,letter_mark,region_code,address,phone,valid_from,valid_to,moved_to\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def units(folder: Path, *rows: str) -> Path:
    return written(folder, "units.csv", _HEAD + "\n".join(rows) + "\n").parent


def test_units_that_come_by_file_stand_in_one_event_and_a_changed_one_in_its_own(tmp_path: Path) -> None:
    first = "a,甲市,甲市,area,,,,,,,,"
    load_units(units(tmp_path, first, "b,乙局,乙局,department,a,乙,,,,,,"), at=timezone.now())
    event = HouseEvent.objects.get()
    assert (event.detail["of"], event.detail["changes"]) == ("units", [["a", "", "甲市"], ["b", "", "乙局"]])

    load_units(units(tmp_path, first, "b,乙委,乙委,department,a,乙,,,,,,"), at=timezone.now())
    event = HouseEvent.objects.order_by("seq").last()
    assert event is not None
    assert event.detail["of"] == f"unit:{Unit.objects.get(code='b').pk}"
    assert ["名称", "乙局", "乙委"] in event.detail["changes"]


def test_a_file_that_changes_nothing_leaves_no_event(tmp_path: Path) -> None:
    folder = units(tmp_path, "a,甲市,甲市,area,,,,,,,,")
    load_units(folder, at=timezone.now())
    load_units(folder, at=timezone.now())
    assert HouseEvent.objects.count() == 1


def test_topics_and_ways_that_come_by_file_leave_their_events(tmp_path: Path) -> None:
    topics = written(tmp_path, "topics.csv", "code,level_1,level_2,level_3\n010101,甲,乙,丙\n")
    for _ in range(2):
        load_topics(topics, at=timezone.now())
    assert [event.detail["changes"] for event in HouseEvent.objects.all()] == [[["010101", "", "甲 / 乙 / 丙"]]]
    head = "code,way,name,topics,organ,papers,time_limit,answer_limit,source\n"
    routes = written(tmp_path, "routes.csv", f"{head}labour,a31-2,仲裁,,仲裁委,申请书,一年,,法\n")
    LegalRoute.objects.all().delete()
    for _ in range(2):
        load_routes(routes, at=timezone.now())
    last = HouseEvent.objects.order_by("seq").last()
    assert last is not None
    assert (HouseEvent.objects.count(), last.detail["changes"]) == (2, [["labour", "", "仲裁（仲裁委）"]])
