"""Compound files (.doc, .xls) made for a test: a directory, and streams in sectors of 512 bytes."""

from collections.abc import Mapping

from binzhou_xinfang.records import compound

SIZE = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Shorter streams lie elsewhere.
_LEAST = 4096


def cfb(*names: str, streams: Mapping[str, bytes] | None = None) -> bytes:
    """A compound file whose directory holds these names, and these streams."""
    given = {name: content.ljust(_LEAST, b"\0") for name, content in (streams or {}).items()}
    count = len(names) + len(given)
    directory = -(-count * 128 // SIZE)
    table, rows, body = (
        [_TABLE, *_run(1, directory)],
        [_row(name, 5 if name == "Root Entry" else 1) for name in names],
        b"",
    )
    for name, content in given.items():
        rows.append(_row(name, 2, start=len(table), size=len(content)))
        sectors = -(-len(content) // SIZE)
        table += _run(len(table), sectors)
        body += content.ljust(sectors * SIZE, b"\0")
    assert len(table) <= SIZE // 4
    fat = b"".join(number.to_bytes(4, "little") for number in table + [_FREE] * (SIZE // 4 - len(table)))
    return _header() + fat + b"".join(rows).ljust(directory * SIZE, b"\0") + body


def _run(first: int, count: int) -> list[int]:
    return [*(at + 1 for at in range(first, first + count - 1)), _END]


def _row(name: str, kind: int, *, start: int = 0, size: int = 0) -> bytes:
    head = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes([kind])
    return head.ljust(116, b"\0") + start.to_bytes(4, "little") + size.to_bytes(8, "little")


def _header() -> bytes:
    header = bytearray(compound.MARK.ljust(SIZE, b"\0"))
    header[30:32], header[48:52] = (9).to_bytes(2, "little"), (1).to_bytes(4, "little")
    header[60:64] = header[68:72] = _END.to_bytes(4, "little")
    header[76:512] = b"\0\0\0\0" + b"\xff" * 432
    return bytes(header)


def word(text: bytes = b"", *, made_by: int = 0xC1, flags: int = 0, names: tuple[str, ...] = ()) -> bytes:
    """A .doc: the number of its format, its flags, its text."""
    head = (0xA5EC).to_bytes(2, "little") + made_by.to_bytes(2, "little") + b"\0" * 6 + flags.to_bytes(2, "little")
    return cfb("Root Entry", *names, streams={"WordDocument": head.ljust(512, b"\0") + text})


def record(kind: int, content: bytes) -> bytes:
    """A record of a workbook."""
    return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content


def excel(*records: bytes, names: tuple[str, ...] = (), stream: str = "Workbook") -> bytes:
    """A .xls with these records after its beginning."""
    book = record(0x0809, b"\0\x06\x05\0".ljust(16, b"\0")) + b"".join(records)
    return cfb("Root Entry", *names, streams={stream: book})


def sheet(kind: int) -> bytes:
    """The record of a sheet of this kind: 0 of cells, 1 of macros."""
    return record(0x0085, b"\0" * 4 + bytes([0, kind]) + b"\x01\0A")
