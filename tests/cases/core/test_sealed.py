"""检举控告: to everybody who is not named it does not exist, wherever it has been on its road (第三十条第三款)."""

import pytest
from django.urls import reverse

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from binzhou_xinfang.statute.models import Kept
from cases.keeping.trail import COVERED, covered
from cases.models import Petition, PetitionCase, Petitioner
from cases.permissions import reads_sealed
from cases.procedure import perform
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from tests.cases.api_client import program, registration
from tests.cases.pages import signed_in
from tests.cases.settings_made import set_from
from tests.office import MONDAY, TRIAGE, Office, arrival, case_in, matter, register

REPORT = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
ID_NUMBER, PHONE = "370203198407127859", "13912345678"


def informer() -> Petitioner:
    return Petitioner(name="举报人", id_kind="111", id_number=ID_NUMBER, phone=PHONE, address="某路1号")


def readers(office: Office, case: PetitionCase) -> list[str]:
    """List who sees the matter; the queryset and the table of rules say the same."""
    seen = [post.user.username for post in office.every_post() if visible_to(post).filter(pk=case.pk).exists()]
    named = [post.user.username for post in office.every_post() if reads_sealed(post, case)]
    assert seen == named
    return seen


def handed_over(office: Office) -> PetitionCase:
    case = register(office, purpose=Purpose.EXPOSE, accused_unit=office.housing).case
    case = perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **REPORT)
    return perform(Move.REFER, case, by=office.head, at=MONDAY, to_unit=office.discipline_unit)


def test_who_took_it_in_sees_it_until_it_is_handed_over(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    assert readers(office, case) == ["clerk", "head"]


def test_it_stays_away_from_who_took_it_in_when_the_discipline_office_returns_it(office: Office) -> None:
    case, road = handed_over(office), []
    road.append(readers(office, case))
    case = perform(Move.OBJECT, case, by=office.discipline, at=MONDAY, reason="不属于本机关管理权限的干部")
    road.append(readers(office, case))
    case = perform(Move.AGREE_OBJECTION, case, by=office.head, at=MONDAY, note="同意退回")
    road.append(readers(office, case))
    case = perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **REPORT)
    road.append(readers(office, case))
    channel = ["discipline", "discipline-head"]
    assert road == [["head", *channel], ["head", *channel], ["head"], ["head"]]


def test_an_ordinary_matter_that_turns_out_a_report_vanishes_for_all_who_saw_it(office: Office) -> None:
    case = case_in(office, State.OBJECTED)
    case = perform(Move.AGREE_OBJECTION, case, by=office.registrar, at=MONDAY, note="同意退回")
    case = perform(Move.TRIAGE, case, by=office.registrar, at=MONDAY, topic=office.topic, **REPORT)
    assert readers(office, case) == ["head"]


def test_a_report_does_not_become_ordinary_by_another_kind(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    case = perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **TRIAGE)
    with pytest.raises(Refusal, match="只能按照管理权限转送纪检监察机关"):
        perform(Move.REFER, case, by=office.head, at=MONDAY, to_unit=office.housing)
    assert readers(office, case) == ["clerk", "head"]


@pytest.mark.parametrize("who", ["clerk", "county_clerk", "registrar"])
def test_the_person_s_next_visit_shows_no_report_and_cannot_join_one(office: Office, on_monday: None, who: str) -> None:
    came = arrival(MONDAY.date(), lead=informer())
    case = register_arrival(came, matter(office, purpose=Purpose.EXPOSE), by=office.clerk, at=MONDAY).case
    case = perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **REPORT)
    perform(Move.REFER, case, by=office.head, at=MONDAY, to_unit=office.discipline_unit)
    post = getattr(office, who)
    typed = {"id_kind": "111", "id_number": ID_NUMBER, "phone": PHONE}
    panel = signed_in(post).post(reverse("cases:person"), typed).content.decode()
    sent = registration(office, **typed)
    join = {name: sent[name] for name in sent if name not in ("requests", "purpose", "topic", "region")}
    answers = [
        program(post).post("/api/petitions/repeat/", join | {"case": number}, format="json").json()
        for number in (case.number, "BZXF-2025-999999")
    ]
    assert (case.number in panel, answers[0] == answers[1], Petition.objects.count()) == (False, True, 1)


def test_a_repeat_taken_in_elsewhere_has_no_receipt_once_the_matter_is_a_report(office: Office) -> None:
    case = register(office).case
    second = register_repeat(arrival(MONDAY.date()), case, by=office.county_clerk, at=MONDAY)
    address = reverse("cases:receipt", args=[second.number])
    before = signed_in(office.county_clerk).get(address).status_code
    case.refresh_from_db()
    perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **REPORT)
    assert (before, signed_in(office.county_clerk).get(address).status_code) == (200, 404)


@pytest.mark.parametrize(
    "page",
    ["", "due/", "moves/sign-for/", "attachments/", "file/", "charts/", "charts/flow/", "identity/"],
)
def test_every_look_at_a_report_is_logged_by_whom(office: Office, page: str) -> None:
    case = handed_over(office)
    signed_in(office.discipline).get(f"{case.get_absolute_url()}{page}")
    looks = AccessLog.objects.filter(act=AccessAct.OPEN_SEALED).values_list("user__username", "subject")
    assert list(looks) == [("discipline", case.number)]


def test_a_look_at_an_ordinary_matter_is_no_look_at_a_report(office: Office) -> None:
    signed_in(office.handler).get(case_in(office, State.HANDLING).get_absolute_url())
    assert not AccessLog.objects.filter(act=AccessAct.OPEN_SEALED).exists()


def test_no_gap_in_the_numbers_of_others_tells_that_there_is_a_report(office: Office) -> None:
    first = case_in(office, State.REFERRED)
    report, second = handed_over(office), case_in(office, State.REFERRED)
    assert [case.number for case in (first, report, second)] == [
        "BZXF-2025-000001",
        "BZXF-Z-2025-000001",
        "BZXF-2025-000002",
    ]
    numbers = [case.letters.get(letter__kind="referral").letter.number for case in (first, report, second)]
    assert numbers == ["滨信转〔2025〕1号", "滨信专转〔2025〕1号", "滨信转〔2025〕2号"]


def test_a_repeat_that_joins_a_report_is_counted_with_the_reports(office: Office) -> None:
    report = register(office, purpose=Purpose.EXPOSE).case
    again = register_repeat(arrival(MONDAY.date()), report, by=office.clerk, at=MONDAY)
    assert (again.number, register(office).number) == ("BZXF-Z-2025-000002", "BZXF-2025-000001")


def test_the_log_covers_a_report_however_its_number_is_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "read_on", None)
    set_from("case-number", "{year}-{code}-{seq}", MONDAY.date())
    report = register(office, purpose=Purpose.EXPOSE).case
    assert report.number == "2025-BZXF-Z-000001"
    access.log(office.head, AccessAct.OPEN_SEALED, f"{report.number} 附件1")
    assert [line.subject for line in covered(AccessLog.objects.all())] == [COVERED]
