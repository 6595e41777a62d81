"""受理、不予受理、不再受理、导入法定途径、延期: notices to the petitioner."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import ARRIVAL, Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import Served, Voice, by_moves, declare

add_facts(
    approver=Fact("批准的负责人", "王某"),
    assigner_approval=Fact("交办机关批准情况", "交办机关滨州市信访局同意"),
    change=Fact("途径变更的说明", "经核查，该事项属于申请履行法定职责，原《受理告知书》告知的途径和期限不再适用"),
    counted_from_on=Fact("延长的起算日", date(2026, 5, 4)),
    days=Fact("延长天数", 30),
    earlier_result=Fact("此前的处理结果", "滨州市人民政府2025年9月12日作出的复核意见"),
    handler=Fact("承办人", "张某"),
    handler_phone=Fact("承办人电话", "13812345678", is_of_office=True),
    into_number=Fact("并入的事项编号", "BZXF-2026-000001", is_short=True),
    into_unit=Fact("并入事项的办理单位", "滨城区住房和城乡建设局", is_short=True),
    new_due_on=Fact("延长后的办理期限", date(2026, 6, 4)),
    new_strict_due_on=Fact("延长后未顺延的届满日", date(2026, 6, 3)),
    organ=Fact("受理机关", "滨城区人民法院", is_short=True),
    right_way=Fact("正确途径", "请向正在办理的滨城区信访局查询进展"),
    route=Fact("法定途径", "民事诉讼"),
    strict_due_on=Fact("未顺延的届满日", date(2026, 5, 4)),
    answer_limit=Fact("该机关的办理期限", "自受理之日起60日内"),
    end_reason=Fact("不再受理的情形", "复核意见为信访途径的终结性意见"),
    from_number=Fact("原并入的事项编号", "BZXF-2026-000001", is_short=True),
    split_on=Fact("恢复单独办理的日期", date(2026, 3, 9)),
    splitting_unit=Fact("单独办理的机关、单位", "滨州市信访局", is_short=True),
    way_words=Fact("处理途径", "该事项属于建议意见，由我单位研究论证并予以回复"),
    time_limit=Fact("提出期限", "诉讼时效期间内"),
)


ACCEPTANCE = declare(
    "acceptance",
    "受理告知书",
    code="D06",
    word="告",
    owner=by_moves("accept", "fall-back", "take-as-claim"),
    required=(*ARRIVAL, "query_code", "basis", "accepted_on", "due_on", "handler", "handler_phone"),
    optional=("via", "query_way", "change", "lapsed_on"),
    examples={"lapsed_on": ""},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十三条第二款、第三款"),
)
OWN_WAY_NOTICE = declare(
    "own-way-notice",
    "处理途径告知书",
    code="D06",
    word="途",
    owner=by_moves("undertake", "take-as-duty"),
    required=(*ARRIVAL, "query_code", "way_words", "due_on", "handler", "handler_phone"),
    optional=("via", "query_way", "change", "period_basis"),
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十三条第二款、第三款"),
)
DECLINE = declare(
    "decline",
    "不予受理告知书",
    code="D07",
    word="不",
    owner=by_moves("decline"),
    required=(*ARRIVAL, "reason", "basis", "right_way", "remedy"),
    examples={"basis": "《信访工作条例》第十九条第三款", "reason": "该事项正在滨城区信访局办理"},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十三条第二款、第四十四条第三项"),
)
NO_FURTHER_ACCEPTANCE = declare(
    "no-further-acceptance",
    "不再受理告知书",
    code="D08",
    word="再",
    owner=by_moves("refuse-again"),
    required=(*ARRIVAL, "earlier_result", "basis"),
    optional=("end_reason",),
    examples={"basis": "《信访工作条例》第三十六条第三款"},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第三十六条第三款、第四十四条第三项"),
)
MERGE_NOTICE = declare(
    "merge-notice",
    "合并办理告知书",
    code="D05",
    word="并",
    owner=by_moves("merge"),
    required=(*ARRIVAL, "into_number", "into_unit", "reason"),
    optional=("via",),
    examples={"reason": "两件系同一人反映同一事项"},
    is_notice=True,
    voice=Voice.ORGAN,
)
SPLIT_NOTICE = declare(
    "split-notice",
    "恢复单独办理告知书",
    code="D05",
    word="分",
    owner=by_moves("split"),
    required=(*ARRIVAL, "splitting_unit", "reason", "split_on"),
    optional=("from_number", "via"),
    examples={"reason": "该事项已经结束，你的诉求没有在其中得到答复。"},
    is_notice=True,
    voice=Voice.ORGAN,
)
STATUTORY_ROUTE = declare(
    "statutory-route",
    "导入法定途径告知书",
    code="D09",
    word="导",
    owner=by_moves("route", "lead-out"),
    required=(*ARRIVAL, "basis", "route", "organ", "time_limit", "materials"),
    optional=("via", "answer_limit", "change"),
    examples={"basis": "《信访工作条例》第三十一条第一项", "change": ""},
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第二十三条第二款、第三款"),
)
EXTENSION = declare(
    "extension",
    "延长办理期限告知书",
    code="D12",
    word="延",
    owner=by_moves("approve-extension", "confirm-extension"),
    required=("addressee", "matter", "accepted_on", "due_on", "reason", "approver", "days", "new_due_on"),
    optional=("assigner_approval", "strict_due_on", "counted_from_on", "new_strict_due_on"),
    is_notice=True,
    voice=Voice.ORGAN,
    served=Served("《信访工作条例》第三十四条"),
)
