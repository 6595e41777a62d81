"""听证: request, notice, record and report."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import APPLICANT, CONTACT, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import AtTheCounter, Served, Voice, by_moves, declare

add_facts(
    attendees=Fact("参加人员", ["信访人刘某", "滨州市住房和城乡建设局承办人张某", "物业公司代表赵某"], is_list=True),
    conclusion=Fact("听证结论", "物业公司应当承担维修责任"),
    deliberation=Fact("评议情况", "听证员5人中4人认为物业公司应当承担维修责任"),
    ended_at=Fact("听证结束时间", "11时20分"),
    hearing_at=Fact("听证时间", "2026年4月20日9时30分", is_short=True),
    hearing_place=Fact("听证地点", "滨州市信访局二楼听证室", is_short=True),
    host=Fact("听证主持人", "郑某", is_short=True),
    members=Fact("听证员名单", ["秦某", "许某", "何某", "吕某", "施某"], is_list=True),
    minority=Fact("少数意见", "1人认为应当先作质量鉴定"),
    notice_on=Fact("听证通知日期", date(2026, 4, 2)),
    publicity=Fact("公开方式", "公开举行，允许旁听", is_short=True),
    record=Fact(
        "听证过程",
        ["主持人：核对身份，宣布纪律", "信访人：车库渗水一年未修", "承办人：说明查明的事实和依据"],
        is_list=True,
    ),
)

_HEARING = ("petitioner", "matter", "hearing_at", "hearing_place", "host", "members")

HEARING_REQUEST = declare(
    "hearing-request",
    "听证申请书",
    code="D17",
    owner=AtTheCounter(),
    required=("addressee", "applicant", "matter", "basis", "reasons"),
    optional=("case_number", "opinion_number", "representatives", *APPLICANT),
    examples={"addressee": "滨州市住房和城乡建设局", "reasons": ["维修责任认定不清", "维修资金使用没有公开"]},
    voice=Voice.PETITIONER,
)
HEARING_NOTICE = declare(
    "hearing-notice",
    "听证通知书",
    code="D17",
    word="听通",
    owner=by_moves("call-hearing", "call-recheck-hearing"),
    required=("addressee", "matter", "hearing_at", "hearing_place", "host", "members", "materials"),
    optional=("case_number", "recorder", "publicity", *CONTACT),
    voice=Voice.ORGAN,
    served=Served("《山东省信访事项听证办法（试行）》（鲁政办发〔2006〕31号）"),
)
HEARING_RECORD = declare(
    "hearing-record",
    "听证笔录",
    code="D17",
    word="听录",
    owner=by_moves("conclude-hearing", "conclude-recheck-hearing"),
    required=(*_HEARING, "recorder", "attendees", "record"),
    optional=("case_number", "ended_at", "publicity"),
    voice=Voice.FILE,
)
HEARING_REPORT = declare(
    "hearing-report",
    "听证报告",
    code="D17",
    word="听报",
    owner=by_moves("conclude-hearing", "conclude-recheck-hearing"),
    required=(*_HEARING, "attendees", "disputes", "findings", "deliberation", "conclusion"),
    optional=("case_number", "minority", "suggestion", "notice_on"),
    voice=Voice.FILE,
)
