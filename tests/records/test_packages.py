"""Office files with something in them that runs, fetches, or fills the memory, however it is spelled."""

import io
import zipfile

import docx
import openpyxl
import pytest

from binzhou_xinfang.records import compound, old_office, packages
from tests.records import compounds
from tests.records.compounds import cfb

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


def test_the_directory_of_a_compound_file_is_read() -> None:
    names = [f"Stream{number}" for number in range(9)]
    assert compound.names_in(cfb("Root Entry", *names)) == {name.upper() for name in ["Root Entry", *names]}
    assert compound.has_macros(cfb("Root Entry", "Macros"))
    assert compound.has_objects(cfb("Root Entry", "ObjectPool"))
    assert compound.is_encrypted(cfb("Root Entry", "EncryptedPackage"))
    assert compound.names_in(compound.MARK) == frozenset()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (compounds.word("正文".encode("utf-16-le")), ""),
        (compounds.word(names=("Macros",)), packages.MACROS),
        (compounds.word(names=("ObjectPool",)), packages.EMBEDDED),
        (compounds.word(made_by=104), old_office.TOO_OLD),
        (compounds.word(flags=0x0100), packages.DAMAGED),
        (compounds.word(b"\x13 DDEAUTO c:\\x"), packages.FIELD.format("DDEAUTO")),
        (compounds.word("\x13 INCLUDETEXT x".encode("utf-16-le")), packages.FIELD.format("INCLUDETEXT")),
        (compounds.word("\x13 PAGE x".encode("utf-16-le")), ""),
        (compounds.excel(compounds.sheet(0)), ""),
        (compounds.excel(compounds.sheet(0), compounds.sheet(1)), packages.MACROS),
        (compounds.excel(compounds.sheet(6)), packages.MACROS),
        (compounds.excel(compounds.record(0x002F, b"\0" * 6)), packages.DAMAGED),
        (compounds.excel(compounds.record(0x01AE, b"\x01\0\x01\x04")), ""),
        (compounds.excel(compounds.record(0x01AE, b"\x01\0\x03\0cmd")), packages.ELSEWHERE),
        (compounds.excel(names=("_VBA_PROJECT_CUR",)), packages.MACROS),
        (compounds.excel(names=("MBD0001A2B3",)), packages.EMBEDDED),
        (compounds.excel(stream="Book"), old_office.TOO_OLD),
        (cfb("Root Entry", streams={"Workbook": b"no workbook"}), packages.DAMAGED),
        (cfb("Root Entry", "WordDocument"), packages.DAMAGED),
        (compound.MARK + b"\0" * 600, packages.DAMAGED),
    ],
)  # fmt: skip
def test_what_runs_or_fetches_in_an_old_office_file_is_found_by_its_content(content: bytes, why: str) -> None:
    assert old_office.fault(content) == why


@pytest.mark.parametrize("cut", [0, 8, 30, 60, 511, 512, 700, 1024, 1100, 1500, 2000, 4000])
def test_a_file_that_is_cut_or_filled_with_nonsense_is_refused_and_breaks_nothing(cut: int) -> None:
    for content in (compounds.word(), compounds.excel(compounds.sheet(0))):
        assert old_office.fault(content[:cut]) in ("", packages.DAMAGED, packages.ELSEWHERE)
        assert isinstance(old_office.fault(content[:cut] + b"\xff" * (len(content) - cut)), str)
