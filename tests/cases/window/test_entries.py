"""Every entry of registration reaches every surface; one that is dropped from a surface is found there."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags
from docx import Document

from binzhou_xinfang.letters.kinds.registration import REGISTRATION_FORM
from binzhou_xinfang.records.masking import mask_address
from cases.casefile.disclosure import reveal_people
from cases.entries import declaration
from cases.entries.declaration import Entry, Nature, Pick, asked_of, entries_of
from cases.entries.kept import KEPT
from cases.entries.words import words_of
from cases.importing import entry_cells
from cases.importing.sheet import Row, heading_key
from cases.made_up.demo import arrivals as demo
from cases.models import Petition, PetitionCase, Petitioner
from cases.papers.facts import UNPRINTED
from cases.papers.printing import print_paper
from cases.states import State
from cases.web.window.registration_form import RegistrationForm, RepeatForm
from tests.cases.api_client import program, registration, url_of
from tests.cases.desk import URL
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
MODELS: tuple[type[models.Model], ...] = (PetitionCase, Petitioner, Petition)
# Dropped on purpose: one of each table.
SPECIMENS = ("employer", "enterprise", "addressed_to", "affected_people")

# What has to fit its neighbours; every other value follows from the declaration.
TYPED: dict[str, Any] = {
    "name": "刘小芳", "id_kind": "414", "id_number": "E1234567801234567", "phone": "13800000001",
    "landline": "05433160001", "email": "liu@example.com", "born_on": "1980-05-12", "sex": "female",
    "address": "山东省滨州市滨城区渤海小区5号", "household_region": "山东省邹平市黛溪3号",
    "residence_region": "山东省博兴县城东4号", "channel": "letter", "source": "province", "arrived_on": "2025-03-03",
    "postmarked_on": "2025-03-01", "people": 7, "content": "小区地下车库漏水，物业以维修资金不足为由未修。",
    "occupation": "teacher", "purpose": "settle", "threat": "online",
}  # fmt: skip
NUMBERS = {"affected_people": 4321}
# The message says them itself, or they are checked against a paper at the window; rows of our lists have codes.
NOT_READ_FROM_A_SHEET = {
    "channel", "source", "arrived_on", "content", "external_id", "name", "is_anonymous", "title", "summary", "id_kind",
    "id_number",
}  # fmt: skip


@pytest.fixture
def earlier_case(office: Office) -> PetitionCase:
    return case_in(office, State.CLOSED)


@pytest.fixture
def typed(office: Office, earlier_case: PetitionCase) -> dict[str, Any]:
    """A value for every entry that is asked, as a program sends it."""
    picked = {
        Pick.TOPIC: office.topic.code,
        Pick.PLACE: office.county.code,
        Pick.BODY: office.water.code,
        Pick.NUMBER: earlier_case.number,
    }
    return {entry.name: _value(entry, picked) for model in MODELS for entry in asked_of(model)}


def _value(entry: Entry, picked: dict[Pick, str]) -> Any:
    if entry.pick is not None:
        return picked[entry.pick]
    if entry.name in TYPED:
        return TYPED[entry.name]
    if entry.is_tick:
        return True
    if entry.choices:
        return next(value for value in entry.choices if value)
    if isinstance(entry.column, models.DateField):
        return "2025-02-20"
    return NUMBERS[entry.name] if isinstance(entry.column, models.IntegerField) else f"登记的{entry.words}"


@pytest.fixture
def petition(office: Office, typed: dict[str, Any]) -> Petition:
    """All of it registered at the window."""
    sent = {name: "on" if value is True else value for name, value in typed.items()}
    answer = signed_in(office.clerk).post(URL, sent | {"requests": "请求督促维修", "once": "all"})
    assert answer.status_code == 302, answer.context["form"].errors
    return Petition.objects.select_related("lead", "case").latest("pk")


def rows(petition: Petition) -> dict[type[models.Model], models.Model]:
    return {PetitionCase: petition.case, Petitioner: petition.lead, Petition: petition}


def told_entries(petition: Petition) -> Iterable[tuple[Entry, models.Model]]:
    return [(entry, row) for model, row in rows(petition).items() for entry in entries_of(model)]


def lost_on_the_way_in(petition: Petition, typed: dict[str, Any]) -> set[str]:
    """Entries that were typed and are not in their column."""
    return {
        entry.name
        for entry, row in told_entries(petition)
        if entry.row is not None and plain_value(getattr(row, entry.name)) != str(typed[entry.name])
    }


def plain_value(value: Any) -> str:
    if isinstance(value, PetitionCase):
        return value.number
    return str(value.code if isinstance(value, models.Model) else value)


def plain(text: str) -> str:
    return re.sub(r"[\s：]+", "", text)


def text_of(html: str) -> str:
    return plain(strip_tags(html))


def lost_in(text: str, petition: Petition, wanted: Callable[[Entry], bool], *, masked: bool = True) -> set[str]:
    """Entries with a value that the text does not tell, behind their label where the line is theirs alone."""
    filled = [(entry, row) for entry, row in told_entries(petition) if wanted(entry) and getattr(row, entry.name)]
    return {entry.name for entry, row in filled if not any(form in text for form in said(entry, row, masked))}


def said(entry: Entry, row: models.Model, masked: bool) -> list[str]:
    """Each way in which an entry may be told."""
    if entry.is_tick:
        return [entry.words]
    words, day = plain(words_of(entry, row, masked=masked)), getattr(row, entry.name)
    is_joined = entry.joins or any(other.joins == entry.name for other in entries_of(type(row)))
    is_alone = not (is_joined or entry.apart or entry.nature is Nature.PHONE)  # a phone has a column of its own
    told = [f"{entry.words}{words}" if is_alone else words]
    return [*told, f"{day.month}月{day.day}日", f"{day:%Y-%m-%d}"] if entry.name == "arrived_on" else told


def everything(entry: Entry) -> bool:
    return not entry.told_by


def form_html(office: Office) -> str:
    return str(signed_in(office.clerk).get(URL).content.decode())


def lost_on_the_form(html: str, models_asked: Iterable[type[models.Model]] = MODELS) -> set[str]:
    return {entry.name for model in models_asked for entry in asked_of(model) if f'name="{entry.name}"' not in html}


def page_of(office: Office, petition: Petition) -> str:
    page = signed_in(office.clerk).get(petition.case.get_absolute_url()).content.decode()
    return text_of(page[page.index("</head>") :])


def lost_from_the_api(office: Office, petition: Petition) -> set[str]:
    file = program(office.clerk).get(url_of(petition.case)).json()
    read = program(office.clerk).get(f"/api/petitions/{petition.number}/").json()
    answers = {PetitionCase: file["head"], Petitioner: file["person"], Petition: file["petitions"][0]}
    beside = {PetitionCase: file["head"], Petitioner: read["person"], Petition: read}
    return {
        entry.name
        for model in MODELS
        for entry in entries_of(model)
        if not entry.told_by and not (answers[model].get(entry.name) and beside[model].get(entry.name))
        and getattr(rows(petition)[model], entry.name)
    }  # fmt: skip


def lost_on_the_numbered_form(office: Office, petition: Petition) -> set[str]:
    """Look on 信访登记表 for all that is asked; a letter masks the numbers of persons and tells the rest in full."""
    link = print_paper(petition, kind=REGISTRATION_FORM, by=office.clerk, at=MONDAY)
    text = plain("".join(link.letter.paragraphs))
    return {
        entry.name
        for entry, row in told_entries(petition)
        if entry.row is not None and not entry.told_by and entry.name not in UNPRINTED and getattr(row, entry.name)
        and not any(form in text for form in _printed(entry, row))
    }  # fmt: skip


def _printed(entry: Entry, row: models.Model) -> list[str]:
    if entry.is_tick:
        return [entry.words]
    words = [words_of(entry, row, masked=masked) for masked in (True, False)]
    if entry.name == "address":  # masked together with the place in front of it
        words.append(mask_address(f"{row.address_region} {words[-1]}"))
    return [plain(form) for form in words]


def whole_file(office: Office, petition: Petition, **sent: str) -> zipfile.ZipFile:
    answer = signed_in(office.head).post(reverse("cases:whole-file", args=[petition.case.number]), sent)
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def course_of(package: zipfile.ZipFile) -> str:
    document = Document(io.BytesIO(package.read("办理经过.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plain("".join(cells))


def lost_from_the_data(package: zipfile.ZipFile, petition: Petition) -> set[str]:
    told = json.loads(package.read("办理经过.json"))
    answers = {PetitionCase: told["case"], Petitioner: told["arrivals"][0]["lead"], Petition: told["arrivals"][0]}
    filled = [(entry, type(row)) for entry, row in told_entries(petition) if getattr(row, entry.name)]
    return {entry.name for entry, model in filled if not entry.told_by and not answers[model].get(entry.name)}


class TestEveryColumn:
    @pytest.mark.parametrize("model", MODELS)
    def test_is_an_entry_or_kept_for_a_reason(self, model: type[models.Model]) -> None:
        columns = {column.name for column in model._meta.concrete_fields}
        entries, kept = {entry.name for entry in entries_of(model)}, set(KEPT[model.__name__])
        assert columns == entries | kept
        assert not entries & kept

    def test_an_encrypted_column_is_masked(self) -> None:
        secret = [
            entry for model in MODELS for entry in entries_of(model) if "Encrypted" in type(entry.column).__name__
        ]
        assert secret
        assert all(entry.nature.is_personal for entry in secret)

    def test_no_name_is_asked_twice(self) -> None:
        names = [entry.name for model in MODELS for entry in asked_of(model)]
        assert len(names) == len(set(names))


class TestEveryEntry:
    def test_is_asked_at_the_window(self, office: Office) -> None:
        assert lost_on_the_form(form_html(office)) == set()

    def test_of_person_and_arrival_is_asked_for_a_repeat(self, office: Office) -> None:
        html = signed_in(office.clerk).get(reverse("cases:register-repeat")).content.decode()
        assert lost_on_the_form(html, (Petitioner, Petition)) == set()

    def test_comes_from_the_window_into_its_column(self, petition: Petition, typed: dict[str, Any]) -> None:
        assert lost_on_the_way_in(petition, typed) == set()

    def test_comes_through_the_api_into_its_column(self, office: Office, typed: dict[str, Any]) -> None:
        answer = program(office.clerk).post("/api/petitions/", registration(office) | typed, format="json")
        assert answer.status_code == 201, answer.json()
        assert lost_on_the_way_in(Petition.objects.get(number=answer.json()["number"]), typed) == set()

    def test_is_told_by_the_api(self, office: Office, petition: Petition) -> None:
        assert lost_from_the_api(office, petition) == set()

    def test_stands_on_the_page_of_the_matter(
        self, office: Office, petition: Petition, earlier_case: PetitionCase
    ) -> None:
        page = page_of(office, petition)
        assert lost_in(page, petition, everything) == set()
        assert earlier_case.number in page

    def test_is_printed_on_the_numbered_form(self, office: Office, petition: Petition) -> None:
        assert lost_on_the_numbered_form(office, petition) == set()

    def test_of_one_person_is_told_in_full_for_a_reason(self, office: Office, petition: Petition) -> None:
        sheet = signed_in(office.clerk).post(
            reverse("cases:identity", args=[petition.case.number]), {"reason": "电话核实"}
        )
        text = text_of(sheet.content.decode())
        assert lost_in(text, petition, lambda entry: entry.nature.is_personal, masked=False) == set()

    def test_of_one_person_is_masked_on_the_page(self, office: Office, petition: Petition) -> None:
        personal = [entry for entry in entries_of(Petitioner) if entry.nature.is_personal]
        page = page_of(office, petition)
        shown = {entry.name for entry in personal if words_of(entry, petition.lead, masked=False) in page}
        # Everything is ticked of this one: an organisation, which is no person.
        assert shown == {"name"}

    def test_is_on_the_receipt_where_the_declaration_says_so(self, office: Office, petition: Petition) -> None:
        receipt = signed_in(office.clerk).get(reverse("cases:receipt", args=[petition.number])).content.decode()
        paper = text_of(receipt[receipt.index("<article") : receipt.index("</article>")])
        wanted = {"name", "channel", "people", "title", "external_id", "addressed_to", "postmarked_on", "arrived_on"}
        assert {entry.name for entry, _ in told_entries(petition) if entry.on_receipt} == wanted
        assert lost_in(paper, petition, lambda entry: entry.on_receipt, masked=False) == set()
        off = [(entry, row) for entry, row in told_entries(petition) if not entry.is_tick and entry.name not in wanted]
        assert {entry.name for entry, row in off if (words := words_of(entry, row)) and words in paper} == set()

    def test_is_in_the_whole_file(self, office: Office, petition: Petition) -> None:
        package = whole_file(office, petition)
        assert lost_from_the_data(package, petition) == set()
        assert lost_in(course_of(package), petition, everything) == set()

    def test_with_examples_is_typed_in_by_the_demo(self) -> None:
        shown = {entry.name for model in MODELS for entry in asked_of(model) if entry.examples}
        made_up = {name for seed in range(60) for model in MODELS for name in demo.examples_of(model, Random(seed))}
        assert shown == made_up

    def test_with_a_column_in_an_import_is_read_from_it(self, typed: dict[str, Any]) -> None:
        assert lost_in_the_import(typed) == set()


def lost_in_the_import(typed: dict[str, Any]) -> set[str]:
    """Entries whose column in a sheet is not read into them."""
    wanted = {e for model in MODELS for e in asked_of(model) if e.pick is None and e.name not in NOT_READ_FROM_A_SHEET}
    cells = {heading_key(str(entry.column.verbose_name)): _cell(entry, typed[entry.name]) for entry in wanted}
    row = Row(2, tuple(cells.values()), cells)
    read = {
        name: value
        for model in MODELS
        for name, value in entry_cells.entered_in(row, model, epoch=MONDAY, now=MONDAY).items()
    }
    return {entry.name for entry in wanted if str(read.get(entry.name)) != str(typed[entry.name])}


def _cell(entry: Entry, value: Any) -> Any:
    if entry.is_tick:
        return "是"
    if isinstance(entry.column, models.DateField):
        return date.fromisoformat(value)
    return entry.choices.get(value, value)


class TestAnEntryDropped:
    """Losses that `TestEveryEntry` looks for are found: each surface is made to forget one."""

    @pytest.fixture(params=SPECIMENS)
    def forgotten(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def forget(self, monkeypatch: pytest.MonkeyPatch, forgotten: str) -> Callable[[str], None]:
        """Let a module forget the entry."""

        def drop(place: str) -> None:
            module, _, name = place.rpartition(".")
            read = getattr(declaration, name)
            monkeypatch.setattr(f"{module}.{name}", lambda model: tuple(e for e in read(model) if e.name != forgotten))

        return drop

    def test_from_the_form(self, office: Office, forget: Callable[[str], None], forgotten: str) -> None:
        forget("cases.web.window.entry_fields.asked_of")
        assert lost_on_the_form(form_html(office)) == {forgotten}

    def test_on_the_way_in(
        self, office: Office, typed: dict[str, Any], forget: Callable[[str], None], forgotten: str
    ) -> None:
        forget("cases.web.window.entry_fields.asked_of")
        answer = program(office.clerk).post("/api/petitions/", registration(office) | typed, format="json")
        petition = Petition.objects.get(number=answer.json()["number"])
        assert lost_on_the_way_in(petition, typed) == {forgotten}

    def test_from_the_answers_of_the_api(
        self, office: Office, petition: Petition, forget: Callable[[str], None], forgotten: str
    ) -> None:
        forget("cases.web.entry_serializers.entries_of")
        assert lost_from_the_api(office, petition) == {forgotten}

    def test_from_page_and_whole_file(
        self, office: Office, petition: Petition, forget: Callable[[str], None], forgotten: str
    ) -> None:
        forget("cases.entries.words.entries_of")
        package = whole_file(office, petition)
        assert lost_in(page_of(office, petition), petition, everything) == {forgotten}
        assert lost_in(course_of(package), petition, everything) == {forgotten}
        assert lost_from_the_data(package, petition) == {forgotten}

    def test_from_what_is_shown_in_full(
        self, office: Office, petition: Petition, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "cases.entries.words.entries_of", lambda model: tuple(e for e in entries_of(model) if e.name != "employer")
        )
        people = reveal_people(petition.case, by=office.clerk, reason="电话核实", ip=None)
        text = "".join(line.text for line in people[0])
        assert lost_in(text, petition, lambda entry: entry.nature is Nature.EMPLOYER, masked=False) == {"employer"}

    def test_from_the_numbered_form(
        self, office: Office, petition: Petition, forget: Callable[[str], None], forgotten: str
    ) -> None:
        forget("cases.entries.words.entries_of")
        assert lost_on_the_numbered_form(office, petition) == {forgotten}

    def test_from_the_import(self, typed: dict[str, Any], forget: Callable[[str], None], forgotten: str) -> None:
        forget("cases.importing.entry_cells.asked_of")
        assert lost_in_the_import(typed) == {forgotten}


def test_the_form_has_no_field_that_is_declared_elsewhere() -> None:
    """Questions of the forms beside the entries are lists of other rows, and the matter that a repeat joins."""
    entries = {entry.name for model in MODELS for entry in asked_of(model)}
    assert set(RegistrationForm.base_fields) - entries == {
        "companions",
        "requests",
        "knows_of_leaving",
        "confirmed",
        "attachments",
    }
    assert set(RepeatForm.base_fields) - entries == {"companions", "case", "confirmed", "attachments"}
