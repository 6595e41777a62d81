"""Table of everything the office may set (reference §13): the law's or the proposed value, its source, its bounds.

What the office has set, from which day, says `statute.regime`; this table never changes at run time.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models

from binzhou_xinfang.statute.number_patterns import SEQUENCE, YEAR, Pattern
from binzhou_xinfang.statute.parameter import Group, Parameter
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.rules import DayUnit, ExtensionBase, Party, PauseMode, Period, Rule
from binzhou_xinfang.statute.setting_types import Ladder, OneOf, Shape, Switch, Value, Whole
from binzhou_xinfang.statute.sign_in_settings import SIGN_IN

LONGEST_OWN = 365
_OFFICE = "本局设定，法规没有规定"


class Key(models.TextChoices):
    """The settings that are no column of a period. The value is the name in the database and in the API."""

    SHANDONG = "shandong", "适用山东省规定"
    EXTENSION_BASE = "extension-base", "延长期限的起点"
    HEARING_EXCLUSION = "hearing-exclusion", "复核听证扣除的时间"
    TRIAGE_START = "triage-start", "15日处理期限的起算"
    NOTICE_START = "notice-start", "15日告知期限和异议期限的起算"
    HANDLING_STOP = "handling-stop", "60日办理期限的完成"
    DELIVERY_ENTRY = "delivery-entry", "送达后登录的期限"
    DELIVERY_LEFT = "delivery-left", "核实补登的送达后至少保留的申请时间"
    PUBLIC_NOTICE = "public-notice", "公告送达的天数"
    GROUP_SIZE = "group-size", "集体走访的人数"
    REPRESENTATIVES = "representatives", "代表人数上限"
    AGENTS = "agents", "代理人人数上限"
    ALIKE = "alike", "内容相近的标准"
    ALIKE_IN = "alike-in", "提示可能重复的相同项数"
    LATE_VISIT = "late-visit", "来访登记：早于几天的日期提示核对"
    GREAT_AGE = "great-age", "来访登记：超过多少岁提示核对"
    SIMPLE_PROCEDURE = "simple-procedure", "使用简易办理"
    NOTICES_FROM = "notices-from", "通知发送时段：自几时"
    NOTICES_UNTIL = "notices-until", "通知发送时段：至几时"
    ONE_TIME_WINDOW = "one-time-window", "一次性化解的观察期"
    FIRST_PASS_TARGET = "first-pass-target", "初次件内部转办目标"
    URGENT_TOLD_HOURS = "urgent-told-hours", "重大紧急：报告、通报时限"
    URGENT_READ_MINUTES = "urgent-read-minutes", "重大紧急：通知未阅多久报上一级"
    AFTER_CARE_DAYS = "after-care-days", "回访帮扶的间隔"
    LETTER_DUE_DAYS = "letter-due-days", "告知类文书送达期限"
    RISK_REPEATS = "risk-repeats", "提醒函：重复信访次数"
    REMINDER_DAYS = "reminder-days", "风险提醒函反馈期限"
    SUPERVISION_DAYS = "supervision-days", "信访督办函反馈期限"
    TALK_AFTER = "talk-after", "同一事项第几次督办函列入约谈、挂牌"
    RETENTION_ENDED = "retention-ended", "终结件保管期限"
    RETENTION_ORDINARY = "retention-ordinary", "一般办结件保管期限"
    RETENTION_SIMPLE = "retention-simple", "简易件、直接答复件保管期限"
    HEARING_MEMBERS = "hearing-members", "听证员最少人数"
    FORMER_UNIT_YEARS = "former-unit-years", "听证员回避：离开原单位的年数"
    LETTER_NUMBER = "letter-number", "文书文号"
    CASE_NUMBER = "case-number", "信访件、信访事项编号"
    LETTERHEAD = "letterhead", "发文机关标志"
    SHOWN_NAME_HEAD = "shown-name-head", "姓名：显示前几个字"
    SHOWN_NAME_TAIL = "shown-name-tail", "姓名：显示末尾几个字"
    SHOWN_ID_HEAD = "shown-id-head", "证件号码：显示前几位"
    SHOWN_ID_TAIL = "shown-id-tail", "证件号码：显示末尾几位"
    SHOWN_PHONE_HEAD = "shown-phone-head", "手机号码：显示前几位"
    SHOWN_PHONE_TAIL = "shown-phone-tail", "电话号码：显示末尾几位"


class Column(models.TextChoices):
    """Columns of a period that the office may set."""

    LENGTH = "length", "天数"
    EXTENSION = "extension", "最多延长"
    LADDER = "ladder", "提醒阶梯"
    ROLLS = "rolls", "遇休息日"


class TriageStart(models.TextChoices):
    """Days from which the office's own 15 days count."""

    RECEIPT = "receipt", "收到之日"
    REGISTRATION = "registration", "登记之日"


