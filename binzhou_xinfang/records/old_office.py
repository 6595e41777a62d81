"""Word and Excel files of before 2007 (.doc, .xls), read by their own records: what runs, fetches or cannot be read is
refused in the clerk's words, as in the packages of today."""

import re
from collections.abc import Iterator

from binzhou_xinfang.records import compound, packages

TOO_OLD = "这是Word 97、Excel 97以前的文件格式，不能确认其中有没有宏，请另存为新的格式（.docx、.xlsx）后再上传。"
# Word 97 and later; before, macros lay in the text itself, under no name.
_WORD, _WORD_97 = 0xA5EC, 0x00C1
_WORD_ENCRYPTED = 0x0100
# Fields that start a program, or read another file.
_FIELD = rb"(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|MACROBUTTON|DATABASE|RD|CONTROL)"
_FIELDS = (
    re.compile(rb"\x13[ ]{0,9}" + _FIELD + rb"[ \"]", re.IGNORECASE),
    re.compile(rb"\x13\x00(?: \x00){0,9}((?:[A-Z]\x00){2,14})(?: \x00|\"\x00)", re.IGNORECASE),
)
# Records of a workbook: a sheet, a password, another workbook or program.
_BOUND_SHEET, _FILE_PASS, _SUP_BOOK, _BEGIN = 0x0085, 0x002F, 0x01AE, 0x0809
_MACRO_SHEETS = frozenset({1, 6})
_OWN, _ADD_IN = b"\x01\x04", b"\x01\x3a"


def fault(content: bytes) -> str:
    """Word why a compound file is not taken; "" for one that may be taken, and for what is neither Word nor Excel."""
    names = compound.names_in(content)
    if compound.has_macros(content):
        return packages.MACROS
    if not names or compound.is_encrypted(content):
        return packages.DAMAGED
    return packages.EMBEDDED if compound.has_objects(content) else _of_main_stream(content, names)


def _of_main_stream(content: bytes, names: frozenset[str]) -> str:
    if "WORDDOCUMENT" in names:
        return _of_word(compound.stream(content, "WORDDOCUMENT"))
    if "WORKBOOK" in names:
        return _of_excel(compound.stream(content, "WORKBOOK"))
    return TOO_OLD if "BOOK" in names else ""


def _of_word(text: bytes | None) -> str:
    if text is None or len(text) < 12 or int.from_bytes(text[:2], "little") != _WORD:
        return packages.DAMAGED
    if int.from_bytes(text[2:4], "little") < _WORD_97:
        return TOO_OLD
    if int.from_bytes(text[10:12], "little") & _WORD_ENCRYPTED:
        return packages.DAMAGED
    field = next(_fields(text), "")
    return packages.FIELD.format(field) if field else ""


def _fields(text: bytes) -> Iterator[str]:
    """Find the fields that are not taken, in text of one byte a sign and of two."""
    for found in _FIELDS[0].finditer(text):
        yield found.group(1).decode().upper()
    for found in _FIELDS[1].finditer(text):
        word = found.group(1).replace(b"\0", b"")
        if re.fullmatch(_FIELD, word, re.IGNORECASE):
            yield word.decode().upper()


def _of_excel(book: bytes | None) -> str:
    if book is None or int.from_bytes(book[:2], "little") != _BEGIN:
        return packages.DAMAGED
    for kind, record in _records(book):
        if kind == _FILE_PASS:
            return packages.DAMAGED
        if kind == _BOUND_SHEET and len(record) > 5 and record[5] in _MACRO_SHEETS:
            return packages.MACROS
        if kind == _SUP_BOOK and record[2:4] not in (_OWN, _ADD_IN):
            return packages.ELSEWHERE
    return ""


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(book):
        length = int.from_bytes(book[at + 2 : at + 4], "little")
        yield int.from_bytes(book[at : at + 2], "little"), book[at + 4 : at + 4 + length]
        at += 4 + length
