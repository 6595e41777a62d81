"""时限图 for the wall: every period as a bar on one line of days, with its start, article and extension."""

from collections.abc import Sequence

from binzhou_xinfang.statute.periods import DayUnit, Period
from binzhou_xinfang.statute.wording import listed
from cases.casefile.charts.shapes import Drawing, Line, Rect, Shape, Text, text

WIDTH, LABEL, WORDS = 1000.0, 230.0, 330.0
TOP, ROW, BAR, MOST = 26.0, 40.0, 12.0, 90
_WORKING_WEEK = 7 / 5


def draw_wall_clocks(periods: Sequence[Period]) -> Drawing:
    """Draw all these periods, in their order."""
    shapes: list[Shape] = []
    bottom = TOP + len(periods) * ROW
    for day in range(0, MOST + 1, 15):
        x = _at(day)
        shapes.append(Line(((x, TOP), (x, bottom)), "is-grid"))
        shapes.append(Text(x, 6, (f"{day}日",), 10.5, "soft", 50, "middle"))
    for place, period in enumerate(periods):
        shapes += _row(period, TOP + place * ROW)
    note = "工作日按每周五天折算长度，仅作示意；期间开始之日不计入，最后一日是休息日的顺延至其后第一个工作日。"
    shapes.append(text(0, bottom + 8, note, 10.5, room=WIDTH, look="soft"))
    words = "；".join(f"{period.rule.label}：{length_of(period)}" for period in periods) + "。"
    return Drawing("wall-clocks", WIDTH, bottom + 28, "信访事项办理时限图", words, tuple(shapes))


def length_of(period: Period) -> str:
    """Word the length, with the extension."""
    length = f"{period.length}{period.unit.value}" if period.length else "由有权机关指定"
    return f"{length}，可延长不超过{period.max_extension}日" if period.max_extension else length


def special_of(period: Period) -> str:
    """Word the peculiarities of the period."""
    said = (
        "届满前回推" if period.counts_back else "",
        "届满为权利终止，不属逾期" if period.gives_right else "",
        f"{period.pauses_for}时间不计入" if period.pauses_for else "",
        f"随{listed(str(rule.label) for rule in period.moves_with)}延长" if period.moves_with else "",
        "本局内部期限，不计入考核" if period.is_internal else "",
    )
    return "；".join(words for words in said if words)


def table(periods: Sequence[Period]) -> list[dict[str, str]]:
    """List all periods as the rows of a table, in words."""
    return [
        {
            "rule": str(period.rule.label),
            "starts": period.starts_with,
            "length": length_of(period),
            "special": special_of(period),
            "article": period.article,
        }
        for period in periods
    ]


def _at(day: float) -> float:
    return LABEL + 10 + (WIDTH - LABEL - WORDS - 30) * day / MOST


def _days(count: int, unit: DayUnit) -> float:
    return count * (_WORKING_WEEK if unit is DayUnit.WORKING else 1)


def _row(period: Period, y: float) -> list[Shape]:
    right = WIDTH - WORDS
    bar = y + (ROW - BAR) / 2
    shapes: list[Shape] = [
        Line(((0, y), (WIDTH, y)), "is-grid"),
        text(0, y + 4, str(period.rule.label), 12.5, room=LABEL, look="strong", most=1),
        text(0, y + 22, f"自{period.starts_with}起", 10, room=LABEL, look="soft", most=1),
        text(right, y + 4, "；".join(w for w in (length_of(period), special_of(period)) if w), 11, room=WORDS, most=1),
        text(right, y + 21, period.article, 10, room=WORDS, look="soft", most=1),
    ]
    if period.length is None:
        return [*shapes, Rect(_at(0), bar, _at(30) - _at(0), BAR, "bar-part is-open", 0)]
    end = _days(period.length, period.unit)
    shapes.append(Rect(_at(0), bar, _at(end) - _at(0), BAR, "bar bar-grey", 0))
    if period.max_extension:
        shapes.append(Rect(_at(end), bar, _at(end + period.max_extension) - _at(end), BAR, "bar-part", 0, "extension"))
    return shapes
