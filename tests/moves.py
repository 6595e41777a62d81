"""Every move of the table as the small city makes it: by whom, with what sent, and the roads that lead to every state.

What is sent is written once, as a program sends it; pages and verbs are given the same through the move's own form.
"""

from datetime import date, timedelta
from typing import Any

from cases.states import TRANSITIONS, Move, State
from cases.vocabulary import Kind, LegalWay

Sent = dict[str, Any]

# The attribute of Office that makes the move on its road.
WHO: dict[Move, str] = {
    Move.ASK_DATA: "clerk",
    Move.GO_ON: "clerk",
    Move.REPORT_URGENT: "registrar",
    Move.TRIAGE: "registrar",
    Move.REFER: "registrar",
    Move.ASSIGN: "head",
    Move.TAKE_UP: "housing_registrar",
    Move.ANSWER_DIRECTLY: "registrar",
    Move.FILE: "head",
    Move.DECLINE: "head",
    Move.REFUSE_AGAIN: "head",
    Move.ROUTE: "registrar",
    Move.MERGE: "registrar",
    Move.SPLIT: "registrar",
    Move.PASS_DOWN: "unit_head",
    Move.AGREE_OBJECTION: "registrar",
    Move.REFUSE_OBJECTION: "registrar",
    Move.DISPUTE: "unit_head",
    Move.DECIDE_JURISDICTION: "leader",
    Move.REPLY: "unit_head",
    Move.FEED_BACK: "water_handler",
    Move.GRANT_RECUSAL: "unit_head",
    Move.REFUSE_RECUSAL: "unit_head",
    Move.CALL_HEARING: "unit_head",
    Move.CANCEL_HEARING: "unit_head",
    Move.APPROVE_EXTENSION: "unit_head",
    Move.AGREE_EXTENSION: "unit_head",
    Move.CONFIRM_EXTENSION: "head",
    Move.DENY_EXTENSION: "head",
    Move.REFUSE_EXTENSION: "unit_head",
    Move.CHECK: "colleague",
    Move.RETURN_DRAFT: "colleague",
    Move.SIGN: "unit_head",
    Move.RESOLVE: "unit_head",
    Move.ASK_REVIEW: "clerk",
    Move.ACCEPT_REVIEW: "reviewer",
    Move.DECLINE_REVIEW: "reviewer",
    Move.DRAFT_REVIEW: "reviewer",
    Move.RETURN_REVIEW: "review_head",
    Move.SIGN_REVIEW: "review_head",
    Move.DELIVER_REVIEW: "reviewer",
    Move.ASK_RECHECK: "clerk",
    Move.ACCEPT_RECHECK: "rechecker",
    Move.DECLINE_RECHECK: "rechecker",
    Move.CALL_RECHECK_HEARING: "rechecker",
    Move.CONCLUDE_RECHECK_HEARING: "rechecker",
    Move.CANCEL_RECHECK_HEARING: "rechecker",
    Move.DRAFT_RECHECK: "rechecker",
    Move.RETURN_RECHECK: "recheck_head",
    Move.SIGN_RECHECK: "recheck_head",
    Move.DELIVER_RECHECK: "rechecker",
    Move.ORDER_REDO: "reviewer",
    Move.PUBLISH: "head",
    Move.WITHDRAW: "registrar",
    Move.SUCCEED: "registrar",
    Move.END: "head",
    Move.CONFIRM_END: "head",
    Move.REOPEN: "head",
    Move.ARCHIVE: "registrar",
}
HANDLER = "handler"

_NOTE: Sent = {"note": "已核对"}
_REASON: Sent = {"reason": "经核实不是同一事项"}
_ANSWERS = [{"order": order, "result": "explain", "text": "督促物业公司限期维修。"} for order in (1, 2)]
_OPINION: Sent = {
    "facts": "经查，车库顶板防水层老化。",
    "basis": "《住宅专项维修资金管理办法》",
    "review_body": "bzfc",
    "answers": _ANSWERS,
}
_REVIEW: Sent = {
    "result": "uphold",
    "facts": "原办理机关认定事实清楚。",
    "basis": "《信访工作条例》第三十五条",
    "decision": "原处理意见正确。",
}
_SETTLED: Sent = {
    "other_party": "某物业公司",
    "findings": "2024年6月起车库顶板渗水",
    "disputes": "维修责任由谁承担",
    "liability": "物业公司承担维修责任",
    "terms": ["物业公司30日内完成防水层维修", "维修费用由维修资金列支"],
    "performance": "物业公司自行组织施工",
    "performance_time": "2025年4月30日前",
}


