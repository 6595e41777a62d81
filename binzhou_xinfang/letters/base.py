"""The base .docx that every letter is poured into, measured by GB/T 9704-2012."""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT = "仿宋"
TITLE_FONT = "方正小标宋简体"
LATIN_FONT = "Times New Roman"
BODY, TITLE, FOOT = Pt(16), Pt(22), Pt(14)  # 3号, 2号, 4号
LINE = Pt(28)  # 22 lines on a page
TITLE_LINE = Pt(36)
# The mark of the organ above a letter: its size where it fits the width, its line, and what it takes of the first page.
HEAD, HEAD_LINE, RED = Pt(36), Pt(46), RGBColor(0xFF, 0, 0)
HEAD_LINES = Pt(30)  # the height of each line of a mark of two
UNDER_THE_RULE = Pt(8)
HEAD_ROOM = Length(Mm(30) + HEAD_LINE + Mm(4) + Pt(6) + UNDER_THE_RULE - Mm(37))
CHARACTERS, LINES = 28, 22
TEXT_WIDTH = int(Mm(156).pt * 20)  # 版心, in twentieths of a point
TEXT_HEIGHT = int(Mm(225).pt * 20)
HUNDREDTHS_OF_A_CHARACTER = 100


def set_font(styled: ParagraphStyle | Run, font: str, size: Pt | None) -> None:
    """Name the font for Chinese and for Latin; without `w:eastAsia` Word would take the theme's font for Chinese."""
    styled.font.name = LATIN_FONT
    if size is not None:
        styled.font.size = size
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)


def set_indent(paragraph: Paragraph, **characters: float) -> None:
    """Indent by characters, so that it follows the size: `firstLine`, `right`."""
    indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for side, count in characters.items():
        indents.set(qn(f"w:{side}Chars"), str(round(count * HUNDREDTHS_OF_A_CHARACTER)))
        indents.set(qn(f"w:{side}"), str(round(BODY.pt * count * 20)))


def _add_field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", code, "end"):
        run = paragraph.add_run()
        set_font(run, BODY_FONT, FOOT)
        part = OxmlElement("w:instrText" if kind == code else "w:fldChar")
        if kind == code:
            part.text = code
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _lay_out(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(30), Mm(20)
    _set_grid(section)
    _add_page_number(section.footer.paragraphs[0])
    section.different_first_page_header_footer = True
    _add_head(section.first_page_header.paragraphs[0])
    _add_foot(section.first_page_footer.paragraphs[0])


def _add_head(last: Paragraph) -> None:
    """Put the mark of the organ 30 mm from the edge, and 4 mm below it the red double rule (GB/T 9704—2012 10.1)."""
    last.insert_paragraph_before("{%p if head %}")
    mark = last.insert_paragraph_before()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_line(mark, HEAD_LINE)
    run = mark.add_run("{{ head }}")
    set_font(run, TITLE_FONT, HEAD)
    run.font.color.rgb = RED
    _add_rule(mark, "bottom", "thickThinSmallGap", Mm(4))
    _set_line(last.insert_paragraph_before(), UNDER_THE_RULE)
    last.insert_paragraph_before("{%p endif %}")
    _set_line(last, Pt(1))


def _add_foot(last: Paragraph) -> None:
    """Put the second red double rule 20 mm from the edge; a first page with a head has no number."""
    last.insert_paragraph_before("{%p if head %}")
    rule = last.insert_paragraph_before()
    _set_line(rule, Pt(1))
    _add_rule(rule, "bottom", "thinThickSmallGap", Pt(0))
    last.insert_paragraph_before("{%p else %}")
    _add_page_number(last.insert_paragraph_before())
    last.insert_paragraph_before("{%p endif %}")
    _set_line(last, Pt(1))


def _set_line(paragraph: Paragraph, height: Length) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = height


def _add_rule(paragraph: Paragraph, side: str, kind: str, away: Length) -> None:
    """Draw a red double rule of 170 mm, wider than the text on both sides."""
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = -Mm(8), -Mm(6)
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", str(round(away.pt))), ("color", str(RED))):
        border.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _add_page_number(foot: Paragraph) -> None:
    """Put — 1 — 7 mm below the text."""
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.paragraph_format.space_after = Mm(5)
    set_font(foot.add_run("— "), BODY_FONT, FOOT)
    _add_field(foot, "PAGE")
    set_font(foot.add_run(" —"), BODY_FONT, FOOT)


def _set_grid(section: Section) -> None:
    """Set 22 lines to the page."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(TEXT_HEIGHT // LINES))


def _set_closer(style: ParagraphStyle) -> None:
    """Set 28 characters to the line: 3号 is too wide for 156 mm. (Programs read a grid of characters differently.)"""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(TEXT_WIDTH // CHARACTERS - int(BODY.pt * 20)))
    style.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _add_number(document: Document) -> None:
    """Put the number at the right, and a free line below it; under a head two."""
    document.add_paragraph("{%p if number_line %}")
    number = document.add_paragraph("{{ number_line }}")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if head %}")
    document.add_paragraph()
    document.add_paragraph("{%p endif %}")


def build(path: Path) -> None:
    """Write the base document to `path`: docxtpl fills head, number_line, title, salutation, paragraphs, issuer and
    issued_on."""
    document = docx.Document()
    normal = document.styles["Normal"]
    set_font(normal, BODY_FONT, BODY)
    _set_closer(normal)
    spacing = normal.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = False
    _lay_out(document.sections[0])
    _add_number(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(title.add_run("{{ title }}"), TITLE_FONT, TITLE)
    title.paragraph_format.line_spacing = TITLE_LINE
    document.add_paragraph()
    for line in ("{%p if salutation %}", "{{ salutation }}", "{%p endif %}", "{%p for paragraph in paragraphs %}"):
        document.add_paragraph(line)
    body = document.add_paragraph("{{ paragraph }}")
    body.alignment = WD_ALIGN_PARAGRAPH.LEFT  # justified, a long number at the end of a line tears the line apart
    set_indent(body, firstLine=2)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph().paragraph_format.keep_with_next = True
    for line, right in (("{%p if issuer %}", 0), ("{{ issuer }}", 2), ("{%p endif %}", 0), ("{{ issued_on }}", 4)):
        signature = document.add_paragraph(line)
        signature.paragraph_format.keep_with_next = line == "{{ issuer }}"
        signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signature.paragraph_format.keep_together = True
        set_indent(signature, right=right)
    document.core_properties.author = ""
    document.core_properties.title = "{{ title }}"
    document.core_properties.comments = ""
    document.save(str(path))
