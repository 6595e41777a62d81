"""三函、三项建议: letters by which the petition office supervises and proposes (第三十九条、第四十条)."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import CONTACT, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Answer, ByHand, Reader, Voice, Writer, declare
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule

add_facts(
    actions=Fact("建议采取的措施", ["约见信访人", "三日内组织现场核实"], is_list=True),
    cases=Fact("关联信访事项", "2026030200012、2026031500007", is_short=True),
    consequences=Fact("造成的后果", "引发集体来访三次，造成不良社会影响"),
    demands=Fact("督办要求", ["立即办结并答复信访人", "说明超期原因"], is_list=True),
    earlier_letters=Fact("此前督办情况", "2026年5月8日、5月25日两次督办未反馈"),
    feedback_due_on=Fact("反馈期限", date(2026, 6, 12)),
    persons=Fact("相关责任人", ["某科科长褚某", "某科科员卫某"], is_list=True),
    policies=Fact("现行政策规定", ["《住宅专项维修资金管理办法》的有关规定"], is_list=True),
    problem=Fact("存在的问题", "超期未办结"),
    risks=Fact("风险情况", ["离办结期限只有5日", "信访人表示将集体来访"], is_list=True),
    times=Fact("督办次数", "二", is_short=True),
    unit_concerned=Fact("被建议追责的单位", "某区住房和城乡建设局", is_short=True),
)

_PROPOSAL = ("addressee", "findings", "basis", "proposals", "feedback_due_on")

SUPERVISION_LETTER = declare(
    "supervision-letter",
    "督办函",
    code="D21",
    word="督",
    owner=ByHand(Writer.OFFICE, Reader.RESPONSIBLE),
    required=("addressee", "case_number", "matter", "problem", "findings", "basis", "demands", "feedback_due_on"),
    optional=("times", "enclosures", "copies_to", *CONTACT),
    examples={"addressee": "滨州市住房和城乡建设局", "basis": "《信访工作条例》第三十四条"},
    answer=Answer(Rule.LETTER_FEEDBACK, days=Key.SUPERVISION_DAYS),
    voice=Voice.ORGAN,
)
RISK_LETTER = declare(
    "risk-letter",
    "风险提醒函",
    code="D21",
    word="险",
    owner=ByHand(Writer.OFFICE, Reader.RESPONSIBLE),
    required=("addressee", "case_number", "matter", "risks", "actions", "feedback_due_on"),
    optional=("enclosures", "copies_to", *CONTACT),
    examples={"addressee": "滨州市住房和城乡建设局"},
    answer=Answer(Rule.LETTER_FEEDBACK, days=Key.REMINDER_DAYS),
    voice=Voice.ORGAN,
)
ACCOUNTABILITY_LETTER = declare(
    "accountability-letter",
    "问责建议函",
    code="D21",
    word="责",
    owner=ByHand(Writer.OFFICE, Reader.TO_BE_NAMED),
    required=(*_PROPOSAL, "case_number", "matter", "unit_concerned", "persons", "evidence"),
    optional=("earlier_letters", "enclosures", *CONTACT),
    examples={"addressee": "滨州市纪委监委", "basis": "《信访工作条例》第四十条第三款"},
    answer=Answer(Rule.PROPOSAL_FEEDBACK),
    voice=Voice.ORGAN,
)
IMPROVEMENT_PROPOSAL = declare(
    "improvement-proposal",
    "改进工作建议书",
    code="D22",
    word="改",
    owner=ByHand(Writer.OFFICE, Reader.RESPONSIBLE),
    required=_PROPOSAL,
    optional=("cases", "enclosures", "copies_to", *CONTACT),
    examples={"addressee": "滨州市住房和城乡建设局", "basis": "《信访工作条例》第四十条第一款"},
    answer=Answer(Rule.PROPOSAL_FEEDBACK),
    voice=Voice.ORGAN,
)
POLICY_PROPOSAL = declare(
    "policy-proposal",
    "完善政策建议书",
    code="D22",
    word="政",
    owner=ByHand(Writer.OFFICE, Reader.RESPONSIBLE),
    required=(*_PROPOSAL, "policies"),
    optional=("cases", "enclosures", "copies_to", *CONTACT),
    examples={"addressee": "滨州市人民政府", "basis": "《信访工作条例》第四十条第二款"},
    answer=Answer(Rule.PROPOSAL_FEEDBACK),
    voice=Voice.ORGAN,
)
LIABILITY_PROPOSAL = declare(
    "liability-proposal",
    "追究责任建议书",
    code="D22",
    word="究",
    owner=ByHand(Writer.OFFICE, Reader.TO_BE_NAMED),
    required=(*_PROPOSAL, "unit_concerned", "persons", "consequences", "evidence"),
    optional=("cases", "enclosures", *CONTACT),
    examples={"addressee": "滨州市纪委监委", "basis": "《信访工作条例》第四十条第三款"},
    answer=Answer(Rule.PROPOSAL_FEEDBACK),
    voice=Voice.ORGAN,
)
