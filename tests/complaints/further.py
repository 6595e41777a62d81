"""Made-up inputs of the kinds that failed: for each kind at least five that were not there when it was mended."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.records.test_files import PDF, PNG, WORD_PARTS, archive, media


class Kind(NamedTuple):
    """A kind: the inputs that were given for it, and those made up since with what is right."""

    given: tuple[str, ...]
    further: tuple[Any, ...]


_WORD_TYPES = WORD_PARTS["[Content_Types].xml"]
_NO_MAIN = {**WORD_PARTS, "word__document.xml": b""}
_PLACES = (b"cHRM", b"iCCP", b"eXIf", b"pHYs", b"CgBI")

KINDS: Mapping[str, Kind] = {
    # What stands above the headings.
    "titles": Kind(
        ("02_title_row_above.xlsx",),
        (
            [["群众留言汇总表"], ["（2026年11月）"]],
            [["导出人：", "李某", None, "导出时间：", "2026-11-30"]],
            [[None, None, "滨州市留言办理平台"]],
            [["说明"]] * 28,
            [["留言", "合计"], ["1", "1"]],
        ),
    ),
    # How the heading 留言编号 is written.
    "headings": Kind(
        ("03_header_zero_width.xlsx", "03b_header_inner_space_newline.xlsx", "03c_header_colon_star.xlsx"),
        (
            "留\u2060言编号", "留言编号\r\n",
            "\ufeff留言编号", "留言\u3000编号", "＊留言编号（必填）：", "留言编号\u00ad",
        ),
    ),
    # A number cell, and whether its row can be taken.
    "long numbers": Kind(
        ("05c_number_17_digits.xlsx",),
        (
            (1234567890123456, False), (20241205091011, True), (99999999999999999999, False),
            ("20240305091011129", True), (9.876e16, False),
        ),
    ),
    # Parts of a package that say nothing about its values, as other programs wrote them.
    "parts": Kind(
        ("12_empty_fill.xlsx", "16_bad_core_date.xlsx", "18b_colour_bad.xlsx", "18c_family_big.xlsx"),
        (
            ("xl/styles.xml", b'<sz val="11" ?/>', b'<sz val="abc"/>'),
            ("xl/styles.xml", b"<border>", b'<border diagonalUp="maybe"><left style="wavy"/>'),
            ("xl/styles.xml", b"(?s)<cellStyles.*</cellStyles>", b""),
            ("docProps/core.xml", b"(?s)(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>0000-00-00T25:61:61Z"),
            ("docProps/app.xml", b"(?s)^.*$", b"<Properties"),
        ),
    ),
    # A text as the file of a spreadsheet escapes it, and as it is meant.
    "escapes": Kind(
        ("19_escapes.xlsx",),
        (
            ("a_x000D_\nb", "a\nb"), ("甲_x0009_乙", "甲\t乙"), ("型号_x005F_x000D_", "型号_x000D_"),
            ("C_x0_1", "C_x0_1"), ("_xABCD", "_xABCD"),
        ),
    ),
    # Spellings of T0004.
    "spellings": Kind(
        ("04_number_zero_width_a.xlsx", "04_number_zero_width_b.xlsx", "04c_number_fullwidth.xlsx"),
        ("Ｔ０００４", "t0004", "T0004\u3000", "T\u200d0004", "\u202aT0004\u202c"),
    ),
    "times": Kind(
        ("07_times.xlsx",),
        (
            ("2024/3/5 9：10", "09:10"), ("2024-03-05T09:10", "09:10"), ("2024年03月05日 下午3时", "15:00"),
            ("2024/3/5 凌晨3:10", "03:10"), ("2024-3-5  9:10:11", "09:10"), ("2024/3/5 早上8:05", "08:05"),
            ("2024年3月5日上午9点半", "09:30"), ("2024/3/5 15时整", "15:00"), ("2024/3/5 傍晚6:10", "18:10"),
            ("2024/3/5 早上15:10", ""), ("2024/3/5 9", ""),
            ("2024/13/5 9:10", ""), ("2024-02-30", ""), ("昨天 9:10", ""), ("2024/3/5 25:10", ""), ("3/5/24", ""),
        ),
    ),
    # A text of which nothing can be seen, or something.
    "texts": Kind(
        ("08_texts.xlsx",),
        (
            ("\u2800\u2800", False), ("\u3164", False), ("\u00ad\u00ad", False), ("\u180e\ufeff", False),
            ("\u2062\u2063", False), ("𠮷家巷路灯不亮", True), ("㐂园小区停水🙏", True),
        ),
    ),
    "documents of Word": Kind(
        ("20_word_online_document2.docx",),
        (
            archive(**_NO_MAIN, word__document3__xml=b"<w/>"),
            archive(word__document__xml=b"<w/>", **{"[Content_Types].xml": _WORD_TYPES}),
            archive(**WORD_PARTS, docProps__thumbnail__jpeg=b"\xff\xd8\xff\xe0", customXml__item1__xml=b"<x/>"),
            archive(**WORD_PARTS, word__media__image1__heic=b"x", word__footnotes__xml=b"<w/>"),
            archive(**{**WORD_PARTS, "[Content_Types].xml": b"\xef\xbb\xbf" + _WORD_TYPES}),
        ),
    ),
    # What a telephone took, and the name that a browser gave it.
    "pictures of telephones": Kind(
        ("22_heic_named.jpg",),
        (
            ("a.jpeg", media(b"heix", b"mif1", b"heix")), ("IMG_0001.JPG", media(b"mif1", b"heic", b"miaf")),
            ("a.png", media(b"heic", b"heic")), ("a.heif", media(b"msf1", b"hevc")), ("a.pdf", media(b"hevc", b"heic")),
        ),
    ),
    "pictures": Kind(
        ("23_apng.png",), tuple(PNG[:33] + b"\0\0\0\4" + place + b"\0" * 64 for place in _PLACES)
    ),
    # What stands before the head of a PDF.
    "documents of a scanner": Kind(
        ("24_leading_newline.pdf",),
        tuple(before + PDF for before in (b"\n\n\n", b"\r", b" \t\n", b"\xef\xbb\xbf\r\n", b"\0\0\n")),
    ),
}  # fmt: skip
