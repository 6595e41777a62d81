"""Packages of Office files (.docx, .xlsx), parsed before anybody opens them: what they may refer to, and how large they
may become, is a list. What is not on it is refused in the clerk's words (`Unfit`)."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from binzhou_xinfang.records import compound
from binzhou_xinfang.records.package_lists import FIELDS, RELATIONSHIPS

MAX_PARTS = 5000
MAX_PART = 50 * 1024 * 1024
MAX_XML = 20 * 1024 * 1024
MAX_ALL = 200 * 1024 * 1024
MAX_RATIO = 200
# Below this no ratio tells anything: a page of blanks packs well.
SMALL = 1024 * 1024
DEEPEST = 2
TOO_LARGE = "文件解压后过大，不能上传。"
DAMAGED = "文件已经损坏或者加密，请重新保存后再上传。"
MACROS = "文件中含有宏，请另存为不含宏的文件后再上传。"
EMBEDDED = "文件中嵌有其他程序的对象，请删除或者改为图片后再上传。"
ELSEWHERE = "文件引用了外部文件或者图片，请嵌入文档或者删除后再上传。"
FIELD = "文件中有不能使用的域（{}），请删除后再上传。"
FORMULA = "表格中有连接外部程序或者网络的公式（{}），请改为数值后再上传。"

CONTENT_TYPES = "[Content_Types].xml"
_ORGANISATIONS = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|purl\.oclc\.org|schemas\.microsoft\.com|www\.wps\.cn)/"
)
_WEB_LINK = re.compile(r"(?:https?|mailto|tel|ftp):|#|file:", re.IGNORECASE)
# Where Word's own template lies on the machine of who wrote the file; it is looked for there, never fetched.
_OWN_TEMPLATE = re.compile(r"(?:file:///)?(?:[A-Za-z]:[\\/]|/Users/|/Applications/|[^:/\\]*$)[^:]*$", re.IGNORECASE)
_OUTWARD = re.compile(
    r"\b(WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|FOPEN|DDE|STOCKHISTORY)\s*\(|(\w+\s*\|\s*'?[^'|]*'?!)",
    re.IGNORECASE,
)
_BROKEN = (zipfile.BadZipFile, RuntimeError, zlib.error, EOFError, OSError, NotImplementedError, etree.XMLSyntaxError)
_XML = (".xml", ".rels", ".vml")


class Unfit(Exception):
    """A package that is not taken; the words say why."""


@dataclass(frozen=True)
class Package:
    """A package that was looked into: the content types of its parts."""

    content_types: tuple[str, ...]

    def has(self, kind: str) -> bool:
        """Check if a part is of the content type that ends with these words."""
        return any(told.endswith(kind) for told in self.content_types)


def look_into(source: IO[bytes], *, size: int) -> Package | None:
    """Read every part within its bounds and check what it refers to; None for what is no package of Office.

    Raises Unfit.
    """
    return _look(source, size, depth=0, left=[MAX_ALL])


def _look(source: IO[bytes], size: int, *, depth: int, left: list[int]) -> Package | None:
    if not zipfile.is_zipfile(source):
        return None
    try:
        with zipfile.ZipFile(source) as archive:
            _refuse_size(archive, size)
            told = _content_types(archive)
            if told is None:
                return None
            for part in archive.infolist():
                _check_part(part.filename, _read(archive, part, left), depth=depth, left=left)
    except _BROKEN as fault:
        raise Unfit(DAMAGED) from fault
    return Package(told)


def _refuse_size(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse by what the list of contents says, before a byte is unpacked."""
    parts = archive.infolist()
    names = [part.filename.casefold() for part in parts]
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > SMALL and unpacked > MAX_RATIO * max(size, 1)
    if len(parts) > MAX_PARTS or unpacked > MAX_ALL or is_bomb:
        raise Unfit(TOO_LARGE)
    if len(names) != len(set(names)):
        raise Unfit(DAMAGED)  # Which of two parts of one name is opened, each program decides for itself.


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: list[int]) -> bytes:
    """Unpack one part, no more of it than it may have, whatever the list of contents says of it."""
    most = min(MAX_XML if part.filename.lower().endswith(_XML) else MAX_PART, left[0])
    with archive.open(part) as packed:
        content = packed.read(most + 1)
    if len(content) > most:
        raise Unfit(TOO_LARGE)
    left[0] -= len(content)
    return content


