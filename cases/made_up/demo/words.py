"""Input of each move, as a page sends it: for the demo and for the tests; invented throughout."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.made_up.demo.cast import PHONE, PROVINCE, REVIEW
from cases.made_up.demo.deliveries import deliveries, delivery
from cases.made_up.demo.scans import scan
from cases.made_up.demo.themes import Theme
from cases.made_up.demo.words_of_ways import urgent_and_ways
from cases.states import TRANSITIONS, Move, Paper, PaperKind

Sent = dict[str, Any]
JURISDICTION = "属地管理、分级负责，谁主管、谁负责"
HELPER = "371600-jt"


def _paper(kind: PaperKind) -> str:
    return Paper(kind).field


def _opinion(theme: Theme) -> Sent:
    answers = [
        {"order": order, "result": result.value, "text": text} for order, (result, text) in enumerate(theme.answers, 1)
    ]
    return {"facts": theme.facts, "basis": theme.basis, "review_body": REVIEW, "answers": answers}


def _settled(theme: Theme) -> Sent:
    return {
        "other_party": "相关责任单位",
        "findings": theme.facts,
        "disputes": "责任由谁承担、何时履行",
        "liability": "责任单位承担主要责任",
        "terms": [theme.answers[0][1], theme.answers[1][1]],
        "performance": "由责任单位自行组织落实",
        "performance_time": "三十日内",
    }


def _review(theme: Theme) -> Sent:
    return {
        "result": "uphold",
        "facts": f"经审查，原办理机关认定事实清楚。{theme.facts}",
        "basis": "《信访工作条例》第三十五条、第三十六条第一款",
        "decision": "原处理意见事实清楚、依据充分，予以维持。",
    }


def _hearing(on: date) -> Sent:
    return {
        "hearing_on": (on + timedelta(days=25)).isoformat(),
        "hour": "上午9时",
        "place": "社区党群服务中心二楼会议室",
        "host": "市信访局 赵立新",
        "recorder": "李文静", "materials": "身份证明、证据材料",
        "members": ["人大代表", "政协委员", "律师", "社区工作者", "群众代表"],
    }  # fmt: skip


def _heard(theme: Theme, on: date) -> Sent:
    return {
        "held_on": on.isoformat(),
        "attendees": ["信访人", "承办人", "听证员五名"],
        "record": "信访人陈述诉求，承办单位说明办理情况，双方质证，听证员提问。",
        "disputes": theme.requests[0],
        "findings": theme.facts,
        "deliberation": "听证员五人评议，意见一致。",
        "conclusion": "建议承办单位按评议意见答复信访人。",
    }


def _asked(on: date) -> Sent:
    return {
        "claim": "撤销原意见，重新处理",
        "grounds": "原意见没有回应全部诉求，认定事实不全面",
        "requested_on": on.isoformat(),
        _paper(PaperKind.REQUEST): scan("加盖收件章的申请书"),
    }


_SETTLED: Sent = {"solved": "见现场照片和回访记录", "heart": "calm"}
_NOTE: Sent = {"note": "经核对，情况属实。"}


def _corrections(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.CORRECT: {"correction_reason": "窗口录入有误，已与信访人核对", "region_detail": "小区北门"},
        Move.AMEND: {"correction_reason": "信访人指出登记地点有误", "region_detail": "小区南门"},
        Move.SUPPLEMENT: {"note": "信访人来电补充电子邮箱", "email": "petitioner@example.com"},
        Move.VOID: {"ground": "mistake", "note": "窗口练习录入，没有来件", "told_by": "phone"},
        Move.RESTORE: {"reason": "经核对，确有该来件"},
        Move.UNSEAL: {"purpose": "settle", "reason": "登记时误选揭发控告，来件没有检举内容"},
    }


def _sorted(theme: Theme) -> Sent:
    return {"legal_basis": JURISDICTION, "topic": theme.topic}


def _intake(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.ASK_DATA: {"missing": "能够证明所反映情况的材料复印件", "told_by": "phone"},
        Move.GO_ON: {"note": "信访人已补交材料"},
        Move.TRIAGE: {"kind": theme.kind.value, "legal_way": theme.way.value} | _sorted(theme),
        Move.REFER: {"note": "请依法按政策办理，并按期答复信访人。"},
        Move.ASSIGN: {"days": 75, "note": "请重点办理，按期报送办结报告。"},
        Move.TAKE_BACK: {"reason": "经核对职责分工，应当由其他单位办理"},
        Move.DETACH: {"requests": list(theme.requests[:1]), "reason": "与原事项不是同一地点、同一问题"},
        Move.CORRECT_ARRIVAL: {"correction_reason": "登记时人数少记一人", "people": 2},
        Move.RETRIEVE: {"reason": "经核对属地，应当由其他下级单位办理"},
        Move.ANSWER_DIRECTLY: {"ground": "advice", "answer": theme.answers[1][1], "told_by": "face"},
        Move.FILE: {"ground": "thanks", "note": "来信对承办单位表示感谢", "told_by": "phone"},
        Move.DECLINE: {
            "ground": "not-petition",
            "explanation": "双方因合同履行发生争议，属于平等主体之间的民事纠纷",
            "right_way": "请向人民调解组织申请调解，或者向人民法院提起民事诉讼",
        },
        Move.REFUSE_AGAIN: {"earlier_result": "复核意见已送达，维持原处理意见"},
        Move.MERGE: {"reason": "同一人反映同一事项", "told_by": "phone"},
        Move.SPLIT: {"reason": "经核实，本件提出了另外的诉求"},
        Move.DISPUTE: {"other_unit": HELPER, "reason": "两单位对管理职责的分界理解不一，经协商没有达成一致"},
        Move.DECIDE_JURISDICTION: {"basis": "按照部门职责分工，由主管部门办理"},
        Move.OBJECT: {"reason": "经核对职责分工，该事项涉及的管理职责不在本单位，请转送有权处理的单位。"},
        Move.AGREE_OBJECTION: {"note": "核实属实，收回后另行转办。"},
        Move.RECLAIM: {"note": "核实属实，收回由本单位办理。"},
        Move.REFUSE_OBJECTION: {"note": "经核实属于你单位职责，请继续办理。"},
    }


def _handling(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.ACCEPT: {"contact_phone": PHONE},
        Move.UNDERTAKE: {"days": 60, "contact_phone": PHONE},
        Move.ACCEPT_SIMPLE: {"told_by": "phone"},
        Move.FALL_BACK: {"reason": "核查中发现事实有争议，需要进一步调查", "contact_phone": PHONE},
        Move.ANSWER_SIMPLE: _opinion(theme) | {"told_by": "sms"},
        Move.STUDY: {"note": "会同有关科室研究，建议具有可行性"},
        Move.REPLY: {"adoption": "adopted", "reply": theme.answers[0][1], "told_by": "phone"},
        Move.INVESTIGATE: {
            "note": f"到现场查看并听取信访人陈述，调阅有关材料。{theme.facts}",
            "heard_petitioner": True,
        },
        Move.CALL_IN: {"to_unit": HELPER, "task": "核实现场道路和管线情况", "days": 15},
        Move.FEED_BACK: {"feedback": "已到现场核实，道路和管线情况正常"},
        Move.RELEASE: {"unit": HELPER, "reason": "情况已经核实，不再需要协办"},
        Move.ASK_RECUSAL: {"reason": "信访人提出承办人与被反映单位有利害关系"},
        Move.GRANT_RECUSAL: {"note": "情况属实，同意回避"},
        Move.REFUSE_RECUSAL: {"note": "经核实没有应当回避的情形"},
    }


def _hearings(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.MEDIATE: {
            "other_party": "相关责任单位",
            "mediator": "社区人民调解委员会",
            "both_consent": True,
            "consented_on": on.isoformat(),
        },
        Move.REACH_AGREEMENT: _settled(theme) | {"mediator": "许慧兰", "signed_on": on.isoformat()},
        Move.REACH_SETTLEMENT: _settled(theme) | {"signed_on": on.isoformat()},
        Move.FAIL_MEDIATION: {"note": "双方对金额分歧较大，调解不成"},
        Move.ASK_HEARING: {"reason": "对调查认定的事实有异议，请求公开听证"},
        Move.REFUSE_HEARING: {"reason": "事实清楚，不属于重大、复杂、疑难事项", "told_by": "phone"},
        Move.CALL_HEARING: _hearing(on),
        Move.CONCLUDE_HEARING: _heard(theme, on),
        Move.CANCEL_HEARING: {"ground": "dropped", "reason": "情况已经查清，不再需要听证"},
        Move.CONFER: {"bodies": ["市城市管理局", "市财政局"], "question": "经费由哪一级列支"},
        Move.CONCLUDE_CONFERENCE: {"held_on": on.isoformat(), "decision": "由主管部门牵头，财政部门配合"},
    }


def _settling(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.ASK_EXTENSION: {"days": 30, "reason": "情况复杂，需要委托专业机构检测鉴定"},
        Move.AGREE_EXTENSION: {"note": "同意，报交办机关批准"},
        Move.REFUSE_EXTENSION: {"note": "现有材料可以按期办结，请抓紧办理。"},
        Move.DENY_EXTENSION: {"note": "现有材料可以按期办结，请抓紧办理"},
        Move.WITHDRAW_EXTENSION: {"note": "鉴定结论已经提前出具，不再需要延期"},
        Move.DRAFT: _opinion(theme),
        Move.CHECK: {"note": "同意"},
        Move.RETURN_DRAFT: {"note": "请补充政策依据，逐项回应诉求。"},
        **deliveries(on),
        Move.CONFIRM_DELIVERY: {"verdict": "believed", "note": "已查看签收原件，并电话询问信访人"},
        Move.ORDER_EXECUTION: {
            "executor": "责任单位",
            "task": "按处理意见落实予以支持的诉求",
            "days": 30,
        },
        Move.FINISH_EXECUTION: {"done_on": on.isoformat(), "evidence": "已落实到位，有验收单和现场照片"},
        Move.CLOSE: _SETTLED | {"note": "已回访，信访人对办理过程和结果表示认可。"},
        Move.RESOLVE: (
            _SETTLED
            | {
                "result": theme.answers[0][1],
                "measures": "多次上门听取意见，逐项落实",
                "attitude": "表示满意",
                "follow_up": "每季度回访一次",
                "commitments": ["不再以同一事实和理由提出投诉请求"],
            }
        ),
    }


def _reviewing(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.ASK_REVIEW: _asked(on),
        Move.CORRECT_REQUEST: {
            "requested_on": (on - timedelta(days=1)).isoformat(),
            "reason": "收件章所载日期早于登记的日期",
        },
        Move.DECLINE_REVIEW: {"ground": "new-matter", "explanation": "提出的是原意见没有涉及的新事项"},
        Move.DRAFT_REVIEW: _review(theme) | {"above": PROVINCE},
        Move.RETURN_REVIEW: {"note": "请补充对原处理程序的审查意见"},
        Move.DELIVER_REVIEW: delivery(on),
        Move.ASK_RECHECK: _asked(on) | {"body": PROVINCE},
        Move.DECLINE_RECHECK: {"ground": "other-way", "explanation": "该争议应当通过仲裁解决"},
        Move.CALL_RECHECK_HEARING: _hearing(on),
        Move.CONCLUDE_RECHECK_HEARING: _heard(theme, on),
        Move.CANCEL_RECHECK_HEARING: {
            "ground": "waived",
            "reason": "信访人书面表示不再要求听证",
            _paper(PaperKind.OTHER_PROOF): scan("放弃听证的书面意见"),
        },
        Move.DRAFT_RECHECK: _review(theme),
        Move.RETURN_RECHECK: {"note": "请补充对听证意见的采纳情况"},
        Move.DELIVER_RECHECK: delivery(on),
        Move.ORDER_REDO: delivery(on),
        Move.PUBLISH: {"where": "滨州市信访局网站", "published_on": on.isoformat()},
    }


_WITHDRAWN: Sent = {"statement": "接受原处理意见，自愿撤回申请", "verified_by": "窗口当面核实", "is_free_will": True}


def _ending(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.ASK_END: {
            "ground": "withdrawn",
            "note": "信访人到窗口提交撤回申请书",
            _paper(PaperKind.WITHDRAWAL): scan("撤回申请书"),
        },
        Move.REFUSE_END: {"reason": "撤回申请没有信访人本人签名，请补正后再报"},
        Move.WITHDRAW: {
            "statement": "问题已经解决，自愿撤回",
            "withdrawn_on": on.isoformat(),
            "verified_by": "窗口当面核实",
            "is_free_will": True,
        },
        **dict.fromkeys((Move.WITHDRAW_REVIEW, Move.WITHDRAW_RECHECK), _WITHDRAWN | {"withdrawn_on": on.isoformat()}),
        Move.SUCCEED: {
            "ground": "died",
            "reason": "原信访人病故",
            "name": "宋继志",
            "relation": "子女",
            "phone": "13900000000",
            "address": "渤海五路幸福家园9号楼",
        },
        Move.END: {
            "ground": "no-successor",
            "note": "信访人病故，没有承继人",
            _paper(PaperKind.DEATH_PROOF): scan("死亡证明"),
        },
        Move.CONFIRM_END: _NOTE,
        Move.REOPEN: {
            "ground": "new-facts",
            "reason": "出现新的鉴定结论",
            _paper(PaperKind.OTHER_PROOF): scan("信访人同意重新办理的书面意见"),
        },
        Move.ARCHIVE: {"retention": "30"},
    }


def sent(move: Move, theme: Theme, on: date) -> Sent:
    """Word the input of a move on a day, with the papers that it needs; the unit that a matter goes to is added by
    whoever knows it."""
    stages = (_corrections, _intake, urgent_and_ways, _handling, _hearings, _settling, _reviewing, _ending)
    inputs = {made: given for stage in stages for made, given in stage(theme, on).items()}
    papers = {paper.field: scan(paper.kind.label) for paper in TRANSITIONS[move].papers if paper.is_needed}
    late = {"late_reason": "情况复杂，检测鉴定结果出具较晚"} if TRANSITIONS[move].asks_lateness else {}
    return {**late, **inputs.get(move, {}), **papers}
