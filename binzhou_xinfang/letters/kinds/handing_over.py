"""转送、交办、异议、管辖: letters between the office and the units."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import ARRIVAL, CONTACT, MATTER, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Served, Voice, by_moves, declare

add_facts(
    co_units=Fact("协办单位", "滨城区综合行政执法局"),
    decider=Fact("作出决定的领导机关", "滨州市党委、政府领导", is_short=True),
    decided_unit=Fact("决定的受理机关", "滨城区住房和城乡建设局", is_short=True),
    jurisdiction_reason=Fact("管辖理由", "物业管理属于你单位职权范围"),
    nameless=Fact("信访人姓名、住址不清的说明", "信访人没有写明姓名、住址，无法书面告知"),
    notice_due_on=Fact("告知期限", date(2026, 3, 19)),
    notice_over_on=Fact("已经届满的告知期限", date(2026, 3, 19)),
    objection_due_on=Fact("提出异议期限", date(2026, 3, 11)),
    own_rules=Fact("对方按自己的规定告知的依据", "《信访工作条例》第二十三条第四款"),
    proper_unit=Fact("建议承办单位", "滨城区住房和城乡建设局"),
    referral_number=Fact("转送函文号", "滨信转〔2026〕8号"),
    referred_on=Fact("转送日期", date(2026, 3, 4)),
    report_due_on=Fact("办理期限", date(2026, 4, 30)),
    secrecy=Fact("保密要求", "对举报内容和举报人的情况保密"),
    sent_on=Fact("转出日期", date(2026, 3, 4)),
    to_unit=Fact("去向单位", "滨州市住房和城乡建设局"),
    views=Fact("各单位意见", ["市住房和城乡建设局：属于区级监管", "区住房和城乡建设局：属于市级审批"], is_list=True),
    way=Fact("转出方式（转送、交办）", "转送"),
)

_HAND_OVER = (
    "addressee",
    "case_number",
    "petitioner",
    "received_on",
    "channel",
    "matter",
    "requests",
    "jurisdiction_reason",
    "basis",
)
# Not to 政法 and 纪检监察 (第二十三条第四款).
_ITS_DAYS = ("notice_due_on", "objection_due_on")

REFERRAL = declare(
    "referral",
    "转送函",
    code="D03",
    word="转",
    owner=by_moves("refer", "pass-down", "to-discipline"),
    required=_HAND_OVER,
    optional=(*_ITS_DAYS, "via", "own_rules", "nameless", "secrecy", "enclosures", *CONTACT),
    examples={
        "addressee": "滨州市住房和城乡建设局",
        "basis": "《信访工作条例》第二十二条第一款第一项",
        "own_rules": "",
        "nameless": "",
        "secrecy": "",
        "via": "",
    },
    voice=Voice.ORGAN,
)
ASSIGNMENT = declare(
    "assignment",
    "交办函",
    code="D04",
    word="交",
    owner=by_moves("assign"),
    required=(*_HAND_OVER, *_ITS_DAYS, "report_due_on"),
    optional=("nameless", "enclosures", *CONTACT),
    examples={
        "addressee": "滨州市住房和城乡建设局",
        "basis": "《信访工作条例》第二十二条第一款第三项",
        "nameless": "",
    },
    voice=Voice.ORGAN,
)
PROCEDURAL_ACCEPTANCE = declare(
    "procedural-acceptance",
    "程序性受理告知书",
    code="D05",
    word="程",
    owner=by_moves("refer", "assign", "pass-down", "to-discipline"),
    required=(*ARRIVAL, "basis", "way", "to_unit", "sent_on", "query_code"),
    optional=("via", "own_rules", "notice_due_on", "query_way"),
    examples={"basis": "《信访工作条例》第二十二条第一款第一项", "own_rules": "", "via": ""},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十三条第一款、《山东省信访条例》第三十三条"),
)
TAKING_BACK = declare(
    "taking-back",
    "收回函",
    code="D03",
    word="回",
    owner=by_moves("take-back", "retrieve"),
    required=("addressee", "case_number", "petitioner", "matter", "referral_number", "referred_on", "reason"),
    optional=CONTACT,
    examples={"addressee": "滨州市住房和城乡建设局", "reason": "经核对，该小区由区级部门监管"},
    voice=Voice.ORGAN,
)
OBJECTION = declare(
    "objection",
    "异议申请",
    code="D10",
    word="异",
    owner=by_moves("object"),
    required=(
        "addressee",
        "referral_number",
        "referred_on",
        "received_on",
        "matter",
        "reasons",
        "proper_unit",
        "basis",
    ),
    optional=("due_on",),
    examples={"addressee": "滨州市信访局", "due_on": date(2026, 3, 11), "basis": "《信访工作条例》第二十三条第三款"},
    voice=Voice.ORGAN,
)
JURISDICTION = declare(
    "jurisdiction",
    "管辖决定书",
    code="D11",
    word="辖",
    owner=by_moves("decide-jurisdiction"),
    required=("addressee", *MATTER, "views", "decided_unit", "reason", "basis"),
    optional=("co_units", "decider", "nameless", "notice_due_on", "notice_over_on", "copies_to"),
    examples={
        "addressee": "滨州市住房和城乡建设局",
        "basis": "《信访工作条例》第二十四条第一款",
        "decider": "",
        "notice_over_on": "",
        "nameless": "",
        "reason": "该小区由区级部门监管",
    },
    voice=Voice.ORGAN,
)
