"""Compound files (.doc, .xls, and what lies in packages): the names in their directory, by which macros are told."""

from collections.abc import Iterator

MARK = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER = 512
_ENTRY = 128
_ENDS = 0xFFFFFFFA
# More sectors of a directory than any office file has; a chain that bites its own tail ends here.
_MOST_SECTORS = 20_000
_MACROS = ("_VBA_PROJECT", "VBA", "MACROS", "_VBA_PROJECT_CUR", "PROJECTWM")
_OBJECTS = ("\x01OLE10NATIVE", "OBJECTPOOL", "PACKAGE")
_ENCRYPTED = "ENCRYPTEDPACKAGE"


def names_in(content: bytes) -> frozenset[str]:
    """List the names of storages and streams, in capitals; none for a file whose directory cannot be found."""
    try:
        return frozenset(_names(content))
    except (IndexError, ValueError, UnicodeDecodeError):
        return frozenset()


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


def _names(content: bytes) -> Iterator[str]:
    size = 1 << _number(content, 30, 2)
    if size not in (512, 4096):
        raise ValueError(size)
    for sector in _chain(content, _number(content, 48), size):
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(content)), _ENTRY):
            length = _number(content, at + 64, 2)
            if 2 <= length <= 64:
                yield content[at : at + length - 2].decode("utf-16-le").upper()


def _chain(content: bytes, first: int, size: int) -> Iterator[int]:
    """Follow the sectors of one stream by the table of sectors."""
    table, each, sector = list(_table_sectors(content, size)), size // 4, first
    for _ in range(_MOST_SECTORS):
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
