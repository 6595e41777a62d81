"""Papers that leave or join the file of a matter: letters, attachments, identities, and the reckoning of a due day."""

import hashlib
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from docx import Document

from binzhou_xinfang.records.models import AccessLog
from binzhou_xinfang.statute.models import Holiday
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import attach
from cases.models import CaseAttachment, PetitionCase, Petitioner
from cases.states import State
from cases.vocabulary import PartyRole, Purpose
from cases.window.registration import Party
from cases.window.registration import register as register_action
from cases.window.registration import register_repeat as repeat_action
from tests.cases.pages import HTMX, signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, register

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def url(name: str, case: PetitionCase, *rest: int) -> str:
    return reverse(f"cases:{name}", args=[case.number, *rest])


def scan(name: str = "现场照片.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(office: Office, who: str, case: PetitionCase, file: Any, **kwargs: Any) -> HttpResponse:
    return signed_in(getattr(office, who)).post(url("attach", case), {"file": file}, **kwargs)


def attached(office: Office, case: PetitionCase, name: str = "现场照片.png") -> CaseAttachment:
    return attach(case, upload=scan(name), by=office.handler, at=MONDAY)


def logged() -> list[tuple[str, str, str, str]]:
    return list(AccessLog.objects.order_by("pk").values_list("act", "subject", "user__username", "reason"))


# Letters


def test_a_long_title_is_broken_between_words_on_paper(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    html = signed_in(office.handler).get(url("letter", case, link.pk)).content.decode()
    assert "<h1>关于转送刘某反映<wbr>地下车库漏水无人维修信访事项的函</h1>" in html


def test_a_letter_stands_on_paper_with_its_number_and_every_paragraph(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    html = signed_in(office.handler).get(url("letter", case, link.pk)).content.decode().replace("<wbr>", "")
    wanted = [link.letter.number, link.letter.title, link.letter.issuer, "2025年3月3日", *link.letter.paragraphs]
    assert [text for text in wanted if text not in html] == []


def test_the_word_file_carries_the_letter(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    answer = signed_in(office.handler).get(url("letter-docx", case, link.pk))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%BB%A8")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert link.letter.paragraphs[0] in text


def test_the_page_shows_the_hash_of_the_file_that_is_downloaded(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    client = signed_in(office.handler)
    page = client.get(url("letter", case, link.pk)).content.decode()
    content = client.get(url("letter-docx", case, link.pk)).content
    assert hashlib.sha256(content).hexdigest() in page


def test_a_letter_that_is_not_as_it_was_issued_is_not_shown_as_signed_nor_handed_out(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    client = signed_in(office.handler)
    assert "paper-proof" in client.get(url("letter", case, link.pk)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_letter DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_letter SET issued_on = '2025-03-04' WHERE id = %s", [link.letter_id])
        cursor.execute("ALTER TABLE records_letter ENABLE TRIGGER USER")

    page = client.get(url("letter", case, link.pk)).content.decode()
    assert "本件内容与签发时的校验值不一致" in page
    assert [word in page for word in ("paper-proof", 'class="signed', "letter-sha256")] == [False] * 3
    for address in (url("letter-docx", case, link.pk), f"/api/cases/{case.number}/letters/{link.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, "与签发时的校验值不一致" in answer.content.decode()) == (409, True)
    content = io.BytesIO(b"".join(client.get(f"/api/cases/{case.number}/letters/").streaming_content))
    with ZipFile(content) as package:
        assert not any("转送函" in name for name in package.namelist())


def test_letters_that_are_taken_out_are_logged(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    client = signed_in(office.handler)
    client.get(url("letter", case, link.pk))
    client.get(url("letter-docx", case, link.pk))
    subject = f"{case.number} {link.letter.number}"
    assert logged() == [
        ("open", case.number, "handler", ""), ("print", subject, "handler", ""), ("export", subject, "handler", "")
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["letter", "letter-docx"])
@pytest.mark.parametrize(("who", "status"), [("registrar", 200), ("administrator", 404), ("water_handler", 404)])
def test_who_reads_the_letters_of_a_matter(office: Office, name: str, who: str, status: int) -> None:
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind="referral")
    assert signed_in(getattr(office, who)).get(url(name, case, link.pk)).status_code == status


@pytest.mark.parametrize("name", ["letter", "letter-docx"])
def test_a_letter_of_another_matter_is_not_found(office: Office, name: str) -> None:
    link = case_in(office, State.REFERRED).letters.get(letter__kind="referral")
    other = case_in(office, State.REFERRED)
    assert signed_in(office.handler).get(url(name, other, link.pk)).status_code == 404


# Attachments


def test_a_file_joins_the_matter_with_an_event(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    answer = upload(office, "handler", case, scan())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{case.get_absolute_url()}#attachments")
    kept = CaseAttachment.objects.get()
    assert (kept.case, kept.name, kept.unit, kept.file.content_type) == (
        case,
        "现场照片.png",
        office.housing,
        "image/png",
    )
    event = case.events.latest("seq")
    assert (event.kind, event.detail) == ("attached", {"name": "现场照片.png", "sha256": kept.file.sha256})


def test_several_files_join_at_once_each_with_its_event(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    answer = upload(office, "handler", case, [scan("一.png"), scan("二.png", PNG + b"0")])
    assert (answer.status_code, sorted(CaseAttachment.objects.values_list("name", flat=True))) == (
        302,
        ["一.png", "二.png"],
    )
    assert case.events.filter(kind="attached").count() == 2


def test_one_bad_file_leaves_the_good_ones_in_and_each_is_named(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    given = [scan("好.png"), scan("病毒.exe", b"MZ\x90\x00"), scan("空.png", b"")]
    answer = upload(office, "handler", case, given, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, [file.name for file in CaseAttachment.objects.all()]) == (422, ["好.png"])
    assert ("“好.png”" in html, "“病毒.exe”：不能上传这种文件" in html, "“空.png”：文件是空的" in html) == (True,) * 3


def test_an_upload_makes_no_open_form_stale(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    upload(office, "handler", case, scan())
    assert PetitionCase.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (scan("病毒.exe", b"MZ\x90\x00"), "不能上传这种文件"),
        (scan("网页.png", b"<html><script>alert(1)</script></html>"), "不能上传这种文件"),
        (scan("照片.pdf"), "文件内容与扩展名“.pdf”不符"),
        (scan("大文件.png", PNG + b"0" * (20 * 1024 * 1024)), "文件超过20MB"),
        (scan("空.png", b""), "文件是空的，请重新选择。"),
        ("", "请选择文件。"),
    ],
    ids=["program", "disguised", "wrong-name", "too-large", "empty", "none"],
)
def test_a_file_that_is_not_taken_is_refused_in_words(office: Office, file: Any, sentence: str) -> None:
    case = case_in(office, State.HANDLING)
    answer = upload(office, "handler", case, file, headers=HTMX)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CaseAttachment.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler", 302), ("clerk", 302), ("leader", 403), ("water_handler", 404), ("administrator", 404)],
)
def test_who_adds_files(office: Office, who: str, status: int) -> None:
    case = case_in(office, State.HANDLING)
    assert upload(office, who, case, scan()).status_code == status
    assert CaseAttachment.objects.count() == (1 if status == 302 else 0)


def test_a_paper_that_comes_late_goes_to_a_closed_file_and_none_to_a_void_entry(office: Office) -> None:
    assert upload(office, "handler", case_in(office, State.CLOSED), scan()).status_code == 302
    assert upload(office, "registrar", case_in(office, State.VOIDED), scan()).status_code == 403


def test_a_name_cannot_turn_its_end_round(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    upload(office, "handler", case, scan("扫描\u202egnp.png"))
    assert CaseAttachment.objects.get().name == "扫描gnp.png"


def test_a_very_long_name_keeps_its_extension(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    kept = attach(case, upload=scan("长" * 240 + ".png"), by=office.handler, at=MONDAY)
    assert kept.name == "长" * 196 + ".png"


def test_a_download_is_a_file_and_never_a_page(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    kept = attached(office, case)
    answer = signed_in(office.registrar).get(url("attachment", case, kept.pk))
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert logged() == [
        ("open", case.number, "registrar", ""), ("download", f"{case.number} 附件{kept.pk}", "registrar", "")
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["water_handler", "administrator", "county_head"])
def test_a_stranger_downloads_nothing(office: Office, who: str) -> None:
    case = case_in(office, State.HANDLING)
    kept = attached(office, case)
    assert signed_in(getattr(office, who)).get(url("attachment", case, kept.pk)).status_code == 404
    assert [act for act, *_ in logged()] == ["not-found"]


def test_an_attachment_of_another_matter_is_not_found(office: Office) -> None:
    kept = attached(office, case_in(office, State.HANDLING))
    other = case_in(office, State.HANDLING)
    assert signed_in(office.handler).get(url("attachment", other, kept.pk)).status_code == 404


def test_a_file_that_the_disk_has_lost_is_told_in_words(office: Office, settings: Any, tmp_path: Path) -> None:
    case = case_in(office, State.HANDLING)
    kept = attached(office, case)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    answer = signed_in(office.handler).get(url("attachment", case, kept.pk))
    assert (answer.status_code, "文件库中找不到这个文件" in answer.content.decode()) == (409, True)


# Identity


def person_case(office: Office) -> PetitionCase:
    lead = Petitioner(
        name="刘小芳", id_kind="111", id_number="371602199003077526", phone="13812345678", address="黄河五路9号"
    )
    other = Party(Petitioner(name="张三丰", phone="13987654321"), PartyRole.REPRESENTATIVE)
    visit = arrival(MONDAY.date(), lead=lead, companions=[other])
    return register_action(visit, matter(office), by=office.clerk, at=MONDAY).case


FULL = ("刘小芳", "371602199003077526", "13812345678", "黄河五路9号", "张三丰", "13987654321")


def test_everybody_is_shown_in_full_for_a_reason_and_it_is_logged(office: Office) -> None:
    case = person_case(office)
    answer = signed_in(office.clerk).post(url("identity", case), {"reason": "电话核实情况"})
    html = answer.content.decode()
    assert [text for text in FULL if text not in html] == []
    assert logged() == [("unmask", case.number, "clerk", "电话核实情况")]
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_was_registered_alike_twice_is_shown_once(office: Office) -> None:
    case = person_case(office)
    for phone in ("13812345678", "13812345678", "13700000000"):
        again = arrival(MONDAY.date(), lead=Petitioner(name="刘小芳", phone=phone))
        repeat_action(again, PetitionCase.objects.get(pk=case.pk), by=office.clerk, at=MONDAY)
    html = signed_in(office.clerk).post(url("identity", case), {"reason": "电话核实情况"}).content.decode()
    assert re.findall(r'<dd class="num">(\d{11})</dd>', html) == [
        "13812345678",
        "13987654321",
        "13812345678",
        "13700000000",
    ]


@pytest.mark.parametrize("reason", ["", " ", "看"])
def test_without_a_reason_nobody_is_shown_and_nothing_logged(office: Office, reason: str) -> None:
    case = person_case(office)
    answer = signed_in(office.clerk).post(url("identity", case), {"reason": reason}, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, [text for text in FULL if text in html], logged()) == (422, [], [])


def test_a_get_asks_for_the_reason_alone(office: Office) -> None:
    case = person_case(office)
    html = signed_in(office.clerk).get(url("identity", case)).content.decode()
    opened = [("open", case.number, "clerk", "")]
    assert ("查看事由" in html, [text for text in FULL if text in html], logged()) == (True, [], opened)


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("administrator", 404), ("water_handler", 404)])
def test_who_sees_identities(office: Office, who: str, status: int) -> None:
    case = person_case(office)
    answer = signed_in(getattr(office, who)).post(url("identity", case), {"reason": "电话核实情况"})
    assert (answer.status_code, [act for act, *_ in logged()]) == (status, ["unmask" if status == 200 else "not-found"])


@pytest.mark.parametrize("name", ["identity", "attach", "case"])
@pytest.mark.parametrize("who", ["registrar", "leader", "handler", "inspector"])
def test_a_sealed_matter_answers_nobody_who_is_not_named(office: Office, name: str, who: str) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    assert signed_in(getattr(office, who)).get(url(name, case)).status_code == 404


# How a due day was found


def test_a_due_day_is_explained_step_by_step(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    clock = case.deadlines.get(rule=Rule.HANDLING)
    html = signed_in(office.handler).get(url("deadline", case, clock.pk), headers=HTMX).content.decode()
    wanted = (
        "2025年3月3日(周一)受理，当日不计入，从次日起算。",
        "60日办理期限，依据《信访工作条例》第三十四条，按自然日计算，中间的休息日、节假日计入。",
        "顺延至5月6日(周二)",
    )
    assert [text for text in wanted if text not in html] == []
    assert "按今天的工作日历应为" not in html


def test_a_day_that_todays_calendar_would_find_elsewhere_says_so(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    clock = case.deadlines.get(rule=Rule.HANDLING)
    Holiday.objects.create(day=date(2025, 5, 6), kind="off", name="测试节")
    html = signed_in(office.handler).get(url("deadline", case, clock.pk)).content.decode()
    assert "所存的届满日按当时的工作日历算出" in html
    assert "5月7日(周三)" in html


def test_a_clock_of_another_matter_is_not_found(office: Office) -> None:
    clock = case_in(office, State.ACCEPTED).deadlines.get(rule=Rule.HANDLING)
    other = case_in(office, State.ACCEPTED)
    assert signed_in(office.handler).get(url("deadline", other, clock.pk)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("administrator", 404), ("water_handler", 404)])
def test_who_sees_how_a_day_was_found(office: Office, who: str, status: int) -> None:
    case = case_in(office, State.ACCEPTED)
    clock = case.deadlines.get(rule=Rule.HANDLING)
    assert signed_in(getattr(office, who)).get(url("deadline", case, clock.pk)).status_code == status
