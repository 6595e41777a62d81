"""案卷 and all letters as one package: what is in it, who gets it, and what is written down."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from docx import Document

from binzhou_xinfang.letters.own_templates import text_of
from binzhou_xinfang.records import files
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.attaching import attach
from cases.casefile.whole_file.chapters import chapters_of_file
from cases.casefile.whole_file.packing import safe_name
from cases.models import CaseAttachment, PetitionCase, UrgentReport
from cases.states import State
from cases.vocabulary import IdKind
from cases.vocabulary_beside import Book
from tests.cases.api_client import program
from tests.cases.desk import ID_NUMBER
from tests.cases.pages import HTMX, signed_in
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture
def case(office: Office) -> PetitionCase:
    """A matter that was answered, with one attachment and somebody who gave all numbers."""
    found = case_in(office, State.DELIVERED)
    lead = found.lead
    lead.name, lead.id_kind, lead.id_number = "刘小芳", IdKind.RESIDENT, ID_NUMBER
    lead.phone, lead.address = "13800000000", "山东省滨州市滨城区渤海小区5号"
    lead.save()
    attach(found, upload=SimpleUploadedFile("现场../照片.png", PNG), by=office.handler, at=MONDAY)
    return found


def named(case: PetitionCase, name: str) -> CaseAttachment:
    return next(attachment for attachment in case.attachments.all() if attachment.name == name)


def url(name: str, case: PetitionCase) -> str:
    return reverse(f"cases:{name}", args=[case.number])


def content_of(answer: HttpResponse) -> zipfile.ZipFile:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def whole(office: Office, case: PetitionCase, who: str = "unit_head", **sent: Any) -> zipfile.ZipFile:
    return content_of(signed_in(getattr(office, who)).post(url("whole-file", case), sent))


def data(package: zipfile.ZipFile, name: str = "办理经过.json") -> Any:
    return json.loads(package.read(name))


def logged() -> list[tuple[str, str, str]]:
    """Looks beyond the matter itself."""
    looks = AccessLog.objects.exclude(act=AccessAct.OPEN).order_by("pk")
    return list(looks.values_list("act", "subject", "reason"))


def test_all_letters_come_as_one_package_with_their_hashes(office: Office, case: PetitionCase) -> None:
    package = content_of(signed_in(office.handler).get(url("letters-zip", case)))
    letters = [name for name in package.namelist() if name.startswith("文书/")]
    assert len(letters) == case.letters.count() > 3
    assert letters[0].startswith("文书/01_滨信")
    assert letters[0].endswith(".docx")
    assert logged() == [("export", f"{case.number} 全部文书", "")]


def test_a_letter_in_the_package_is_the_very_file_that_was_signed(office: Office, case: PetitionCase) -> None:
    link = case.letters.select_related("letter").order_by("pk")[0]
    client = signed_in(office.handler)
    alone = client.get(reverse("cases:letter-docx", args=[case.number, link.pk])).content
    package = content_of(client.get(url("letters-zip", case)))
    assert package.read(package.namelist()[0]) == alone


def test_a_matter_without_letters_has_no_package_of_letters(office: Office) -> None:
    case = case_in(office, State.REGISTERED)
    answer = signed_in(office.registrar).get(url("letters-zip", case))
    assert answer.status_code == 409
    assert "还没有文书" in answer.content.decode()


def test_the_file_holds_index_letters_attachments_and_the_course(office: Office, case: PetitionCase) -> None:
    package = whole(office, case)
    names = package.namelist()
    assert {"案卷目录.docx", "案卷目录.json", "办理经过.docx", "办理经过.json", "校验值.sha256"} <= set(names)
    assert sum(name.startswith("文书/") for name in names) == case.letters.count()
    assert [name for name in names if name.startswith("附件/")] == ["附件/01_签收后的送达回证.png", "附件/02_照片.png"]
    assert package.read("附件/02_照片.png") == PNG
    assert package.testzip() is None


def test_every_paper_has_its_hash_in_the_index_and_in_the_list(office: Office, case: PetitionCase) -> None:
    package = whole(office, case)
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in package.read("校验值.sha256").decode().splitlines()}
    assert set(listed) == set(package.namelist()) - {"校验值.sha256"}
    for name, sha256 in listed.items():
        assert hashlib.sha256(package.read(name)).hexdigest() == sha256
    index = "\n".join(text_of(package.read("案卷目录.docx")))
    letter = case.letters.select_related("letter").order_by("pk")[0].letter
    assert letter.number in index
    for paper in data(package, "案卷目录.json"):
        assert paper["sha256"] in index
        assert paper["path"] in index


def test_the_course_can_be_read_by_people_and_by_programs(office: Office, case: PetitionCase) -> None:
    package = whole(office, case)
    told = data(package)
    events = list(case.events.order_by("seq"))
    assert [event["hash"] for event in told["events"]] == [bytes(event.hash).hex() for event in events]
    assert told["case"]["number"] == case.number
    assert told["case"]["state"] == "意见书已送达"
    assert [clock["rule"] for clock in told["clocks"]] == [clock.rule for clock in case.deadlines.all()]
    answers = case.opinions.get().answers.order_by("request__order")
    assert [(request["result"], request["answer"]) for request in told["requests"]] == [
        (answer.get_result_display(), answer.text) for answer in answers
    ]
    read = "\n".join(text_of(package.read("办理经过.docx")))
    for heading in ("一、基本情况", "二、信访人和来访情况", "三、诉求和答复", "四、处理意见", "五、送达"):
        assert heading in read
    assert "送达" in read
    assert len(Document(io.BytesIO(package.read("办理经过.docx"))).tables[-1].rows) == len(events) + 1


def test_the_document_for_readers_tells_all_that_programs_are_told(office: Office, case: PetitionCase) -> None:
    entry = {
        "conduct": ["4"], "happened_on": "2025-03-03", "hour": "9时", "place": "接待大厅", "persons": ["刘某"],
        "account": "滞留不走", "responses": ["dissuaded"],
    }  # fmt: skip
    answer = program(office.clerk).post(f"/api/cases/{case.number}/log/{Book.CONDUCT.value}/", entry, format="json")
    assert answer.status_code == 201, answer.content
    UrgentReport.objects.create(
        case=case, unit=office.bureau, by_user=office.head.user, content="将到市政府聚集", measures="已派员现场",
        made_at=MONDAY,
    )  # fmt: skip
    package = whole(office, case)
    read, told = "\n".join(text_of(package.read("办理经过.docx"))), data(package)
    assert {chapter.key for chapter in chapters_of_file()} <= told.keys()
    for words in ("重大紧急报告", "将到市政府聚集", "专项记录", "滞留不走", "文书送达", "未登记送达", "、期限"):
        assert words in read, words


def test_people_are_masked_unless_a_reason_is_given(office: Office, case: PetitionCase) -> None:
    package = whole(office, case)
    for name in ("办理经过.json", "案卷目录.json"):
        text = package.read(name).decode()
        for private in ("刘小芳", ID_NUMBER, "13800000000", "渤海小区"):
            assert private not in text
    lead = data(package)["arrivals"][0]["lead"]
    assert (lead["name"], lead["phone"], lead["address"]) == ("刘*芳", "138****0000", "山东省滨州市滨城区****")
    assert "13800000000" not in "".join(text_of(package.read("办理经过.docx")))
    assert logged() == [("export", f"{case.number} 案卷", "")]


def test_in_full_the_people_are_named_and_the_look_is_logged_with_its_reason(
    office: Office, case: PetitionCase
) -> None:
    told = data(whole(office, case, in_full="on", reason="移送复查机关"))
    lead = told["arrivals"][0]["lead"]
    assert (lead["name"], lead["id_number"], lead["phone"]) == ("刘小芳", ID_NUMBER, "13800000000")
    assert told["events"][0]["detail"]
    assert logged() == [("unmask", case.number, "移送复查机关"), ("export", f"{case.number} 案卷", "移送复查机关")]


def test_in_full_without_a_reason_is_refused_at_its_field(office: Office, case: PetitionCase) -> None:
    answer = signed_in(office.unit_head).post(url("whole-file", case), {"in_full": "on"})
    assert answer.status_code == 422
    assert "请填写事由" in str(answer.context["form"].errors["reason"])
    assert logged() == []


def test_a_paper_that_the_disk_has_lost_stands_in_the_index_as_missing(office: Office, case: PetitionCase) -> None:
    files.path_of(named(case, "照片.png").file.sha256).unlink()
    package = whole(office, case)
    assert not any(name.endswith("照片.png") for name in package.namelist())
    assert data(package, "案卷目录.json")[-1]["note"] == "文件库中缺失"
    assert "文件库中缺失" in "".join(text_of(package.read("案卷目录.docx")))


@pytest.mark.parametrize(
    ("who", "status"),
    [("registrar", 200), ("head", 200), ("leader", 200), ("handler", 403), ("clerk", 403), ("water_head", 404)],
)
def test_who_may_take_the_file_out(office: Office, case: PetitionCase, who: str, status: int) -> None:
    client = signed_in(getattr(office, who))
    assert client.get(url("whole-file", case)).status_code == status
    answer = client.post(url("whole-file", case))
    assert answer.status_code == status
    if status == 200:
        content_of(answer).close()


def test_a_sealed_report_leaves_the_house_only_through_who_may_read_it(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    for who in ("registrar", "unit_head", "leader"):
        for name in ("whole-file", "letters-zip"):
            assert signed_in(getattr(office, who)).get(url(name, case)).status_code == 404


def test_the_page_of_the_matter_offers_both_packages_to_who_may_take_them(office: Office, case: PetitionCase) -> None:
    for who, offered in (("unit_head", True), ("handler", False)):
        page = signed_in(getattr(office, who)).get(case.get_absolute_url()).content.decode()
        assert url("letters-zip", case) in page
        assert (url("whole-file", case) in page) is offered


def test_the_form_comes_as_a_side_sheet_too(office: Office, case: PetitionCase) -> None:
    sheet = signed_in(office.unit_head).get(url("whole-file", case), headers=HTMX).content.decode()
    assert "<html" not in sheet
    assert "写明完整身份信息" in sheet


def test_the_api_gives_the_same_packages(office: Office, case: PetitionCase) -> None:
    client = program(office.unit_head)
    letters = content_of(client.get(f"/api/cases/{case.number}/letters/"))
    assert sum(name.startswith("文书/") for name in letters.namelist()) == case.letters.count()
    package = content_of(client.post(f"/api/cases/{case.number}/file/", {}, format="json"))
    assert data(package)["people_in_full"] is False
    refused = client.post(f"/api/cases/{case.number}/file/", {"in_full": True}, format="json")
    assert (refused.status_code, refused.json()["field"]) == (409, "reason")


def test_the_api_refuses_the_file_to_who_may_not_export(office: Office, case: PetitionCase) -> None:
    answer = program(office.handler).post(f"/api/cases/{case.number}/file/", {}, format="json")
    assert (answer.status_code, answer.json()["detail"]) == (403, "您当前的岗位不能导出案卷。")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\\b:c*.docx", "a_b_c_.docx"),
        ("  ", "文件"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("甲" * 200 + ".pdf", "甲" * 80 + ".pdf"),
        ("甲" * 200, "甲" * 80),
    ],
)
def test_a_name_never_leads_out_of_its_folder(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_the_index_counts_the_pages_of_every_paper_and_their_sum(office: Office, case: PetitionCase) -> None:
    package = whole(office, case)
    papers = data(package, "案卷目录.json")
    assert [(paper["path"], paper["pages"], paper["span"]) for paper in papers[:3]] == [
        ("办理经过.json", None, "—"),
        ("办理经过.docx", papers[1]["pages"], f"1-{papers[1]['pages']}"),
        (papers[2]["path"], 2, f"{papers[1]['pages'] + 1}-{papers[1]['pages'] + 2}"),
    ]
    known = [paper["pages"] for paper in papers if paper["pages"]]
    assert (papers[-1]["path"], papers[-1]["pages"]) == ("附件/02_照片.png", 1)
    assert papers[-1]["span"] == str(sum(known))
    index = text_of(package.read("案卷目录.docx"))
    said = f"卷内文件共{len(papers)}件，已编页{sum(known)}页；标“—”的1件不能自动计页，以实际清点为准。"
    assert said in index


def test_a_lost_letter_keeps_its_pages_in_the_index(office: Office, case: PetitionCase) -> None:
    files.path_of(named(case, "照片.png").file.sha256).unlink()
    assert data(whole(office, case), "案卷目录.json")[-1]["pages"] == 1


def test_the_catalogue_of_an_archived_matter_has_running_page_numbers(office: Office) -> None:
    case = case_in(office, State.ARCHIVED)
    rows = case.letters.get(letter__kind="file-catalogue").letter.facts["rows"]
    assert (rows[0]["name"], rows[0]["pages"]) == ("信访件（来访）", "—")
    ends = [int(row["pages"].rpartition("-")[2]) for row in rows[1:]]
    assert ends == sorted(set(ends))
    assert [row["pages"].partition("-")[0] for row in rows[1:]] == ["1", *(str(end + 1) for end in ends[:-1])]
