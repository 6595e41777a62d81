"""The clocks of states and marks: no law gives them days; the office sets them, so that nothing owed lies unwatched.

Each starts when an object comes to stand in the state, or to bear the mark, that names it (`process.owed`) and is met
when that is over. None stops or prolongs a clock of the law.
"""

from binzhou_xinfang.statute.ladders import OF_THE_SUPERIOR, OF_WHO_DECIDES, watched
from binzhou_xinfang.statute.rules import DayUnit, Party, Period, Rule, Rung


def _set_by_office(
    rule: Rule, article: str, length: int, unit: DayUnit, starts_with: str, ladder: tuple[Rung, ...]
) -> Period:
    return Period(
        rule=rule, article=f"《信访工作条例》{article}（天数由本局设定）", length=length, unit=unit, party=Party.AGENCY,
        starts_with=starts_with, ladder=ladder, is_fixed=False, is_internal=True,
    )  # fmt: skip


STATE_PERIODS = (
    # 第十九条第一款：载明其姓名（名称）、住址和请求、事实、理由. The 15 days run on.
    _set_by_office(Rule.SUPPLEMENT, "第十九条第一款", 7, DayUnit.NATURAL, "要求补充材料", OF_WHO_DECIDES),
    # 第二十三条第三款：经转送、交办的信访部门或者上级机关、单位核实同意; the unit's 15 days run on meanwhile.
    _set_by_office(Rule.OBJECTION_CHECK, "第二十三条第三款", 3, DayUnit.WORKING, "提出异议", OF_WHO_DECIDES),
    # 第二十四条第一款：由其共同的上一级机关、单位决定受理机关
    _set_by_office(Rule.JURISDICTION, "第二十四条第一款", 5, DayUnit.WORKING, "提请指定管辖", OF_THE_SUPERIOR),
    # 第三十四条：经本机关、单位负责人批准; it never ends later than the 60 days themselves.
    _set_by_office(Rule.EXTENSION_DECISION, "第三十四条", 3, DayUnit.WORKING, "申请延期", OF_WHO_DECIDES),
    # 第三十五条、第三十六条 speak of the written answer that is received; signed is not delivered. Where the clock of
    # the law ends no later, which the opinion meets when it is sent, that one watches.
    _set_by_office(Rule.DELIVERY, "第三十五条、第三十六条第一款", 10, DayUnit.NATURAL, "签发意见", watched(3)),
    # What is on its way by post, or hangs as a notice, is followed to its end.
    _set_by_office(
        Rule.ARRIVAL, "第三十五条、第三十六条第一款", 10, DayUnit.NATURAL, "交邮或者公告期满", OF_WHO_DECIDES
    ),
    # 第三十二条第二款：作出支持信访请求意见的，应当督促有关机关、单位执行
    _set_by_office(
        Rule.EXECUTION_ORDER, "第三十二条第二款", 10, DayUnit.NATURAL, "送达予以支持的意见", watched(3)
    ),
    # 第二十二条第一款第三项：提交办结报告; reported once, what is answered anew after a review is reported anew.
    _set_by_office(
        Rule.COMPLETION, "第二十二条第一款第三项", 10, DayUnit.NATURAL, "送达此后的意见", watched(3)
    ),
    # 第三十六条第二款：听证所需时间不计算在前款规定的期限内; what is not counted must end all the same.
    _set_by_office(Rule.HEARING_END, "第三十六条第二款", 15, DayUnit.NATURAL, "听证会举行", watched(3)),
    # 第四十条第一款：应当及时督办; who urges others is reminded too.
    _set_by_office(
        Rule.OVERSIGHT, "第四十条第一款、第四十三条", 5, DayUnit.WORKING, "提出督办或者收到反馈", OF_WHO_DECIDES
    ),
    # 第三十三条：可以……调解; who is asked to mediate answers, while the 60 days run on.
    _set_by_office(Rule.MEDIATION_ACCEPTANCE, "第三十三条", 3, DayUnit.WORKING, "委派调解", OF_WHO_DECIDES),
    # 第二十八条第三款：有直接利害关系的，应当回避; until it is decided no opinion is signed.
    _set_by_office(Rule.RECUSAL_DECISION, "第二十八条第三款", 2, DayUnit.WORKING, "申请回避", OF_WHO_DECIDES),
    # 山东省信访条例第三十九条：信访人申请听证的; no opinion is signed before the answer.
    _set_by_office(Rule.HEARING_DECISION, "第三十一条第六项", 5, DayUnit.WORKING, "申请听证", OF_WHO_DECIDES),
    # 山东省信访条例第四十六条 knows the grounds; who works on the matter asks, the office that took it in decides.
    _set_by_office(Rule.END_DECISION, "第十四条第一款", 3, DayUnit.WORKING, "提请结束办理、变更信访人", OF_WHO_DECIDES),
    # 第三十五条、第三十六条：自收到书面答复之日起; who received when is not left open.
    _set_by_office(
        Rule.DELIVERY_CHECK, "第三十五条、第三十六条第一款", 3, DayUnit.WORKING, "事后登录送达", OF_WHO_DECIDES
    ),
    # The same articles: on a day without its proof no right ends for good, so that somebody owes the proof.
    _set_by_office(
        Rule.DELIVERY_PROOF, "第三十五条、第三十六条第一款", 10, DayUnit.WORKING, "登录没有凭证的送达", OF_WHO_DECIDES
    ),
    # 第三十五条：自收到书面答复之日起; each of several petitioners has his own days, from his own copy.
    _set_by_office(
        Rule.DELIVERY_TO_OTHERS, "第三十五条、第三十六条第一款", 10, DayUnit.NATURAL, "向首位信访人送达", OF_WHO_DECIDES
    ),
)  # fmt: skip
