"""The course of a matter told in the office's words: what an event says, and what a move has just set going."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

from binzhou_xinfang.records.masking import mask_name, mask_numbers
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import listed, say_day
from binzhou_xinfang.web.days import moment_words
from cases.models import AnswerChannel, CaseEvent, EvaluationObject, Verdict
from cases.models.event import event_kinds
from cases.states import Move
from cases.vocabulary import (
    Adoption,
    Answer,
    Channel,
    DeclineReason,
    DeliveryWay,
    EndGround,
    FileReason,
    Heart,
    Kind,
    LegalWay,
    NoHearing,
    Outcome,
    ReopenReason,
    ReviewRefusal,
    ReviewResult,
    SimpleReason,
    ToldBy,
)

Detail = Mapping[str, Any]

# By the key of the detail: the lists whose codes stand there. Several moves use one key, so their codes must differ.
_LISTS: Mapping[str, tuple[type[TextChoices], ...]] = {
    "channel": (Channel,),
    "kind": (Kind,),
    "way": (LegalWay, DeliveryWay),
    "told_by": (ToldBy,),
    "results": (Answer,),
    "result": (ReviewResult,),
    "outcomes": (Outcome,),
    "heart": (Heart,),
    "adoption": (Adoption,),
    "simple": (SimpleReason,),
    "answered_by": (AnswerChannel,),
    "office_verdict": (Verdict,),
    "unit_verdict": (Verdict,),
    "unevaluated": (EvaluationObject,),
}
# Several moves give a ground, each out of its own list; one code stands in more than one.
_GROUNDS: Mapping[str, type[TextChoices]] = {
    Move.DECLINE: DeclineReason,
    Move.FILE: FileReason,
    Move.END: EndGround,
    Move.REOPEN: ReopenReason,
    Move.DECLINE_REVIEW: ReviewRefusal,
    Move.DECLINE_RECHECK: ReviewRefusal,
    Move.CANCEL_RECHECK_HEARING: NoHearing,
}
_KINDS = dict(event_kinds())
_RULES: Mapping[str, str] = {str(value): str(label) for value, label in Rule.choices}
_TONES: Mapping[str, str] = {
    Move.CLOSE: "done",
    Move.OBJECT: "soon",
    Move.RETURN_DRAFT: "soon",
}
_SYSTEM = "系统"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a page shows it. `lines` are sentences, `letters` the numbers it issued, `tone` colours its dot.

    `follows`: the number of the ended matter that this one goes on from; its sentence stands first in `lines`.
    """

    seq: int
    title: str
    who: str
    at: datetime
    when: str
    lines: list[str]
    letters: list[str]
    tone: str
    follows: str = ""

    @property
    def text(self) -> str:
        """All lines as one paragraph."""
        return "；".join(self.lines)

    @property
    def text_beside(self) -> str:
        """The same without the sentence of the matter before, which a page writes as a link."""
        return "；".join(self.lines[1:] if self.follows else self.lines)


def tell(event: CaseEvent, *, on: date) -> Told:
    """The event in words on day `on`. Names are masked, ID and mobile numbers in free text too. Reads `event.unit`."""
    unit = event.unit.short_name or event.unit.name if event.unit else ""
    return Told(
        seq=event.seq,
        title=_KINDS.get(event.kind, event.kind),
        who=f"{unit} {event.actor_name}".strip() or _SYSTEM,
        at=event.happened_at,
        when=moment_words(event.happened_at, this_year=on.year),
        lines=_lines(event.kind, event.detail, on),
        letters=event.detail.get("letters", []),
        tone=_TONES.get(event.kind, ""),
        follows=event.detail.get("follows", ""),
    )


def results(event: CaseEvent, *, on: date) -> str:
    """What a move has set going, as one sentence: its due days and its letters; "" when neither."""
    said = [_clock(clock, on) for clock in event.detail.get("clocks", [])]
    if "legal" in event.detail and event.kind in (Move.APPROVE_EXTENSION, Move.CONFIRM_EXTENSION):
        said.append(f"{Rule.HANDLING.label}延长至{_day(event.detail['legal'], on)}")
    if event.detail.get("letters"):
        said.append(f"生成{listed(event.detail['letters'])}")
    return "；".join(said)


def _lines(kind: str, detail: Detail, on: date) -> list[str]:
    if "ground" in detail and (grounds := _GROUNDS.get(kind)) is not None:
        detail = {**detail, "ground": _named(grounds, detail["ground"])}
    said = [f"{label}{_say(key, detail[key], on, say)}" for key, label, say in _TOLD if detail.get(key)]
    return [_clock(detail, on), *said] if "rule" in detail else said


def _day(text: str, on: date) -> str:
    return say_day(date.fromisoformat(text), on)


def _clock(clock: Detail, on: date) -> str:
    return f"{_RULES.get(clock['rule'], clock['rule'])}至{_day(clock['legal'], on)}"


