"""Removal of a matter's papers from the house: rights, log line, and content of the package."""

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any, cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters import page_count, rendering, storage, wording
from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.records import access, files, words
from binzhou_xinfang.records.acts import AccessAct
from cases.casefile.whole_file.chapters import data_of_file, paragraphs_of_file
from cases.casefile.whole_file.contents import Teller
from cases.casefile.whole_file.packing import Package, Paper, chunks_of, safe_name
from cases.merged import attachments_of
from cases.models import CaseAttachment, CaseLetter, PetitionCase

_COURSE = "信访事项办理经过"
LARGEST_IN_MEMORY = 1024 * 1024


def take_out_letters(case: PetitionCase, *, by: Post, ip: str | None) -> IO[bytes]:
    """Pack all letters of the matter as one ZIP, at its beginning; the caller closes it. Refused when there are
    none."""
    if not case.letters.exists():
        raise Refusal("该事项还没有文书，没有可以下载的内容。")
    access.log(by, AccessAct.EXPORT, f"{case.number} 全部文书", ip=ip)
    letters = _letters_for(case, by=by, ip=ip)
    return _packed(lambda package: _add_letters(package, letters))


def _letters_for(case: PetitionCase, *, by: Post, ip: str | None) -> list[CaseLetter]:
    """List the letters that the post may take out: one that tells persons in full leaves with a line in the log, and
    with nobody who may not see them."""
    links = list(_letters(case))
    if not any(link.letter.tells_in_full for link in links):
        return links
    if not has_right(by, Right.SEE_IDENTITY):
        return [link for link in links if not link.letter.tells_in_full]
    access.log(by, AccessAct.UNMASK, case.number, reason="下载写有完整身份信息的文书", ip=ip)
    return links


def take_out_file(case: PetitionCase, *, by: Post, in_full: bool, reason: str, ip: str | None, on: date) -> IO[bytes]:
    """Pack the whole file as one ZIP, at its beginning; the caller closes it.

    Raises NotPermitted without the right to export; a Refusal when persons are wanted in full without the right to see
    them or without a reason (field `reason`). Papers are as they are; what is masked are persons in index and course.
    """
    _may_take_out(by, in_full=in_full, reason=reason)
    if in_full:
        access.log(by, AccessAct.UNMASK, case.number, reason=reason, ip=ip)
    access.log(by, AccessAct.EXPORT, f"{case.number} 案卷", reason=reason, ip=ip)

    letters = _letters_for(case, by=by, ip=ip)

    def fill(package: Package) -> None:
        _add_course(package, Teller(case, by, in_full=in_full, on=on), on)
        _add_letters(package, letters)
        _add_attachments(package, attachments_of(case, reader=by))
        _add_index(package, case, on)

    return _packed(fill)


def _may_take_out(by: Post, *, in_full: bool, reason: str) -> None:
    if not has_right(by, Right.EXPORT):
        raise NotPermitted("您当前的岗位不能导出案卷。")
    if in_full and not has_right(by, Right.SEE_IDENTITY):
        raise NotPermitted("您当前的岗位不能查看完整身份信息。")
    if in_full and not reason.strip():
        raise Refusal("案卷要写明完整身份信息的，请填写事由。", field="reason")


def _packed(fill: Callable[[Package], None]) -> IO[bytes]:
    made = tempfile.SpooledTemporaryFile(LARGEST_IN_MEMORY, dir=str(settings.VAR_DIR))  # noqa: SIM115  the caller closes it
    target = cast(IO[bytes], made)
    try:
        package = Package(target)
        fill(package)
        package.close()
        target.seek(0)
    except BaseException:
        target.close()
        raise
    return target


def _letters(case: PetitionCase) -> Iterator[CaseLetter]:
    return case.letters.select_related("letter").order_by("pk").iterator(chunk_size=50)


