"""文书送达: which letters want a record, who writes it down, and what is refused at its field."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from cases.models import CaseLetter, LetterDelivery, PetitionCase
from cases.serving.standing import SERVED, served_letters
from cases.states import State
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
DAY = MONDAY.date().isoformat()
DIRECT = {"way": "direct", "delivered_on": DAY, "recipient": "刘某", "relation": "self", "place": "接待大厅"}


@pytest.fixture
def case(office: Office) -> PetitionCase:
    return case_in(office, State.HANDLING)


def link_of(case: PetitionCase, kind: LetterKind) -> CaseLetter:
    return case.letters.get(letter__kind=kind)


def send(case: PetitionCase, by: Post, kind: LetterKind = ACCEPTANCE, **changes: Any) -> Any:
    address = reverse("api:letter-delivery", args=[case.number, link_of(case, kind).pk])
    sent = {name: value for name, value in {**DIRECT, **changes}.items() if value is not None}
    form = "multipart" if any(isinstance(value, SimpleUploadedFile) for value in sent.values()) else "json"
    return program(by).post(address, sent, format=form)


def test_every_notice_says_whether_its_delivery_is_recorded() -> None:
    notices = {kind.label: kind.served for kind in LetterKind if kind.is_notice}
    without = {label for label, served in notices.items() if served is None}
    # These tell of what goes on; no right ends and no period begins with them.
    assert without == {
        "变更信访人告知书", "重新启动办理告知书", "承办单位变更告知书", "合并办理告知书", "恢复单独办理告知书",
    }  # fmt: skip
    assert OPINION.value not in SERVED
    assert ACCEPTANCE.value in SERVED


def test_a_delivery_with_its_proof_is_written_down_and_told(office: Office, case: PetitionCase) -> None:
    answer = send(case, office.handler, paper_delivery_receipt=SimpleUploadedFile("回证.png", PNG))
    assert answer.status_code == 201, answer.content
    row = LetterDelivery.objects.get()
    assert (row.proof.name if row.proof else "", row.worth) == ("回证.png", "有送达凭证")
    event = case.events.get(kind="letter-delivered")
    assert event.detail["recipient"] == "刘某"
    assert "接待大厅" not in str(event.detail)
    assert {served.link.letter.kind: served.delivery for served in served_letters(case)}[ACCEPTANCE] == row
    state = PetitionCase.objects.get(pk=case.pk)
    assert (state.version, state.state) == (case.version, case.state)


def test_without_a_proof_the_reason_is_asked_for(office: Office, case: PetitionCase) -> None:
    wrong = send(case, office.handler)
    assert (wrong.status_code, wrong.json()["field"]) == (409, "no_proof")
    assert send(case, office.handler, no_proof="回证遗失").status_code == 201
    assert LetterDelivery.objects.get().worth == "没有凭证：回证遗失"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delivered_on": (MONDAY + timedelta(days=1)).date().isoformat()}, "delivered_on"),
        ({"delivered_on": (MONDAY - timedelta(days=1)).date().isoformat()}, "delivered_on"),
        ({"way": "post"}, "posted_on"),
        ({"recipient": ""}, "recipient"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    office: Office, case: PetitionCase, changes: dict[str, Any], field: str
) -> None:
    answer = send(case, office.handler, no_proof="没有", **changes)
    assert (answer.status_code, answer.json()["field"]) == (409, field)
    assert not LetterDelivery.objects.exists()


def test_the_unit_that_issued_the_letter_writes_it_down_and_nobody_else(office: Office, case: PetitionCase) -> None:
    answers = [send(case, by, no_proof="没有").status_code for by in (office.registrar, office.water_head)]
    assert answers == [403, 404]
    assert send(case, office.unit_head, no_proof="没有").status_code == 201


def test_an_opinion_and_a_letter_to_a_unit_are_not_recorded_here(office: Office, case: PetitionCase) -> None:
    answer = send(case, office.registrar, REFERRAL, no_proof="没有")
    assert (answer.status_code, "不在这里登记送达" in answer.content.decode()) == (409, True)


def test_a_later_record_counts_and_the_earlier_stays(office: Office, case: PetitionCase) -> None:
    send(case, office.handler, no_proof="退回")
    send(case, office.handler, no_proof="当面告知", recipient="刘小某", relation="family")
    assert LetterDelivery.objects.count() == 2
    latest = next(one.delivery for one in served_letters(case) if one.link.letter.kind == ACCEPTANCE)
    assert latest is not None
    assert latest.recipient == "刘小某"


def test_page_and_program_show_what_is_not_recorded_yet(office: Office, case: PetitionCase) -> None:
    page = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    assert page.count("未登记送达") == 2
    told = program(office.handler).get(reverse("api:deliveries", args=[case.number])).json()
    assert [one["delivery"] for one in told] == [None, None]
    address = reverse("cases:serve-letter", args=[case.number, link_of(case, ACCEPTANCE).pk])
    client = signed_in(office.handler)
    assert "送达方式" in client.get(address).content.decode()
    sent = client.post(address, DIRECT | {"paper_delivery_receipt": SimpleUploadedFile("回证.png", PNG)})
    assert sent.status_code == 302
    page = client.get(case.get_absolute_url()).content.decode()
    assert (page.count("未登记送达"), "有送达凭证" in page) == (1, True)


def test_what_is_sent_again_for_want_of_an_answer_is_recorded_once(office: Office, case: PetitionCase) -> None:
    first, again = (send(case, office.handler, no_proof="回证遗失") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 409)
    assert "没有重复登记" in again.content.decode()
    assert (LetterDelivery.objects.count(), case.events.filter(kind="letter-delivered").count()) == (1, 1)
