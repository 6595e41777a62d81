"""The bureau's own templates: what is taken, what is refused and why, and what letters become of it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, connection, transaction
from docx import Document

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import own_templates, storage
from binzhou_xinfang.letters.kinds.ending import FILE_CATALOGUE
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.notices import DECLINE
from binzhou_xinfang.letters.kinds.registration import RECEIPT
from binzhou_xinfang.letters.models import LetterTemplate
from binzhou_xinfang.letters.own_templates import check, in_force, put, withdraw
from binzhou_xinfang.letters.own_templates.pouring import text_of
from tests.letters.conftest import Issue

pytestmark = pytest.mark.django_db
GOOD = (
    "{{ number }}",
    "{{ salutation }}",
    "{{ matter }}，{{ received_on }}由{{ channel }}收到",
    "{{ reason }}{{ basis }}",
    "{{ right_way }}{{ remedy }}",
    "{{ issuer }} {{ issued_on }}",
)


def template(*lines: str, header: str = "", title: str = "") -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def upload(content: bytes, name: str = "不予受理.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return written.getvalue()


def test_a_letter_is_poured_into_the_own_template_and_says_what_stands_there(issue: Issue, bureau: Post) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    letter = issue(DECLINE)
    assert letter.own_template == in_force(DECLINE)
    assert letter.paragraphs == [
        "滨信不〔2026〕1号",
        "刘某：",
        "地下车库漏水，2026年3月2日由来访收到",
        "需要作房屋安全鉴定《信访工作条例》第三十一条第六项",
        "请向正在办理的滨城区信访局查询进展你可以向上一级机关反映不予受理的情况",
        "滨州市信访局 2026年3月6日",
    ]
    assert text_of(storage.read(letter)) == letter.paragraphs
    assert letter.sha256 == letter.content_sha256()


def test_the_letter_keeps_its_file_when_the_template_changes(issue: Issue, bureau: Post) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    letter = issue(DECLINE)
    before = storage.read(letter)
    put(DECLINE, upload(template("新模板", *GOOD)), by=bureau)
    assert storage.read(letter) == before
    assert issue(DECLINE).paragraphs[0] == "新模板"


def test_a_withdrawn_template_gives_way_to_the_delivered_one_and_stays_in_the_history(
    issue: Issue, bureau: Post
) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    withdraw(DECLINE, by=bureau)
    assert in_force(DECLINE) is None
    letter = issue(DECLINE)
    assert letter.own_template is None
    assert letter.paragraphs[0].startswith("你通过来访反映的")
    changes = [(str(change), change.put_by) for change in own_templates.history(DECLINE)]
    assert changes == [("系统模板", bureau.user), ("不予受理.docx", bureau.user)]


def test_nothing_can_be_withdrawn_where_the_delivered_one_is_in_force(bureau: Post) -> None:
    with pytest.raises(Refusal, match="不予受理告知书正在使用系统模板"):
        withdraw(DECLINE, by=bureau)


def test_the_history_cannot_be_changed(bureau: Post) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_lettertemplate")


def test_other_kinds_keep_their_template(issue: Issue, bureau: Post) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    assert issue(RECEIPT).own_template is None


def test_required_facts_that_are_not_mentioned_are_named_as_a_warning() -> None:
    content = template("{{ salutation }}{{ matter }}{{ received_on }}{{ channel }}")
    assert check(DECLINE, content).missing == ("理由", "依据", "正确途径", "救济途径")


def test_lines_and_rows_are_gone_through(issue: Issue, bureau: Post) -> None:
    kind = FILE_CATALOGUE
    content = template("{% for row in rows %}", "{{ loop.index }}. {{ row.name }} {{ row.dated }}", "{% endfor %}")
    put(kind, upload(content), by=bureau)
    assert issue(kind).paragraphs == ["1. 信访登记表 2026年3月2日", "2. 转送函 2026年3月4日"]


def test_the_text_of_a_table_is_read_row_by_row(issue: Issue, bureau: Post) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "{{ matter }}"
    table.cell(1, 0).text, table.cell(1, 1).text = "理由", "{{ reason }}"
    written = io.BytesIO()
    document.save(written)
    put(DECLINE, upload(written.getvalue()), by=bureau)
    assert issue(DECLINE).paragraphs == ["｜地下车库漏水｜", "｜理由｜需要作房屋安全鉴定｜"]


def test_unknown_fields_are_named(bureau: Post) -> None:
    with pytest.raises(Refusal, match="没有的字段：hearing_at、petitioner_name") as refusal:
        check(DECLINE, template("{{ matter }}{{ petitioner_name }}", header="{{ hearing_at }}"))
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        ("{{ matter.__class__ }}", "不能使用“.__class__”"),
        ("{{ ''.__class__.__mro__ }}", "不能使用“.__mro__”"),
        ("{{ answers.append(1) }}", "不能使用函数"),
        ("{{ matter['__class__'] }}", "不能使用函数"),
        ("{% include 'x' %}", "不能使用函数"),
        ("{% import 'x' as y %}", "不能使用函数"),
        ("{% extends 'x' %}", "不能使用函数"),
        ("{% set x = matter %}", "不能使用函数"),
        ("{% macro x() %}{% endmacro %}", "不能使用函数"),
        ("{{ 'x' * 1000000000 }}", "不能使用函数"),
        ("{{ 9 ** 999999 }}", "不能使用函数"),
        ("{% for x in range(1000000000) %}{% endfor %}", "只能逐行列出这些字段"),
        ("{% for x in 'xxxx' %}{% endfor %}", "只能逐行列出这些字段"),
        ("{{ matter|center(1000000000) }}", "不能使用“|center”"),
        ("{{ matter|attr('__class__') }}", "不能使用“|attr”"),
        ("{{ '%1000000000d'|format(1) }}", "不能使用“|format”"),
        ("{% for x in %}", "标记有误"),
        ("{% if matter %}", "标记有误"),
    ],
)
@pytest.mark.parametrize("place", ["body", "header", "property"])
def test_a_hostile_template_is_refused_with_the_reason(attack: str, why: str, place: str) -> None:
    where: dict[str, Any] = {"header": {"header": attack}, "property": {"title": attack}}.get(place, {})
    content = template("{{ matter }}", *([attack] if place == "body" else []), **where)
    with pytest.raises(Refusal) as refusal:
        check(DECLINE, content)
    assert why in str(refusal.value)


def test_loops_in_loops_in_loops_are_refused() -> None:
    kind = REFERRAL
    deep = "{% for a in requests %}" * 3 + "x" + "{% endfor %}" * 3
    with pytest.raises(Refusal, match="最多套2层"):
        check(kind, template(deep))


def test_a_template_that_fails_with_made_up_facts_is_refused() -> None:
    content = template("{% for line in paragraphs %}", "{{ line.name }}", "{% endfor %}{{ matter }}")
    with pytest.raises(Refusal, match="试填没有成功"):
        check(DECLINE, content)


def test_a_template_without_any_field_is_refused() -> None:
    with pytest.raises(Refusal, match="没有任何字段"):
        check(DECLINE, template("通知"))


def test_what_word_would_fetch_from_elsewhere_is_refused() -> None:
    link = b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://x/t.dotm" TargetMode="External"/>'
    end = b"</Relationships>"
    content = repacked(
        template(*GOOD),
        lambda name, part: part.replace(end, link + end) if name.endswith("document.xml.rels") else part,
    )
    with pytest.raises(Refusal, match="引用了外部文件"):
        check(DECLINE, content)


def test_a_template_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refusal, match="模板内容过大"):
        check(DECLINE, template("甲" * 600_000, "{{ matter }}"))
    with pytest.raises(Refusal, match="模板内容过大"):
        check(DECLINE, template("{{ matter }}" * 1600))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a package", b"text"])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="不能作为 Word 文档打开"):
        check(DECLINE, content)


def test_a_package_without_a_document_is_refused() -> None:
    broken = repacked(template(*GOOD), lambda name, part: b"<x/>" if name == "word/document.xml" else part)
    with pytest.raises(Refusal):
        check(DECLINE, broken)


def test_another_kind_of_file_is_refused_and_nothing_changes(bureau: Post) -> None:
    with pytest.raises(Refusal, match="必须是 Word 文档"):
        put(DECLINE, upload(b"text", "x.txt"), by=bureau)
    assert not LetterTemplate.objects.exists()


def test_a_template_whose_file_is_lost_stops_the_letter_by_name(issue: Issue, bureau: Post) -> None:
    put(DECLINE, upload(template(*GOOD)), by=bureau)
    own = in_force(DECLINE)
    assert own is not None
    assert own.file is not None
    own_templates.pouring.files.path_of(own.file.sha256).unlink()  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="不予受理告知书的自备模板不能使用"):
        issue(DECLINE)