def _add_letters(package: Package, links: Iterable[CaseLetter]) -> None:
    for place, link in enumerate(links, start=1):
        letter = link.letter
        name = safe_name("_".join(filter(None, (f"{place:02}", letter.number, f"{link.label}.docx"))))
        entry: dict[str, Any] = {"name": link.label, "number": letter.number, "dated": letter.issued_on}
        entry["pages"] = page_count.pages_of(letter)
        if not letter.is_as_issued:
            package.miss(**entry, sha256=letter.sha256, size=0, why="内容与签发时不一致")
            continue
        stored = storage.file_of(letter)
        try:
            content = storage.read(letter, stored)
        except Refusal:
            package.miss(**entry, sha256=stored.sha256, size=stored.size)
            continue
        package.add(f"文书/{name}", [content], **entry)


def _add_attachments(package: Package, attachments: QuerySet[CaseAttachment]) -> None:
    for place, attachment in enumerate(attachments.order_by("pk"), start=1):
        dated, stored = timezone.localdate(attachment.uploaded_at), attachment.file
        entry: dict[str, Any] = {"name": attachment.name, "number": "", "dated": dated}
        entry["pages"] = page_count.pages_of_file(stored)
        try:
            content = files.open_file(stored)
        except FileNotFoundError:
            package.miss(**entry, sha256=stored.sha256, size=stored.size)
            continue
        with content:
            path = f"附件/{safe_name(f'{place:02}_{attachment.name}')}"
            package.add(path, chunks_of(content), **entry)


def _add_course(package: Package, teller: Teller, on: date) -> None:
    told = data_of_file(teller)
    content = {
        "taken_out_by": teller.post.label,
        "taken_out_at": timezone.now(),
        "people_in_full": teller.in_full,
        **told,
    }
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=1)
    package.add(
        "办理经过.json", (part.encode() for part in encoder.iterencode(content)), name="办理经过（数据）", dated=on
    )
    paragraphs = paragraphs_of_file(teller, told)
    pages = page_count.count(paragraphs, title=[_COURSE])
    course = _document(_COURSE, teller.case, paragraphs, on)
    package.add("办理经过.docx", [course], name="办理经过", dated=on, pages=pages)


def _add_index(package: Package, case: PetitionCase, on: date) -> None:
    papers = list(package.papers)
    package.add(
        "案卷目录.docx", [_document("案卷目录", case, index_paragraphs(case, papers), on)], name="案卷目录", dated=on
    )
    spans = page_count.spans(paper.pages for paper in papers)
    listed = [vars(paper) | {"span": span} for paper, span in zip(papers, spans, strict=True)]
    content = json.dumps(words.told(listed), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    package.add("案卷目录.json", [content.encode()], name="案卷目录（数据）", dated=on)


def index_paragraphs(case: PetitionCase, papers: Iterable[Paper]) -> list[str]:
    """Write the index as rows: place, name, number, day, pages, where the paper lies, and its SHA-256; then the
    total."""
    listed = list(papers)
    pages = [paper.pages for paper in listed]
    rows = [
        row_of([
            str(place),
            paper.name,
            paper.number,
            f"{paper.dated:%Y-%m-%d}" if paper.dated else "",
            span,
            paper.path or paper.note,
            paper.sha256,
        ])
        for place, (paper, span) in enumerate(zip(listed, page_count.spans(pages), strict=True), start=1)
    ]  # fmt: skip
    return [
        row_of(["信访事项编号", case.number, "收到日期", wording.day(case.received_on)]),
        row_of(["案卷题名", case.title]),
        "卷内文件",
        row_of(["序号", "文件名称", "文号", "日期", "页号", "位置", "SHA-256"]),
        *rows,
        f"卷内文件{page_count.total(pages)}",
    ]


def _document(title: str, case: PetitionCase, paragraphs: list[str], on: date) -> bytes:
    content = {
        "head": "",
        "number_line": case.number,
        "title": title,
        "salutation": "",
        "paragraphs": paragraphs,
        "issuer": "",
        "issued_on": wording.day(on),
    }
    return rendering.pour(io.BytesIO(rendering.base()), content)
