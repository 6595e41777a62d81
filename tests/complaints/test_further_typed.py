"""Further inputs that are typed, and further stories of gateways, clocks, calendars and units."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.sending import send_due
from binzhou_xinfang.records import files
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from cases.models import Petition
from tests.cases.desk import rows, send
from tests.cases.pages import signed_in
from tests.complaints.further import KINDS, Kind
from tests.complaints.further_typed import TYPED
from tests.complaints.test_every_input import INPUTS, REGISTRATIONS, ROOT, SEARCHES, WITH_HIM, day, sent
from tests.notices.test_sending import NOW, Gateway, a_message, gateway
from tests.office import MONDAY, Office
from tests.test_beat import NOW as BEAT_NOW
from tests.test_beat import Tried

__all__ = ["day", "gateway"]
pytestmark = pytest.mark.django_db
MINIMUM = 5
ALL: Mapping[str, Kind] = {**KINDS, **TYPED}
SHARED = Path("/work/shared/cases")


def numbered(kind: str) -> Any:
    return [pytest.param(one, id=str(place)) for place, one in enumerate(TYPED[kind].further, start=1)]


@pytest.mark.parametrize("kind", ALL)
def test_of_each_kind_five_further_inputs_were_made_up(kind: str) -> None:
    assert len({repr(one) for one in ALL[kind].further}) >= MINIMUM


def test_every_file_and_every_entry_is_of_a_kind() -> None:
    lists = {"30_registration.json", "31_search.json"}
    asked = {entry["id"] for entry in REGISTRATIONS["cases"]} | {search["q"] for search in SEARCHES["searches"]}
    given = {name for kind in ALL.values() for name in kind.given}
    assert ({path.name for path in INPUTS.iterdir()} - lists | asked) ^ given == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of the inputs is not on this machine")
def test_the_inputs_are_those_of_the_folder() -> None:
    ours = {path.name: path.read_bytes() for path in INPUTS.iterdir()}
    assert {path.name: path.read_bytes() for path in SHARED.iterdir() if path.name != "README.md"} == ours


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize(
    "given", [one for kind in ("full width", "unseen signs", "home", "telephones") for one in numbered(kind)]
)
def test_what_is_right_is_taken_however_it_is_typed(
    office: Office, given: tuple[dict[str, Any], dict[str, str]]
) -> None:
    change, kept = given
    answer = sent(office, change)
    assert answer.status_code == 201, answer.content.decode()
    person = Petition.objects.get().lead
    assert {name: getattr(person, name) for name in kept} == kept


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("given", numbered("nothing visible"))
def test_what_nobody_sees_is_refused_at_its_field(office: Office, given: tuple[dict[str, Any], str]) -> None:
    change, field = given
    answer = sent(office, change)
    assert (answer.status_code, list(answer.json()), Petition.objects.count()) == (400, [field], 0)


def found(office: Office, asked: str) -> str:
    return signed_in(office.clerk).post(reverse("cases:search"), {"q": asked}, follow=True).content.decode()


@pytest.mark.parametrize("written", numbered("numbers"))
def test_a_number_is_found_as_it_is_said(office: Office, written: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        send(office.clerk)
        number = Petition.objects.get().case.number
        year, serial = number.split("-")[-2:]
        assert number in found(office, written.format(n=number, y=year, s=int(serial)))


@pytest.mark.parametrize("written", numbered("people"))
def test_who_came_along_is_found_as_it_is_said(office: Office, written: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        send(office.clerk, people="2", **rows(("representative", "王某", *WITH_HIM)))
        assert Petition.objects.get().case.number in found(office, written)


@pytest.mark.parametrize("given", numbered("numbers in a text"))
def test_a_text_keeps_what_is_nobody_s_number_and_hides_what_is(given: tuple[str, str, str]) -> None:
    text, stays, hidden = given
    shown = mask_numbers(text)
    assert stays in shown
    assert not hidden or hidden not in shown


@pytest.mark.parametrize("given", numbered("gateways"))
def test_a_message_is_sent_if_the_gateway_says_so(gateway: Gateway, settings: Any, given: tuple[str, str, str]) -> None:
    settings.SMS_GATEWAY_TAKEN, answer, becomes = given
    message = a_message()
    gateway.answer = lambda taker: taker.say(answer)
    assert send_due(at=NOW)[becomes] == 1
    message.refresh_from_db()
    assert (answer in message.error) == (becomes == "failed")


@pytest.mark.parametrize("ahead", numbered("clocks"))
def test_beat_goes_on_within_a_minute_however_far_the_clock_was_ahead(tmp_path: Path, ahead: timedelta) -> None:
    with time_machine.travel(BEAT_NOW + ahead, tick=False) as clock:
        beat = Tried(tmp_path)
        beat.ran(BEAT_NOW + ahead)
        for second in range(0, 66, 5):
            clock.move_to(BEAT_NOW + timedelta(seconds=second))
            for _ in range(3):
                beat.tick()
    assert len(set(beat.sent)) == 3


@pytest.mark.parametrize("names", numbered("half calendars"))
def test_a_year_of_which_festivals_are_missing_is_provisional(names: tuple[str, ...]) -> None:
    days = {date(2027, 1, number): DayMark(DayKind.OFF, name) for number, name in enumerate(names, start=1)}
    assert WorkCalendar(days).is_provisional(date(2027, 2, 8))


@pytest.mark.parametrize("given", numbered("limits"))
def test_a_file_is_taken_up_to_the_limit_of_the_office(settings: Any, given: tuple[int, int, bool]) -> None:
    limit, size, is_taken = given
    settings.UPLOAD_LIMIT_BYTES = limit * 1024**2
    upload = SimpleUploadedFile("a.txt", b"a" * (size * 1024**2))
    if is_taken:
        assert files.store(upload).size == size * 1024**2
        return
    with pytest.raises(Refusal, match=f"文件超过{limit}MB"):
        files.store(upload)


@pytest.mark.parametrize("name", numbered("units that end"))
def test_a_further_end_of_a_unit_is_lived_in_a_test_that_stands(name: str) -> None:
    assert f"def {name}(" in (ROOT / "tests/lives/test_hand_over.py").read_text(encoding="utf-8")
