"""专项记录: conduct (第二十六条、第四十七条), aid and after-care (第三十七条), personnel bodies (第三十条第二款)."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.writing import write_due
from cases.casefile.whole_file.contents import Teller
from cases.logbook.telling import told_entries
from cases.logbook.verbs import correct_entry, write_entry
from cases.models import AfterCare, LogEntry
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.vocabulary_beside import Book
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import STRAIGHT_ROAD, Office, case_in
from tests.told import telling

CONDUCT: dict[str, Any] = {
    "conduct": ["4"],
    "happened_on": date(2026, 10, 9),
    "hour": "上午9时30分",
    "place": "市信访局接待大厅",
    "persons": ["刘某"],
    "account": "在接待大厅滞留，不听劝阻。",
    "responses": ["dissuaded", "educated"],
}
VISIT: dict[str, Any] = {
    "visited_on": date(2026, 12, 1),
    "way": "home",
    "visitors": ["社区干部"],
    "state": "情绪平稳",
    "next_on": date(2027, 2, 19),
}


def handled(office: Office) -> Life:
    life = begins(office, "2026-09-21")
    for move in STRAIGHT_ROAD[:4]:
        life.do(move, "2026-09-22")
    return life


def write(life: Life, book: Book, data: dict[str, Any], day: str, by: Post) -> LogEntry:
    life.until(day)
    return write_entry(life.case, book=book, data=data, by=by, at=hour(day))


def test_conduct_is_recorded_with_kind_place_persons_and_response(office: Office) -> None:
    life = handled(office)
    entry = write(
        life,
        Book.CONDUCT,
        CONDUCT | {"police": "滨城公安分局", "police_receipt": "接处警20261009号"},
        "2026-10-09",
        office.clerk,
    )
    (told,) = told_entries(life.case, on=date(2026, 10, 9))
    assert entry.data["conduct"] == ["4"]
    assert ("（四）在接待场所滞留" in told.text, "劝阻、教育" in told.text, "接处警20261009号" in told.text) == (
        True,
        True,
        True,
    )
    assert life.events()[-1] == "logged"
    assert_whole()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"responses": []}, "所采取的措施"),
        ({"police_receipt": "1号"}, "处置的公安机关"),
        ({"happened_on": date(2026, 10, 10)}, "不能晚于今天"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(office: Office, changes: dict[str, Any], words: str) -> None:
    life = handled(office)
    with pytest.raises(Refusal, match=words):
        write(life, Book.CONDUCT, CONDUCT | changes, "2026-10-09", office.clerk)
    assert not LogEntry.objects.exists()


def test_who_has_no_part_in_the_matter_writes_nothing(office: Office) -> None:
    life = handled(office)
    for post in (office.leader, office.water_handler, office.inspector):
        with pytest.raises(NotPermitted):
            write(life, Book.CONDUCT, CONDUCT, "2026-10-09", post)


def test_the_body_of_review_writes_while_it_has_the_matter_and_not_before(office: Office) -> None:
    life = handled(office)
    with pytest.raises(NotPermitted):
        write(life, Book.CONDUCT, CONDUCT, "2026-10-09", office.reviewer)
    reviewed = Life(office, case_in(office, State.REVIEWING, at=hour("2026-10-09")), date(2026, 10, 9))
    entry = write(reviewed, Book.CONDUCT, CONDUCT, "2026-10-09", office.reviewer)
    assert entry.unit == office.government


def test_a_slip_is_put_right_by_another_entry_and_both_stay(office: Office) -> None:
    life = handled(office)
    wrong = write(life, Book.CONDUCT, CONDUCT, "2026-10-09", office.clerk)
    right = correct_entry(
        wrong, data=CONDUCT | {"place": "信访局门前"}, reason="地点写错", by=office.registrar, at=hour("2026-10-10")
    )
    told = told_entries(life.case, on=date(2026, 10, 10))
    assert [(one.entry.pk, one.corrected) for one in told] == [(wrong.pk, True), (right.pk, False)]
    with pytest.raises(Refusal, match="已经更正过"):
        correct_entry(wrong, data=CONDUCT, reason="再改", by=office.clerk, at=hour("2026-10-10"))
    with pytest.raises(NotPermitted, match="登记该记录的单位"):
        correct_entry(right, data=CONDUCT, reason="不同意", by=office.handler, at=hour("2026-10-10"))
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.filter(pk=wrong.pk).update(reason="改动")


def test_aid_is_followed_from_the_application_to_its_result(office: Office) -> None:
    life = handled(office)
    aid = {"aid": "social", "organ": "市民政局", "applied_on": date(2026, 9, 29), "result": "pending"}
    entry = write(life, Book.AID, aid, "2026-09-29", office.handler)
    with pytest.raises(Refusal, match="填写决定日期"):
        correct_entry(
            entry, data=aid | {"result": "granted"}, reason="已有结果", by=office.handler, at=hour("2026-10-20")
        )
    granted = aid | {"result": "granted", "decided_on": date(2026, 10, 19), "given": "临时救助2000元"}
    correct_entry(entry, data=granted, reason="已有结果", by=office.handler, at=hour("2026-10-20"))
    assert "临时救助2000元" in told_entries(life.case, on=date(2026, 10, 20))[-1].text


def ended(office: Office) -> Life:
    life = begins(office, "2026-05-06")
    road = (
        *STRAIGHT_ROAD[:9], Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.SIGN_REVIEW,
        Move.DELIVER_REVIEW, Move.ASK_RECHECK, Move.ACCEPT_RECHECK, Move.DRAFT_RECHECK, Move.SIGN_RECHECK,
    )  # fmt: skip
    for move in road:
        life.do(move, "2026-05-07")
    life.do(Move.DELIVER_RECHECK, "2026-08-28")
    return life


def test_after_the_recheck_a_visit_is_due_and_reminded_of(office: Office) -> None:
    life = ended(office)
    care = AfterCare.objects.get(case=life.case)
    # 2026-08-28 and 90 days: Thu 2026-11-26.
    assert (care.unit, care.due_on) == (office.housing, date(2026, 11, 26))
    life.until("2026-11-25")
    assert AfterCare.objects.get().reminded_at is None
    life.until("2026-11-27")
    write_due(at=hour("2026-11-27"))
    told = telling("回访帮扶", matter=life.case.pk)
    assert {"handler", "unit-head"} <= set(told.values_list("user__username", flat=True))
    count = told.count()
    life.until("2026-11-29")
    write_due(at=hour("2026-11-29"))
    assert told.count() == count


def test_a_visit_sets_the_day_of_the_next_and_the_last_sets_none(office: Office) -> None:
    life = ended(office)
    # The Spring Festival of 2027 lies before it.
    write(life, Book.AFTER_CARE, VISIT, "2026-12-01", office.handler)
    assert AfterCare.objects.get().due_on == date(2027, 2, 19)
    last = {**VISIT, "visited_on": date(2027, 2, 18), "next_on": None, "is_last": True}
    write(life, Book.AFTER_CARE, last, "2027-02-18", office.handler)
    assert AfterCare.objects.get().due_on is None


def test_after_care_is_for_a_matter_whose_road_is_over(office: Office) -> None:
    with pytest.raises(Refusal, match="已经复查复核、终结"):
        write(handled(office), Book.AFTER_CARE, VISIT, "2026-12-01", office.handler)


TOLD = {
    "organ": "市委组织部", "told_on": date(2026, 9, 28), "means": "paper", "told_by": "赵局长",
    "content": "反映某科长收受礼金", "is_major": True,
}  # fmt: skip


def test_the_personnel_body_is_told_of_a_sealed_matter_by_its_named_head(office: Office) -> None:
    life = begins(office, "2026-09-21", purpose=Purpose.EXPOSE)
    life.do(Move.TRIAGE, "2026-09-22", by=office.head, kind=Kind.REPORT, legal_way=LegalWay.DISCIPLINE)
    write(life, Book.PERSONNEL, TOLD, "2026-09-28", office.head)
    assert "市委组织部" in told_entries(life.case, on=date(2026, 9, 28))[0].text
    assert signed_in(office.registrar).get(life.case.get_absolute_url()).status_code == 404


def test_an_ordinary_matter_s_course_tells_nobody_of_cadres(office: Office) -> None:
    with pytest.raises(Refusal, match="先甄别为检举控告类"):
        write(handled(office), Book.PERSONNEL, TOLD, "2026-09-28", office.head)


def test_page_program_and_file_hold_the_entries(office: Office) -> None:
    life = handled(office)
    sent = {
        "conduct": ["4"], "happened_on": "2026-09-20", "hour": "9时", "place": "接待大厅", "persons": ["刘某"],
        "account": "滞留", "responses": ["dissuaded"],
    }  # fmt: skip
    address = f"/api/cases/{life.case.number}/log/conduct/"
    made = program(office.clerk).post(address, sent, format="json")
    wrong = program(office.clerk).post(address, sent | {"responses": []}, format="json")
    strangers = [
        program(post).post(address, sent, format="json").status_code for post in (office.water_head, office.leader)
    ]
    assert (made.status_code, wrong.status_code, strangers) == (201, 409, [404, 403])
    page = signed_in(office.handler).get(life.case.get_absolute_url()).content.decode()
    assert ("信访秩序记录" in page, "接待大厅" in page) == (True, True)
    told = Teller(life.case, office.registrar, in_full=False, on=date(2026, 10, 1)).log()
    assert [entry["book"] for entry in told] == ["信访秩序记录"]


def test_the_sheet_of_an_entry_asks_and_keeps(office: Office) -> None:
    life = handled(office)
    address = f"/cases/{life.case.number}/log/aid/"
    client = signed_in(office.handler)
    assert "申请的机关、机构" in client.get(address).content.decode()
    sent = {"aid": "judicial", "organ": "市委政法委", "applied_on": "2026-09-20", "result": "pending"}
    assert client.post(address, sent).status_code == 302
    entry = LogEntry.objects.get()
    fixed = client.post(f"{address}{entry.pk}/", sent | {"organ": "市检察院", "reason": "机关写错"})
    assert (fixed.status_code, LogEntry.objects.filter(corrects=entry).count()) == (302, 1)


def test_an_entry_that_is_sent_again_for_want_of_an_answer_is_written_once(office: Office) -> None:
    life = handled(office)
    write(life, Book.CONDUCT, CONDUCT, "2026-10-09", office.handler)
    with pytest.raises(Refusal, match="没有重复登记"):
        write(life, Book.CONDUCT, CONDUCT, "2026-10-09", office.handler)
    write(life, Book.CONDUCT, CONDUCT | {"hour": "上午10时"}, "2026-10-09", office.handler)
    write(life, Book.CONDUCT, CONDUCT, "2026-10-10", office.handler)
    assert LogEntry.objects.count() == 3
