"""Fields of a template of the bureau's own, and pouring a letter into it."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from docx import Document
from docx.table import Table
from jinja2 import TemplateError

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import rendering, wording
from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.letters.kinds import FACTS, LetterKind, examples_of
from binzhou_xinfang.letters.limits import limits_by_law
from binzhou_xinfang.letters.models import Letter, LetterTemplate, number_line
from binzhou_xinfang.records import files

# What every template can print beside the facts of its kind; `paragraphs` is the delivered wording.
STANDARD: Mapping[str, str] = {
    "head": "发文机关标志（使用印有标志的信笺时为空白）",
    "number": "文号",
    "number_line": "文号行（内部材料前加“编号：”）",
    "title": "标题",
    "salutation": "称谓（带冒号）",
    "paragraphs": "系统生成的正文（列表）",
    "issuer": "署名机关",
    "issuer_phone": "机关电话",
    "issuer_address": "机关地址",
    "issued_on": "成文日期",
}


class Lines(list[Any]):
    """Several paragraphs that can also be printed as one."""

    def __str__(self) -> str:
        return "；".join(str(line) for line in self)


class Row(dict[str, Any]):
    """One row of a structured fact; it can also be printed as one line."""

    def __str__(self) -> str:
        return "，".join(str(value) for value in self.values() if value)


def fields_of(kind: LetterKind) -> frozenset[str]:
    """List the names of all fields that a template of this kind can use."""
    return frozenset((*STANDARD, *kind.facts))


class Field(NamedTuple):
    """One field as the page of templates explains it; `keys` are the parts of each row."""

    name: str
    label: str
    is_required: bool
    is_list: bool
    keys: tuple[str, ...]


def explain(kind: LetterKind) -> list[Field]:
    """List every field of this kind: the facts that are required, those that may be told, and what every letter has."""
    lists = list_fields(kind)
    facts = [
        Field(name, FACTS[name].label, name in kind.required, name in lists, FACTS[name].keys) for name in kind.facts
    ]
    return facts + [Field(name, label, False, name in lists, ()) for name, label in STANDARD.items()]


def list_fields(kind: LetterKind) -> frozenset[str]:
    """List the fields that a template can go through line by line."""
    return frozenset(name for name in kind.facts if FACTS[name].is_list or FACTS[name].keys) | {"paragraphs"}


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Mapping):
        return Row({key: _said(inner) for key, inner in value.items()})
    return Lines(_said(inner) for inner in value) if isinstance(value, list) else value


def pour_own(own: LetterTemplate, letter: Letter) -> tuple[bytes, list[str]]:
    """Pour the letter into the bureau's own template; gives its reader's text too. Raises Refusal when it fails."""
    refusal = Refusal(f"{letter.get_kind_display()}的自备模板不能使用，请联系系统管理员停用后再试。")
    if own.file is None:
        raise refusal
    try:
        with files.open_file(own.file) as template:
            content = rendering.pour(io.BytesIO(template.read()), _context(letter))
    except (TemplateError, FileNotFoundError, ArithmeticError, LookupError, TypeError, ValueError) as fault:
        raise refusal from fault
    return content, text_of(content)


def _context(letter: Letter) -> dict[str, Any]:
    return {
        **{name: _said(value) for name, value in letter.facts.items()},
        "head": letter.head_line,
        "number": letter.number,
        "number_line": letter.number_line,
        "title": letter.title,
        "salutation": letter.salutation,
        "paragraphs": Lines(letter.paragraphs),
        "issuer": letter.issuer,
        "issuer_phone": letter.unit.phone,
        "issuer_address": letter.unit.address,
        "issued_on": letter.dated,
    }


def trial(kind: LetterKind, template: bytes) -> bytes:
    """Fill the template with made-up facts. Raises jinja2's TemplateError and others for what does not work."""
    values = examples_of(kind)
    issuer = {"issuer": "滨州市信访局", "issuer_phone": "0543-1234567", "issuer_address": "滨州市黄河五路"}
    number = f"滨信{kind.word}〔2026〕1号" if kind.voice.is_numbered else ""
    standard: dict[str, Any] = {**issuer, "number": number, "issued_on": date(2026, 3, 6)}
    worded = wording.write(kind, {**values, **standard, "limit": limits_by_law()})
    standard |= {
        "head": issuer["issuer"] if kind.voice.has_head else "",
        "number_line": number_line(kind.voice, number),
        "issuer": issuer["issuer"] if kind.voice.has_head else "",
    }
    addressee = values.get("addressee", "")
    content = {**values, **standard, "title": worded.title, "paragraphs": worded.paragraphs}
    content["salutation"] = f"{addressee}：" if addressee else ""
    return rendering.pour(io.BytesIO(template), {name: _said(value) for name, value in content.items()})


def text_of(content: bytes) -> list[str]:
    """Read every paragraph of the document, a row of a table as one with ｜ between its cells."""
    said: list[str] = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        said += _rows(part) if isinstance(part, Table) else part.text.splitlines()
    return [line.strip() for line in said if line.strip()]


def _rows(table: Table) -> list[str]:
    return [row_of(_cells(row.cells)) for row in table.rows]


def _cells(cells: Sequence[Any]) -> list[str]:
    """Read the texts, a merged cell once."""
    return [
        cell.text.replace("\n", " ")
        for place, cell in enumerate(cells)
        if not place or cell._tc is not cells[place - 1]._tc
    ]