def sent(move: Move, on: date) -> Sent:
    """Send the input of the move on a day; valid wherever the road has led there."""
    day = on.isoformat()
    delivery = {"delivered_on": day, "way": "direct", "recipient": "刘某"}
    hearing = {
        "hearing_on": (on + timedelta(days=30)).isoformat(),
        "hour": "上午9时",
        "place": "社区会议室",
        "host": "钱主持",
        "recorder": "孔记录",
        "materials": "身份证明",
        "members": ["听证员甲", "听证员乙", "听证员丙", "听证员丁", "听证员戊"],
    }
    heard = {
        "held_on": day,
        "attendees": ["信访人", "承办人", "物业公司代表"],
        "record": "双方陈述、质证。",
        "disputes": "维修责任由谁承担",
        "findings": "车库顶板渗水属实",
        "deliberation": "5人一致同意",
        "conclusion": "建议支持维修请求。",
    }
    asked = {"claim": "撤销原处理意见", "grounds": "事实认定不清", "requested_on": day}
    inputs: dict[Move, Sent] = {
        Move.ASK_DATA: {"missing": "房屋权属证明", "told_by": "phone"},
        Move.GO_ON: _NOTE,
        Move.REPORT_URGENT: {
            "reported_to": ["滨州市委", "滨州市人民政府", "市信访工作联席会议办公室"],
            "content": "多名业主拟聚集",
            "measures": "已通知属地做好工作",
        },
        Move.TRIAGE: {
            "kind": Kind.CLAIM.value,
            "legal_way": LegalWay.PETITION.value,
            "legal_basis": "谁主管、谁负责",
            "topic": "030504",
        },
        Move.REFER: {"to_unit": "bzzj"},
        Move.ASSIGN: {"to_unit": "bzzj", "days": 45},
        Move.ANSWER_DIRECTLY: {"answer": "该政策可以在政务网查询。", "told_by": "face"},
        Move.FILE: {"ground": "thanks", "note": "表扬信"},
        Move.DECLINE: {
            "ground": "not-petition",
            "explanation": "属于物业合同纠纷",
            "right_way": "请向人民调解组织申请调解",
        },
        Move.REFUSE_AGAIN: {"earlier": "BZXF-2025-000001", "earlier_result": "复核意见维持原处理意见"},
        Move.ROUTE: {
            "procedure": "行政复议",
            "organ": "滨州市人民政府",
            "time_limit": "自知道该行政行为之日起60日内",
            "materials": "复议申请书、身份证明",
        },
        Move.MERGE: {"into": "BZXF-2025-000001", "reason": "同一人反映同一车库漏水", "told_by": "phone"},
        Move.SPLIT: _REASON,
        Move.PASS_DOWN: {"to_unit": "bzzj-zj"},
        Move.OBJECT: {"reason": "该小区已移交城市管理部门管理"},
        Move.AGREE_OBJECTION: _NOTE,
        Move.REFUSE_OBJECTION: _NOTE,
        Move.DISPUTE: {"other_unit": "bzsl", "reason": "两单位对排水管网管理职责理解不一"},
        Move.DECIDE_JURISDICTION: {"to_unit": "bzzj", "basis": "房屋维修由住建部门主管"},
        Move.ACCEPT: {"contact_phone": "0543-3160001"},
        Move.UNDERTAKE: {"days": 60, "contact_phone": "0543-3160001"},
        Move.ACCEPT_SIMPLE: {"told_by": "phone"},
        Move.FALL_BACK: {"reason": "信访人对事实有争议", "contact_phone": "0543-3160001"},
        Move.ANSWER_SIMPLE: _OPINION | {"told_by": "sms"},
        Move.STUDY: _NOTE,
        Move.REPLY: {"adoption": "adopted", "reply": "已列入明年计划。", "told_by": "phone"},
        Move.INVESTIGATE: {"note": "到现场查看", "heard_petitioner": True},
        Move.CALL_IN: {"to_unit": "bzsl", "task": "核实排水管网情况", "days": 15},
        Move.FEED_BACK: {"feedback": "排水管网正常"},
        Move.RELEASE: {"unit": "bzsl", "reason": "不再需要"},
        Move.ASK_RECUSAL: {"person": "colleague", "reason": "与物业公司负责人是近亲属"},
        Move.GRANT_RECUSAL: {"successor": "handler", "note": "同意回避"},
        Move.REFUSE_RECUSAL: _NOTE,
        Move.MEDIATE: {
            "other_party": "某物业公司",
            "mediator": "社区人民调解委员会",
            "both_consent": True,
            "consented_on": day,
        },
        Move.REACH_AGREEMENT: _SETTLED | {"mediator": "高调解", "signed_on": day},
        Move.REACH_SETTLEMENT: _SETTLED | {"signed_on": day},
        Move.FAIL_MEDIATION: _NOTE,
        Move.CALL_HEARING: hearing,
        Move.CONCLUDE_HEARING: heard,
        Move.CANCEL_HEARING: _REASON,
        Move.CONFER: {"bodies": ["市城市管理局", "市水利局"], "question": "管网归属"},
        Move.CONCLUDE_CONFERENCE: {"held_on": day, "decision": "由住建局牵头"},
        Move.ASK_EXTENSION: {"days": 30, "reason": "需要鉴定"},
        Move.DENY_EXTENSION: _NOTE,
        Move.REFUSE_EXTENSION: _NOTE,
        Move.DRAFT: _OPINION,
        Move.RETURN_DRAFT: _NOTE,
        Move.SIGN: {"late_reason": "鉴定结果出具较晚"},
        Move.DELIVER: delivery,
        Move.ORDER_EXECUTION: {"executor": "某物业公司", "task": "完成维修", "days": 30},
        Move.FINISH_EXECUTION: {"done_on": day, "evidence": "验收单"},
        Move.CLOSE: {"solved": "现场照片", "heart": "calm", "note": "信访人满意"},
        Move.RESOLVE: {
            "solved": "车库已修好，有验收单",
            "heart": "calm",
            "result": "车库已修好",
            "measures": "多次上门",
            "attitude": "表示满意",
            "follow_up": "每季度回访",
            "commitments": ["不再以同一事实和理由提出"],
        },
        Move.ASK_REVIEW: asked,
        Move.DECLINE_REVIEW: {"ground": "new-matter", "explanation": "请另行提出"},
        Move.DRAFT_REVIEW: _REVIEW | {"above": "370000-fc"},
        Move.RETURN_REVIEW: _NOTE,
        Move.SIGN_REVIEW: {"late_reason": "等待鉴定结论"},
        Move.SIGN_RECHECK: {"late_reason": "等待鉴定结论"},
        Move.DELIVER_REVIEW: delivery,
        Move.ASK_RECHECK: asked | {"body": "370000-fc"},
        Move.DECLINE_RECHECK: {"ground": "other-way", "explanation": "请申请仲裁"},
        Move.CALL_RECHECK_HEARING: hearing,
        Move.CONCLUDE_RECHECK_HEARING: heard,
        Move.CANCEL_RECHECK_HEARING: {"ground": "absent", "reason": "信访人经通知没有到场，也没有说明理由"},
        Move.DRAFT_RECHECK: _REVIEW,
        Move.RETURN_RECHECK: _NOTE,
        Move.DELIVER_RECHECK: delivery,
        Move.ORDER_REDO: delivery,
        Move.PUBLISH: {"where": "滨州市信访局网站", "published_on": day},
        Move.WITHDRAW: {
            "statement": "问题已经解决",
            "withdrawn_on": day,
            "verified_by": "窗口当面核实",
            "is_free_will": True,
        },
        Move.SUCCEED: {
            "reason": "原信访人死亡",
            "name": "刘小某",
            "relation": "子女",
            "phone": "13900000000",
            "address": "某小区1号楼",
        },
        Move.END: {"ground": "no-successor", "note": "信访人死亡，无承继人"},
        Move.CONFIRM_END: _NOTE,
        Move.REOPEN: {"ground": "new-facts", "reason": "出现新的鉴定结论"},
        Move.ARCHIVE: {"retention": "30"},
    }
    return dict(inputs.get(move, {}))