class NoticeStart(models.TextChoices):
    """Events from which a unit's 15 days for the notice and its 5 working days for an objection count."""

    ARRIVAL = "arrival", "到达责任单位之日"
    SIGNATURE = "signature", "责任单位签收之日"


class HandlingStop(models.TextChoices):
    """Events by which the 60 days of the handling are met (第三十四条：办结). A signature alone reaches nobody."""

    SENDING = "sending", "意见签发并发出之日"
    DELIVERY = "delivery", "意见送达信访人之日"


def period_key(rule: Rule, column: Column) -> str:
    """Compose the key of one column of a period: handling.length."""
    return f"{rule.value}.{column.value}"


def _lengths(period: Period, length: int) -> Whole:
    law = f"{period.article}规定{length}{period.unit.value}"
    if not period.is_fixed:
        return Whole(1, LONGEST_OWN, period.unit.value)
    if period.gives_right and period.party is Party.AGENCY:
        return Whole(length, length, period.unit.value, f"{law}，不得缩短，也不得放宽。")
    if period.gives_right:
        return Whole(length, LONGEST_OWN, period.unit.value, f"{law}，这是信访人的权利，不得缩短。")
    if period.counts_back:
        return Whole(length, 60, period.unit.value, f"{law}，本局可以提前更多，不得减少。")
    return Whole(1, length, period.unit.value, f"{law}，本局可以缩短，不得放宽。")


def _columns(period: Period) -> list[tuple[Column, Value, Shape, bool]]:
    """List the columns that may be set, each with the law's value, its shape, and its power to move a due day."""
    columns: list[tuple[Column, Value, Shape, bool]] = []
    if period.length is not None:
        columns.append((Column.LENGTH, period.length, _lengths(period, period.length), True))
    if period.max_extension:
        most = period.max_extension
        why = f"{period.article}规定延长不得超过{most}日。"
        columns.append((Column.EXTENSION, most, Whole(0, most, "日", why), True))
    if period.party is Party.AGENCY:
        codes = tuple(rung.code for rung in period.ladder)
        shape = Ladder(period.length or LONGEST_OWN, is_duty=not period.gives_right)
        columns.append((Column.LADDER, codes, shape, False))
    if period.unit is DayUnit.NATURAL and not period.gives_right:
        columns.append((Column.ROLLS, True, Switch("顺延", "不顺延"), True))
    return columns


def _of_period(period: Period) -> list[Parameter]:
    return [
        Parameter(
            key=period_key(period.rule, column), label=f"{period.rule.label}：{column.label}", group=Group.PERIOD,
            source=period.article, default=default, shape=shape, reckons=reckons, rule=period.rule,
            is_law=period.is_fixed and column is not Column.LADDER,
        )
        for column, default, shape, reckons in _columns(period)
    ]  # fmt: skip


_KEPT = (Group.NUMBERING, Group.PAPER, Group.PRIVACY)


def _set(key: Key, group: Group, default: Value, shape: Shape, source: str = _OFFICE, *, awaits: str = "") -> Parameter:
    return Parameter(
        key=key.value, label=key.label, group=group, source=source, default=default, shape=shape,
        is_law=source == _A20, reckons=group is Group.RECKONING, is_kept=group in _KEPT, awaits=awaits,
    )  # fmt: skip


