"""The clocks of petition work as data: each rule with its article, length, unit and warning days (reference §8.3).

These are the law's own values. What is in force on a day, with the office's settings, says `statute.regime`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from binzhou_xinfang.statute.ladders import HANDLER, LAPSE, OF_THE_OFFICE, watched
from binzhou_xinfang.statute.rules import Consequence, DayUnit, Party, Period, Rule, Rung
from binzhou_xinfang.statute.state_periods import STATE_PERIODS

__all__ = ["LAPSE", "PERIODS", "STATUTORY", "DayUnit", "Party", "Period", "Rule"]

_SENT = "意见签发并发出（当面送达、交邮、公告）之日"
_ALL = (
    # 第二十二条：收到信访事项，应当予以登记，并区分情况，在15日内分别按照下列方式处理
    Period(
        rule=Rule.TRIAGE,
        article="《信访工作条例》第二十二条第一款",
        length=15,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到信访事项",
        ladder=OF_THE_OFFICE,
    ),
    # 第二十三条第二款：自收到信访事项之日起15日内书面告知信访人
    # 第三款：自收到之日起15日内书面告知信访人接收情况以及处理途径和程序
    Period(
        rule=Rule.NOTICE,
        article="《信访工作条例》第二十三条第二款、第三款",
        length=15,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到信访事项",
        ladder=watched(3),
    ),
    # 第二十三条第三款：应当自收到之日起5个工作日内提出异议，并详细说明理由
    Period(
        rule=Rule.OBJECTION,
        article="《信访工作条例》第二十三条第三款",
        length=5,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到转送、交办的信访事项",
        gives_right=True,
        ladder=(Rung(-2, (HANDLER,)),),
    ),
    # Handling, review and recheck are met alike: by the signed opinion on the day on which it is sent, handed over or
    # posted (办结、书面答复; reference §8.3: issued and sent). Signed and kept back it answers nothing; how long it
    # travels is nobody's fault, and the petitioner's right counts from the receipt.
    # 第三十四条：应当自受理之日起60日内办结；……可以适当延长办理期限，但延长期限不得超过30日，并告知信访人延期理由
    Period(
        rule=Rule.HANDLING,
        article="《信访工作条例》第三十四条",
        length=60,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="受理",
        met_by=_SENT,
        max_extension=30,
        ladder=watched(15, 7, 3),
    ),
    # 第三十五条：可以自收到书面答复之日起30日内请求……复查
    Period(
        rule=Rule.REVIEW_REQUEST,
        article="《信访工作条例》第三十五条",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.PETITIONER,
        starts_with="收到书面答复",
        gives_right=True,
    ),
    # 第三十五条：应当自收到复查请求之日起30日内提出复查意见，并予以书面答复
    Period(
        rule=Rule.REVIEW,
        article="《信访工作条例》第三十五条",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到复查请求",
        met_by=_SENT,
        ladder=watched(7, 3),
    ),
    Period(
        rule=Rule.REVIEW_ACCEPTANCE,
        article="《山东省信访条例》第四十三条",
        length=3,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到复查申请",
        ladder=watched(1),
    ),
    # 第三十六条第一款：可以自收到书面答复之日起30日内向复查机关、单位的上一级机关、单位请求复核
    Period(
        rule=Rule.RECHECK_REQUEST,
        article="《信访工作条例》第三十六条第一款",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.PETITIONER,
        starts_with="收到复查书面答复",
        gives_right=True,
    ),
    # 第三十六条第一款：应当自收到复核请求之日起30日内提出复核意见；第二款：听证所需时间不计算在前款规定的期限内
    Period(
        rule=Rule.RECHECK,
        article="《信访工作条例》第三十六条第一款、第二款",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到复核请求",
        met_by=_SENT,
        ladder=watched(7, 3),
        pauses_for="听证",
    ),
    Period(
        rule=Rule.RECHECK_ACCEPTANCE,
        article="《山东省信访条例》第四十四条",
        length=3,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到复核申请",
        ladder=watched(1),
    ),
    Period(
        rule=Rule.SIMPLE_ACCEPTANCE,
        article="《信访事项简易办理办法》（国信办发〔2022〕17号）",
        length=3,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到信访事项",
        ladder=watched(1),
    ),
    Period(
        rule=Rule.SIMPLE_HANDLING,
        article="《信访事项简易办理办法》（国信办发〔2022〕17号）",
        length=10,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="受理",
        ladder=watched(3),
    ),
    Period(
        rule=Rule.SIMPLE_RELAY,
        article="《信访事项简易办理办法》（国信办发〔2022〕17号）",
        length=1,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到信访事项",
        ladder=(Rung(0, (HANDLER,)), *OF_THE_OFFICE[2:]),
    ),
    Period(
        rule=Rule.PROPOSAL_FEEDBACK,
        article="《山东省信访条例》第五十九条",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到改进工作建议",
        ladder=watched(7, 3, letter=Consequence.NOTICE),
    ),
    Period(
        rule=Rule.JUDICIAL_CONFIRMATION,
        article="《中华人民共和国人民调解法》第三十三条",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.PETITIONER,
        starts_with="调解协议生效",
        gives_right=True,
    ),
    Period(
        rule=Rule.HEARING_NOTICE,
        article="《山东省信访事项听证办法（试行）》（鲁政办发〔2006〕31号）",
        length=10,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="听证会举行",
        ladder=watched(3, letter=Consequence.NOTICE),
        counts_back=True,
    ),
    # 第二十二条第一款第三项：要求其在指定办理期限内反馈结果，提交办结报告
    Period(
        rule=Rule.ASSIGNMENT,
        article="《信访工作条例》第二十二条第一款第三项",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到交办函",
        ladder=watched(7, 3),
        is_fixed=False,
        # One duty: who may go on handling is not late with its report; nor is who waits for the body above.
        moves_with=(Rule.HANDLING,),
        waits_for=(Rule.REDO, Rule.REVIEW, Rule.RECHECK),
    ),
    Period(
        rule=Rule.REDO,
        # The revoking opinion sets the days, whether or not the office applies Shandong's law.
        article="《信访工作条例》第三十五条、第三十六条第一款，《山东省信访条例》第四十五条（天数由复查、复核机关设定）",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到责令重新处理决定",
        met_by=_SENT,
        ladder=watched(7, 3),
        is_fixed=False,
    ),
    # 第三十四条 binds 第三十一条第六项 alone; advice, reports and statutory duties follow their own rules.
    Period(
        rule=Rule.OWN_WAY,
        article="《信访工作条例》第二十九条第一款、第三十条第一款、第三十一条第五项（天数按该途径的规定）",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="书面告知",
        ladder=watched(7, 3),
        is_fixed=False,
    ),
    Period(
        rule=Rule.CO_HANDLING,
        article="《信访工作条例》第二十四条第一款（天数由主办单位设定）",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="收到协办通知",
        ladder=watched(3),
        is_fixed=False,
        # A part of the whole: more time for the whole is more time for what still runs of it.
        moves_with=(Rule.HANDLING,),
    ),
    # 第三十二条第二款：作出支持信访请求意见的，应当督促有关机关、单位执行
    Period(
        rule=Rule.EXECUTION,
        article="《信访工作条例》第三十二条第二款（天数由处理意见确定）",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="督促执行",
        ladder=watched(7, 3),
        is_fixed=False,
        # 第三十五条、第三十六条: the body above may change what is to be executed; the unit may go on all the same.
        pauses_for="复查、复核",
    ),
    # 第二十一条第二款 gives the right to evaluate, but no days: they are the office's own.
    Period(
        rule=Rule.EVALUATION,
        article="《信访工作条例》第二十一条第二款（天数由本局设定）",
        length=30,
        unit=DayUnit.NATURAL,
        party=Party.PETITIONER,
        starts_with="送达处理意见",
        gives_right=True,
        is_fixed=False,
    ),
    # 第四十条第四款：有关机关、单位应当书面反馈采纳情况; no days either, and each of the three letters has its own.
    Period(
        rule=Rule.LETTER_FEEDBACK,
        article="《信访工作条例》第四十条第四款（天数由发函单位设定）",
        length=None,
        unit=DayUnit.WORKING,
        party=Party.AGENCY,
        starts_with="收到函件",
        ladder=watched(2, letter=Consequence.ACCOUNTABILITY),
        is_fixed=False,
    ),
    # 第三十九条第三款：责令限期整改; the days are set by who inspects.
    Period(
        rule=Rule.RECTIFICATION,
        article="《信访工作条例》第三十八条第二款、第三十九条第三款（天数由督查单位设定）",
        length=None,
        unit=DayUnit.NATURAL,
        party=Party.AGENCY,
        starts_with="督查反馈",
        ladder=watched(3),
        is_fixed=False,
    ),
)

PERIODS: Mapping[Rule, Period] = MappingProxyType({period.rule: period for period in (*_ALL, *STATE_PERIODS)})

# The rules whose length is the law's own; `manage.py deadline` answers for these.
STATUTORY: tuple[Rule, ...] = tuple(rule for rule in Rule if PERIODS[rule].is_fixed)
