"""Office files with something in them that runs, fetches, or fills the memory, however it is spelled."""

import io
import zipfile

import docx
import openpyxl
import pytest

from binzhou_xinfang.records import compound, packages

RELS = "word/_rels/document.xml.rels"
DOCUMENT = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(**changed: bytes) -> bytes:
    """A document of Word, with parts changed or added; their names with __ for / and ___ for a dot."""
    made = io.BytesIO()
    docx.Document().save(made)
    return rewritten(made.getvalue(), dict(changed))


def rewritten(package: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, old.read(name)))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def related(kind: str, target: str, *, outside: bool = False, organisation: str = _OFFICE) -> bytes:
    """The relationships of a document with one more."""
    mode = ' TargetMode="External"' if outside else ""
    more = f'<Relationship Id="rX" Type="{organisation}/{kind}" Target="{target}"{mode}/></Relationships>'
    return part(word(), RELS).replace(b"</Relationships>", more.encode())


def with_field(*runs: str) -> bytes:
    """A document with a field whose code is broken into these runs."""
    codes = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f"<w:document {_WORD}><w:body><w:p>{field}</w:p></w:body></w:document>".encode()


def look(package: bytes) -> packages.Package | None:
    return packages.look_into(io.BytesIO(package), size=len(package))


def unfit(package: bytes) -> str:
    with pytest.raises(packages.Unfit) as said:
        look(package)
    return str(said.value)


def test_ordinary_files_are_fit() -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    assert look(word()) is not None
    assert look(book.getvalue()) is not None
    assert look(word(**{RELS: related("hyperlink", "https://www.example.cn/", outside=True)})) is not None
    assert (
        look(word(**{RELS: related("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", outside=True)})) is not None
    )
    assert look(word(**{DOCUMENT: with_field("PAGE ", "\\* MERGEFORMAT")})) is not None
    assert look(b"no package") is None


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://elsewhere.example/a.dotm"),
        ("attachedTemplate", "\\\\elsewhere\\share\\a.dotm"),
        ("image", "http://elsewhere.example/pixel.png"),
        ("image", "file:///etc/passwd"),
        ("frame", "http://elsewhere.example/"),
        ("subDocument", "a.docx"),
        ("externalLink", "externalLinks/a.xml"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "ms-msdt:/id PCWDiagnostic"),
        ("oleObject", "embeddings/a.bin"),
        ("control", "activeX/a.xml"),
        ("whatever", "a.xml"),
    ],
)
def test_what_leads_out_or_runs_is_not_taken(kind: str, target: str) -> None:
    assert unfit(word(**{RELS: related(kind, target, outside=True)}))


def test_a_type_of_another_organisation_is_not_taken() -> None:
    assert (
        unfit(word(**{RELS: related("image", "a.png", organisation="http://elsewhere.example")})) == packages.ELSEWHERE
    )


def test_utf_16_hides_nothing() -> None:
    told = related("attachedTemplate", "https://elsewhere.example/a.dotm", outside=True).decode()
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + told.partition("?>")[2]).encode("utf-16")
    assert unfit(word(**{RELS: wide})) == packages.ELSEWHERE


def test_entities_hide_nothing() -> None:
    told = related("image", "&#104;ttp://elsewhere.example/a.png").decode()
    assert unfit(word(**{RELS: told.encode()})) == packages.ELSEWHERE
    declared = f'<!DOCTYPE w [<!ENTITY a "b">]><w:document {_WORD}>&a;</w:document>'
    assert unfit(word(**{DOCUMENT: declared.encode()})) == packages.DAMAGED


@pytest.mark.parametrize(
    "runs", [("DDEAUTO c:\\\\a.exe",), ("DD", "EAUTO x"), ("  dde x",), ("INCLUDEPICTURE x",), ("QUOTE 68 68",)]
)
def test_a_field_that_fetches_or_starts_something_is_told_however_it_is_broken(runs: tuple[str, ...]) -> None:
    assert "不能使用的域" in unfit(word(**{DOCUMENT: with_field(*runs)}))