_YEARS = OneOf({"permanent": "永久", "30": "30年", "10": "10年"})
_LETTERS = "《信访工作条例》第四十条（天数由本局设定）"
_A25 = "《信访工作条例》第二十五条（“及时”的时限由本局设定）"
# 第二十条：推选代表，代表人数不得超过5人
_A20 = "《信访工作条例》第二十条"
_S21 = "《山东省信访事项听证办法（试行）》（鲁政办发〔2006〕31号）"
_S28 = "《山东省信访条例》第二十八条"
_LEFT = "《民事诉讼法》第八十六条给障碍消除后十日，本局可以放宽，不得缩短。"
_SERVED = "《民事诉讼法》第九十五条规定自发出公告之日起经过三十日视为送达，本局可以放宽，不得缩短。"
_MASKED = "显示得更多，就认得出本人了。"
_LETTER_NUMBER = Pattern(
    fields={"mark": "发文代字", "word": "文种字", YEAR: "年份", SEQUENCE: "序号"},
    example={"mark": "滨信", "word": "告", YEAR: "2026", SEQUENCE: "12"},
    counted=frozenset({YEAR, SEQUENCE}),
    fixed=r"[\u4e00-\u9fff〔〕\[\]（）()—-]",
    fixed_words="汉字、括号和短横",
)
# The number stands in the address of the matter.
_CASE_NUMBER = Pattern(
    fields={"code": "机构代码", YEAR: "年份", SEQUENCE: "序号"},
    example={"code": "BZXF", YEAR: "2026", SEQUENCE: "000061"},
    counted=frozenset({"code", YEAR, SEQUENCE}),
    fixed="[A-Z-]",
    fixed_words="大写字母和短横",
    most_fixed=8,
)
_OTHERS = (
    _set(Key.SHANDONG, Group.RECKONING, True, Switch("适用", "不适用"), "《山东省信访条例》（2015年）"),
    _set(Key.EXTENSION_BASE, Group.RECKONING, ExtensionBase.UNROLLED.value, OneOf(dict(ExtensionBase.choices))),
    _set(
        Key.HEARING_EXCLUSION, Group.RECKONING, PauseMode.TO_CONCLUSION.value, OneOf(dict(PauseMode.choices)),
        "《信访工作条例》第三十六条第二款（起止由本局设定）",
    ),
    _set(
        Key.TRIAGE_START, Group.RECKONING, TriageStart.RECEIPT.value, OneOf(dict(TriageStart.choices)),
        "《信访工作条例》第二十二条第一款（未写明首日）",
    ),
    _set(
        Key.NOTICE_START, Group.RECKONING, NoticeStart.ARRIVAL.value, OneOf(dict(NoticeStart.choices)),
        "《信访工作条例》第二十三条（“收到”之日由本局设定）",
    ),
    _set(
        Key.HANDLING_STOP, Group.RECKONING, HandlingStop.SENDING.value, OneOf(dict(HandlingStop.choices)),
        "《信访工作条例》第三十四条（“办结”之日由本局设定）",
    ),
    _set(
        Key.DELIVERY_ENTRY, Group.RECKONING, 3, Whole(0, 10, "个工作日"),
        "《信访工作条例》第三十五条、第三十六条第一款（收到之日须有凭证；天数由本局设定）",
    ),
    _set(Key.DELIVERY_LEFT, Group.RECKONING, 10, Whole(10, 30, "日", _LEFT), "《民事诉讼法》第八十六条（参照）"),
    _set(Key.PUBLIC_NOTICE, Group.RECKONING, 30, Whole(30, 60, "日", _SERVED), "《民事诉讼法》第九十五条（参照）"),
    _set(Key.GROUP_SIZE, Group.ARRIVAL, 5, Whole(2, 50, "人")),
    _set(Key.REPRESENTATIVES, Group.ARRIVAL, 5, Whole(1, 5, "人", f"{_A20}规定代表人数不得超过5人。"), _A20),
    _set(Key.AGENTS, Group.ARRIVAL, 2, Whole(1, 2, "人", f"{_S28}规定可以委托1至2名代理人。"), _S28),
    _set(Key.ALIKE, Group.ARRIVAL, 50, Whole(10, 100, "%")),
    _set(Key.ALIKE_IN, Group.ARRIVAL, 2, Whole(1, 3, "项")),
    _set(Key.LATE_VISIT, Group.ARRIVAL, 3, Whole(0, 60, "天")),
    _set(Key.GREAT_AGE, Group.ARRIVAL, 110, Whole(90, 125, "岁")),
    _set(Key.SIMPLE_PROCEDURE, Group.ARRIVAL, True, Switch("使用", "不使用")),
    _set(Key.NOTICES_FROM, Group.SUPERVISION, 8, Whole(0, 12, "时")),
    _set(Key.NOTICES_UNTIL, Group.SUPERVISION, 18, Whole(13, 24, "时")),
    _set(Key.ONE_TIME_WINDOW, Group.SUPERVISION, 90, Whole(1, LONGEST_OWN, "日"), awaits="supervision"),
    _set(Key.FIRST_PASS_TARGET, Group.SUPERVISION, 3, Whole(0, 15, "日"), awaits="supervision"),
    _set(Key.URGENT_TOLD_HOURS, Group.SUPERVISION, 2, Whole(1, 24, "小时"), _A25),
    _set(Key.URGENT_READ_MINUTES, Group.SUPERVISION, 30, Whole(5, 240, "分钟"), _A25),
    _set(
        Key.AFTER_CARE_DAYS, Group.SUPERVISION, 90, Whole(7, LONGEST_OWN, "日"),
        "《信访工作条例》第三十七条第三款（间隔由本局设定）",
    ),
    _set(
        Key.LETTER_DUE_DAYS, Group.SUPERVISION, 10, Whole(1, 60, "日"),
        "《信访工作条例》第二十三条（书面告知；天数由本局设定）",
    ),
    _set(Key.RISK_REPEATS, Group.SUPERVISION, 3, Whole(2, 50, "次")),
    _set(Key.REMINDER_DAYS, Group.SUPERVISION, 5, Whole(1, 90, "个工作日"), _LETTERS),
    _set(Key.SUPERVISION_DAYS, Group.SUPERVISION, 10, Whole(1, 90, "个工作日"), _LETTERS),
    _set(
        Key.TALK_AFTER, Group.SUPERVISION, 2, Whole(2, 10, "次"), "《信访工作条例》第三十九条第三款（次数由本局设定）",
    ),
    _set(Key.HEARING_MEMBERS, Group.HEARING, 5, Whole(3, 15, "人", "听证员人数应为单数，一般为5人以上。"), _S21),
    _set(Key.FORMER_UNIT_YEARS, Group.HEARING, 3, Whole(0, 10, "年")),
    _set(Key.RETENTION_ENDED, Group.FILE, "permanent", _YEARS),
    _set(Key.RETENTION_ORDINARY, Group.FILE, "30", _YEARS),
    _set(Key.RETENTION_SIMPLE, Group.FILE, "10", _YEARS),
    _set(Key.LETTER_NUMBER, Group.NUMBERING, "{mark}{word}〔{year}〕{seq}号", _LETTER_NUMBER, "GB/T 9704—2012 7.2.5"),
    _set(Key.CASE_NUMBER, Group.NUMBERING, "{code}-{year}-{seq}", _CASE_NUMBER),
    _set(
        Key.LETTERHEAD, Group.PAPER, False, Switch("使用印有发文机关标志的信笺，版头留空", "随文书印制"),
        "GB/T 9704—2012 7.2.4、10.1",
    ),
    _set(Key.SHOWN_NAME_HEAD, Group.PRIVACY, 1, Whole(0, 1, "个字", _MASKED)),
    _set(Key.SHOWN_NAME_TAIL, Group.PRIVACY, 1, Whole(0, 1, "个字", _MASKED)),
    _set(Key.SHOWN_ID_HEAD, Group.PRIVACY, 4, Whole(0, 6, "位", _MASKED)),
    _set(Key.SHOWN_ID_TAIL, Group.PRIVACY, 4, Whole(0, 4, "位", _MASKED)),
    _set(Key.SHOWN_PHONE_HEAD, Group.PRIVACY, 3, Whole(0, 3, "位", _MASKED)),
    _set(Key.SHOWN_PHONE_TAIL, Group.PRIVACY, 4, Whole(0, 4, "位", _MASKED)),
)  # fmt: skip

PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {parameter.key: parameter for period in PERIODS.values() for parameter in _of_period(period)}
    | {parameter.key: parameter for parameter in (*_OTHERS, *SIGN_IN)}
)
OFFERED: tuple[Parameter, ...] = tuple(parameter for parameter in PARAMETERS.values() if not parameter.awaits)
