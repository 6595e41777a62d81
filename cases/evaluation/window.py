"""满意度评价: in which window the petitioner may evaluate, and whom (reference §3.4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_day
from cases.models import Deadline, Evaluation, EvaluationObject, PetitionCase


def objects_of(case: PetitionCase) -> Mapping[EvaluationObject, Unit]:
    """List the objects of evaluation: the petition office that took the matter in, and the unit that answered, if one
    did."""
    objects: dict[EvaluationObject, Unit] = {}
    if case.registered_unit.kind == UnitKind.PETITION_OFFICE:
        objects[EvaluationObject.OFFICE] = case.registered_unit
    if case.responsible:
        objects[EvaluationObject.UNIT] = case.responsible
    return objects


def window_of(deadlines: Iterable[Deadline]) -> Deadline | None:
    """Find the latest window among the clocks of a matter."""
    windows = (clock for clock in deadlines if clock.rule == Rule.EVALUATION)
    return max(windows, key=lambda clock: clock.pk, default=None)


def is_open(window: Deadline | None, *, on: date) -> bool:
    """Check that an evaluation can be written down on the day."""
    return window is not None and window.is_running and on <= window.legal_on


def refuse_closed_window(case: PetitionCase, window: Deadline | None, *, on: date) -> Deadline:
    """Take the window, open on the day. Raises Refusal in words when there is none, or when it is over."""
    if window is None:
        if not case.is_for_evaluation:
            raise Refusal("该事项不在满意度评价范围内：只评价初次信访事项，检举控告、涉法涉诉事项不评价。")
        raise Refusal("答复尚未送达信访人，送达后才能评价。")
    if window.met_on:
        raise Refusal("信访人对该事项的评价已经登记，评价后不能更改。")
    if window.legal_on < on:
        raise Refusal(f"评价期限已于{say_day(window.legal_on, on)}届满，不能再登记评价。")
    if window.cancelled_on:
        raise Refusal("该事项已撤回或者重新启动，原答复不再评价。")
    return window


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One object with what was said of it; `given` is None while nothing was, and after `is_over` it stays so."""

    object: EvaluationObject
    unit: Unit
    given: Evaluation | None
    is_over: bool

    @property
    def stand(self) -> str:
        """已评价、待评价、超期未评价."""
        if self.given:
            return "已评价"
        return "超期未评价" if self.is_over else "待评价"


def evaluated(case: PetitionCase, window: Deadline | None, given: Sequence[Evaluation]) -> list[Evaluated]:
    """List each object of the matter as it stands: 已评价, 待评价, or 超期未评价."""
    said = {EvaluationObject(each.object): each for each in given}
    units = {**objects_of(case), **{about: each.unit for about, each in said.items()}}
    is_over = window is not None and window.lapsed_at is not None
    return [Evaluated(about, units[about], said.get(about), is_over) for about in EvaluationObject if about in units]
