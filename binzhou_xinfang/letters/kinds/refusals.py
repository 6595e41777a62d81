"""复查、复核申请不予受理、撤回: notices to somebody whose request for a review or a recheck goes no further."""

from binzhou_xinfang.letters.kinds.facts import Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Served, Voice, by_moves, declare

add_facts(
    against=Fact("不服的意见", "滨州市住房和城乡建设局2026年5月6日作出的滨建意〔2026〕5号处理意见"),
    request_name=Fact("申请的名称（复查、复核）", "复查", is_short=True),
)

REVIEW_REFUSAL = declare(
    "review-refusal",
    "复查、复核申请不予受理告知书",
    code="D07",
    word="不复",
    owner=by_moves("decline-review", "decline-recheck"),
    required=("addressee", "matter", "request_name", "against", "received_on", "reason", "basis"),
    optional=("case_number",),
    examples={
        "reason": "申请超过规定期限提出，且没有正当理由",
        "basis": "《信访工作条例》第三十五条、《山东省信访条例》第四十三条",
    },
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《山东省信访条例》第四十三条、第四十四条"),
)
REVIEW_WITHDRAWAL = declare(
    "review-withdrawal",
    "复查、复核申请撤回确认书",
    code="D07",
    word="撤复",
    owner=by_moves("withdraw-review", "withdraw-recheck"),
    required=("addressee", "matter", "request_name", "against", "received_on", "applied_on"),
    optional=("case_number", "remaining"),
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("该申请不再办理，信访人应当知道原意见继续有效和保留的权利"),
)
