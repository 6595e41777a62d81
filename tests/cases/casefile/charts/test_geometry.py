"""The pictures as pictures, for whatever way a matter may have gone."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.web.lights import Light
from cases.casefile.charts import clock_chart, duty_chart, flow
from cases.casefile.charts.axis import Axis
from cases.casefile.charts.clock_rows import ClockRow
from cases.casefile.charts.duties import Duty, Person, Stand
from cases.casefile.charts.journey import Step
from cases.casefile.charts.read import CHARTS
from cases.casefile.charts.road import moves_from, straight_on, ways_from
from cases.casefile.charts.shapes import Line, Rect, Text
from cases.casefile.charts.wall import draw_wall
from cases.states import Move, State, remembered, target_of
from tests.cases.casefile.charts.geometry import NEAR, faults, overlapping

TODAY = date(2026, 3, 9)
# A picture with all its comparisons takes its time.
DRAWN = settings(max_examples=60)
UNITS = ("市信访局", "滨州市高新技术产业开发区管理委员会综合行政执法局", "", "邹平市黄山街道办事处（黄山片区）")
NAMES = ("孙承办", "欧阳复复", "")


@pytest.mark.parametrize("slug", CHARTS)
def test_the_charts_for_the_wall_are_well_drawn(db: None, slug: str) -> None:
    assert faults(draw_wall(slug, TODAY)) == []


def anything(move: Move) -> bool:
    return True


@st.composite
def flows(draw: st.DrawFn) -> flow.Flow:
    """A matter that has gone any way that the table allows, for up to forty moves."""
    state, before = State.REGISTERED, None
    on = TODAY - timedelta(days=400)
    steps = [Step(1, Move.REGISTER, "登记", state, on, on, "市信访局", "王窗口")]
    for seq in range(2, draw(st.integers(2, 40))):
        open_now = moves_from(state, anything)
        if not open_now:
            break
        move = draw(st.sampled_from(open_now))
        target = target_of(move, state, before)
        before, state = State(remembered(move, state, target, before) or state), target
        on += timedelta(days=draw(st.integers(0, 30)))
        unit, name = draw(st.sampled_from(UNITS)), draw(st.sampled_from(NAMES))
        steps.append(Step(seq, move.value, str(move.label), state, on, on, unit, name))
    is_simple = draw(st.booleans())
    return flow.Flow(
        "BZXF-2026-000001",
        state,
        steps,
        ways_from(state, before, anything, is_simple=is_simple),
        straight_on(state, before, anything, is_simple=is_simple),
        TODAY,
    )


@DRAWN
@given(flows(), st.sampled_from([flow.WIDE, flow.NARROW, flow.paper(700), flow.paper(940), flow.paper(1200)]))
def test_a_flow_is_well_drawn_whatever_way_the_matter_went(found: flow.Flow, size: flow.Size) -> None:
    assert faults(flow.draw_flow(found, size)) == []


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    people = draw(
        st.lists(st.sampled_from([Person("孙承办", "承办人", "0543-3160001"), Person("欧阳复复", "单位负责人", "")]))
    )
    stand = draw(st.sampled_from(list(Stand)))
    words = draw(st.sampled_from(["尚未开始", "至2026年3月18日(周三)，还剩 9 天", "已逾期 120 天"]))
    return Duty(
        draw(st.sampled_from(["登记", "协办", "提请指定管辖", "复核听证"])),
        draw(st.sampled_from([unit for unit in UNITS if unit])),
        draw(st.sampled_from(["", "0543-3160001"])),
        tuple(people[:3]),
        draw(st.sampled_from(["第二十二条", "第三十一条第六项；第三十二条；第三十四条、山东省信访条例第四十二条"])),
        Light("grey", words),
        stand,
    )


@DRAWN
@given(
    st.lists(duties(), max_size=15),
    st.sampled_from([duty_chart.WIDE, duty_chart.NARROW, duty_chart.paper(700), duty_chart.paper(1200)]),
)
def test_duties_are_well_drawn_however_many_there_are(found: list[Duty], size: duty_chart.Size) -> None:
    assert faults(duty_chart.draw_duties("BZXF-2026-000001", found, size)) == []


@st.composite
def clocks(draw: st.DrawFn) -> ClockRow:
    """A clock of any rule that began within two years, in whatever way it ended or runs."""
    rule = draw(st.sampled_from(list(Rule)))
    days = lambda most: timedelta(days=draw(st.integers(0, most)))  # noqa: E731
    start = TODAY - days(700)
    strict = start + timedelta(days=1) + days(120)
    legal = strict + days(9)
    ended = draw(st.sampled_from(["runs", "met", "cancelled"]))
    stop = min(start + days(200), TODAY)
    is_late = ended == "runs" and legal < TODAY
    return ClockRow(
        pk=draw(st.integers(1, 9999)),
        label=str(rule.label),
        article="《信访工作条例》第三十四条、山东省信访条例第四十二条",
        unit=draw(st.sampled_from(UNITS)),
        started_on=start,
        strict_on=strict,
        legal_on=legal,
        extended_from=strict - min(days(30), strict - start) if draw(st.booleans()) else None,
        pauses=((start, min(start + days(30), strict)),) if draw(st.booleans()) else (),
        met_on=stop if ended == "met" else None,
        cancelled_on=stop if ended == "cancelled" else None,
        late_until=TODAY if is_late else max(stop, legal) if ended == "met" and stop > legal else None,
        is_provisional=draw(st.booleans()),
        light=Light("red" if is_late else "grey", f"已逾期 {(TODAY - legal).days} 天" if is_late else "还剩 9 天"),
    )


SIZES = st.sampled_from([clock_chart.WIDE, clock_chart.NARROW, clock_chart.paper(700), clock_chart.paper(1200)])


@DRAWN
@given(st.lists(clocks(), max_size=12), SIZES)
def test_clocks_are_well_drawn_however_they_ended(rows: list[ClockRow], size: clock_chart.Size) -> None:
    assert faults(clock_chart.draw_clocks("BZXF-2026-000001", rows, TODAY, size)) == []


@pytest.mark.parametrize("width", [280, 350, 420, 700])
def test_no_two_days_of_the_axis_are_written_over_one_another_however_long_it_is(width: int) -> None:
    """The last tick may fall on the very end of the line, where its words are moved inwards."""
    for days in range(1, 400):
        axis = Axis(date(2026, 12, 17) - timedelta(days=days), date(2026, 12, 17), 0, width)
        words = [shape for shape in clock_chart.grid(axis, 100) if isinstance(shape, Text)]
        assert list(overlapping(words)) == [], days


@DRAWN
@given(st.lists(clocks(), min_size=1, max_size=12), SIZES)
def test_bars_lie_on_the_axis_in_their_order_and_so_does_today(rows: list[ClockRow], size: clock_chart.Size) -> None:
    drawing = clock_chart.draw_clocks("BZXF-2026-000001", rows, TODAY, size)
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    (axis,) = [line for line in lines if line.look == "is-axis"]
    left, right = axis.points[0][0], axis.points[1][0]
    # The legend below shows one sign of each; the bars end above it.
    bars = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.height == clock_chart.BAR]
    whole = [bar for bar in bars if bar.look.startswith("bar ")]
    assert len(whole) == len(rows)
    assert [bar for bar in bars if not left - NEAR <= bar.x <= bar.right <= right + NEAR] == []
    assert all(one.bottom < other.y for one, other in pairwise(whole))
    assert all(any(abs(part.y - bar.y) < NEAR for bar in whole) for part in bars)
    today = [line for line in lines if line.look == "is-today"]
    assert len(today) == 1 or all(not row.is_running for row in rows)
    assert all(left <= x <= right for line in today for x, _ in line.points)