STRAIGHT_ROAD = (
    Move.TRIAGE,
    Move.REFER,
    Move.SIGN_FOR,
    Move.ACCEPT,
    Move.INVESTIGATE,
    Move.DRAFT,
    Move.CHECK,
    Move.SIGN,
    Move.DELIVER,
    Move.CLOSE,
)
# A bend of the road: the move, and what is sent otherwise than usual.
Bend = Move | tuple[Move, Sent]
_ADVICE: Bend = (Move.TRIAGE, {"kind": Kind.ADVICE.value, "legal_way": LegalWay.ADVICE.value})
_SIMPLE: Bend = (Move.TRIAGE, {"simple": "clear"})
_ROUTED: Bend = (Move.TRIAGE, {"legal_way": LegalWay.ADMINISTRATIVE.value})
_SUPPORT: Bend = (Move.DRAFT, {"answers": [answer | {"result": "support"} for answer in _ANSWERS]})
_REVOKE: Bend = (Move.DRAFT_REVIEW, {"result": "revoke", "decision": "撤销，重新处理。", "redo_days": 30})

_TO_UNIT = STRAIGHT_ROAD[:3]
_AT_WORK = STRAIGHT_ROAD[:5]
_DELIVERED = STRAIGHT_ROAD[:9]
_REVIEWING = (*_DELIVERED, Move.ASK_REVIEW, Move.ACCEPT_REVIEW)
_REVIEWED = (*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW)
_RECHECKING = (*_REVIEWED, Move.ASK_RECHECK, Move.ACCEPT_RECHECK)
_ENDED = (*_RECHECKING, Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK)

