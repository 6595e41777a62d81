"""Files: what is taken, what is refused, and how it lies on the disk."""

import errno
import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import file_types, files
from binzhou_xinfang.records.models import StoredFile
from tests.records import compounds

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = bytes.fromhex("89504E470D0A1A0A0000000D49484452") + b"\0" * 32
JPEG = bytes.fromhex("FFD8FFE000104A46494600") + b"\0" * 32
MP3 = b"ID3\x03\0\0\0\0\0\0" + b"\0" * 32
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 32
MP4 = bytes.fromhex("00000018667479706D703432000000006D70343269736F6D") + b"\0" * 32
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 64


def archive(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def docx() -> bytes:
    written = io.BytesIO()
    Document().save(written)
    return written.getvalue()


def xlsx() -> bytes:
    written = io.BytesIO()
    openpyxl.Workbook().save(written)
    return written.getvalue()


def media(major: bytes, *compatible: bytes) -> bytes:
    """The beginning of an ISO media file of these brands."""
    brands = major + bytes(4) + b"".join(compatible)
    return (8 + len(brands)).to_bytes(4) + b"ftyp" + brands + b"\0" * 64


def damaged(package: bytes) -> bytes:
    """The package with a wrong sum for its list of contents."""
    with zipfile.ZipFile(io.BytesIO(package)) as archived:
        place = archived.getinfo("[Content_Types].xml")
    told = bytearray(package)
    middle = place.header_offset + 30 + len(place.filename) + place.compress_size // 2
    told[middle] ^= 0xFF
    return bytes(told)


APNG = PNG[:33] + bytes.fromhex("000000086163544C") + b"\0" * 64
DOCX_TYPE = file_types.DOCX.content_type
WORD_PARTS = {
    "[Content_Types].xml": b'<Types><Override ContentType="x.wordprocessingml.document.main+xml"/></Types>',
    "word__document.xml": b"<w/>",
}


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.png", APNG, "image/png"),
        ("a.pdf", b"\r\n" + PDF, "application/pdf"),
        ("a.pdf", b"\xef\xbb\xbf" + PDF, "application/pdf"),
        ("a.mp4", media(b"isom", b"iso2", b"avc1", b"mp41"), "video/mp4"),
        ("a.mp4", media(b"3gp5", b"isom"), "video/mp4"),
        ("a.mp4", media(b"M4V ", b"mp42"), "video/mp4"),
        ("a.mp4", media(b"XAVC", b"mp42"), "video/mp4"),
        ("a.docx", archive(**{**WORD_PARTS, "word__document.xml": b""}, word__document2__xml=b"<w/>"), DOCX_TYPE),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.mp3", MP3, "audio/mpeg"),
        ("a.wav", WAV, "audio/x-wav"),
        ("a.mp4", MP4, "video/mp4"),
        ("a.doc", compounds.word(), "application/msword"),
        ("a.xls", compounds.excel(compounds.sheet(0)), "application/vnd.ms-excel"),
        ("a.docx", docx(), file_types.DOCX.content_type),
        ("a.xlsx", xlsx(), file_types.XLSX.content_type),
        ("a.txt", "车库漏水\r\n".encode(), "text/plain; charset=utf-8"),
        ("a.txt", "车库漏水".encode("gb18030"), "text/plain; charset=gb18030"),
    ],
)
def test_these_files_are_taken(name: str, content: bytes, content_type: str) -> None:
    stored = files.store(SimpleUploadedFile(name, content))
    assert (stored.content_type, stored.size) == (content_type, len(content))
    with files.open_file(stored) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("无扩展名", PDF, "没有扩展名"),
        (".pdf", PDF, "没有扩展名"),
        ("a.exe", PROGRAM, "不能上传这种文件"),
        ("a.pdf", PROGRAM, "不能上传这种文件"),
        ("a.txt", PROGRAM, "不能上传这种文件"),
        ("a.html", b"<html></html>", "不能上传这种文件"),
        ("a.txt", b"  <HTML><script>", "不能上传这种文件"),
        ("a.txt", b"#!/bin/sh\n", "不能上传这种文件"),
        ("a.svg", b"<svg/>", "不能上传这种文件"),
        ("a.png", b"<svg/>", "不能上传这种文件"),
        ("a.zip", archive(x=b"x"), "不能上传这种文件"),
        ("a.docx", archive(x=b"x"), "不能上传这种文件"),
        ("a.docx", docx()[:-30], "不能上传这种文件"),
        ("a.doc", compounds.cfb("Root Entry"), "不能上传这种文件"),
        ("a.doc", file_types.OLE + b"\0" * 504, "损坏或者加密"),
        ("a.txt", b"\xff\xff\xff", "不能上传这种文件"),
        ("a.jpg", media(b"heic", b"mif1", b"heic"), "HEIC"),
        ("a.heic", media(b"mif1", b"heic"), "HEIC"),
        ("a.mp4", media(b"qt  ", b"qt  "), "不能上传这种文件"),
        ("a.docx", damaged(docx()), "损坏或者加密"),
        ("a.pdf", b"x" + PDF, "与扩展名“.pdf”不符"),
        (
            "a.docx",
            archive(**{"[Content_Types].xml": b'<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}),
            "宏",
        ),
        ("a.pdf", PNG, "与扩展名“.pdf”不符"),
        ("a.jpg", PDF, "与扩展名“.jpg”不符"),
        ("a.xlsx", docx(), "与扩展名“.xlsx”不符"),
        ("a.pdf", "文字".encode(), "与扩展名“.pdf”不符"),
        (
            "a.docx",
            archive(**WORD_PARTS, word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin"),
            "宏",
        ),
        ("a.doc", compounds.word(names=("_VBA_PROJECT",)), "宏"),
        ("a.xls", compounds.excel(compounds.sheet(1)), "宏"),
        ("a.doc", compounds.word(made_by=104), "Word 97"),
        ("a.docx", archive(**WORD_PARTS, word__media=b"\0" * 3_000_000), "解压后过大"),
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"a" * (20 * 1024 * 1024 + 1), "超过20MB"),
    ],
)
def test_these_files_are_refused(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refusal:
        files.store(SimpleUploadedFile(name, content))
    assert refusal.value.field == "file"
    assert StoredFile.objects.count() == 0
    assert [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("limit", "size", "is_taken"), [(1, 1, True), (1, 2, False), (30, 21, True)])
def test_the_office_s_limit_is_obeyed(settings: Any, limit: int, size: int, is_taken: bool) -> None:
    settings.UPLOAD_LIMIT_BYTES = limit * 1024**2
    upload = SimpleUploadedFile("a.txt", b"a" * (size * 1024**2))
    if is_taken:
        assert files.store(upload).size == size * 1024**2
    else:
        with pytest.raises(Refusal, match=f"文件超过{limit}MB"):
            files.store(upload)


def test_a_file_of_exactly_20_megabytes_is_taken() -> None:
    assert files.store(SimpleUploadedFile("a.txt", b"a" * (20 * 1024 * 1024))).size == 20 * 1024 * 1024


def test_a_file_lies_under_its_hash_and_cannot_be_run() -> None:
    stored = files.store(SimpleUploadedFile("a.pdf", PDF))
    sha256 = hashlib.sha256(PDF).hexdigest()
    path = Path(django_settings.MEDIA_ROOT, sha256[:2], sha256[2:4], sha256)
    assert stored.sha256 == sha256
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.parent.stat().st_mode & 0o007 == 0


def test_the_same_content_is_kept_once() -> None:
    first = files.store(SimpleUploadedFile("a.pdf", PDF))
    assert files.store(SimpleUploadedFile("b.pdf", PDF)) == first
    kept: list[Any] = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 1


def test_a_file_that_the_disk_cannot_take_is_refused_at_its_field(settings: Any) -> None:
    settings.DISK_RESERVE_BYTES = 2**62
    with pytest.raises(Refusal, match="磁盘空间不足") as refused:
        files.store(SimpleUploadedFile("a.txt", b"words"))
    assert refused.value.field == "file"


def test_a_disk_that_gets_full_meanwhile_refuses_the_file_and_keeps_no_half_of_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", mock.Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(Refusal, match="磁盘空间不足"):
        files.store(SimpleUploadedFile("a.txt", b"words"))
    with pytest.raises(OSError, match="No space"):
        files.keep(b"words", "text/plain")
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
