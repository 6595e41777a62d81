"""复查、复核: requests and opinions."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import APPLICANT, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Served, Voice, by_moves, declare

add_facts(
    changed_to=Fact("变更后的处理意见", "由物业公司于2026年8月底前完成维修，区住房和城乡建设局验收"),
    decision=Fact("复查复核结果", "撤销"),
    decision_reasons=Fact("复查复核意见的理由", ["原处理意见认定事实不清", "没有查明维修资金的使用情况"], is_list=True),
    hearing=Fact("听证情况", "2026年7月2日举行听证，听证员认为应当查明维修资金的使用情况"),
    opinion_on=Fact("处理意见书日期", date(2026, 5, 6)),
    opinion_received_on=Fact("收到处理意见书日期", date(2026, 5, 8)),
    recheck_address=Fact("复核机关地址", "山东省济南市"),
    recheck_unit=Fact("复核机关", "山东省人民政府"),
    redo_basis=Fact("重新处理的依据", "《山东省信访条例》第四十五条", is_short=True),
    redo_days=Fact("重新处理天数", 30),
    redo_unit=Fact("重新处理的机关、单位", "滨州市住房和城乡建设局", is_short=True),
    requested_on=Fact("收到申请日期", date(2026, 5, 20)),
    respondent=Fact("被申请人", "滨州市住房和城乡建设局"),
    respondent_views=Fact("被申请人的意见", ["原处理意见事实清楚、依据正确"], is_list=True),
    review_number=Fact("复查意见书文号", "滨复查〔2026〕2号"),
    review_on=Fact("复查意见书日期", date(2026, 6, 18)),
    review_received_on=Fact("收到复查意见书日期", date(2026, 6, 20)),
)

_REQUEST = ("addressee", "applicant", "respondent", "matter", "opinion_number", "opinion_on", "requests", "reasons")
_ANSWER = (
    "addressee",
    "applicant",
    "respondent",
    "matter",
    "opinion_number",
    "opinion_on",
    "requested_on",
    "requests",
    "claims",
    "findings",
    "bases",
    "decision",
    "decision_reasons",
)
_OPTIONAL_OF_ANSWER = (
    "case_number",
    "accepted_on",
    "respondent_views",
    "hearing",
    "redo_unit",
    "redo_days",
    "redo_basis",
    "changed_to",
    "copies_to",
)

# One that revokes orders a redo, any other says where it may be taken further: the example shows the second.
_NO_REDO = {"redo_unit": "", "redo_days": "", "redo_basis": ""}

REVIEW_REQUEST = declare(
    "review-request",
    "复查申请书",
    code="D19",
    owner=by_moves("ask-review"),
    required=(*_REQUEST, "opinion_received_on"),
    optional=("case_number", *APPLICANT),
    examples={"addressee": "滨州市人民政府", "reasons": ["维修责任认定不清", "维修资金使用没有公开"]},
    voice=Voice.PETITIONER,
)
REVIEW_OPINION = declare(
    "review-opinion",
    "复查意见书",
    code="D19",
    word="查",
    owner=by_moves("sign-review"),
    # Where it may be taken further, it says so; one that revokes leaves nothing to be rechecked.
    required=_ANSWER,
    optional=(*_OPTIONAL_OF_ANSWER, "recheck_unit", "recheck_address", "lapse_basis"),
    examples={"decision": "变更", **_NO_REDO},
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第三十五条、第三十六条第一款", by_move=True),
)
RECHECK_REQUEST = declare(
    "recheck-request",
    "复核申请书",
    code="D20",
    owner=by_moves("ask-recheck"),
    required=(*_REQUEST, "review_number", "review_on", "review_received_on"),
    optional=("case_number", *APPLICANT),
    examples={
        "addressee": "山东省人民政府",
        "respondent": "滨州市人民政府",
        "reasons": ["复查没有查明维修资金的使用情况"],
    },
    voice=Voice.PETITIONER,
)
RECHECK_OPINION = declare(
    "recheck-opinion",
    "复核意见书",
    code="D20",
    word="核",
    owner=by_moves("sign-recheck"),
    required=(*_ANSWER, "review_number", "review_on"),
    optional=_OPTIONAL_OF_ANSWER,
    examples={"respondent": "滨州市人民政府", "decision": "变更", **_NO_REDO},
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第三十六条第一款", by_move=True),
)
