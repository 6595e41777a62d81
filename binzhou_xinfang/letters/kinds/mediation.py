"""调解、和解: agreements of the parties."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import CONTACT, MATTER, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import OfMediations, Voice, by_moves, declare

add_facts(
    answer_due_on=Fact("答复期限", date(2026, 3, 19)),
    consented_on=Fact("双方同意调解的日期", date(2026, 3, 13)),
    copies_count=Fact("文书份数", "三份"),
    dispute=Fact("纠纷的主要情况", "车库顶板渗水，双方对维修责任和费用有争议"),
    handling_due_on=Fact("信访事项办理期限", date(2026, 5, 5)),
    liability=Fact("各方责任", ["物业公司承担渗水部位的维修责任", "业主承担配合义务"], is_list=True),
    mediated_on=Fact("调解日期", date(2026, 4, 10)),
    mediation_place=Fact("调解地点", "渤海小区居委会"),
    mediator=Fact("调解员", "钱某"),
    other_party=Fact("对方当事人", "滨城区某物业公司", is_short=True),
    parties=Fact("当事人基本情况", ["甲方：刘某，渤海小区业主", "乙方：滨城区某物业公司，负责人赵某"], is_list=True),
    performance=Fact("履行方式", "由物业公司自行组织施工"),
    performance_time=Fact("履行期限", "2026年5月31日前"),
    terms=Fact("协议内容", ["乙方于2026年5月31日前修复车库渗水部位", "甲方按时缴纳物业费"], is_list=True),
    witness=Fact("见证人", "钱某"),
)

_AGREEMENT = ("parties", "matter", "findings", "terms", "performance", "performance_time")

MEDIATION_AGREEMENT = declare(
    "mediation-agreement",
    "调解协议书",
    code="D18",
    owner=by_moves("reach-agreement"),
    required=(*_AGREEMENT, "disputes", "liability", "mediator"),
    optional=("case_number", "mediated_on", "mediation_place", "recorder", "copies_count"),
    voice=Voice.PARTIES,
)
SETTLEMENT_AGREEMENT = declare(
    "settlement-agreement",
    "和解协议书",
    code="D18",
    owner=by_moves("reach-settlement"),
    required=_AGREEMENT,
    optional=("case_number", "disputes", "liability", "witness", "copies_count"),
    voice=Voice.PARTIES,
)
MEDIATION_REFERRAL = declare(
    "mediation-referral",
    "调解委派函",
    code="D28",
    word="派",
    owner=OfMediations(),
    required=("addressee", *MATTER, "other_party", "dispute", "consented_on", "answer_due_on"),
    optional=("handling_due_on", *CONTACT),
    examples={"addressee": "老高调解室"},
    voice=Voice.ORGAN,
)
