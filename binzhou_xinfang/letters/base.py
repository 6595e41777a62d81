"""The base .docx that every letter is poured into, measured by GB/T 9704-2012."""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT = "仿宋"
TITLE_FONT = "方正小标宋简体"
LATIN_FONT = "Times New Roman"
BODY, TITLE, FOOT = Pt(16), Pt(22), Pt(14)  # 3号, 2号, 4号
LINE = Pt(28)  # 22 lines on a page
TITLE_LINE = Pt(36)
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
    section.footer_distance = Mm(25)
    _set_grid(section)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
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


def build(path: Path) -> None:
    """Write the base document to `path`: docxtpl fills title, number, salutation, paragraphs, issuer and issued_on."""
    document = Document()
    normal = document.styles["Normal"]
    set_font(normal, BODY_FONT, BODY)
    _set_closer(normal)
    spacing = normal.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = False
    _lay_out(document.sections[0])
    number = document.add_paragraph("{{ number }}")
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph()
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
