"""化解、承诺、案卷目录: the end of a matter and its file."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import ARRIVAL, MATTER, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Served, Voice, by_moves, declare

add_facts(
    former_answer=Fact("原意见的处理", "你已书面同意重新办理，原意见由重新作出的意见代替"),
    applied_on=Fact("申请日期", date(2026, 4, 8)),
    aid=Fact("帮扶救助情况", "协调减免两个月物业费"),
    archived_on=Fact("归档日期", date(2026, 7, 20)),
    checked_by=Fact("检查人", "孙某"),
    closed_on=Fact("办结日期", date(2026, 6, 30)),
    commitment=Fact("承诺情况", "已签订息诉罢访承诺书"),
    commitments=Fact("承诺事项", ["不再以同一事实和理由重复提出", "依法依规反映其他问题"], is_list=True),
    filed_by=Fact("立卷人", "吴某"),
    follow_up=Fact("跟踪回访措施", "责任单位每季度回访一次，为期一年"),
    former=Fact("原信访人", "刘某", is_short=True),
    outcomes=Fact(
        "三到位一处理落实情况", ["诉求合理的解决问题到位：车库已经修复", "生活困难的帮扶救助到位：不涉及"], is_list=True
    ),
    pages_total=Fact("卷内件数和页数", "共2件，已编页3页。"),
    remaining=Fact("保留的权利", "你申请复查的权利不受影响"),
    retention=Fact("保管期限", "长期"),
    triage_due_on=Fact("重新处理期限", date(2026, 3, 21)),
)


WITHDRAWAL = declare(
    "withdrawal",
    "撤回信访事项确认书",
    code="D07",
    word="撤",
    owner=by_moves("withdraw"),
    required=(*ARRIVAL, "applied_on"),
    optional=("remaining",),
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("该事项不再办理，信访人应当知道保留的权利"),
)
SUCCESSION = declare(
    "succession",
    "变更信访人告知书",
    code="D05",
    word="变",
    owner=by_moves("succeed"),
    required=(*ARRIVAL, "former", "reason"),
    optional=("query_way",),
    examples={"addressee": "刘小某", "reason": "原信访人病故，由其子女承继"},
    is_notice=True,
    voice=Voice.ORGAN,
)
ENDING_NOTICE = declare(
    "ending-notice",
    "终结告知书",
    code="D08",
    word="终",
    owner=by_moves("end", "confirm-end"),
    required=(*ARRIVAL, "reason", "basis"),
    examples={"reason": "双方已达成调解协议", "basis": "《山东省信访条例》第四十六条第一项"},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("信访程序终结，《山东省信访条例》第四十六条"),
)
REOPENING_NOTICE = declare(
    "reopening-notice",
    "重新启动办理告知书",
    code="D05",
    word="启",
    owner=by_moves("reopen"),
    required=(*ARRIVAL, "reason", "basis", "triage_due_on"),
    optional=("former_answer",),
    examples={"reason": "出现新的鉴定结论", "basis": "《信访工作条例》第二十八条第一款"},
    is_notice=True,
    voice=Voice.ORGAN,
)
RESOLUTION_REPORT = declare(
    "resolution-report",
    "化解报告",
    code="D23",
    word="化",
    owner=by_moves("resolve"),
    required=("addressee", *MATTER, "requests", "process", "findings", "outcomes", "result", "attitude", "follow_up"),
    optional=("leader", "aid", "commitment", "enclosures"),
    examples={"addressee": "滨州市信访工作联席会议办公室"},
    voice=Voice.ORGAN,
)
COMMITMENT = declare(
    "commitment",
    "息诉罢访承诺书",
    code="D23",
    owner=by_moves("resolve"),
    required=("addressee", "petitioner", "matter", "result", "commitments"),
    optional=("case_number", "document_number"),
    examples={"addressee": "滨州市信访局"},
    voice=Voice.PETITIONER,
)
FILE_CATALOGUE = declare(
    "file-catalogue",
    "案卷目录",
    code="D26",
    word="卷",
    owner=by_moves("archive"),
    required=(*MATTER, "rows"),
    optional=("responsible_unit", "retention", "closed_on", "archived_on", "pages_total", "filed_by", "checked_by"),
    voice=Voice.FILE,
)