def test_a_simple_field_is_told_as_well() -> None:
    simple = f'<w:document {_WORD}><w:body><w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p></w:body></w:document>'
    assert "INCLUDETEXT" in unfit(word(**{DOCUMENT: simple.encode()}))


@pytest.mark.parametrize("formula", ["WEBSERVICE(&quot;http://a&quot;)", "cmd|'/c calc'!A0", "CALL(&quot;a&quot;)"])
def test_a_formula_that_reaches_out_is_not_taken(formula: str) -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><f>{formula}</f></worksheet>'
    assert "公式" in unfit(rewritten(book.getvalue(), {"xl/worksheets/sheet1.xml": sheet.encode()}))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/media/image1.png", "customXml/item1.xml", "a"])
def test_macros_are_told_by_their_content_under_whatever_name(name: str) -> None:
    assert unfit(word(**{name: cfb("Root Entry", "VBA", "_VBA_PROJECT")})) == packages.MACROS


def test_an_object_of_another_program_is_not_taken() -> None:
    assert unfit(word(**{"word/embeddings/oleObject1.bin": cfb("Root Entry", "\x01Ole10Native")})) == packages.EMBEDDED


def test_what_lies_in_a_package_within_is_looked_at_too() -> None:
    inner = word(**{RELS: related("image", "http://elsewhere.example/a.png", outside=True)})
    assert unfit(word(**{"word/embeddings/a.docx": inner})) == packages.ELSEWHERE
    assert look(word(**{"word/embeddings/a.docx": word()})) is not None


def test_sizes_are_bounded_for_each_part_and_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unfit(word(**{"word/media/a.png": b"\0" * (packages.MAX_RATIO * 64 * 1024)})) == packages.TOO_LARGE
    monkeypatch.setattr(packages, "MAX_RATIO", 10**6)
    monkeypatch.setattr(packages, "MAX_PART", 1000)
    assert unfit(word(**{"word/media/a.png": b"\0" * 1001})) == packages.TOO_LARGE
    monkeypatch.setattr(packages, "MAX_PART", 10**6)
    monkeypatch.setattr(packages, "MAX_ALL", 10_000)
    assert unfit(word(**{"word/media/a.png": b"\0" * 9000})) == packages.TOO_LARGE


def test_two_parts_of_one_name_are_not_taken() -> None:
    assert unfit(word(**{"WORD/document.xml": b"<w/>"})) == packages.DAMAGED


def cfb(*names: str) -> bytes:
    """A compound file whose directory holds these names."""
    size = 512
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + b"\0" * 62
        for name in names
    )
    sectors = -(-len(entries) // size)
    table = [0xFFFFFFFD, *(at + 2 if at + 1 < sectors else 0xFFFFFFFE for at in range(sectors))]
    table += [0xFFFFFFFF] * (size // 4 - len(table))
    header = bytearray(compound.MARK.ljust(size, b"\0"))
    header[30:32], header[48:52], header[68:72] = (
        (9).to_bytes(2, "little"),
        (1).to_bytes(4, "little"),
        b"\xfe\xff\xff\xff",
    )
    header[76:512] = b"\0\0\0\0" + b"\xff" * 432
    fat = b"".join(number.to_bytes(4, "little") for number in table)
    return bytes(header) + fat + entries.ljust(sectors * size, b"\0")


def test_the_directory_of_a_compound_file_is_read() -> None:
    names = [f"Stream{number}" for number in range(9)]
    assert compound.names_in(cfb("Root Entry", *names)) == {name.upper() for name in ["Root Entry", *names]}
    assert compound.has_macros(cfb("Root Entry", "Macros"))
    assert compound.has_objects(cfb("Root Entry", "ObjectPool"))
    assert compound.is_encrypted(cfb("Root Entry", "EncryptedPackage"))
    assert compound.names_in(compound.MARK) == frozenset()
