"""信访登记表, 接收回执, 听证申请书: numbered papers that a clerk prints of a matter."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.hearing import HEARING_REQUEST
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.casefile.event_text import tell
from cases.models import NO_MOVE, CaseLetter, Petition, PetitionCase, Petitioner
from cases.papers.checks import check_papers
from cases.papers.kinds import PAPERS, offers_for
from cases.papers.printing import print_paper
from cases.states import Move, State
from cases.vocabulary import IdKind, Occupation, PartyRole, Purpose, Sex, Threat
from cases.window.registration import Party
from cases.window.registration import register as register_arrival
from tests.cases.api_client import program
from tests.cases.pages import HTMX, signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, register, step

REASONS = {"reasons": ["维修责任认定不清", "维修资金使用没有公开"]}


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def petition(office: Office) -> Petition:
    return register(office)


@pytest.fixture
def heard(office: Office) -> PetitionCase:
    """A matter in which a hearing can be asked for."""
    return case_in(office, State.HANDLING)


def printed(petition: Petition, kind: LetterKind, by: Any, **given: Any) -> CaseLetter:
    return print_paper(petition, kind=kind, by=by, at=MONDAY, given=given)


def text_of(link: CaseLetter) -> str:
    return "\n".join(link.letter.paragraphs)


def paper_url(case: PetitionCase, kind: LetterKind) -> str:
    return reverse("cases:paper", args=[case.number, kind.value])


def test_papers_and_their_owner_fit() -> None:
    assert check_papers(None) == []


@pytest.mark.parametrize("kind", [REGISTRATION_FORM, RECEIPT])
def test_the_window_prints_a_numbered_paper_of_the_arrival_once(
    office: Office, petition: Petition, kind: LetterKind
) -> None:
    version = petition.case.version
    link = printed(petition, kind, office.clerk)
    assert (link.letter.kind, link.move, link.letter.unit) == (kind, NO_MOVE, office.bureau)
    assert (link.letter.number, petition.query_code in text_of(link)) == (f"滨信{kind.word}〔2025〕1号", True)
    event = petition.case.events.latest("seq")
    told = tell(event, on=MONDAY.date())
    assert (told.title, told.letters) == ("出具文书", [link.letter.number])
    assert told.text == f"信访件：{petition.number}；文书：{kind.label}"
    petition.case.refresh_from_db()
    assert petition.case.version == version
    with pytest.raises(Refusal, match=link.letter.number):
        printed(petition, kind, office.clerk)


def test_the_form_prints_all_that_was_registered(office: Office) -> None:
    lead = Petitioner(
        name="刘某", id_kind=IdKind.RESIDENT, id_number="372301196605041235", sex=Sex.MALE, born_on=date(1966, 5, 4),
        ethnicity="回族", political_status="民盟盟员", occupation=Occupation.WORKER, employer="某纺织厂",
        phone="13800000000", landline="0543-7654321", email="liu@example.cn", address="山东省滨州市某小区1号楼",
        household_region="山东省德州市", residence_region="山东省滨州市", wants_secrecy=True,
    )  # fmt: skip
    beside = [
        Party(Petitioner(name="陶某"), PartyRole.REPRESENTATIVE),
        Party(Petitioner(name="陈某"), PartyRole.AGENT, relation="之子", has_authorisation=True),
    ]
    columns = {
        "external_id": "国信20250001", "addressed_to": "周书记", "postmarked_on": date(2025, 2, 27), "people": 3,
        "affected_people": 120,
    }  # fmt: skip
    about = matter(
        office, reason="物业没有履行维修责任", accused="某物业公司", enterprise="某开发公司", region_detail="渤海街道",
        threat=Threat.SELF_HARM, threat_detail="称要跳楼", purpose=Purpose.SETTLE,
    )  # fmt: skip
    came = arrival(MONDAY.date(), lead=lead, companions=beside, petition=columns)
    petition = register_arrival(came, about, by=office.clerk, at=MONDAY)
    said = text_of(printed(petition, REGISTRATION_FORM, office.clerk))
    for value in (
        petition.number,
        petition.case.number,
        "2025年3月3日9时00分",
        office.clerk.user.name,
        "外部编号：国信20250001",
        "周书记",
        "2025年2月27日",
        "120",
        "初件",
        "男",
        "1966年5月4日",
        "回族",
        "民盟盟员",
        "某纺织厂",
        "0543-7654321",
        "liu@example.cn",
        "德州市",
        "要求保密，不同意公开",
        "陶某",
        "陈某（之子，有授权委托书）",
        "物业没有履行维修责任",
        "某物业公司",
        "涉及企业：某开发公司",
        "渤海街道",
        "称要跳楼",
        "求决",
        str(office.topic),
        petition.content,
        "公开维修资金使用情况",
        lead.get_occupation_display(),
    ):
        assert value in said, value
    # The office keeps it, and who came reads and signs it: nothing is masked.
    assert "13800000000" in said
    assert "372301196605041235" in said
    assert "山东省滨州市某小区1号楼" in said


def test_a_report_of_wrongdoing_is_counted_by_itself(office: Office) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    assert printed(petition, REGISTRATION_FORM, office.clerk).letter.number == "滨信专登〔2025〕1号"
    with pytest.raises(NotPermitted):
        printed(petition, RECEIPT, office.registrar)


def test_who_gave_no_name_gets_a_form_for_the_file_and_nothing_else(office: Office) -> None:
    came = arrival(MONDAY.date(), lead=Petitioner(name="匿名", is_anonymous=True))
    petition = register_arrival(came, matter(office), by=office.clerk, at=MONDAY)
    assert printed(petition, REGISTRATION_FORM, office.clerk)
    with pytest.raises(Refusal, match="没有提供姓名"):
        printed(petition, RECEIPT, office.clerk)
    with pytest.raises(Refusal, match="没有提供姓名"):
        printed(petition, HEARING_REQUEST, office.clerk, **REASONS)


def test_papers_of_an_arrival_are_for_those_who_register_there(office: Office, petition: Petition) -> None:
    who = {"clerk", "registrar", "head"}
    for name, post in vars(office).items():
        if post in office.every_post():
            offered = {offer.kind for offer in offers_for(post, petition.case, petition)}
            assert (REGISTRATION_FORM in offered) is (RECEIPT in offered) is (name in who), name
    with pytest.raises(NotPermitted, match="不能为该事项出具接收回执"):
        printed(petition, RECEIPT, office.handler)


def test_nothing_is_printed_of_a_file_in_the_archive(office: Office) -> None:
    case = case_in(office, State.ARCHIVED)
    for kind in (REGISTRATION_FORM, RECEIPT):
        with pytest.raises(Refusal, match="已归档"):
            printed(case.petitions.get(), kind, office.clerk)


@pytest.mark.parametrize("who", ["clerk", "handler"])
def test_the_petitioner_asks_for_a_hearing_at_the_window_or_at_the_unit(
    office: Office, heard: PetitionCase, who: str
) -> None:
    link = printed(heard.petitions.get(), HEARING_REQUEST, getattr(office, who), **REASONS)
    assert (link.letter.addressee, link.letter.signature) == (office.housing.name, "")
    assert "维修责任认定不清" in text_of(link)
    with pytest.raises(Refusal, match="尚未举行听证"):
        printed(heard.petitions.get(), HEARING_REQUEST, getattr(office, who), **REASONS)


def test_another_hearing_can_be_asked_for_after_the_first_was_called(office: Office, heard: PetitionCase) -> None:
    printed(heard.petitions.get(), HEARING_REQUEST, office.clerk, **REASONS)
    case = step(office, PetitionCase.objects.get(pk=heard.pk), Move.CALL_HEARING, at=MONDAY)
    case = step(office, case, Move.CONCLUDE_HEARING, at=MONDAY)
    again = printed(case.petitions.get(), HEARING_REQUEST, office.clerk, **REASONS)
    assert again.letter.serial == 2


def test_a_hearing_of_the_recheck_is_asked_of_the_body_that_rechecks(office: Office) -> None:
    case = case_in(office, State.RECHECKING)
    link = printed(case.petitions.get(), HEARING_REQUEST, office.clerk, **REASONS)
    assert link.letter.addressee == case.holder.name != office.housing.name


def test_a_hearing_is_not_asked_for_before_and_not_without_reasons(
    office: Office, petition: Petition, heard: PetitionCase
) -> None:
    with pytest.raises(Refusal, match="可以申请听证"):
        printed(petition, HEARING_REQUEST, office.clerk, **REASONS)
    with pytest.raises(Refusal, match="理由"):
        printed(heard.petitions.get(), HEARING_REQUEST, office.clerk)
    assert not CaseLetter.objects.filter(letter__kind=HEARING_REQUEST).exists()


def test_who_withdrew_from_the_matter_prints_nothing_of_it(office: Office, heard: PetitionCase) -> None:
    PetitionCase.objects.filter(pk=heard.pk).update(recused=[office.clerk.user_id])
    heard.refresh_from_db()
    assert offers_for(office.clerk, heard, heard.petitions.get()) == []


def test_the_page_of_the_matter_leads_to_the_numbered_paper(office: Office, petition: Petition) -> None:
    browser, case = signed_in(office.clerk), petition.case
    choose = reverse("cases:paper-choose", args=[case.number])
    assert choose in browser.get(case.get_absolute_url()).content.decode()
    chooser = browser.get(choose, headers=HTMX).content.decode()
    assert paper_url(case, RECEIPT) in chooser
    assert paper_url(case, HEARING_REQUEST) not in chooser
    assert "办理中或者复核办理中才可以申请听证" in chooser
    assert ">出具<" in browser.get(paper_url(case, RECEIPT)).content.decode()
    answer = browser.post(paper_url(case, RECEIPT), follow=True)
    assert "滨信收〔2025〕1号" in answer.content.decode()
    assert "已经出具（滨信收〔2025〕1号）" in browser.get(paper_url(case, RECEIPT)).content.decode()
    twice = browser.post(paper_url(case, RECEIPT))
    assert (twice.status_code, "不重复出具" in twice.content.decode()) == (422, True)


def test_the_request_for_a_hearing_is_filled_in_on_its_page(office: Office, heard: PetitionCase) -> None:
    browser = signed_in(office.handler)
    empty = browser.post(paper_url(heard, HEARING_REQUEST), {"reasons": ""})
    assert (empty.status_code, "请填写申请听证的事实和理由" in empty.content.decode()) == (422, True)
    answer = browser.post(paper_url(heard, HEARING_REQUEST), {"reasons": "\n".join(REASONS["reasons"])}, follow=True)
    assert "（二）维修资金使用没有公开。" in answer.content.decode()


def test_the_receipt_of_an_arrival_offers_its_numbered_papers(office: Office, petition: Petition) -> None:
    browser = signed_in(office.clerk)
    page = browser.get(reverse("cases:receipt", args=[petition.number])).content.decode()
    assert f"{paper_url(petition.case, RECEIPT)}?petition={petition.number}" in page
    browser.post(f"{paper_url(petition.case, RECEIPT)}?petition={petition.number}")
    assert "滨信收〔2025〕1号" in browser.get(reverse("cases:receipt", args=[petition.number])).content.decode()


def test_papers_do_not_exist_for_who_does_not_see_the_matter_or_the_kind(office: Office, petition: Petition) -> None:
    case, browser = petition.case, signed_in(office.clerk)
    assert signed_in(office.water_handler).get(paper_url(case, RECEIPT)).status_code == 404
    assert signed_in(office.inspector).get(reverse("cases:paper-choose", args=[case.number])).status_code in (403, 404)
    assert browser.get(reverse("cases:paper", args=[case.number, "opinion"])).status_code == 404
    assert browser.get(f"{paper_url(case, RECEIPT)}?petition=x").status_code == 404


def test_a_program_prints_a_paper_by_the_same_rules(office: Office, heard: PetitionCase) -> None:
    address = reverse("api:paper-hearing-request", args=[heard.number])
    told = program(office.clerk).post(address, REASONS, format="json")
    assert (told.status_code, told.json()["kind"], told.json()["move"]) == (201, HEARING_REQUEST, "")
    again = program(office.clerk).post(address, REASONS, format="json")
    assert (again.status_code, "尚未举行听证" in again.json()["detail"]) == (409, True)
    assert list(program(office.clerk).post(address, {}, format="json").json()) == ["reasons"]
    receipt = reverse("api:paper-receipt", args=[heard.number])
    assert program(office.handler).post(receipt, {}, format="json").status_code == 403


@pytest.mark.parametrize("kind", list(PAPERS), ids=str)
def test_every_paper_is_printed_with_all_its_facts(office: Office, heard: PetitionCase, kind: LetterKind) -> None:
    link = printed(heard.petitions.get(), kind, office.clerk, **(REASONS if kind is HEARING_REQUEST else {}))
    assert [name for name in kind.required if not link.letter.facts[name]] == []


def test_a_paper_with_somebodys_numbers_is_opened_for_a_line_in_the_log(office: Office, petition: Petition) -> None:
    link = printed(petition, REGISTRATION_FORM, office.clerk)
    receipt = printed(petition, RECEIPT, office.clerk)
    browser = signed_in(office.clerk)
    for each in (link, receipt):
        assert browser.get(reverse("cases:letter", args=[petition.case.number, each.pk])).status_code == 200
    unmasked = AccessLog.objects.filter(act=AccessAct.UNMASK)
    assert [line.reason for line in unmasked] == [f"打开{link.letter.number}"]
