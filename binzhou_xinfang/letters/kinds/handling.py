"""调查、意见书、办结、送达: letters of the unit that handles the matter."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import ARRIVAL, MATTER, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import ByHand, Reader, Served, Voice, Writer, by_moves, declare

add_facts(
    answer_kind=Fact("答复文书名称", "信访处理意见书", is_short=True),
    absence_reason=Fact("未签收原因", "本人不在，由同住的成年家属代收"),
    answers=Fact(
        "对各项请求的处理意见",
        [
            {"request": "明确维修责任单位和期限。", "outcome": "予以支持", "opinion": "由物业公司于5月底前修复"},
            {"request": "公开维修资金使用情况", "outcome": "解释说明", "opinion": "已在小区公示栏公开。"},
        ],
        keys=("request", "outcome", "opinion"),
    ),
    assigned_on=Fact("交办日期", date(2026, 3, 4)),
    assignment_number=Fact("交办函文号", "滨信交〔2026〕3号"),
    delivered_on=Fact("送达日期", date(2026, 5, 8)),
    deliverer=Fact("送达人", "张某"),
    document=Fact("送达文书名称", "信访处理意见书"),
    lapse_basis=Fact("逾期不再受理的依据", "《山东省信访条例》第三十三条、第四十六条", is_short=True),
    reward=Fact("奖励情况", "已按照有关规定给予奖励"),
    investigators=Fact("调查人员", "张某、李某", is_short=True),
    method=Fact("送达方式", "直接送达"),
    recipient=Fact("受送达人", "刘某"),
    review_address=Fact("复查机关地址", "滨州市黄河五路385号"),
    review_unit=Fact("复查机关", "滨州市人民政府"),
)


_BY_HAND = ("method", "place", "delivered_on", "receiver", "absence_reason", "deliverer")

INVESTIGATION_REPORT = declare(
    "investigation-report",
    "调查报告",
    code="D13",
    word="调",
    owner=ByHand(Writer.HANDLER, Reader.SENDER),
    required=(*MATTER, "requests", "investigators", "process", "findings", "evidence", "bases", "proposals"),
    optional=("accepted_on", "due_on", "claims", "disputes", "enclosures"),
    voice=Voice.FILE,
)
OPINION = declare(
    "opinion",
    "信访处理意见书",
    code="D14",
    word="意",
    owner=by_moves("answer-simple", "sign"),
    required=(*ARRIVAL, "accepted_on", "findings", "bases", "answers", "review_unit"),
    # An address is said where the body has one on record (运行状况 names those that have none).
    optional=("petitioner", "review_address", "via", "lapse_basis", "copies_to"),
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第三十五条", by_move=True),
)
OWN_WAY_REPLY = declare(
    "own-way-reply",
    "信访事项答复书",
    code="D14",
    word="答",
    owner=by_moves("reply"),
    required=(*ARRIVAL, "basis", "result", "findings"),
    optional=("petitioner", "via", "reward", "remedy"),
    examples={
        "basis": "《信访工作条例》第二十九条第一款",
        "result": "采纳",
        "findings": "拟在小区东门增设过街设施",
        "remedy": "",
    },
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十九条第一款、第三十条第一款、第三十一条第五项"),
)
COMPLETION_REPORT = declare(
    "completion-report",
    "办结报告",
    code="D15",
    word="结",
    owner=by_moves("reply", "close", "decline", "refuse-again", "route", "lead-out"),
    required=(
        "addressee",
        "assignment_number",
        "assigned_on",
        *MATTER,
        "process",
        "findings",
        "result",
        "attitude",
        "opinion_number",
    ),
    optional=("answers", "answer_kind", "enclosures"),
    examples={"addressee": "滨州市信访局"},
    voice=Voice.ORGAN,
)
DELIVERY_PROOF = declare(
    "delivery-proof",
    "送达回证",
    code="D16",
    word="送",
    # It is carried along to be filled in and signed by hand: nobody gives what a template of the office has cells for.
    owner=by_moves("sign", "sign-review", "sign-recheck"),
    required=("recipient", "document", "document_number"),
    optional=("matter", *_BY_HAND),
    examples=dict.fromkeys(_BY_HAND, ""),
    voice=Voice.FILE,
)
