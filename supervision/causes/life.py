"""督办件 as a life: where it is worked on, the clock of its answer, its events in the course of the matter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process import steps
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.steps import Effect, Guard, Hand, Seat
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.beside import meet_beside, start_beside
from cases.drafts.feedback import feedback_rule, working_days_until
from cases.engine import mark_supervised
from cases.engine import note as write_event
from cases.models import PetitionCase
from cases.states import EVENTS
from supervision.causes.owed import OWED
from supervision.causes.steps import Desk
from supervision.causes.watching import turn_own_clock
from supervision.models import TAKEN_UP, WAITS_ALIKE, Family, Measure, Stage, SupervisionCase
from supervision.permissions import ANSWER_SIGNERS, BODIES, OFFICE, UNIT
from supervision.queries import visible_supervisions

BY_OFFICE = (Seat(OFFICE, (Desk.OFFICE,)),)
BY_UNIT = (Seat(UNIT, (Desk.UNIT,)), Seat(BODIES, (Desk.BODY,)))
BY_HEAD = (Seat(UNIT & ANSWER_SIGNERS, (Desk.UNIT,)), Seat(BODIES & ANSWER_SIGNERS, (Desk.BODY,)))


def of_measures(measures: Collection[Measure], says: str) -> Guard[SupervisionCase]:
    """Guard a step for these measures alone."""
    return Guard(says, lambda cause: Measure(cause.measure) in measures)


LETTERS = frozenset(measure for measure in Measure if measure.kind)
HAS_LETTER = of_measures(LETTERS, "这项措施没有函件，不拟函、不审核函件的反馈。")
HAS_NO_LETTER = of_measures(frozenset(Measure) - LETTERS, "函件、建议书的反馈请“审核反馈”，不复核整改。")
IS_WAY = of_measures(Measure.in_family(Family.WAY), "只有网上督办、电话督办、实地督查和约谈登记督查情况。")
MAY_BE_LISTED = of_measures((Measure.TALK, Measure.LISTING), "只有约谈、挂牌督办可以列入挂牌督办。")
IS_TOLD_ELSEWHERE = of_measures(
    [measure for measure in Measure if measure.is_told_elsewhere],
    "只有建议书和问责建议函的书面反馈由督办单位登记，其他由被督办单位反馈。",
)
IS_ON_THE_WAY = Guard[SupervisionCase]("这件督办已由本单位签收，请刷新后核对。", lambda cause: cause.is_on_the_way)


@dataclass
class CauseEffect(Effect):
    """`due_on`: by when the unit is to answer, when a person has set it; `met_on`: the day of the answer."""

    due_on: date | None = None
    met_on: date | None = None


class CauseLife(Life[SupervisionCase]):
    """Its clocks and events are those of the matter, whose row is locked first."""

    def lock(self, seen: SupervisionCase) -> SupervisionCase:
        PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
        return SupervisionCase.objects.select_for_update(of=("self",)).get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[SupervisionCase]":
        return visible_supervisions(post)

    def units(self, desk: steps.Desk, obj: SupervisionCase) -> Collection[int | None]:
        if desk is Desk.OFFICE:
            return (obj.office_id,)
        return (obj.unit_id,) if desk is Desk.UNIT or Measure(obj.measure).is_told_elsewhere else ()

    def users(self, hand: Hand, obj: SupervisionCase) -> Collection[int | None]:
        return ()

    def this(self, obj: SupervisionCase) -> str:
        return "这件督办"

    def clocks(self, obj: SupervisionCase, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if rule is _rule_of(obj))

    def store(self, obj: SupervisionCase, taking: Taking[SupervisionCase], effect: Effect) -> dict[str, Any]:
        """Turn the clocks of the row, save, and say on the matter whether it is 督办中."""
        given = effect if isinstance(effect, CauseEffect) else CauseEffect()
        on = timezone.localdate(taking.at)
        # What is only written, and not signed by the head, is no answer yet.
        if taking.row.meets and taking.target is not Stage.SIGNING and obj.clock_id:
            meet_beside(obj.clock_id, met_on=given.met_on or on, today=on)
        if taking.row.starts and taking.target is Stage.ISSUED:
            _wait_for_answer(obj, given.due_on, on=on, at=taking.at)
        if taking.came_from is not None and _wait_of(taking.came_from) != _wait_of(taking.target):
            obj.came_at = taking.at
        obj.save()
        turn_own_clock(obj, Stage(taking.target), at=taking.at)
        others = SupervisionCase.objects.filter(case=obj.case_id, stage__in=TAKEN_UP)
        mark_supervised(obj.case_id, is_supervised=taking.target in TAKEN_UP or others.exists())
        return {}

    def record(
        self, obj: SupervisionCase, kind: str, taking: Taking[SupervisionCase], detail: Mapping[str, Any]
    ) -> None:
        said = {"supervision": obj.pk, "document": obj.get_measure_display(), "problem": obj.problem}
        write_event(obj.case, kind, by=taking.by, at=taking.at, detail={**said, **detail})


# Each desk is another body's to the one before it: whether somebody sits there is not looked for.
causes = CauseLife(
    "cause", "督办件", SupervisionCase, Stage, final={Stage.SETTLED, Stage.DROPPED}, state="stage", version=None,
    beyond=frozenset(Desk), kinds=EVENTS, owed=OWED,
    marks={"level": "挂牌的层级", "facts": "函件的要素"}, page="supervision:letter",
)  # fmt: skip


def _wait_of(state: steps.State) -> Stage:
    """Tell in which wait the state lies: the ages on the home of 督办 count from its beginning."""
    return WAITS_ALIKE.get(Stage(state), Stage(state))


def _rule_of(cause: SupervisionCase) -> Rule | None:
    """Tell which clock its answer has: a letter's, a proposal's, or that of putting right."""
    return feedback_rule(cause.letter_kind) if cause.letter_kind else Rule.RECTIFICATION


def _wait_for_answer(cause: SupervisionCase, due_on: date | None, *, on: date, at: datetime) -> None:
    """Start the clock of the answer: until `due_on`, or as long as its rule says. The caller saves the 督办件."""
    rule = _rule_of(cause)
    if rule is None:
        return
    days = None
    if due_on and rule is Rule.LETTER_FEEDBACK:
        days = working_days_until(due_on, since=on)
    elif due_on and rule is Rule.RECTIFICATION:
        days = (due_on - on).days
    cause.clock = start_beside(cause.case_id, rule, subject=cause.subject, unit=cause.unit, on=on, at=at, days=days)
