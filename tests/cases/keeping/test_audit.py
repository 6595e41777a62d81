"""安全审计: the looks at a matter and the acts of a person, found in one search; never a sealed report."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.house import units
from cases.house.acts import take
from cases.keeping import trail
from cases.keeping.trail import COVERED, covered
from cases.models import PetitionCase
from cases.states import State
from cases.vocabulary import Purpose
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, register

URL = reverse("cases:audit")


@pytest.fixture
def auditor(office: Office) -> Post:
    return PostFactory(unit=office.bureau, role=Role.AUDITOR, user__username="auditor")


def page(post: Post, **query: str) -> str:
    return signed_in(post).get(URL, query).content.decode()


def told(words: str, **rest: Any) -> list[tuple[str, str, str]]:
    lines, _ = trail.trail(trail.read(words, **rest), size=50)
    return [(line.who, line.act, line.subject) for line in lines]


def look(post: Post, case: PetitionCase) -> None:
    assert signed_in(post).get(case.get_absolute_url()).status_code == 200


def test_opening_an_ordinary_matter_is_logged_once_a_person_and_hour(office: Office) -> None:
    case = register(office).case
    with time_machine.travel(MONDAY, tick=False) as clock:
        for _ in range(3):
            look(office.head, case)
        look(office.registrar, case)
        clock.shift(timedelta(minutes=59))
        look(office.head, case)
        assert AccessLog.objects.filter(act="open").count() == 2
        clock.shift(timedelta(minutes=1))
        look(office.head, case)
    assert list(AccessLog.objects.filter(act="open").values_list("user__username", flat=True)) == [
        "head",
        "registrar",
        "head",
    ]


def test_every_look_at_a_sealed_one_is_logged(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    for _ in range(3):
        look(office.head, case)
    assert AccessLog.objects.filter(act="open-sealed").count() == 3


def test_who_saw_this_matter_is_answered_by_its_number_or_its_tail(office: Office) -> None:
    case, other = register(office).case, register(office).case
    look(office.head, case)
    look(office.registrar, other)
    for words in (case.number, case.number[-6:], case.number.lower()):
        lines = told(words, kind="look")
        assert lines == [("赵局长", "查看事项", case.number)]


def test_who_acted_on_it_stands_in_the_same_answer(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert {"孙承办", "王窗口"} <= {who for who, _, _ in told(case.number)}


def test_what_a_person_did_is_answered_by_the_name_of_all_three_books(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    look(office.handler, case)
    for words in ("孙承办", "handler"):
        acts = {act for _, act, _ in told(words)}
        assert {"查看事项", "签收"} <= acts


def test_what_the_administrator_did_is_told_with_before_after_and_reason(office: Office, auditor: Post) -> None:
    said = {"name": "市水务局", "short_name": "市水务局", "effective_on": MONDAY.date(), "basis": "滨编发〔2025〕9号"}
    take(units.ACTS["rename"], office.water, said, by=office.administrator, at=MONDAY)
    html = page(auditor, q="杨管理")
    assert "名称：市水利局 → 市水务局" in html
    assert "滨编发〔2025〕9号" in html
    assert told("水务局")[0][1] == "更名"


def test_a_sealed_report_is_not_found_by_its_number_and_covered_by_name(office: Office, auditor: Post) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    look(office.head, petition.case)
    assert told(petition.case.number) == []
    assert told(petition.case.number[-6:]) == []
    assert told("赵局长", kind="look") == [("赵局长", "查看检举控告", COVERED)]
    assert petition.case.number not in page(auditor, q="赵局长")


def test_a_sealed_report_s_numbers_are_covered(office: Office) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    for subject in (petition.case.number, f"接收回执 {petition.number}", f"{petition.case.number} 滨信转〔2025〕1号"):
        access.log(office.head, AccessAct.OPEN_SEALED, subject)
    assert [line.subject for line in covered(AccessLog.objects.all())] == [COVERED] * 3


def test_the_trail_is_narrowed_by_kind_act_and_days(office: Office, auditor: Post) -> None:
    access.log(office.handler, AccessAct.PRINT, "甲")
    access.log(office.head, AccessAct.EXPORT, "乙")
    assert ("甲" in page(auditor, act="print"), "乙" in page(auditor, act="print")) == (True, False)
    assert "甲" not in page(auditor, kind="house")
    assert "甲" not in page(auditor, last="2001-01-01")


def test_older_lines_follow_on_the_next_page(office: Office) -> None:
    for number in range(5):
        with time_machine.travel(MONDAY + timedelta(minutes=number)):
            access.log(office.head, AccessAct.PRINT, f"第{number}次")
    lines, onward = trail.trail(trail.read("赵局长"), size=3)
    more, end = trail.trail(trail.read("赵局长", until=onward), size=3)
    assert [line.subject for line in (*lines, *more)] == [f"第{number}次" for number in (4, 3, 2, 1, 0)]
    assert end is None


def test_reading_the_log_is_logged_with_what_was_looked_for(office: Office, auditor: Post) -> None:
    page(auditor, q="赵局长")
    assert list(AccessLog.objects.values_list("act", "user__username", "reason")) == [
        ("read-audit", "auditor", "赵局长")
    ]


@pytest.mark.parametrize("who", ["head", "administrator", "leader"])
def test_only_the_auditor_reads_the_log(office: Office, who: str) -> None:
    assert signed_in(getattr(office, who)).get(URL).status_code == 403


def test_a_word_beside_its_number_does_not_tell_that_there_is_a_report(office: Office) -> None:
    sealed, ordinary = register(office, purpose=Purpose.EXPOSE), register(office)
    for petition in (sealed, ordinary):
        access.log(office.head, AccessAct.PRINT, f"接收回执 {petition.number}")
    assert told("接收回执") == [("赵局长", "打印", f"接收回执 {ordinary.number}")]
    assert told(f"接收回执 {sealed.number}") == []
