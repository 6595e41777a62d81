"""Every input of the folder beside, as it came: workbooks, attachments, registrations, searches, a text, a gateway."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import files
from binzhou_xinfang.records.masking import mask_numbers
from cases.importing.sheet import read_sheet
from cases.models import Petition
from tests.cases.desk import ask_person, rows, send
from tests.cases.importing.workbooks import MESSAGE, run_import
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office

pytestmark = pytest.mark.django_db
INPUTS = Path(__file__).parent / "inputs"
ROOT = Path(__file__).parents[2]


def entries(name: str) -> Any:
    return json.loads((INPUTS / name).read_text(encoding="utf-8"))


# rows, imported and already there, rejected: one after the other in one system.
WORKBOOKS: dict[tuple[str, ...], list[tuple[int, int, int]]] = {
    ("02_title_row_above.xlsx",): [(1, 1, 0)],
    ("03_header_zero_width.xlsx",): [(1, 1, 0)],
    ("03b_header_inner_space_newline.xlsx",): [(1, 1, 0)],
    ("03c_header_colon_star.xlsx",): [(1, 1, 0)],
    ("04_number_zero_width_a.xlsx", "04_number_zero_width_b.xlsx", "04c_number_fullwidth.xlsx"): [
        (1, 1, 0), (1, 0, 0), (1, 0, 0),
    ],
    ("05c_number_17_digits.xlsx",): [(2, 0, 2)],
    ("07_times.xlsx",): [(25, 21, 4)],
    ("08_texts.xlsx",): [(11, 8, 3)],
    ("12_empty_fill.xlsx", "16_bad_core_date.xlsx"): [(1, 1, 0), (1, 0, 0)],
    ("18b_colour_bad.xlsx", "18c_family_big.xlsx"): [(1, 1, 0), (1, 0, 0)],
    ("19_escapes.xlsx",): [(1, 1, 0)],
}  # fmt: skip


@pytest.mark.parametrize("names", WORKBOOKS, ids=lambda names: names[0])
def test_a_workbook_is_read_as_a_spreadsheet_reads_it(
    names: tuple[str, ...], office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [run_import(INPUTS / name, capsys) for name in names]
    assert [(one["rows"], one["imported"], one["rejected"]) for one in said] == WORKBOOKS[names]


# A day that there is not, or that may be two; nothing that can be seen, or a cell so long that the rest was cut off.
REFUSED = {
    "07_times.xlsx": ["T0709", "T0712", "T0720", "T0721"],
    "08_texts.xlsx": ["T0804", "T0806", "T0809"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_these_rows_and_no_others_are_refused(name: str, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    run_import(INPUTS / name, capsys)
    kept = set(Petition.objects.values_list("external_id", flat=True))
    numbers = [str(row.cell("留言编号")) for row in read_sheet(INPUTS / name, MESSAGE).rows]
    assert [number for number in numbers if number not in kept] == REFUSED[name]


ATTACHMENTS = {
    "20_word_online_document2.docx": "", "22_heic_named.jpg": "HEIC", "23_apng.png": "", "24_leading_newline.pdf": "",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACHMENTS)
def test_an_attachment_is_taken_or_called_what_it_is(name: str) -> None:
    upload, why = SimpleUploadedFile(name, (INPUTS / name).read_bytes()), ATTACHMENTS[name]
    if not why:
        assert files.store(upload).size == (INPUTS / name).stat().st_size
        return
    with pytest.raises(Refusal, match=why):
        files.store(upload)


REGISTRATIONS = entries("30_registration.json")

# What is right, where the entry says it in words.
BESIDE = {
    "R4": {"household_region": "山东省滨州市滨城区"}, "R5a": {"phone": "13805431234"},
    "R5b": {"landline": "05433361234转8012"}, "R5c": {"phone": "+85291234567"}, "R5d": {"landline": "05433361234"},
}  # fmt: skip


@pytest.fixture
def day() -> Iterator[None]:
    with time_machine.travel(datetime.fromisoformat(f"{REGISTRATIONS['base']['arrived_on']}T10:00+08:00"), tick=False):
        yield


def sent(office: Office, change: dict[str, Any]) -> Any:
    given = REGISTRATIONS["base"] | change
    return signed_in(office.clerk).post(reverse("api:petitions"), given, content_type="application/json")


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("entry", REGISTRATIONS["cases"], ids=lambda entry: entry["id"])
def test_a_registration_is_answered_as_it_says(office: Office, entry: dict[str, Any]) -> None:
    answer = sent(office, entry["change"])
    if entry["expected"].startswith("400"):
        assert (answer.status_code, entry["field"] in answer.json(), Petition.objects.count()) == (400, True, 0)
        return
    assert answer.status_code == 201, answer.content.decode()
    stored = re.search(r"stored (?:as )?(?:ASCII digits )?(\w+)", entry["expected"])
    person = Petition.objects.get().lead
    for field, value in ({entry["field"]: stored[1]} if stored else BESIDE.get(entry["id"], {})).items():
        assert getattr(person, field) == value


def test_a_passport_is_the_same_with_what_is_not_seen(office: Office, day: None) -> None:
    passport = next(entry["change"] for entry in REGISTRATIONS["cases"] if entry["id"] == "R2c")
    for number in (passport["id_number"], "E12345678"):
        assert sent(office, passport | {"id_number": number, "content": f"路灯不亮{number}"}).status_code == 201
    assert len({petition.lead.id_digest for petition in Petition.objects.all()}) == 1


SEARCHES = entries("31_search.json")
WITH_HIM = ("37160219800101003x", "13805431234")


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


@pytest.mark.parametrize("wanted", SEARCHES["searches"], ids=lambda wanted: wanted["q"])
def test_a_search_finds_the_matter(office: Office, wanted: dict[str, str]) -> None:
    told = SEARCHES["registered"][0]
    with time_machine.travel(MONDAY, tick=False):
        send(office.clerk, name=told["name"], people="2", **rows(("representative", "王某", *WITH_HIM)))
        number = Petition.objects.get().case.number
        asked = wanted["q"]
        for spelled in (str, wide, lambda text: text.replace("-", "－")):
            asked = asked.replace(spelled(told["number"]), spelled(number))
        html = signed_in(office.clerk).post(reverse("cases:search"), {"q": asked}, follow=True).content.decode()
        assert number in html
        if asked == WITH_HIM[1]:
            assert number in ask_person(office.clerk, phone=wanted["q"])


def test_a_signed_text_keeps_what_is_nobodys_number() -> None:
    printed = mask_numbers(entries("32_letter_masks.json")["facts"])
    assert ("15912345678" in printed, "13800000000元" in printed) == (True, True)
    assert ("１３８０５４３１２３４" in printed, "19800101" in printed) == (False, False)


# What is no input to be sent but a story: the test that lives it.
STORIES = {
    "33_sms_200_error.json": ("notices/test_sending.py", "test_a_message_is_taken_when_the_answer_says_so"),
    "34_clock_was_ahead.txt": ("test_beat.py", "test_after_it_was_put_right_each_task_is_sent_within_a_minute"),
    "35_unit_abolished.txt": ("lives/test_hand_over.py", "test_every_open_state_goes_over_and_nothing_stays_behind"),
    "36_calendar_one_day.txt": (
        "statute/test_calendar.py",
        "test_a_year_is_published_by_all_its_festivals_and_by_no_fewer",
    ),
    "37_upload_limit.txt": ("records/test_files.py", "test_the_office_s_limit_is_obeyed"),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_lived_in_a_test_that_stands(story: str) -> None:
    path, name = STORIES[story]
    assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")


def test_no_input_is_forgotten() -> None:
    given = {"30_registration.json", "31_search.json", "32_letter_masks.json"}
    asked = {name for names in WORKBOOKS for name in names} | ATTACHMENTS.keys() | STORIES.keys() | given
    assert {path.name for path in INPUTS.iterdir()} == asked
