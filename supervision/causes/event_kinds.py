"""Event kinds that supervision writes into the course of a matter."""

from binzhou_xinfang.records.event_fields import KEPT, EventField, day, lines
from binzhou_xinfang.records.event_kinds import Fields
from cases.states import EVENTS

_NOTE = EventField("说明：")


def _declare(name: str, label: str, fields: Fields | None = None) -> str:
    """Declare a kind of a 督办件: its subject stands in each."""
    about = {"supervision": KEPT, "problem": EventField("督办事由：")}
    return EVENTS.declare(name, label, {**about, **(fields or {}), "document": EventField("文书："), "note": _NOTE})


OPENED = _declare("supervision-opened", "提出督办")
DROPPED = _declare("supervision-dropped", "不予督办")
RECORDED = _declare(
    "supervision-recorded",
    "督查",
    {"held_on": EventField("督查日期：", day), "findings": EventField("发现的问题：", lines)},
)
LISTED = _declare("supervision-listed", "列入挂牌督办", {"level": EventField("挂牌级别：")})
RECEIVED = _declare("supervision-received", "签收督办")
ANSWER_DRAFTED = _declare("supervision-answer-drafted", "督办反馈送签")
ANSWER_BACK = _declare("supervision-answer-back", "督办反馈退回修改")
ANSWERED = _declare("supervision-answered", "反馈督办")
ACCEPTED = _declare("supervision-accepted", "督办反馈审核通过")
RETURNED = _declare("supervision-returned", "督办反馈退回补充")
SEALED = _declare("supervision-sealed", "转为保密件，督办终止")
UNFOUNDED = _declare("supervision-unfounded", "期限没有逾期，督办终止")
MERGED = _declare("supervision-merged", "单位合并，督办终止")
INSPECTED = EVENTS.declare(
    "inspected", "一案双督三查", {"inspection": KEPT, "held_on": EventField("督查日期：", day), "note": _NOTE}
)
