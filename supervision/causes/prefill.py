"""Prefilling of a 督办件's letter: what its cause adds to what the matter itself says."""

import re
from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.statute.wording import say_date
from cases.drafts.prefill import prefill
from cases.models import Deadline
from cases.states import OWED as MATTER_OWED
from cases.states import State
from supervision.models import Measure, Stage, SupervisionCase


def facts_of_cause(supervision: SupervisionCase, kind: LetterKind, *, by: Post, on: date) -> dict[str, Any]:
    """Gather everything that is known, as the form shows it; what a person must judge (who, which proposal) stays
    open."""
    known = prefill(kind, supervision.case, by=by, on=on) | _of_cause(supervision, on) | supervision.facts
    return {name: _shown(name, value) for name, value in known.items() if name in kind.facts and value}


def _shown(name: str, value: Any) -> Any:
    return "\n".join(value) if FACTS[name].is_list and not isinstance(value, str) else value


def _of_cause(supervision: SupervisionCase, on: date) -> dict[str, Any]:
    clock = supervision.deadline
    fact = ""
    if clock is not None:
        began, due = say_date(clock.started_on, on), say_date(clock.legal_on, on)
        fact = f"{clock.get_rule_display()}自{began}起算，{due}届满，{_state_of(clock, on)}"
    said, is_done = fact or supervision.problem, clock is not None and not clock.is_running
    is_ahead = clock is not None and clock.is_running and clock.legal_on >= on
    return {
        "addressee": likely_addressee(supervision, on),
        "unit_concerned": (supervision.case.responsible or supervision.unit).name,
        "problem": problem_on(supervision, on),
        "findings": [said],
        "risks": [said],
        "cases": "、".join(
            [supervision.case.number, *supervision.also.order_by("pk").values_list("number", flat=True)]
        ),
        "basis": plain_law(supervision.article),
        "demands": [
            *([] if is_done else [demand_of(clock.rule if clock else "", supervision.case.state)]),
            "书面说明办理进展" if is_ahead else "书面说明逾期原因和整改措施",
        ],
        "actions": ["抓紧办理，确保在期限内完成并书面答复信访人"],
        "times": str(_times(supervision))
        if supervision.measure == Measure.SUPERVISION and _times(supervision) > 1
        else "",
        "earlier_letters": _earlier(supervision),
    }


# What the table of periods adds to an article about its days is no part of the law that is named in a letter.
_ABOUT_DAYS = re.compile(r"（[^（）]*(?:天数|设定|时限)[^（）]*）")


def plain_law(article: str) -> str:
    """Name the article alone, as a letter does."""
    return _ABOUT_DAYS.sub("", article)


def demand_of(rule: str, state: str = "") -> str:
    """Demand what the clock of the rule is about, in the words of the table of debts: those of the state in which the
    matter stands, where it has some."""
    here = [MATTER_OWED[State(state)]] if state else []
    debts = (debt for answer in (*here, *MATTER_OWED.values()) for debt in answer.owed)
    said = next((debt.what for debt in debts if rule in (*debt.clocks, debt.own)), "依法办理完毕并书面答复信访人")
    return f"立即{said.partition('；')[0]}"


def problem_on(supervision: SupervisionCase, on: date) -> str:
    """Name the problem as it is on the day: what was about to end when it was brought up may have ended since."""
    clock = supervision.deadline
    if clock is None:
        return str(supervision.problem)
    label = str(clock.get_rule_display())
    ended, late = clock.met_on or clock.cancelled_on or clock.waits_since, clock.is_late(on)
    if ended is None:
        return f"{label}{_ahead_or_past((clock.legal_on - on).days)}、尚未完成"
    return f"{label}逾期{(ended - clock.legal_on).days}日" if late and ended > clock.legal_on else supervision.problem


def _ahead_or_past(left: int) -> str:
    return "即将届满" if left > 0 else f"已逾期{-left}日" if left else "今日届满"


def _state_of(clock: Deadline, on: date) -> str:
    """Word the duty as it stands on the day of the letter, which may be long after it ran late."""
    if clock.met_on is not None:
        late = (clock.met_on - clock.legal_on).days
        return f"{say_date(clock.met_on, on)}完成" + (f"，逾期{late}天" if late > 0 else "")
    if clock.cancelled_on is not None:
        return f"{say_date(clock.cancelled_on, on)}终止计算"
    if clock.waits_since is not None:
        return f"{say_date(clock.waits_since, on)}起等待其他单位决定"
    late = (on - clock.legal_on).days
    return f"至今逾期{late}天，尚未完成" if late > 0 else "尚未完成"


def likely_addressee(supervision: SupervisionCase, on: date) -> str:
    """Name the body that the letter most likely goes to: of one about persons the discipline body, of one about policy
    the government of the office's level (第四十条第二款); "" where none is known."""
    if supervision.unit_id != supervision.case.responsible_id:
        return supervision.unit.name
    kind = UnitKind.DISCIPLINE if _is_of_persons(supervision) else UnitKind.GOVERNMENT
    if kind is UnitKind.GOVERNMENT and supervision.measure != Measure.POLICY:
        return supervision.unit.name
    bodies = Unit.objects.current(on).filter(kind=kind, parent=supervision.office.area)
    return bodies.values_list("name", flat=True).first() or ""


def _is_of_persons(supervision: SupervisionCase) -> bool:
    """Check if it goes to the body with power over the persons, which is for the office to name."""
    return supervision.measure in (Measure.ACCOUNTABILITY, Measure.LIABILITY)


def _sent(supervision: SupervisionCase) -> list[SupervisionCase]:
    earlier = SupervisionCase.objects.filter(case=supervision.case, measure=Measure.SUPERVISION)
    if not Measure(supervision.measure).is_told_elsewhere:
        earlier = earlier.filter(unit=supervision.unit)
    return list(
        earlier.exclude(issued_on=None).exclude(pk=supervision.pk).select_related("draft__letter").order_by("pk")
    )


def _times(supervision: SupervisionCase) -> int:
    return len(_sent(supervision)) + 1


def _earlier(supervision: SupervisionCase) -> str:
    if supervision.measure != Measure.ACCOUNTABILITY:
        return ""
    said = []
    for letter in _sent(supervision):
        number = letter.draft.letter.number if letter.draft and letter.draft.letter else ""
        answered = "已反馈" if letter.stage in (Stage.ANSWERED, Stage.SETTLED) else "未反馈"
        said.append(f"{letter.issued_on:%Y年%m月%d日}发出{number}，{answered}")
    return "；".join(said)
