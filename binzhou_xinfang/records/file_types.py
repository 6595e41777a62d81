"""File types that are taken in, decided by the content; the extension must agree with it.

Taken: PDF, JPEG, PNG, Word and Excel (old and new, without macros), plain text, MP3, WAV and MP4. Not taken, whatever
they are called: programs, scripts, HTML and SVG (a browser would run them), archives, and Office files with macros.
"""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

import filetype

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import cleaned

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5000
MAX_RATIO = 200
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
MACRO_MARKS = tuple(mark.encode("utf-16-le") for mark in ("_VBA_PROJECT", "Macros\0"))
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
MACROS = "文件中含有宏，请另存为不含宏的文件后再上传。"


def _by_signature(path: Path) -> FileType | None:
    kind = filetype.guess(str(path))
    return BY_SIGNATURE.get(kind.mime) if kind else None


def _ole(path: Path) -> FileType | None:
    content = path.read_bytes()
    if not content.startswith(OLE):
        return None
    if any(mark in content for mark in MACRO_MARKS):
        raise Refusal(MACROS, field="file")
    if "WordDocument".encode("utf-16-le") in content:
        return DOC
    return XLS if "Workbook".encode("utf-16-le") in content else None


def _ooxml(path: Path) -> FileType | None:
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 1):
        raise Refusal("文件解压后过大，不能上传。", field="file")
    names = {part.filename for part in parts}
    if any(PurePath(cleaned(name)).name.lower() == "vbaproject.bin" for name in names):
        raise Refusal(MACROS, field="file")
    if "[Content_Types].xml" not in names:
        return None
    return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None


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
    if extension not in EXTENSIONS:
        raise Refusal(NOT_TAKEN, field="file")
    file_type = next((t for check in ORDER if (t := check(path)) is not None), None)
    if file_type is None:
        raise Refusal(NOT_TAKEN, field="file")
    if extension not in file_type.extensions:
        raise Refusal(f"文件内容与扩展名“.{extension}”不符，请核对后再上传。", field="file")
    return file_type
