"""Rendering of a letter as .docx: poured into the base, tables drawn, and always the same bytes for the same
content."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import IO, Any

from django.conf import settings
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from binzhou_xinfang.letters.base import (
    BODY_FONT,
    FOOT,
    HEAD_LINES,
    HUNDREDTHS_OF_A_CHARACTER,
    RED,
    TEXT_WIDTH,
    set_font,
    set_indent,
)
from binzhou_xinfang.letters.blocks import (
    BLANK,
    COPIES,
    DATED_RIGHT,
    ENCLOSURES,
    head_size,
    is_heading,
    is_row,
    is_signing,
    leads_in,
    more_enclosures,
    signature_indents,
    table_of,
    title_lines,
)
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.letters.tables import draw

HEADING_FONT = "黑体"
HEADER, FOOTER = RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER
_FOOT_OF_THE_PAGE = {
    "w": str(TEXT_WIDTH), "wrap": "notBeside", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left",
    "yAlign": "bottom",
}  # fmt: skip
# The oldest day a ZIP can tell: a file that is made again has the same bytes.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
UNIX = 3
MODE = 0o644 << 16


def environment() -> ImmutableSandboxedEnvironment:
    """Make the place where templates of letters run: no globals, no loader, nothing of Python; an unknown field is
    an error."""
    built = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    built.globals.clear()
    return built


def render(letter: Letter) -> bytes:
    """Render the letter on A4, laid out as GB/T 9704 asks, in the delivered layout."""
    content = {
        "head": letter.head_line,
        "number_line": letter.number_line,
        "title": "\n".join(title_lines(letter.title)),
        "salutation": letter.salutation,
        "paragraphs": letter.paragraphs,
        "issuer": letter.signature,
        "issued_on": letter.dated,
    }
    return pour(io.BytesIO(base()), content)


def base() -> bytes:
    """Read the delivered template, which pours the system's wording into the official layout. All kinds share it."""
    return bytes((settings.BASE_DIR / "templates" / "letters" / "base.docx").read_bytes())


def pour(template: IO[bytes], content: Mapping[str, Any]) -> bytes:
    """Fill the template with the content. Raises jinja2's TemplateError for what a template may not do."""
    document = DocxTemplate(template)
    document.render(dict(content), jinja_env=environment(), autoescape=True)
    filled: Document = document.docx
    _fit_head(filled, str(content.get("head", "")))
    _draw_tables(filled)
    _line_up_enclosures(filled.paragraphs)
    _centre_issuer(filled.paragraphs, str(content.get("issuer", "")), str(content.get("issued_on", "")))
    for paragraph in filled.paragraphs:
        _set_off(paragraph)
    _keep_together(filled.paragraphs)
    written = io.BytesIO()
    document.save(written)
    return freeze(written.getvalue())


def freeze(content: bytes) -> bytes:
    """Put the same parts into a ZIP that tells nothing of the moment it was made."""
    frozen = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(frozen, "w") as target:
        for part in made.infolist():
            entry = zipfile.ZipInfo(part.filename, ZIP_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, MODE
            target.writestr(entry, made.read(part))
    return frozen.getvalue()


def _fit_head(document: Document, head: str) -> None:
    """Make a long mark as small as the width asks; where the paper brings the mark, take the colour from the rules."""
    if not head:
        return
    # docxtpl has put new parts in place of those that `document.sections` knows.
    for part in (rel.target_part for rel in document.part.rels.values() if rel.reltype in (HEADER, FOOTER)):
        for run in (run for run in part.element.xpath(".//w:r[w:rPr/w:sz]") if run.text == head):
            run.rPr.sz_val = Pt(head_size(head))
            if "\n" in head:
                run.getparent().pPr.spacing.set(qn("w:line"), str(round(HEAD_LINES.pt * 20)))
        for border in part.element.xpath(f".//w:pBdr/*[@w:color='{RED}']") if head == BLANK else ():
            border.set(qn("w:color"), "FFFFFF")


def _draw_tables(document: Document) -> None:
    for is_table, group in groupby(document.paragraphs, key=lambda paragraph: is_row(paragraph.text)):
        if not is_table:
            continue
        rows = list(group)
        rows[0]._p.addprevious(draw(table_of(row.text for row in rows)))
        for row in rows:
            row._p.getparent().remove(row._p)


def _set_off(paragraph: Paragraph) -> None:
    """Set off headings in 黑体, a free line before 附件, 抄送 at the foot of the page."""
    text = paragraph.text
    if is_heading(text):
        for run in paragraph.runs:
            set_font(run, HEADING_FONT, None)
        paragraph.paragraph_format.keep_with_next = True
    elif text.startswith(ENCLOSURES):
        paragraph.insert_paragraph_before().paragraph_format.keep_with_next = True
    elif text.startswith(COPIES):
        _to_the_foot(paragraph)


def _line_up_enclosures(paragraphs: Sequence[Paragraph]) -> None:
    """Line up further enclosures under the number of the first, on the same page."""
    more = more_enclosures([one.text for one in paragraphs])
    for (before, paragraph), is_more in zip(pairwise(paragraphs), more[1:], strict=True):
        if is_more:
            before.paragraph_format.keep_with_next = True
            set_indent(paragraph, firstLine=2 + len(ENCLOSURES))


def _centre_issuer(paragraphs: Sequence[Paragraph], issuer: str, dated: str) -> None:
    """Centre the office over its day, where they stand as the delivered template sets them."""
    for one, other in pairwise(paragraphs):
        if (one.text, other.text) == (issuer, dated) and issuer and _right(other) == DATED_RIGHT:
            for paragraph, right in zip((one, other), signature_indents(issuer, dated), strict=True):
                set_indent(paragraph, right=right)


def _right(paragraph: Paragraph) -> float | None:
    indents = paragraph._p.pPr.ind if paragraph._p.pPr is not None else None
    given = indents.get(qn("w:rightChars")) if indents is not None else None
    return int(given) / HUNDREDTHS_OF_A_CHARACTER if given else None


def _keep_together(paragraphs: Sequence[Paragraph]) -> None:
    """Keep the signature from standing alone on a page: the last line of the text goes with it, and so do the lines
    that are signed by hand and the enclosures; what leads in stands with what follows."""
    for before, after in pairwise(paragraphs):
        is_gap = not after.text and after.paragraph_format.keep_with_next
        copies = before.text.startswith(COPIES) or after.text.startswith(COPIES)
        if is_gap or copies or is_signing(after.text) or leads_in(before.text):
            before.paragraph_format.keep_with_next = True


def _to_the_foot(paragraph: Paragraph) -> None:
    """Put 抄送 at the foot of the last page, without lines as in a letter (GB/T 9704—2012 7.4.2, 10.1): in a frame that
    goes with the last line of the signature."""
    body = paragraph._p.getparent()
    last = body.xpath("./w:p[last()]")[0]
    if last is not paragraph._p:
        last.addprevious(paragraph._p)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    frame = OxmlElement("w:framePr")
    for name, value in _FOOT_OF_THE_PAGE.items():
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:spacing", "w:ind", "w:jc"
    )
    for run in paragraph.runs:
        set_font(run, BODY_FONT, FOOT)
    # The lines below the first begin under its first name.
    indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for side in ("firstLine", "firstLineChars"):
        indents.attrib.pop(qn(f"w:{side}"), None)
    set_indent(paragraph, left=1 + len(COPIES), hanging=len(COPIES), right=1)
