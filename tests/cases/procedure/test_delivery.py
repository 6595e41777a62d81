"""送达 at the desk: each way asks for its own record, at its field, by page and by API; who judges a late entry."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters.kinds.handling import DELIVERY_PROOF
from cases.facts import earlier_letter
from cases.made_up.demo.deliveries import delivery as delivered
from cases.made_up.demo.scans import scan
from cases.models import CaseAttachment, Delivery, PetitionCase, Standing
from cases.procedure.delivery_entry import PROOF, PROOFS, RECORD
from cases.queries import QUEUES
from cases.states import Move, State
from cases.vocabulary import DeliveryWay
from cases.web.procedure.forms import MOVE_FORMS
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, move_url, signed_in, typed
from tests.office import MONDAY, Office, case_in, ready_for, step

pytestmark = pytest.mark.usefixtures("on_monday")
TODAY = MONDAY.date().isoformat()
PAPERS = {paper.kind: paper.field for paper in PROOFS}
NONE: dict[str, Any] = dict.fromkeys(PAPERS.values())
RECORDED: dict[DeliveryWay, dict[str, Any]] = {
    way: NONE | delivered(MONDAY.date(), way, recipient="刘某") for way in PROOF if way is not DeliveryWay.NOTICE
}


@pytest.fixture
def issued(office: Office) -> PetitionCase:
    return case_in(office, State.ISSUED)


@pytest.mark.parametrize("way", RECORDED)
def test_each_way_is_written_down_with_its_record_and_its_proof(
    office: Office, issued: PetitionCase, way: DeliveryWay
) -> None:
    step(office, issued, Move.DELIVER, at=MONDAY, **RECORDED[way])
    delivery = Delivery.objects.select_related("proof").get(case=issued)
    assert (delivery.way, delivery.standing, delivery.counts_from) == (way, Standing.PROVEN, MONDAY.date())
    assert delivery.proof is not None
    assert delivery.proof.kind == PROOF[way]
    assert bool(delivery.place) is True


@pytest.mark.parametrize(("way", "name"), [(way, name) for way in RECORDED for name in RECORD[way]])
def test_what_a_way_has_on_record_is_asked_for_at_its_field(
    office: Office, issued: PetitionCase, way: DeliveryWay, name: str
) -> None:
    bare = RECORDED[way] | {name: False if name == "is_agreed" else ""} | {PAPERS[PROOF[way]]: None, "no_proof": "无"}
    with pytest.raises(Refusal) as refused:
        step(office, issued, Move.DELIVER, at=MONDAY, **bare)
    assert refused.value.field == name
    assert not Delivery.objects.exists()


def test_who_left_the_paper_before_a_camera_needs_no_witness(office: Office, issued: PetitionCase) -> None:
    left = RECORDED[DeliveryWay.LEFT] | {"witnesses": []}
    assert step(office, issued, Move.DELIVER, at=MONDAY, **left).state == State.DELIVERED


def test_the_record_of_another_way_is_refused_at_its_field(office: Office, issued: PetitionCase) -> None:
    with pytest.raises(Refusal, match="直接送达不填写这一项") as refused:
        step(office, issued, Move.DELIVER, at=MONDAY, item_number="1")
    assert refused.value.field == "item_number"


def test_the_proof_of_another_way_is_refused_at_its_field(office: Office, issued: PetitionCase) -> None:
    with pytest.raises(Refusal, match="直接送达不附邮寄凭证") as refused:
        step(office, issued, Move.DELIVER, at=MONDAY, paper_post_record=scan("邮单"))
    assert (refused.value.field, CaseAttachment.objects.count()) == ("paper_post_record", 0)


def test_a_proof_and_a_reason_why_there_is_none_contradict_each_other(office: Office, issued: PetitionCase) -> None:
    with pytest.raises(Refusal) as refused:
        step(office, issued, Move.DELIVER, at=MONDAY, no_proof="没有带回")
    assert refused.value.field == "no_proof"


@pytest.mark.parametrize("way", RECORDED)
def test_a_program_sends_each_way_as_a_form(office: Office, issued: PetitionCase, way: DeliveryWay) -> None:
    sent = {name: value for name, value in RECORDED[way].items() if value not in (None, "")}
    answer = program(office.handler).post(url_of(issued, "moves/deliver/"), typed(sent), format="multipart")
    assert answer.status_code == 200, answer.json()
    told = answer.json()["annexes"]["deliveries"][0]
    assert (told["way"], told["standing"], told["counts_from"]) == (way, "proven", TODAY)


def test_a_program_without_proof_says_why_in_json(office: Office, issued: PetitionCase) -> None:
    sent = {"way": "direct", "delivered_on": TODAY, "recipient": "刘某", "relation": "self", "place": "窗口"}
    url = url_of(issued, "moves/deliver/")
    answer = program(office.handler).post(url, sent, format="json")
    assert (answer.status_code, answer.json()["field"]) == (409, "no_proof")
    answer = program(office.handler).post(url, sent | {"no_proof": "回证遗失"}, format="json")
    assert answer.json()["annexes"]["deliveries"][0]["standing"] == "unproven"


def test_the_page_refuses_at_the_field_and_keeps_what_was_typed(office: Office, issued: PetitionCase) -> None:
    sent = RECORDED[DeliveryWay.POST] | {"item_number": ""}
    data = typed({name: value for name, value in sent.items() if value}) | {"version": str(issued.version)}
    answer = signed_in(office.handler).post(move_url(issued, Move.DELIVER), data, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写邮件号" in html
    assert 'value="登记的住址"' in html


def test_the_form_tells_the_script_which_fields_each_way_has(office: Office, issued: PetitionCase) -> None:
    form = MOVE_FORMS[Move.DELIVER](case=issued, post=office.handler)
    html = signed_in(office.handler).get(move_url(issued, Move.DELIVER), headers=HTMX).content.decode()
    assert "data-shows=" in html
    for way in PROOF:
        assert set(form.shows[way]) == {*RECORD[way], PAPERS[PROOF[way]]}


def test_a_late_day_is_foretold_to_count_from_today(office: Office, issued: PetitionCase) -> None:
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        url = move_url(issued, Move.DELIVER)
        said = signed_in(office.handler).get(url, {"delivered_on": TODAY}, headers=HTMX).content.decode()
    assert "系事后登录，经信访部门负责人核实前，期限自登录之日起算" in said
    # From Mon 03-10, not from 03-03: 30 days end on Wed 04-09.
    assert "30日申请复查期限开始，至4月9日(周三)" in said


def test_the_page_of_the_matter_and_that_of_the_clock_say_why_it_counts_from_that_day(office: Office) -> None:
    case = ready_for(office, Move.CONFIRM_DELIVERY).case
    browser = signed_in(office.head)
    html = browser.get(case.get_absolute_url()).content.decode()
    assert "事后登录，送达日期待核实" in html
    assert "刘*" in html
    clock = case.deadlines.get(rule="review-request")
    html = browser.get(f"{case.get_absolute_url()}deadlines/{clock.pk}/").content.decode()
    assert "经信访部门负责人核实之前，自登录之日2025年03月03日起算" in html


def test_a_late_entry_waits_in_the_list_of_the_head_of_the_office_alone(office: Office) -> None:
    case = ready_for(office, Move.CONFIRM_DELIVERY).case
    queue = next(queue for queue in QUEUES if queue.slug == "deliveries")
    assert list(queue.cases(office.head)) == [case]
    assert list(queue.cases(office.county_head)) == []


@pytest.mark.parametrize("who", ["registrar", "unit_head", "handler", "county_head", "leader"])
def test_nobody_else_gives_the_word_of_the_office(office: Office, who: str) -> None:
    case = ready_for(office, Move.CONFIRM_DELIVERY).case
    with pytest.raises(NotPermitted):
        step(office, case, Move.CONFIRM_DELIVERY, at=MONDAY, by=getattr(office, who))


def test_an_answer_by_telephone_is_delivered_without_a_paper(office: Office) -> None:
    ready = ready_for(office, Move.ANSWER_SIMPLE)
    with pytest.raises(Refusal, match="书面意见书当面交付的") as refused:
        step(office, ready.case, Move.ANSWER_SIMPLE, at=MONDAY, wants_paper=True)
    assert refused.value.field == "told_by"
    case = step(office, ready.case, Move.ANSWER_SIMPLE, at=MONDAY)
    delivery = Delivery.objects.get(case=case)
    assert (delivery.way, delivery.standing, delivery.no_proof) == (
        "told",
        Standing.UNPROVEN,
        "简易办理，以短信方式告知",
    )


def test_the_receipt_stands_beside_the_opinion_that_waits_to_be_delivered(office: Office, issued: PetitionCase) -> None:
    receipt = earlier_letter(issued, DELIVERY_PROOF)
    assert receipt is not None
    assert receipt.number in signed_in(office.handler).get(issued.get_absolute_url()).content.decode()