def _content_types(archive: zipfile.ZipFile) -> tuple[str, ...] | None:
    if CONTENT_TYPES not in archive.namelist():
        return None
    root = _parse(_read(archive, archive.getinfo(CONTENT_TYPES), [MAX_XML]))
    told = tuple(str(each.get("ContentType", "")) for each in root.iter() if isinstance(each.tag, str))
    if any(
        re.search("macroEnabled|vbaProject|vbaData|activeX|intlmacrosheet|macrosheet", each, re.IGNORECASE)
        for each in told
    ):
        raise Unfit(MACROS)
    return told


def _parse(content: bytes, *, is_whole: bool = True) -> etree._Element:
    """Parse XML in whatever coding it is; a document type, which could bring entities, is no part of Office.

    `is_whole` False: a part that another program wrote badly, and that Office opens, is looked at as far as it goes.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=not is_whole
    )
    root = etree.fromstring(content, parser)
    if root is None or root.getroottree().docinfo.doctype:
        raise Unfit(DAMAGED)
    return root


def _check_part(name: str, content: bytes, *, depth: int, left: list[int]) -> None:
    lower = name.lower()
    if not content or name.endswith("/"):
        return
    if content.startswith(compound.MARK):
        raise Unfit(MACROS if compound.has_macros(content) or "vba" in lower else EMBEDDED)
    if content[:2] == b"PK":
        if depth >= DEEPEST or _look(io.BytesIO(content), len(content), depth=depth + 1, left=left) is None:
            raise Unfit(EMBEDDED)
    elif "vbaproject" in lower or "vbadata" in lower:
        raise Unfit(MACROS)
    elif lower.endswith(".rels"):
        _check_relationships(_parse(content))
    elif lower.endswith(_XML):
        _check_fields(_parse(content, is_whole=False))


def _check_relationships(root: etree._Element) -> None:
    for each in root.iter("{*}Relationship"):
        kind, target = str(each.get("Type", "")), str(each.get("Target", "")).strip()
        word = kind.rpartition("/")[2]
        if "vba" in word.lower() or "macrosheet" in word.lower():
            raise Unfit(MACROS)
        if word not in RELATIONSHIPS or not _ORGANISATIONS.match(kind):
            raise Unfit(EMBEDDED if word in {"oleObject", "control", "aFChunk"} else ELSEWHERE)
        is_outside = (
            str(each.get("TargetMode", "")).lower() == "external" or "://" in target or target.startswith("\\\\")
        )
        if is_outside and not _may_lead_out(word, target):
            raise Unfit(ELSEWHERE)


def _may_lead_out(word: str, target: str) -> bool:
    if word == "hyperlink":
        return bool(_WEB_LINK.match(target)) or ":" not in target.partition("/")[0]
    return word == "attachedTemplate" and bool(_OWN_TEMPLATE.match(target))


def _check_fields(root: etree._Element) -> None:
    for code in _field_codes(root):
        words = code.replace("\\", " \\").split(maxsplit=1)
        word = (words[0] if words else "").upper()
        if word and not (word in FIELDS or word.startswith("=")):
            raise Unfit(FIELD.format(word[:20]))
    for formula in root.iter("{*}f"):
        if formula.text and (found := _OUTWARD.search(formula.text)):
            raise Unfit(FORMULA.format(found.group()[:20]))
    for _ in root.iter("{*}ddeLink", "{*}oleLink", "{*}altChunk", "{*}subDoc"):
        raise Unfit(ELSEWHERE)


def _field_codes(root: etree._Element) -> Iterator[str]:
    """Gather the code of every field, however many runs it was broken into; one within another by itself."""
    open_codes: list[list[str]] = []
    for each in root.iter("{*}fldSimple", "{*}fldChar", "{*}instrText", "{*}delInstrText"):
        kind = etree.QName(each).localname
        if kind == "fldSimple":
            yield _attribute(each, "instr")
        elif kind != "fldChar":
            if not open_codes:
                open_codes.append([])
            open_codes[-1].append(each.text or "")
        elif (step := _attribute(each, "fldCharType")) == "begin":
            open_codes.append([])
        elif step == "end" and open_codes:
            yield "".join(open_codes.pop()).strip()
    for code in open_codes:
        yield "".join(code).strip()


def _attribute(each: etree._Element, name: str) -> str:
    return next((str(value) for key, value in each.attrib.items() if etree.QName(key).localname == name), "")
