"""Deliveries of the demo and of the tests, each way with its record and its proof; invented throughout."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.made_up.demo.scans import scan
from cases.procedure.delivery_entry import PROOF, PROOFS, RECORD
from cases.states import Move, Paper, PaperKind
from cases.vocabulary import DeliveryWay

Sent = dict[str, Any]


def delivery(on: date, way: DeliveryWay = DeliveryWay.DIRECT, *, recipient: str = "信访人本人") -> Sent:
    """Word a delivery by the way on the day, with its proof; what the way has no record of is left empty."""
    record: Sent = {
        "delivered_on": on.isoformat(),
        "recipient": recipient,
        "relation": "self",
        "place": "社区党群服务中心",
        "posted_on": on.isoformat(),
        "item_number": "1000000000000",
        "address": "登记的住址",
        "e_address": "登记的手机号码",
        "confirmed_by": "信访人回复短信确认收到",
        "is_agreed": True,
        "refusal": "对处理意见有异议，拒绝签收",
        "witnesses": ["社区居民委员会工作人员"],
    }
    asked = {name: value if name in RECORD[way] else "" for name, value in record.items() if value is not True}
    agreed = {name: True for name in ("is_agreed",) if name in RECORD[way]}
    papers = {paper.field: scan(paper.kind.label) for paper in PROOFS if paper.kind == PROOF[way]}
    return {"way": way.value, **asked, **agreed, **papers}


def deliveries(on: date) -> Mapping[Move, Sent]:
    """Word what sends an opinion, hands it over, and proves it afterwards."""
    sent: Sent = {"way": "post", "posted_on": on.isoformat(), "item_number": "1000000000000"}
    proven: Sent = {"proven_on": on.isoformat(), "note": "信访人交回签收的送达回证"}
    return {
        Move.SEND: sent | {Paper(PaperKind.POST_RECORD).field: scan("收寄凭证")},
        Move.DELIVER: delivery(on),
        Move.DELIVER_OTHER: delivery(on),
        Move.CORRECT_DELIVERY: {"right_on": on.isoformat(), "reason": "登录时日期录错一日，以送达回证为准"},
        Move.PROVE_DELIVERY: proven | {Paper(PaperKind.DELIVERY_RECEIPT).field: scan("签收后的送达回证")},
    }
