"""Compound files (.doc, .xls, and what lies in packages): names in their directory, and bytes of their streams."""

from collections.abc import Iterator
from typing import NamedTuple

MARK = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER = 512
_ENTRY = 128
_ENDS = 0xFFFFFFFA
# More sectors than any office file has; a chain that bites its own tail ends here.
_MOST_SECTORS = 200_000
_ROOT, _STREAM = 5, 2
# Shorter streams lie in sectors of 64 bytes, in one stream of the root.
_SHORT, _SMALL = 4096, 64
_MACROS = ("_VBA_PROJECT", "VBA", "MACROS", "_VBA_PROJECT_CUR", "PROJECTWM")
_OBJECTS = ("\x01OLE10NATIVE", "OBJECTPOOL", "PACKAGE", "MBD", "LNK")
_ENCRYPTED = "ENCRYPTEDPACKAGE"
_DAMAGES = (IndexError, ValueError, UnicodeDecodeError)


class Entry(NamedTuple):
    """A row of the directory; the name in capitals."""

    name: str
    kind: int
    start: int
    size: int


def names_in(content: bytes) -> frozenset[str]:
    """List the names of storages and streams, in capitals; none for a file whose directory cannot be found."""
    try:
        return frozenset(entry.name for entry in _entries(content))
    except _DAMAGES:
        return frozenset()


def stream(content: bytes, *names: str) -> bytes | None:
    """Read the first stream of one of these names; None where there is none, or its sectors cannot be followed."""
    try:
        entries = list(_entries(content))
        found = next((one for one in entries if one.kind == _STREAM and one.name in names), None)
        return None if found is None else _read(content, found, entries)
    except _DAMAGES:
        return None


def has_macros(content: bytes) -> bool:
    """Check for a project of macros, by the directory or, where that is damaged, by the marks of one."""
    marks = tuple(mark.encode("utf-16-le") for mark in ("_VBA_PROJECT", "Macros\0"))
    return bool(names_in(content) & set(_MACROS)) or any(mark in content for mark in marks)


def has_objects(content: bytes) -> bool:
    """Check for objects of other programs."""
    return any(name.startswith(_OBJECTS) for name in names_in(content))


def is_encrypted(content: bytes) -> bool:
    """Check for a package that only a password opens."""
    return _ENCRYPTED in names_in(content)


def _number(content: bytes, at: int, length: int = 4) -> int:
    if at + length > len(content):
        raise IndexError(at)
    return int.from_bytes(content[at : at + length], "little")


def _size(content: bytes) -> int:
    size = 1 << min(_number(content, 30, 2), 16)
    if size not in (512, 4096):
        raise ValueError(size)
    return size


def _entries(content: bytes) -> Iterator[Entry]:
    size = _size(content)
    for sector in _chain(content, _number(content, 48), size):
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(content)), _ENTRY):
            length = _number(content, at + 64, 2)
            if 2 <= length <= 64:
                name = content[at : at + length - 2].decode("utf-16-le").upper()
                yield Entry(name, content[at + 66], _number(content, at + 116), _number(content, at + 120))


def _read(content: bytes, entry: Entry, entries: list[Entry]) -> bytes:
    size = _size(content)
    if entry.size >= _SHORT:
        return _joined(content, entry.start, size)[: entry.size]
    root = next((one for one in entries if one.kind == _ROOT), None)
    if root is None:
        raise ValueError("no root")
    small, table = _joined(content, root.start, size), _joined(content, _number(content, 60), size)
    parts, sector = [], entry.start
    for _ in range(_SHORT // _SMALL):
        if sector >= _ENDS:
            break
        parts.append(small[sector * _SMALL : (sector + 1) * _SMALL])
        sector = _number(table, sector * 4)
    return b"".join(parts)[: entry.size]


def _joined(content: bytes, first: int, size: int) -> bytes:
    return b"".join(content[(at + 1) * size : (at + 2) * size] for at in _chain(content, first, size))


def _chain(content: bytes, first: int, size: int) -> Iterator[int]:
    """Follow the sectors of one stream by the table of sectors."""
    table, each, sector = list(_table_sectors(content, size)), size // 4, first
    for _ in range(min(_MOST_SECTORS, len(content) // size + 1)):
        if sector >= _ENDS:
            return
        yield sector
        sector = _number(content, (table[sector // each] + 1) * size + sector % each * 4)


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """List the sectors of the table: the first 109 stand in the header, further ones in sectors of their own."""
    for at in range(76, _HEADER, 4):
        if (sector := _number(content, at)) < _ENDS:
            yield sector
    more = _number(content, 68)
    for _ in range(_MOST_SECTORS):
        if more >= _ENDS:
            return
        start = (more + 1) * size
        yield from (sector for at in range(start, start + size - 4, 4) if (sector := _number(content, at)) < _ENDS)
        more = _number(content, start + size - 4)