# MERGED and NOT_AGAIN need another matter beside: `tests.office.case_in` makes it.
ROADS: dict[State, tuple[Bend, ...]] = {
    State.REGISTERED: (),
    State.AWAITING_DATA: (Move.ASK_DATA,),
    State.TRIAGED: STRAIGHT_ROAD[:1],
    State.REFERRED: STRAIGHT_ROAD[:2],
    State.ASSIGNED: (Move.TRIAGE, Move.ASSIGN),
    State.OBJECTED: (*STRAIGHT_ROAD[:2], Move.OBJECT),
    State.DISPUTED: (*STRAIGHT_ROAD[:2], Move.DISPUTE),
    State.SIGNED_FOR: _TO_UNIT,
    State.ACCEPTED: STRAIGHT_ROAD[:4],
    State.UNDERTAKEN: (_ADVICE, Move.REFER, Move.SIGN_FOR, Move.UNDERTAKE),
    State.SIMPLE: (_SIMPLE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT_SIMPLE),
    State.HANDLING: _AT_WORK,
    State.MEDIATING: (*_AT_WORK, Move.MEDIATE),
    State.HEARING: (*_AT_WORK, Move.CALL_HEARING),
    State.CONFERRING: (*_AT_WORK, Move.CONFER),
    State.EXTENSION_ASKED: (*_AT_WORK, Move.ASK_EXTENSION),
    State.EXTENSION_REFERRED: (
        Move.TRIAGE,
        Move.ASSIGN,
        Move.SIGN_FOR,
        Move.ACCEPT,
        Move.INVESTIGATE,
        Move.ASK_EXTENSION,
        Move.AGREE_EXTENSION,
    ),
    State.DRAFTED: STRAIGHT_ROAD[:6],
    State.CHECKED: STRAIGHT_ROAD[:7],
    State.ISSUED: STRAIGHT_ROAD[:8],
    State.DELIVERED: _DELIVERED,
    State.EXECUTING: (*_AT_WORK, _SUPPORT, Move.CHECK, Move.SIGN, Move.DELIVER, Move.ORDER_EXECUTION),
    State.REVIEW_ASKED: (*_DELIVERED, Move.ASK_REVIEW),
    State.REVIEWING: _REVIEWING,
    State.REVIEW_DRAFTED: (*_REVIEWING, Move.DRAFT_REVIEW),
    State.REVIEW_ISSUED: (*_REVIEWING, Move.DRAFT_REVIEW, Move.SIGN_REVIEW),
    State.REVIEW_DELIVERED: _REVIEWED,
    State.REDO_ORDERED: (*_REVIEWING, _REVOKE, Move.SIGN_REVIEW, Move.ORDER_REDO),
    State.RECHECK_ASKED: (*_REVIEWED, Move.ASK_RECHECK),
    State.RECHECKING: _RECHECKING,
    State.RECHECK_HEARING: (*_RECHECKING, Move.CALL_RECHECK_HEARING),
    State.RECHECK_DRAFTED: (*_RECHECKING, Move.DRAFT_RECHECK),
    State.RECHECK_ISSUED: (*_RECHECKING, Move.DRAFT_RECHECK, Move.SIGN_RECHECK),
    State.CLOSED: STRAIGHT_ROAD,
    State.RESOLVED: (*_DELIVERED, Move.RESOLVE),
    State.ANSWERED: (Move.TRIAGE, Move.ANSWER_DIRECTLY),
    State.FILED: (Move.FILE,),
    State.DECLINED: (Move.TRIAGE, Move.DECLINE),
    State.NOT_AGAIN: (Move.TRIAGE, Move.REFUSE_AGAIN),
    State.ROUTED: (_ROUTED, Move.ROUTE),
    State.WITHDRAWN: (Move.TRIAGE, Move.WITHDRAW),
    State.MERGED: (Move.TRIAGE, Move.MERGE),
    State.ENDED: _ENDED,
    State.END_CONFIRMED: (*_ENDED, Move.CONFIRM_END),
    State.ARCHIVED: (*_ENDED, Move.ARCHIVE),
}

