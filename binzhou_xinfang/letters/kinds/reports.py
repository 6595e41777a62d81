"""年度报告、阅信单: papers that the office lays before its leaders."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import MATTER, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import ByHand, OfTheYear, Reader, Voice, Writer, declare

add_facts(
    complained_units=Fact("被投诉较多的机关、单位", ["滨城区某物业公司48件", "某开发公司21件"], is_list=True),
    fields=Fact("信访事项涉及领域", ["城乡建设类占31%", "劳动和社会保障类占22%"], is_list=True),
    instructed_on=Fact("批示日期", date(2026, 3, 5)),
    instruction=Fact("领导批示", "请市住房和城乡建设局限期办理并报告结果。"),
    others=Fact("其他情况", ["全市信访秩序平稳"], is_list=True),
    proposals_adopted=Fact(
        "三项建议及采纳情况", ["改进工作建议12件，采纳11件", "完善政策建议2件，均已采纳"], is_list=True
    ),
    report_year=Fact("报告年度", "2026年"),
    statistics=Fact("信访事项数据统计", ["全年登记信访事项5021件次、8134人次，同比下降6.2%"], is_list=True),
    summary=Fact("内容摘要", "小区地下车库漏水一年，物业公司以维修资金不足为由未修"),
    supervision=Fact("转送、交办、督办情况", ["全年转送3120件、交办410件、督办96件"], is_list=True),
)


ANNUAL_REPORT = declare(
    "annual-report",
    "年度报告",
    code="D24",
    word="年",
    owner=OfTheYear(),
    required=(
        "addressee",
        "report_year",
        "statistics",
        "fields",
        "complained_units",
        "supervision",
        "proposals_adopted",
    ),
    optional=("others", "rows", "copies_to"),
    examples={
        "addressee": "滨州市人民政府",
        "rows": [
            {"name": "来信", "number": "1203", "dated": "", "pages": "", "note": "同比下降8.1%"},
            {"name": "来访", "number": "3818", "dated": "", "pages": "", "note": "同比下降5.6%"},
        ],
    },
    voice=Voice.ORGAN,
)
LEADER_READING = declare(
    "leader-reading",
    "阅信单",
    code="D25",
    word="阅",
    owner=ByHand(Writer.OFFICE, Reader.RESPONSIBLE),
    required=("leader", *MATTER, "channel", "received_on", "summary", "suggestion"),
    optional=("place", "topic", "visits", "instruction", "instructed_on", "registrar"),
    examples={"place": "滨州市滨城区"},
    voice=Voice.FILE,
)
