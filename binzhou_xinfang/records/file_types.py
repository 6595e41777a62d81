"""File types that are taken in, decided by the content; the extension must agree with it.

Taken: PDF, JPEG, PNG, Word and Excel (old and new, without macros), plain text, MP3, WAV and MP4. Not taken, whatever
they are called: programs, scripts, HTML and SVG (a browser would run them), archives, and Office files with macros.
"""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

import filetype

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import compound, old_office, packages
from binzhou_xinfang.typed import cleaned

OLE = compound.MARK
ACTIVE_TEXT = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")


class FileType(NamedTuple):
    content_type: str
    extensions: frozenset[str]


def _type(content_type: str, *extensions: str) -> FileType:
    return FileType(content_type, frozenset(extensions))


PDF = _type("application/pdf", "pdf")
JPEG = _type("image/jpeg", "jpg", "jpeg")
PNG = _type("image/png", "png")
MP3 = _type("audio/mpeg", "mp3")
WAV = _type("audio/x-wav", "wav")
MP4 = _type("video/mp4", "mp4")
DOC = _type("application/msword", "doc")
XLS = _type("application/vnd.ms-excel", "xls")
DOCX = _type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = _type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
TEXT = _type("text/plain; charset=utf-8", "txt")
TEXT_GB = _type("text/plain; charset=gb18030", "txt")
BY_SIGNATURE: Mapping[str, FileType] = MappingProxyType({t.content_type: t for t in (PDF, JPEG, PNG, MP3, WAV, MP4)})
EXTENSIONS = frozenset(
    extension for t in (*BY_SIGNATURE.values(), DOC, XLS, DOCX, XLSX, TEXT) for extension in t.extensions
)
NOT_TAKEN = "不能上传这种文件。可以上传：PDF、JPG、PNG、Word、Excel、TXT、MP3、WAV、MP4。"
HEIC = "这是苹果手机的HEIC照片，即使扩展名是“.jpg”也不能直接查看。请在手机上转换为JPG后上传，或者改传截图。"
_OF_PHONES = frozenset({"heic", "heif"})
_HEAD = 8192
_BLANKS = b"\r\n\t \x00\xef\xbb\xbf"
# An animated picture is a picture.
_SAME = {"image/apng": "image/png"}
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_PLAYED = (b"isom", b"iso", b"mp4", b"avc", b"M4V", b"MSNV", b"dash", b"mmp4", b"3gp")
_WORD_MAIN = "wordprocessingml.document.main+xml"
_SHEET_MAIN = "spreadsheetml.sheet.main+xml"


def _by_signature(path: Path) -> FileType | None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if brands := _brands(head):
        return _by_brand(brands)
    # Readers of PDF look for its mark at the beginning, after whatever blanks.
    if head.lstrip(_BLANKS).startswith(b"%PDF-"):
        return PDF
    kind = filetype.guess(head)
    return BY_SIGNATURE.get(_SAME.get(kind.mime, kind.mime)) if kind else None


def _brands(head: bytes) -> frozenset[bytes]:
    """Read the brands of an ISO media file: which readers can play or show it."""
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(head[:4]), len(head))
    return frozenset([head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))])


def _by_brand(brands: frozenset[bytes]) -> FileType | None:
    if brands & _HEIC:
        raise Refusal(HEIC, field="file")
    return MP4 if any(brand.startswith(_PLAYED) for brand in brands) else None


def _ole(path: Path) -> FileType | None:
    content = path.read_bytes()
    if not content.startswith(compound.MARK):
        return None
    if why := old_office.fault(content):
        raise Refusal(why, field="file")
    if "WordDocument".encode("utf-16-le") in content:
        return DOC
    return XLS if "Workbook".encode("utf-16-le") in content else None


def _ooxml(path: Path) -> FileType | None:
    """Find the type by what the package says its main part is: Word for the web names it as it likes."""
    try:
        with path.open("rb") as file:
            package = packages.look_into(file, size=path.stat().st_size)
    except packages.Unfit as unfit:
        raise Refusal(str(unfit), field="file") from unfit
    if package is None:
        return None
    return DOCX if package.has(_WORD_MAIN) else XLSX if package.has(_SHEET_MAIN) else None


def _text(path: Path) -> FileType | None:
    content = path.read_bytes()
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content)):
        return None
    if content.startswith(b"#!") or any(mark in content[:4096].lower() for mark in ACTIVE_TEXT):
        return None
    for kind, encoding in ((TEXT, "utf-8-sig"), (TEXT_GB, "gb18030")):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return kind
    return None


# Containers are asked first: a picture or a PDF with a macro archive behind it is refused as that archive.
ORDER: tuple[Callable[[Path], FileType | None], ...] = (_ooxml, _ole, _by_signature, _text)


def decide(path: Path, name: str) -> FileType:
    """Find the type of the content at `path`, which was sent as `name`. Raises Refusal in the clerk's words."""
    extension = PurePath(cleaned(name)).suffix.lower().removeprefix(".")
    if not extension:
        raise Refusal("文件名没有扩展名，不能上传。", field="file")
    if extension in _OF_PHONES:
        raise Refusal(HEIC, field="file")
    if extension not in EXTENSIONS:
        raise Refusal(NOT_TAKEN, field="file")
    file_type = next((t for check in ORDER if (t := check(path)) is not None), None)
    if file_type is None:
        raise Refusal(NOT_TAKEN, field="file")
    if extension not in file_type.extensions:
        raise Refusal(f"文件内容与扩展名“.{extension}”不符，请核对后再上传。", field="file")
    return file_type
