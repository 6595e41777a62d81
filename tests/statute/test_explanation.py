"""Explanations of a due day by `--explain` and by a click, whole."""

from datetime import date

from binzhou_xinfang.statute.calendar import DayKind, DayMark, WorkCalendar
from binzhou_xinfang.statute.periods import STATUTORY, Rule
from binzhou_xinfang.statute.reckoning import reckon


def told(rule: Rule, start: date, *, extend: int = 0, excluded: tuple[tuple[date, date], ...] = ()) -> list[str]:
    found = reckon(rule, start, calendar=WorkCalendar(), extend=extend, excluded=excluded)
    return [step.text for step in found.steps]


def test_natural_days_tell_their_span_and_the_break_they_roll_over() -> None:
    assert told(Rule.TRIAGE, date(2025, 9, 16)) == [
        "2025年9月16日(周二)收到信访事项，当日不计入，从次日起算。",
        "15日处理期限，依据《信访工作条例》第二十二条第一款，按自然日计算，中间的休息日、节假日计入。",
        "9月17日至10月1日，共15日。",
        "最后一日10月1日(周三)是休息日：10月1日至10月8日国庆节、中秋节放假，顺延至10月9日(周四)。",
    ]


def test_a_make_up_workday_at_the_end_is_named() -> None:
    assert told(Rule.TRIAGE, date(2025, 9, 26))[-1] == "最后一日10月11日(周六，调休上班)是工作日，不顺延。"


def test_an_ordinary_workday_at_the_end_does_not_roll() -> None:
    assert told(Rule.TRIAGE, date(2024, 3, 4))[-1] == "最后一日3月19日(周二)是工作日，不顺延。"


def test_a_roll_onto_a_make_up_sunday_says_so() -> None:
    assert told(Rule.JUDICIAL_CONFIRMATION, date(2024, 1, 15))[-1] == (
        "最后一日2月14日(周三)是休息日：2月10日至2月17日春节放假，顺延至2月18日(周日，调休上班)。"
    )


def test_an_extension_tells_where_it_counts_from() -> None:
    assert told(Rule.HANDLING, date(2025, 11, 24), extend=15)[2:] == [
        "11月25日至2026年1月23日，共60日。",
        "批准延长15日，从未顺延的2026年1月23日接着数，到2026年2月7日(周六)。",
        "最后一日2026年2月7日(周六)是休息日：2026年2月7日至2月8日(周六、周日)，顺延至2026年2月9日(周一)。",
    ]


def test_a_suspension_tells_what_it_takes_out() -> None:
    assert told(Rule.RECHECK, date(2026, 1, 15), excluded=((date(2026, 1, 26), date(2026, 2, 12)),))[2:] == [
        "1月16日至2月14日，共30日。",
        "1月26日至2月12日为听证所需时间，首日不计，扣除17日，到3月3日(周二)。",
        "最后一日3月3日(周二)是工作日，不顺延。",
    ]


def test_working_days_are_listed_with_the_days_left_out() -> None:
    assert told(Rule.OBJECTION, date(2025, 9, 29)) == [
        "2025年9月29日(周一)收到转送、交办的信访事项，当日不计入，从次日起算。",
        "5个工作日异议期限，依据《信访工作条例》第二十三条第三款，按工作日计算，调休上班的日子计入。",
        "9月30日(周二)、10月9日(周四)、10月10日(周五)、10月11日(周六，调休上班)、10月13日(周一)，共5个工作日。",
        "不计入的日子：10月1日至10月8日国庆节、中秋节放假；10月12日(周日)。",
        "期限到10月13日(周一)。",
    ]


def test_working_days_without_a_rest_day_leave_nothing_out() -> None:
    assert told(Rule.SIMPLE_ACCEPTANCE, date(2025, 11, 3))[2:] == [
        "11月4日(周二)、11月5日(周三)、11月6日(周四)，共3个工作日。",
        "期限到11月6日(周四)。",
    ]


def test_counting_back_tells_the_latest_day() -> None:
    assert (
        told(Rule.HEARING_NOTICE, date(2025, 11, 17))[0]
        == "2025年11月17日(周一)听证会举行，当日不计入，从前一日往前数。"
    )
    assert told(Rule.HEARING_NOTICE, date(2025, 11, 17))[3:] == [
        "不计入的日子：11月8日至11月9日(周六、周日)；11月15日至11月16日(周六、周日)。",
        "最迟11月3日(周一)。",
    ]


def test_a_provisional_day_says_which_calendar_is_missing() -> None:
    assert told(Rule.TRIAGE, date(2026, 12, 21))[2:] == [
        "12月22日至2027年1月5日，共15日。",
        "最后一日2027年1月5日(周二)是工作日，不顺延。",
        "2027年的放假安排尚未录入，暂按周六、周日休息推算，结果为暂定。",
    ]


def test_a_day_off_that_the_office_entered_is_told_by_its_name() -> None:
    calendar = WorkCalendar({date(2025, 11, 18): DayMark(DayKind.OFF, "防汛停工")})
    found = reckon(Rule.TRIAGE, date(2025, 11, 3), calendar=calendar)
    assert found.steps[-1].text == "最后一日11月18日(周二)是休息日：11月18日防汛停工放假，顺延至11月19日(周三)。"


def test_every_clock_of_the_law_can_be_told() -> None:
    steps = {rule: told(rule, date(2026, 9, 29)) for rule in STATUTORY}
    assert all(len(told) >= 4 and all(text.endswith("。") for text in told) for told in steps.values())