_HELPED: tuple[Bend, ...] = (*_TO_UNIT, Move.CALL_IN)
_RECUSING: tuple[Bend, ...] = (*_TO_UNIT, Move.ASK_RECUSAL)
_HEARD: tuple[Bend, ...] = (
    *_RECHECKING,
    Move.CALL_RECHECK_HEARING,
    Move.CONCLUDE_RECHECK_HEARING,
    Move.DRAFT_RECHECK,
    Move.SIGN_RECHECK,
    Move.DELIVER_RECHECK,
)
# Moves that not every matter in one of their states may make: the road to one that may.
_PROPER: dict[Move, tuple[Bend, ...]] = {
    Move.ROUTE: (_ROUTED,),
    Move.UNDERTAKE: ROADS[State.UNDERTAKEN][:-1],
    Move.ACCEPT_SIMPLE: ROADS[State.SIMPLE][:-1],
    Move.FEED_BACK: _HELPED,
    Move.RELEASE: _HELPED,
    Move.GRANT_RECUSAL: _RECUSING,
    Move.REFUSE_RECUSAL: _RECUSING,
    Move.AGREE_EXTENSION: ROADS[State.EXTENSION_REFERRED][:-1],
    Move.ORDER_EXECUTION: ROADS[State.EXECUTING][:-1],
    Move.ASK_RECHECK: _REVIEWED,
    Move.ORDER_REDO: ROADS[State.REDO_ORDERED][:-1],
    Move.PUBLISH: _HEARD,
    Move.CONFIRM_END: (Move.END,),
}


def _shortest(move: Move) -> tuple[Bend, ...]:
    order = list(State)
    sources = TRANSITIONS[move].sources
    return min((ROADS[state] for state in sorted(sources, key=order.index)), key=len)


# After this road the move can be made; the shortest one that leads there.
ROAD_TO: dict[Move, tuple[Bend, ...]] = {
    move: _PROPER.get(move) or _shortest(move) for move in Move if TRANSITIONS[move].sources and move is not Move.REPEAT
}
# Who takes the matter in and triages it, when that is not the bureau.
TAKEN_IN_BY: dict[Move, str] = {Move.TAKE_UP: "housing_registrar"}