def _clocks(clocks: Iterable[Detail], on: date) -> str:
    return listed(_clock(clock, on) for clock in clocks)


def _plain(value: object, on: date) -> str:
    return mask_numbers(str(value))


def _say(key: str, value: Any, on: date, say: Callable[[Any, date], str] | None) -> str:
    return say(value, on) if say else _coded(key, value)


def _coded(key: str, value: str | list[str]) -> str:
    return listed(_label(key, code) for code in ([value] if isinstance(value, str) else value))


def _label(key: str, code: str) -> str:
    choices = next((choices for choices in _LISTS[key] if code in choices.values), None)
    return _named(choices, code) if choices else code


def _named(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _list(value: Iterable[str], on: date) -> str:
    return mask_numbers(listed(str(item) for item in value))


def _days(value: int, on: date) -> str:
    return f"{value}日"


def _masked(value: str, on: date) -> str:
    return mask_name(value)


def _said_by_label(value: object, on: date) -> str:
    return ""


# What the detail of an event may hold, in the order in which it is told; states and codes stand elsewhere on the page.
_TOLD: tuple[tuple[str, str, Callable[[Any, date], str] | None], ...] = (
    ("follows", "接续原事项", _plain),
    ("petition", "信访件：", _plain),
    ("problem", "督办事由：", _plain),
    ("held_on", "督查日期：", _day),
    ("case", "事项：", _plain),
    ("earlier", "此前事项：", _plain),
    ("channel", "信访形式：", None),
    ("arrived_on", "信访日期：", _day),
    ("kind", "事项性质：", None),
    ("simple", "简易办理：", None),
    ("to_name", "责任单位：", _plain),
    ("co_name", "协办单位：", _plain),
    ("other_name", "争议另一方：", _plain),
    ("decider", "由其决定：", _plain),
    ("body", "复查复核机关：", _plain),
    ("returned_by", "退回单位：", _plain),
    ("requested_on", "收到申请：", _day),
    ("claim", "请求：", _plain),
    ("excuse", "逾期的理由：", _plain),
    ("task", "协办、执行内容：", _plain),
    ("executor", "执行单位：", _plain),
    ("days", "天数：", _days),
    ("left", "还剩：", _days),
    ("before", "原届满日：", _day),
    ("person", "回避人员：", _plain),
    ("assignee", "承办人：", _plain),
    ("taken_from", "原承办人：", _plain),
    ("is_own_request", "本人申请", _said_by_label),
    ("heard_petitioner", "已听取信访人陈述事实和理由", _said_by_label),
    ("other_party", "对方当事人：", _masked),
    ("mediator", "调解员：", _plain),
    ("hearing_at", "听证时间：", _plain),
    ("hearing_place", "地点：", _plain),
    ("host", "主持人：", _plain),
    ("members", "听证员：", _list),
    ("bodies", "参加单位：", _list),
    ("question", "会商问题：", _plain),
    ("happened_on", "日期：", _day),
    ("terms", "协议内容：", _list),
    ("decision", "会商意见：", _plain),
    ("conclusion", "结论：", _plain),
    ("vote", "评议：", _plain),
    ("result", "结论：", None),
    ("results", "处理意见：", None),
    ("adoption", "结果：", None),
    ("rewarded", "已给予奖励", _said_by_label),
    ("office_verdict", "对信访部门：", None),
    ("office_remark", "意见：", _plain),
    ("unit_verdict", "对责任单位：", None),
    ("unit_remark", "意见：", _plain),
    ("answered_by", "评价方式：", None),
    ("given_on", "评价日期：", _day),
    ("unevaluated", "超期未评价：", None),
    ("delivered_on", "送达日期：", _day),
    ("way", "方式：", None),
    ("told_by", "告知方式：", None),
    ("recipient", "签收人：", _masked),
    ("outcomes", "办理结果：", None),
    ("evidence", "依据：", _list),
    ("heart", "情绪：", None),
    ("ground", "理由：", _plain),
    ("procedure", "法定途径：", _plain),
    ("organ", "受理机关：", _plain),
    ("time_limit", "提出期限：", _plain),
    ("right_way", "应当：", _plain),
    ("missing", "需补充：", _plain),
    ("answer", "答复：", _plain),
    ("reply", "答复：", _plain),
    ("reported_to", "报告通报：", _list),
    ("content", "内容：", _plain),
    ("measures", "措施：", _plain),
    ("successor", "承继人：", _masked),
    ("relation", "关系：", _plain),
    ("verified_by", "核实：", _plain),
    ("retention", "保管期限：", _plain),
    ("where", "公示平台：", _plain),
    ("basis", "管辖依据：", _plain),
    ("reason", "理由：", _plain),
    ("late_reason", "逾期原因：", _plain),
    ("published_in", "已在系统外公开答复：", _plain),
    ("proper_unit", "建议承办单位：", _plain),
    ("document", "文书：", _plain),
    ("name", "文件：", _plain),
    ("note", "说明：", _plain),
    ("clocks", "期限：", _clocks),
)
